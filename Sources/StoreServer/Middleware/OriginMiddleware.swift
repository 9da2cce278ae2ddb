import Hummingbird
import HTTPTypes
import StoreWire

/// Which web pages a browser may let speak with the server (CORS).
public enum AllowedOrigins: Hashable, Sendable {
    case none
    case any
    /// Scheme, host and port, such as `https://shop.example.com`.
    case these(Set<String>)

    func allows(_ origin: String) -> Bool {
        switch self {
        case .none: false
        case .any: true
        case .these(let origins): origins.contains(origin)
        }
    }
}

/// Answers a browser's question before a request from another page, and marks the answers it may show.
struct OriginMiddleware: RouterMiddleware {
    let origins: AllowedOrigins

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let isPreflight = request.method == .options && request.headers[.accessControlRequestMethod] != nil
        var response = isPreflight ? Response(status: .noContent) : try await next(request, context)
        response.headers[.xContentTypeOptions] = "nosniff"
        guard origins != .none else { return response }
        response.headers[.vary] = "Origin"
        guard let origin = request.headers[.origin], origins.allows(origin) else { return response }
        response.headers[.accessControlAllowOrigin] = origins == .any ? "*" : origin
        response.headers[.accessControlExposeHeaders] = Self.exposed
        if isPreflight {
            response.headers[.accessControlAllowMethods] = "GET, POST, PATCH, DELETE"
            response.headers[.accessControlAllowHeaders] = Self.accepted
            response.headers[.accessControlMaxAge] = "600"
        }
        return response
    }

    private static let exposed =
        "\(WireHeader.requestID), \(WireHeader.idempotencyReplayed), Retry-After"
    private static let accepted =
        "Authorization, Content-Type, \(WireHeader.idempotencyKey), \(WireHeader.requestID)"
}
