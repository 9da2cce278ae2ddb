import Hummingbird
import NIOCore
import StoreDomain
import StoreWire

/// One call of the API, read as far as every route needs it: who calls, what the path names, which query,
/// what JSON.
struct APIRequest: Sendable {
    let endpoint: Endpoint
    /// What stands in the path for its parameter, decoded; nil for a path without one.
    let parameter: String?
    let query: Query
    /// nil where the route needs none.
    let session: AccessSession?
    /// An empty object for a body that is not there.
    let body: WireReader
    let headers: HTTPFields
    /// When the caller hangs up, for an answer that lasts.
    let hangUp: EventLoopFuture<Void>

    /// The caller. Routes that need one have been refused without.
    var principal: Principal { session?.principal ?? .guest }

    /// A number in the path; nil for anything that is no id, which then is that of nothing.
    var id: Int64? { parameter.flatMap { Int64($0) } }

    /// The key that makes a repeated call harmless; nil when there is none.
    ///
    /// - Throws: `invalid` for one that is empty, too long or not printable.
    func idempotencyKey() throws(StoreError) -> IdempotencyKey? {
        guard let text = headers[.idempotencyKey] else { return nil }
        guard let key = IdempotencyKey(text) else {
            throw .invalid([
                FieldProblem(WireHeader.idempotencyKey, "must be 1 to 255 printable ASCII characters")
            ])
        }
        return key
    }
}

/// The caller of a route that needs one.
struct AccessSession: Sendable {
    let user: User
    let token: AccessToken

    var principal: Principal { .user(Session(user: user)) }
}
