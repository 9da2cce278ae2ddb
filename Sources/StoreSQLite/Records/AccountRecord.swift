import GRDB
import StoreDomain

/// A row of `account`.
struct AccountRecord: FetchableRecord, Sendable {
    let user: User
    let passwordHash: String

    init(row: Row) throws {
        user = User(
            id: row["id"], email: row["email"], name: row["name"], role: try row.word("role"),
            createdAt: row.timestamp("created_at"), updatedAt: row.timestamp("updated_at"))
        passwordHash = row["password_hash"]
    }

    static func find(_ id: Int64, in db: Database) throws -> AccountRecord? {
        try fetchOne(db.cachedStatement(sql: "SELECT * FROM account WHERE id = ?"), arguments: [id])
    }

    static func find(emailKey: String, in db: Database) throws -> AccountRecord? {
        try fetchOne(
            db.cachedStatement(sql: "SELECT * FROM account WHERE email_key = ?"), arguments: [emailKey])
    }

    static func isEmpty(in db: Database) throws -> Bool {
        try db.value(Bool.self, "SELECT NOT EXISTS (SELECT 1 FROM account)") ?? true
    }

    /// Stores a new account.
    ///
    /// - Throws: `emailTaken`.
    static func insert(
        _ registration: Registration, passwordHash: String, role: Role, at now: Timestamp, in db: Database
    ) throws -> User {
        let email = registration.email
        guard try find(emailKey: email.key, in: db) == nil else { throw StoreError.emailTaken }
        try db.run(
            """
            INSERT INTO account (email, email_key, name, password_hash, role, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                email.address, email.key, registration.name, passwordHash, role.rawValue, now.milliseconds,
                now.milliseconds,
            ])
        return User(
            id: db.lastInsertedRowID, email: email.address, name: registration.name, role: role,
            createdAt: now, updatedAt: now)
    }
}

extension Principal {
    /// The same principal with its account as it is now: a session may be older than a change of its role.
    ///
    /// - Throws: `signInRequired` when the account is gone.
    func current(in db: Database) throws -> Principal {
        guard case .user(let session) = self else { return self }
        guard let account = try AccountRecord.find(session.user.id, in: db) else {
            throw StoreError.signInRequired
        }
        return .user(Session(user: account.user, token: session.token))
    }
}
