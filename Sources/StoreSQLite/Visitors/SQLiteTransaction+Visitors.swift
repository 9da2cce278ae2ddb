import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

extension SQLiteTransaction: VisitorTransaction {
    // MARK: - Keys

    func visitorKey(_ fingerprint: KeyFingerprint) throws -> StoredVisitorKey? {
        try db.row("SELECT * FROM visitor_key WHERE fingerprint = ?", [fingerprint.text], key)
    }

    func visitorKeys(of accountID: Int64?) throws -> [StoredVisitorKey] {
        try db.rows(
            """
            SELECT * FROM visitor_key WHERE ?1 IS NULL OR account_id = ?1 ORDER BY added_at, fingerprint
            """, [accountID], key)
    }

    private func key(_ row: Row) throws -> StoredVisitorKey {
        let text: String = row["fingerprint"]
        guard let fingerprint = KeyFingerprint(text) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(text) is no fingerprint")
        }
        return StoredVisitorKey(
            accountID: row["account_id"],
            key: VisitorKey(
                fingerprint: fingerprint, addedAt: row.timestamp("added_at"),
                seenAt: row.timestamp("seen_at")))
    }

    func insert(_ key: StoredVisitorKey) throws {
        try db.run(
            "INSERT INTO visitor_key (fingerprint, account_id, added_at, seen_at) VALUES (?, ?, ?, ?)",
            [
                key.key.fingerprint.text, key.accountID, key.key.addedAt.milliseconds,
                key.key.seenAt.milliseconds,
            ])
    }

    func noteSeen(_ fingerprint: KeyFingerprint, at now: Timestamp) throws {
        try db.run(
            "UPDATE visitor_key SET seen_at = ? WHERE fingerprint = ?", [now.milliseconds, fingerprint.text])
    }

    func removeVisitorKey(_ fingerprint: KeyFingerprint) throws -> Bool {
        try db.run("DELETE FROM visitor_key WHERE fingerprint = ?", [fingerprint.text])
        return db.changesCount > 0
    }

    // MARK: - Accounts

    func noteVisitor(_ accountID: Int64, at now: Timestamp) throws {
        try db.run(
            "INSERT INTO visitor_account (account_id, made_at) VALUES (?, ?)", [accountID, now.milliseconds])
    }

    func isVisitor(_ accountID: Int64) throws -> Bool {
        try db.value(
            Bool.self, "SELECT EXISTS (SELECT 1 FROM visitor_account WHERE account_id = ?)", [accountID])
            ?? false
    }

    func idleVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64] {
        try db.rows(
            """
            SELECT account_id FROM visitor_account AS made WHERE made_at < ?1
                AND NOT EXISTS (SELECT 1 FROM orders WHERE user_id = made.account_id)
                AND NOT EXISTS (SELECT 1 FROM visitor_key WHERE account_id = made.account_id AND seen_at >= ?1)
            ORDER BY account_id LIMIT ?2
            """, [cutoff.milliseconds, limit]
        ) { $0[0] }
    }

    func finishedVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64] {
        try db.rows(
            """
            SELECT account_id FROM visitor_account AS made
            WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = made.account_id)
                AND NOT EXISTS (SELECT 1 FROM orders WHERE user_id = made.account_id
                    AND (status = 'pending' OR updated_at >= ?1))
                AND NOT EXISTS (SELECT 1 FROM visitor_key WHERE account_id = made.account_id AND seen_at >= ?1)
            ORDER BY account_id LIMIT ?2
            """, [cutoff.milliseconds, limit]
        ) { $0[0] }
    }

    func forgetVisitor(_ accountID: Int64) throws {
        for table in ["visitor_key", "visitor_code", "visitor_account", "account_seen"] {
            try db.run("DELETE FROM \(table) WHERE account_id = ?", [accountID])
        }
    }

    func setPerson(_ id: Int64, email: Email, name: String, passwordHash: String, at now: Timestamp) throws {
        forgetKnown()
        let other = try db.value(
            Int.self, "SELECT 1 FROM account WHERE email_key = ? AND id <> ?", [email.key, id])
        guard other == nil else { throw StoreError.emailTaken }
        try db.run(
            """
            UPDATE account SET email = ?, email_key = ?, name = ?, password_hash = ?, updated_at = ? WHERE id = ?
            """, [email.address, email.key, name, passwordHash, now.milliseconds, id])
    }

    // MARK: - Codes

    func save(visitorCode code: String, of accountID: Int64, until expiry: Timestamp, now: Timestamp) throws {
        try db.run(
            "DELETE FROM visitor_code WHERE expires_at <= ? OR account_id = ?", [now.milliseconds, accountID])
        try db.run(
            "INSERT INTO visitor_code (account_id, code_digest, expires_at) VALUES (?, ?, ?)",
            [accountID, codeDigest(code), expiry.milliseconds])
    }

    func takeVisitorCode(_ code: String, now: Timestamp) throws -> Int64? {
        let accountID = try db.value(
            Int64.self, "SELECT account_id FROM visitor_code WHERE code_digest = ? AND expires_at > ?",
            [codeDigest(code), now.milliseconds])
        if accountID != nil {
            try db.run("DELETE FROM visitor_code WHERE code_digest = ?", [codeDigest(code)])
        }
        return accountID
    }

    private func codeDigest(_ code: String) -> Data { Data(Fingerprint.bytes(of: "visitor-code|\(code)")) }
}
