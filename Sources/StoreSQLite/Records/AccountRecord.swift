import GRDB
import StoreDomain
import StoreService

/// Rows of `account` with their roles.
struct AccountRecord {
    let db: Database
    let cache: EngineCache

    private static let select = """
        SELECT account.id, account.email, account.name, account.password_hash, account.created_at,
            account.updated_at, role.name AS role, role.grants
        FROM account JOIN role ON role.name = account.role
        """

    func find(_ id: Int64) throws -> User? {
        try db.row("\(Self.select) WHERE account.id = ?", [id]).map(user)
    }

    func find(emailKey: String) throws -> StoredCredentials? {
        try db.row("\(Self.select) WHERE account.email_key = ?", [emailKey]).map { row in
            StoredCredentials(user: try user(row), passwordHash: row["password_hash"])
        }
    }

    /// By e-mail.
    func all() throws -> [User] { try db.rows("\(Self.select) ORDER BY account.email_key").map(user) }

    /// - Throws: `emailTaken`.
    func insert(_ registration: Registration, passwordHash: String, role: Role, at now: Timestamp) throws
        -> User
    {
        let email = registration.email
        guard try db.value(Int.self, "SELECT 1 FROM account WHERE email_key = ?", [email.key]) == nil else {
            throw StoreError.emailTaken
        }
        try db.run(
            """
            INSERT INTO account (email, email_key, name, password_hash, role, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                email.address, email.key, registration.name, passwordHash, role.name, now.milliseconds,
                now.milliseconds,
            ])
        return User(
            id: db.lastInsertedRowID, email: email.address, name: registration.name, role: role,
            createdAt: now, updatedAt: now)
    }

    /// By name.
    func roles() throws -> [Role] {
        try db.rows("SELECT name AS role, grants FROM role ORDER BY name").map(role)
    }

    /// Stores a role, new or changed.
    func save(_ role: Role) throws {
        try db.run(
            """
            INSERT INTO role (name, grants) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET grants = excluded.grants
            """, [role.name, try JSONText.of(role.grants)])
    }

    private func user(_ row: Row) throws -> User {
        User(
            id: row["id"], email: row["email"], name: row["name"], role: try role(row),
            createdAt: row.timestamp("created_at"), updatedAt: row.timestamp("updated_at"))
    }

    private func role(_ row: Row) throws -> Role { try cache.role(row["role"], grants: row["grants"]) }
}
