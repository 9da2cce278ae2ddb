import GRDB
import StoreDomain
import StoreService

/// Rows of `account` with their roles.
struct AccountRecord {
    let db: Database
    let cache: StoredValueCache

    /// In the order in which `user` reads them; the hash comes last.
    private static let select = """
        SELECT account.id, account.email, account.name, role.name, role.grants, account.created_at,
            account.updated_at, account.password_hash
        FROM account JOIN role ON role.name = account.role
        """

    func find(_ id: Int64) throws -> User? {
        try db.first("\(Self.select) WHERE account.id = ?", [id], user)
    }

    func find(emailKey: String) throws -> StoredCredentials? {
        try db.first("\(Self.select) WHERE account.email_key = ?", [emailKey]) { columns in
            StoredCredentials(user: try user(&columns), passwordHash: columns.next())
        }
    }

    /// By e-mail.
    func all() throws -> [User] { try db.list("\(Self.select) ORDER BY account.email_key", [], user) }

    /// Some of these roles, by name.
    func inRoles(_ roles: [String], limit: Int) throws -> [User] {
        let names = CanonicalJSON.array(roles.map { .text($0) }).text
        return try db.list(
            """
            \(Self.select) WHERE account.role IN (SELECT value FROM json_each(?))
            ORDER BY account.name, account.id LIMIT ?
            """, [names, limit], user)
    }

    /// Those of a role, the latest first.
    func inRole(_ role: String, before id: Int64?, limit: Int) throws -> [User] {
        try db.list(
            """
            \(Self.select) WHERE account.role = ? AND account.id < ? ORDER BY account.id DESC LIMIT ?
            """, [role, id ?? .max, limit], user)
    }

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
        try db.rows("SELECT name, grants FROM role ORDER BY name") { row in
            try role(row[0], grants: row[1])
        }
    }

    /// Stores a role, new or changed.
    func save(_ role: Role) throws {
        try db.run(
            """
            INSERT INTO role (name, grants) VALUES (?, ?)
            ON CONFLICT (name) DO UPDATE SET grants = excluded.grants
            """, [role.name, try JSONText.of(role.grants)])
    }

    private func user(_ columns: inout Columns) throws -> User {
        try User(
            id: columns.next(), email: columns.next(), name: columns.next(),
            role: role(columns.next(), grants: columns.next()), createdAt: columns.timestamp(),
            updatedAt: columns.timestamp())
    }

    private func role(_ name: String, grants: String) throws -> Role {
        try cache.role(name, grants: grants) { try JSONText.read(StoredGrants.self, from: $0).grants }
    }
}
