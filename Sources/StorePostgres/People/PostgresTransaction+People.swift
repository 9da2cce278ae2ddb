import StoreCrypto
import StoreDomain
import StoreService

// E-mails that failed to sign in and tokens that were signed out are kept by a digest, so that what was typed
// there by mistake is not kept.
extension PostgresTransaction: PeopleTransaction {
    /// Of several that look at an empty store at once to make its first account, one does so first.
    func hasAccounts() throws -> Bool {
        func look() throws -> Bool {
            try db.value(Bool.self, "SELECT EXISTS (SELECT 1 FROM users)") ?? false
        }
        if try look() { return true }
        guard locks else { return false }
        db.hold("first-account")
        return try look()
    }

    /// One that writes keeps whom it loads from being emptied until it ends, so that nothing new stands under an account
    /// that is no more; anything else of them may change.
    func account(_ id: Int64) throws -> User? {
        id.isRowID ? try accountRows.find(id, isKept: locks) : nil
    }

    func credentials(emailKey: String) throws -> StoredCredentials? {
        try accountRows.find(emailKey: emailKey)
    }

    func accounts() throws -> [User] { try accountRows.all() }

    func accounts(finding words: CustomerWords, limit: Int) throws -> [User] {
        let people = try db.rows("SELECT id, name, email FROM users", []) { row in
            (id: try row.next(Int64.self), name: try row.next(String.self), email: try row.next(String.self))
        }
        return try words.choose(from: people, limit: limit).compactMap { try account($0) }
    }

    func lastSeen() throws -> [Int64: Timestamp] {
        let pairs = try db.rows("SELECT account_id, seen_at FROM account_seen", []) {
            row -> (Int64, Timestamp) in (try row.next(), try row.next())
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    func lastSeen(_ id: Int64) throws -> Timestamp? {
        guard id.isRowID else { return nil }
        return try db.value(
            Timestamp.self, "SELECT seen_at FROM account_seen WHERE account_id = $1", [id])
    }

    func noteSeen(_ id: Int64, at now: Timestamp) throws {
        try db.run(
            """
            INSERT INTO account_seen (account_id, seen_at) VALUES ($1, $2)
            ON CONFLICT (account_id) DO UPDATE SET seen_at = excluded.seen_at
            """, [id, now])
    }

    /// Nobody else gives or takes a role until a transaction that counts them ends.
    func accounts(with role: String) throws -> Int {
        if locks { db.hold("roles-of-accounts") }
        return try db.value(Int.self, "SELECT COUNT(*) FROM users WHERE role = $1", [role]) ?? 0
    }

    func insertAccount(_ registration: Registration, passwordHash: String, role: Role, at now: Timestamp)
        throws -> User
    {
        try accountRows.insert(registration, passwordHash: passwordHash, role: role, at: now)
    }

    func setPasswordHash(_ hash: String, of id: Int64, at now: Timestamp) throws {
        try db.run("UPDATE users SET password_hash = $1, updated_at = $2 WHERE id = $3", [hash, now, id])
    }

    func setRole(_ role: String, of id: Int64, at now: Timestamp) throws {
        try db.run("UPDATE users SET role = $1, updated_at = $2 WHERE id = $3", [role, now, id])
    }

    func roles() throws -> [Role] { try accountRows.roles() }

    func save(_ role: Role) throws { try accountRows.save(role) }

    // MARK: - Signing in

    /// A try waits until the one before it for the same e-mail is counted.
    func signInFailures(emailKey: String) throws -> StoredFailures? {
        if locks { db.hold("sign-in|\(emailKey)") }
        return try db.row(
            "SELECT failures, next_try_at, failed_at FROM sign_in_failure WHERE email_digest = $1",
            [failureDigest(emailKey)]
        ) { row in
            try StoredFailures(count: row.next(), nextTryAt: row.next(), failedAt: row.next())
        }
    }

    func save(_ failures: StoredFailures?, emailKey: String, forgettingBefore cutoff: Timestamp) throws {
        let digest = failureDigest(emailKey)
        if let failures {
            try db.run(
                """
                INSERT INTO sign_in_failure (email_digest, failures, next_try_at, failed_at)
                VALUES ($1, $2, $3, $4)
                ON CONFLICT (email_digest) DO UPDATE SET failures = excluded.failures,
                    next_try_at = excluded.next_try_at, failed_at = excluded.failed_at
                """, [digest, failures.count, failures.nextTryAt, failures.failedAt])
        } else {
            try db.run("DELETE FROM sign_in_failure WHERE email_digest = $1", [digest])
        }
        // Those that somebody else is at are forgotten the next time.
        try db.run(
            """
            DELETE FROM sign_in_failure WHERE email_digest IN (SELECT email_digest FROM sign_in_failure
                WHERE failed_at < $1 FOR UPDATE SKIP LOCKED)
            """, [cutoff])
    }

    private func failureDigest(_ emailKey: String) -> PostgresValue {
        .bytes(Fingerprint.bytes(of: "sign-in|\(emailKey)"))
    }

    // MARK: - Tokens

    func account(_ id: Int64, unlessRevoked token: StoredToken) throws -> User? {
        let isRevoked = db.ask(
            """
            SELECT EXISTS (SELECT 1 FROM revoked_token WHERE token_digest = $1)
                OR EXISTS (SELECT 1 FROM revoked_token WHERE token_digest = $2 AND expires_at > $3)
            """, [tokenDigest(token.id), tokenDigest(token.all(of: id)), token.expiresAt])
        let user = try account(id)
        return try db.value(Bool.self, isRevoked) == true ? nil : user
    }

    func revoke(tokenID: String, until expiry: Timestamp, now: Timestamp) throws {
        try db.run(
            """
            DELETE FROM revoked_token WHERE token_digest IN (SELECT token_digest FROM revoked_token
                WHERE expires_at < $1 FOR UPDATE SKIP LOCKED)
            """, [now])
        try db.run(
            """
            INSERT INTO revoked_token VALUES ($1, $2) ON CONFLICT (token_digest)
                DO UPDATE SET expires_at = GREATEST(revoked_token.expires_at, excluded.expires_at)
            """, [tokenDigest(tokenID), expiry])
    }

    func limitEnd(ofSignInsOf account: Int64, to now: Timestamp) throws {
        for ended in StoredToken.ended(of: account, now: now) {
            try db.run(
                "UPDATE revoked_token SET expires_at = $2 WHERE token_digest = $1 AND expires_at > $2",
                [tokenDigest(ended.id), ended.until])
        }
    }

    func endSignIns(of account: Int64, now: Timestamp) throws {
        for ended in StoredToken.ended(of: account, now: now) {
            try revoke(tokenID: ended.id, until: ended.until, now: now)
        }
    }

    private func tokenDigest(_ tokenID: String) -> PostgresValue {
        .bytes(Fingerprint.bytes(of: "token|\(tokenID)"))
    }
}
