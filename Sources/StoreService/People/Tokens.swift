import StoreDomain

/// Access tokens of a server: signed-out ones are known to every server on the store.
public struct Tokens: TokenService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func user(_ id: Int64, tokenID: String, issuedAt: Timestamp) async throws(StoreError) -> User {
        try await core.engine.read { tx in
            guard let user = try tx.account(id, unlessRevoked: StoredToken(id: tokenID, issuedAt: issuedAt)),
                !user.isErased
            else {
                throw StoreError.signInRequired
            }
            return user
        }
    }

    public func revoke(tokenID: String, until expiry: Timestamp) async throws(StoreError) {
        let now = core.clock.now()
        try await core.engine.write { tx in try tx.revoke(tokenID: tokenID, until: expiry, now: now) }
    }
}
