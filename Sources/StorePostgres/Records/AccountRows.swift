import StoreDomain
import StoreService

/// Rows of `users` with their roles.
struct AccountRows {
    let db: PostgresConnection
    let cache: StoredValueCache

    /// In the order in which `user` reads them; the hash comes last.
    private static let select = """
        SELECT users.id, users.email, users.name, role.name, role.grants, users.created_at, users.updated_at,
            users.password_hash
        FROM users JOIN role ON role.name = users.role
        """

    /// - Parameter isKept: whether nobody empties the account until the transaction ends.
    func find(_ id: Int64, isKept: Bool) throws -> User? {
        try db.row(
            "\(Self.select) WHERE users.id = $1\(isKept ? " FOR KEY SHARE OF users" : "")", [id], user)
    }

    func find(emailKey: String) throws -> StoredCredentials? {
        try db.row("\(Self.select) WHERE users.email_key = $1", [emailKey]) { row in
            StoredCredentials(user: try user(&row), passwordHash: try row.next())
        }
    }

    /// By e-mail.
    func all() throws -> [User] { try db.rows("\(Self.select) ORDER BY users.email_key", [], user) }

    /// Some of these roles, by name.
    func inRoles(_ roles: [String], limit: Int) throws -> [User] {
        try db.rows(
            "\(Self.select) WHERE users.role = ANY ($1::text[]) ORDER BY users.name, users.id LIMIT $2",
            [PostgresValue.list(roles), limit], user)
    }

    /// - Throws: `emailTaken`.
    func insert(_ registration: Registration, passwordHash: String, role: Role, at now: Timestamp) throws
        -> User
    {
        let email = registration.email
        guard try db.value(Int.self, "SELECT 1 FROM users WHERE email_key = $1", [email.key]) == nil else {
            throw StoreError.emailTaken
        }
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO users (email, email_key, name, password_hash, role, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $6, $6) RETURNING id
            """, [email.address, email.key, registration.name, passwordHash, role.name, now])
        guard let id else { throw PostgresFailure.corrupt("a new account has no id") }
        return User(
            id: id, email: email.address, name: registration.name, role: role, createdAt: now, updatedAt: now)
    }

    /// Those of a role, the latest first.
    func inRole(_ role: String, before id: Int64?, limit: Int) throws -> [User] {
        try db.rows(
            "\(Self.select) WHERE users.role = $1 AND users.id < $2::bigint ORDER BY users.id DESC LIMIT $3",
            [role, id ?? .max, limit], user)
    }

    /// By name.
    func roles() throws -> [Role] {
        try db.rows("SELECT name, grants FROM role ORDER BY name COLLATE \"C\"") { row in
            try role(row.next(), grants: row.next())
        }
    }

    /// Stores a role, new or changed.
    func save(_ role: Role) throws {
        try db.run(
            """
            INSERT INTO role (name, grants) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET grants = excluded.grants
            """, [role.name, try StoredJSON.of(role.grants)])
    }

    private func user(_ row: inout PostgresRow) throws -> User {
        try User(
            id: row.next(), email: row.next(), name: row.next(),
            role: role(row.next(), grants: row.next()), createdAt: row.next(), updatedAt: row.next())
    }

    private func role(_ name: String, grants: String) throws -> Role {
        try cache.role(name, grants: grants) { try StoredJSON.read(StoredGrants.self, from: $0).grants }
    }
}
