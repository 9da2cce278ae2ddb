import StoreCrypto
import StoreDomain
import StoreService

extension PostgresTransaction: VisitorTransaction {
    // MARK: - Keys

    private static let columns = "SELECT fingerprint, account_id, added_at, seen_at FROM visitor_key"

    /// Of several that come with a key at once, one makes its account first.
    func visitorKey(_ fingerprint: KeyFingerprint) throws -> StoredVisitorKey? {
        if locks { db.hold("visitor-key|\(fingerprint)") }
        return try db.row("\(Self.columns) WHERE fingerprint = $1", [fingerprint.text], key)
    }

    func visitorKeys(of accountID: Int64?) throws -> [StoredVisitorKey] {
        guard let accountID else {
            return try db.rows("\(Self.columns) ORDER BY added_at, fingerprint", [], key)
        }
        if locks { db.hold("visitor-keys|\(accountID)") }
        return try db.rows(
            "\(Self.columns) WHERE account_id = $1 ORDER BY added_at, fingerprint", [accountID], key)
    }

    private func key(_ row: inout PostgresRow) throws -> StoredVisitorKey {
        let text = try row.next(String.self)
        guard let fingerprint = KeyFingerprint(text) else {
            throw PostgresFailure.corrupt("\(text) is no fingerprint")
        }
        return try StoredVisitorKey(
            accountID: row.next(),
            key: VisitorKey(fingerprint: fingerprint, addedAt: row.next(), seenAt: row.next()))
    }

    func insert(_ key: StoredVisitorKey) throws {
        try db.run(
            "INSERT INTO visitor_key (fingerprint, account_id, added_at, seen_at) VALUES ($1, $2, $3, $4)",
            [key.key.fingerprint.text, key.accountID, key.key.addedAt, key.key.seenAt])
    }

    func noteSeen(_ fingerprint: KeyFingerprint, at now: Timestamp) throws {
        try db.run("UPDATE visitor_key SET seen_at = $1 WHERE fingerprint = $2", [now, fingerprint.text])
    }

    func removeVisitorKey(_ fingerprint: KeyFingerprint) throws -> Bool {
        try db.value(
            Int.self, "DELETE FROM visitor_key WHERE fingerprint = $1 RETURNING 1", [fingerprint.text]) != nil
    }

    // MARK: - Accounts

    func noteVisitor(_ accountID: Int64, at now: Timestamp) throws {
        try db.run("INSERT INTO visitor_account (account_id, made_at) VALUES ($1, $2)", [accountID, now])
    }

    func isVisitor(_ accountID: Int64) throws -> Bool {
        try db.value(
            Bool.self, "SELECT EXISTS (SELECT 1 FROM visitor_account WHERE account_id = $1)", [accountID])
            ?? false
    }

    func idleVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64] {
        try db.values(
            Int64.self,
            """
            SELECT account_id FROM visitor_account AS made WHERE made_at < $1
                AND NOT EXISTS (SELECT 1 FROM orders WHERE user_id = made.account_id)
                AND NOT EXISTS (SELECT 1 FROM visitor_key AS k WHERE k.account_id = made.account_id AND seen_at >= $1)
            ORDER BY account_id LIMIT $2
            """, [cutoff, limit])
    }

    func finishedVisitors(before cutoff: Timestamp, limit: Int) throws -> [Int64] {
        try db.values(
            Int64.self,
            """
            SELECT account_id FROM visitor_account AS made
            WHERE EXISTS (SELECT 1 FROM orders WHERE user_id = made.account_id)
                AND NOT EXISTS (SELECT 1 FROM orders WHERE user_id = made.account_id
                    AND (status = 'pending' OR updated_at >= $1))
                AND NOT EXISTS (SELECT 1 FROM visitor_key AS k WHERE k.account_id = made.account_id AND seen_at >= $1)
            ORDER BY account_id LIMIT $2
            """, [cutoff, limit])
    }

    func forgetVisitor(_ accountID: Int64) throws {
        for table in ["visitor_key", "visitor_code", "visitor_account", "account_seen"] {
            try db.run("DELETE FROM \(table) WHERE account_id = $1", [accountID])
        }
    }

    func setPerson(_ id: Int64, email: Email, name: String, passwordHash: String, at now: Timestamp) throws {
        let other = try db.value(
            Int.self, "SELECT 1 FROM users WHERE email_key = $1 AND id <> $2", [email.key, id])
        guard other == nil else { throw StoreError.emailTaken }
        try db.run(
            """
            UPDATE users SET email = $1, email_key = $2, name = $3, password_hash = $4, updated_at = $5 WHERE id = $6
            """, [email.address, email.key, name, passwordHash, now, id])
    }

    // MARK: - Codes

    func save(visitorCode code: String, of accountID: Int64, until expiry: Timestamp, now: Timestamp) throws {
        try db.run(
            "DELETE FROM visitor_code WHERE expires_at <= $1 OR account_id = $2", [now, accountID])
        try db.run(
            "INSERT INTO visitor_code (account_id, code_digest, expires_at) VALUES ($1, $2, $3)",
            [accountID, codeDigest(code), expiry])
    }

    func takeVisitorCode(_ code: String, now: Timestamp) throws -> Int64? {
        try db.value(
            Int64.self,
            "DELETE FROM visitor_code WHERE code_digest = $1 AND expires_at > $2 RETURNING account_id",
            [codeDigest(code), now])
    }

    private func codeDigest(_ code: String) -> PostgresValue {
        .bytes(Fingerprint.bytes(of: "visitor-code|\(code)"))
    }
}
