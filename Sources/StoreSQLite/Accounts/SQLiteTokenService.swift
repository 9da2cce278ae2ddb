import Foundation
import GRDB
import StoreDomain

/// Tokens that were signed out, in a store file, by a digest.
public struct SQLiteTokenService: TokenService {
    private let database: StoreDatabase
    private let clock: any StoreClock

    public init(database: StoreDatabase, clock: any StoreClock) {
        self.database = database
        self.clock = clock
    }

    public func user(_ id: Int64, tokenID: String) async throws(StoreError) -> User {
        let digest = digest(tokenID)
        return try await database.read { db in
            let isRevoked = try db.value(
                Bool.self, "SELECT EXISTS (SELECT 1 FROM revoked_token WHERE token_digest = ?)", [digest])
            guard isRevoked == false, let account = try AccountRecord.find(id, in: db) else {
                throw StoreError.signInRequired
            }
            return account.user
        }
    }

    public func revoke(tokenID: String, until expiry: Timestamp) async throws(StoreError) {
        let digest = digest(tokenID)
        try await database.write { db in
            try db.run(
                "DELETE FROM revoked_token WHERE expires_at < ?", [clock.now().milliseconds])
            try db.run(
                "INSERT OR IGNORE INTO revoked_token VALUES (?, ?)", [digest, expiry.milliseconds])
        }
    }

    private func digest(_ tokenID: String) -> Data { Fingerprint.of("token|\(tokenID)") }
}
