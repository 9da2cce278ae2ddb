import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

// E-mails that failed to sign in and tokens that were signed out are kept by a digest, so that what was typed
// there by mistake is not kept.
extension SQLiteTransaction: PeopleTransaction {
    func hasAccounts() throws -> Bool {
        try db.value(Bool.self, "SELECT EXISTS (SELECT 1 FROM account)") ?? false
    }

    func account(_ id: Int64) throws -> User? {
        if let user = known.account(id) { return user }
        let user = try accountRecord.find(id)
        if let user { known.keep(user) }
        return user
    }

    func credentials(emailKey: String) throws -> StoredCredentials? {
        try accountRecord.find(emailKey: emailKey)
    }

    func accounts() throws -> [User] { try accountRecord.all() }

    func accounts(finding words: CustomerWords, limit: Int) throws -> [User] {
        let people = try db.rows("SELECT id, name, email FROM account", []) { row in
            (id: row[0] as Int64, name: row[1] as String, email: row[2] as String)
        }
        return try words.choose(from: people, limit: limit).compactMap { try account($0) }
    }

    func lastSeen() throws -> [Int64: Timestamp] {
        let pairs = try db.rows("SELECT account_id, seen_at FROM account_seen") { row -> (Int64, Timestamp) in
            (row[0], row.timestamp("seen_at"))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    func lastSeen(_ id: Int64) throws -> Timestamp? {
        try db.row("SELECT seen_at FROM account_seen WHERE account_id = ?", [id]) { $0.timestamp("seen_at") }
    }

    func noteSeen(_ id: Int64, at now: Timestamp) throws {
        try db.run(
            """
            INSERT INTO account_seen (account_id, seen_at) VALUES (?, ?)
            ON CONFLICT (account_id) DO UPDATE SET seen_at = excluded.seen_at
            """, [id, now.milliseconds])
    }

    func accounts(with role: String) throws -> Int {
        try db.value(Int.self, "SELECT COUNT(*) FROM account WHERE role = ?", [role]) ?? 0
    }

    func insertAccount(_ registration: Registration, passwordHash: String, role: Role, at now: Timestamp)
        throws -> User
    {
        try accountRecord.insert(registration, passwordHash: passwordHash, role: role, at: now)
    }

    func setPasswordHash(_ hash: String, of id: Int64, at now: Timestamp) throws {
        forgetKnown()
        try db.run(
            "UPDATE account SET password_hash = ?, updated_at = ? WHERE id = ?",
            [hash, now.milliseconds, id])
    }

    func setRole(_ role: String, of id: Int64, at now: Timestamp) throws {
        forgetKnown()
        try db.run(
            "UPDATE account SET role = ?, updated_at = ? WHERE id = ?", [role, now.milliseconds, id])
    }

    func roles() throws -> [Role] { try accountRecord.roles() }

    func save(_ role: Role) throws {
        forgetKnown()
        try accountRecord.save(role)
    }

    // MARK: - Signing in

    func signInFailures(emailKey: String) throws -> StoredFailures? {
        try db.row("SELECT * FROM sign_in_failure WHERE email_digest = ?", [failureDigest(emailKey)]) {
            row in
            StoredFailures(
                count: row["failures"], nextTryAt: row.timestamp("next_try_at"),
                failedAt: row.timestamp("failed_at"))
        }
    }

    func save(_ failures: StoredFailures?, emailKey: String, forgettingBefore cutoff: Timestamp) throws {
        let digest = failureDigest(emailKey)
        if let failures {
            try db.run(
                """
                INSERT INTO sign_in_failure (email_digest, failures, next_try_at, failed_at)
                VALUES (?, ?, ?, ?)
                ON CONFLICT (email_digest) DO UPDATE SET failures = excluded.failures,
                    next_try_at = excluded.next_try_at, failed_at = excluded.failed_at
                """,
                [
                    digest, failures.count, failures.nextTryAt.milliseconds, failures.failedAt.milliseconds,
                ])
        } else {
            try db.run("DELETE FROM sign_in_failure WHERE email_digest = ?", [digest])
        }
        try db.run("DELETE FROM sign_in_failure WHERE failed_at < ?", [cutoff.milliseconds])
    }

    private func failureDigest(_ emailKey: String) -> Data {
        Data(Fingerprint.bytes(of: "sign-in|\(emailKey)"))
    }

    // MARK: - Tokens

    func account(_ id: Int64, unlessRevoked token: StoredToken) throws -> User? {
        let isRevoked = try db.value(
            Bool.self,
            """
            SELECT EXISTS (SELECT 1 FROM revoked_token WHERE token_digest = ?)
                OR EXISTS (SELECT 1 FROM revoked_token WHERE token_digest = ? AND expires_at > ?)
            """,
            [
                tokenDigest(token.id), tokenDigest(token.all(of: id)), token.expiresAt.milliseconds,
            ])
        return isRevoked == true ? nil : try account(id)
    }

    func revoke(tokenID: String, until expiry: Timestamp, now: Timestamp) throws {
        try db.run("DELETE FROM revoked_token WHERE expires_at < ?", [now.milliseconds])
        try db.run(
            """
            INSERT INTO revoked_token VALUES (?, ?)
            ON CONFLICT (token_digest) DO UPDATE SET expires_at = MAX(expires_at, excluded.expires_at)
            """, [tokenDigest(tokenID), expiry.milliseconds])
    }

    func limitEnd(ofSignInsOf account: Int64, to now: Timestamp) throws {
        for ended in StoredToken.ended(of: account, now: now) {
            try db.run(
                "UPDATE revoked_token SET expires_at = ?2 WHERE token_digest = ?1 AND expires_at > ?2",
                [tokenDigest(ended.id), ended.until.milliseconds])
        }
    }

    func endSignIns(of account: Int64, now: Timestamp) throws {
        for ended in StoredToken.ended(of: account, now: now) {
            try revoke(tokenID: ended.id, until: ended.until, now: now)
        }
    }

    private func tokenDigest(_ tokenID: String) -> Data { Data(Fingerprint.bytes(of: "token|\(tokenID)")) }
}
