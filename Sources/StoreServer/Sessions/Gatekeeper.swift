import Hummingbird
import HTTPTypes
import StoreDomain
import StoreWire

/// Finds out who calls. Roles are those of the account now, not of when the token was made.
struct Gatekeeper: Sendable {
    let authority: TokenAuthority
    let tokens: any TokenService

    /// The caller of a route.
    ///
    /// - Returns: nil where the route is for anyone; a route that tells more to who is signed in takes a token that is
    ///   there.
    /// - Throws: `signInRequired` for no token, a bad one, and one that has run out or was signed out. What the
    ///   caller may do, the services check.
    func session(of request: Request, for endpoint: Endpoint) async throws -> AccessSession? {
        let isOffered = endpoint.tellsMoreSignedIn && request.headers[.authorization] != nil
        guard endpoint.access != .anyone || isOffered else { return nil }
        guard let text = Self.bearer(request.headers[.authorization]),
            let token = await authority.read(text)
        else { throw StoreError.signInRequired }
        let user = try await tokens.user(token.userID, tokenID: token.id, issuedAt: token.issuedAt)
        return AccessSession(user: user, token: token)
    }

    /// The same session with the account as it is now.
    ///
    /// - Throws: `signInRequired` once the token has run out, was signed out, or its account is gone.
    func renewed(_ session: AccessSession) async throws -> AccessSession {
        guard authority.isCurrent(session.token) else { throw StoreError.signInRequired }
        let user = try await tokens.user(
            session.token.userID, tokenID: session.token.id, issuedAt: session.token.issuedAt)
        return AccessSession(user: user, token: session.token)
    }

    private static func bearer(_ header: String?) -> String? {
        guard let header, header.utf8.count < 4096 else { return nil }
        let parts = header.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}
