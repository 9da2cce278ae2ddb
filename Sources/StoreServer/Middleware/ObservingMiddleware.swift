import Hummingbird
import HTTPTypes
import Logging

/// Gives each request an id, which is in the answer and in the log; writes one line and counts one answer for
/// each. The line has no query, header or body, as those may hold secrets.
struct ObservingMiddleware: RouterMiddleware {
    let metrics: ServerMetrics
    let logger: Logger

    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        metrics.began()
        var context = context
        context.requestID = Self.offeredID(request.headers[.requestID]) ?? context.id
        var response = try await next(request, context)
        response.headers[.requestID] = context.requestID

        let elapsed = ContinuousClock.now - start
        let method = request.method.rawValue
        let route = context.endpointPath ?? "-"
        metrics.ended(
            method: Self.knownMethods.contains(method) ? method : "other", route: route,
            status: response.status.code, seconds: elapsed / .seconds(1))
        let level: Logger.Level = response.status.code >= 500 ? .error : .info
        logger.log(
            level: level, "request",
            metadata: [
                "id": .string(context.requestID), "method": .string(method),
                "path": .string(request.uri.path),
                "status": .stringConvertible(response.status.code),
                "ms": .stringConvertible((elapsed / .milliseconds(1) * 1000).rounded() / 1000),
            ])
        return response
    }

    private static let knownMethods: Set<String> = [
        "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS",
    ]

    /// A client's own id is kept when it is short and harmless.
    private static func offeredID(_ text: String?) -> String? {
        guard let text, (1...64).contains(text.utf8.count),
            text.utf8.allSatisfy({
                $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: ".")
                    || (0x30...0x39).contains($0) || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            })
        else { return nil }
        return text
    }
}
