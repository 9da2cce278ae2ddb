import Hummingbird
import HTTPTypes
import StoreDomain
import StoreWire

/// Turns every error into the contract's answer, and a path that is there under another
/// method into 405.
struct RefusingMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: APIContext, next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch {
            var refusal = Refusal(describing: error)
            if refusal.status == .notFound, error is HTTPError {
                let methods = Self.methods(at: request.uri.path)
                if request.method == .options, !methods.isEmpty {
                    return Response(status: .noContent, headers: [.allow: methods])
                }
                refusal = Self.noRoute(request, methods)
            } else if refusal.status.code >= 500 {
                context.logger.error(
                    "failure",
                    metadata: ["id": .string(context.requestID), "error": .string(Self.cause(of: error))])
            }
            return refusal.response
        }
    }

    private static func noRoute(_ request: Request, _ methods: String) -> Refusal {
        guard !methods.isEmpty else { return Refusal(.notFound, .noRoute, "There is nothing here") }
        return Refusal(
            .methodNotAllowed, .methodNotAllowed, "\(request.method.rawValue) is not for this path",
            headers: [.allow: methods])
    }

    /// What a path is there for, as `Allow` has it; empty when it is not there.
    private static func methods(at path: String) -> String {
        let path = path.split(separator: "/")
        let matching = Endpoint.allCases.filter { $0.matches(path) }
        // The router takes a path that is spelled out before one with a parameter in its place.
        let spelledOut = matching.filter { !$0.template.contains("{") }
        var methods = Set((spelledOut.isEmpty ? matching : spelledOut).map(\.method.rawValue))
        guard !methods.isEmpty else { return "" }
        if methods.contains("GET") { methods.insert("HEAD") }
        methods.insert("OPTIONS")
        return methods.sorted().joined(separator: ", ")
    }

    /// For the log: a sentence where there is one, else only what kind of error it was.
    private static func cause(of error: any Error) -> String {
        switch error {
        case let error as StoreError: error.message
        case let refusal as Refusal: refusal.body.message
        default: "\(type(of: error))"
        }
    }
}

extension Endpoint {
    /// Whether the parts of a path are those of the template.
    fileprivate func matches(_ path: [Substring]) -> Bool {
        let parts = template.split(separator: "/")
        return parts.count == path.count && zip(parts, path).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
    }
}
