import GRDB
import StoreDomain

/// An admin's view of the accounts in a store file.
public struct SQLiteAccountService: AccountService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let hasher: PasswordHasher

    public init(database: StoreDatabase, clock: any StoreClock, hasher: PasswordHasher) {
        self.database = database
        self.clock = clock
        self.hasher = hasher
    }

    public func accounts(as principal: Principal) async throws(StoreError) -> [User] {
        try await database.read { db in
            try principal.current(in: db).require(.manageAccounts)
            return try AccountRecord.fetchAll(db, sql: "SELECT * FROM account ORDER BY email_key").map(\.user)
        }
    }

    public func add(_ registration: Registration, role: Role, as principal: Principal)
        async throws(StoreError) -> User
    {
        try await check(principal)
        let hash = try await hasher.hash(registration.password)
        return try await database.write { db in
            try principal.current(in: db).require(.manageAccounts)
            return try AccountRecord.insert(
                registration, passwordHash: hash, role: role, at: clock.now(), in: db)
        }
    }

    public func setPassword(_ password: Secret, of email: String, as principal: Principal)
        async throws(StoreError)
    {
        try await check(principal)
        let problems = PasswordRule.problems(of: password)
        guard problems.isEmpty else { throw .invalid(problems) }
        let hash = try await hasher.hash(password)
        try await database.write { db in
            try principal.current(in: db).require(.manageAccounts)
            let user = try account(email, in: db)
            try db.run(
                "UPDATE account SET password_hash = ?, updated_at = ? WHERE id = ?",
                [hash, clock.now().milliseconds, user.id])
            try SignInFailures(emailKey: user.email.lowercased()).forget(in: db)
        }
    }

    public func setRole(_ role: Role, of email: String, as principal: Principal) async throws(StoreError)
        -> User
    {
        try await database.write { db in
            try principal.current(in: db).require(.manageAccounts)
            let user = try account(email, in: db)
            let admins = try db.value(Int.self, "SELECT COUNT(*) FROM account WHERE role = 'admin'") ?? 0
            guard role == .admin || user.role != .admin || admins > 1 else {
                throw StoreError.invalid([
                    FieldProblem("role", "must stay admin: the store would have no admin left")
                ])
            }
            let now = clock.now()
            try db.run(
                "UPDATE account SET role = ?, updated_at = ? WHERE id = ?",
                [role.rawValue, now.milliseconds, user.id])
            return User(
                id: user.id, email: user.email, name: user.name, role: role, createdAt: user.createdAt,
                updatedAt: now)
        }
    }

    /// Refuses before a hash is worked out for nothing.
    private func check(_ principal: Principal) async throws(StoreError) {
        try await database.read { db in try principal.current(in: db).require(.manageAccounts) }
    }

    private func account(_ email: String, in db: Database) throws -> User {
        guard let account = try AccountRecord.find(emailKey: email.trimmedText.lowercased(), in: db) else {
            throw StoreError.notFound(.account(email.trimmedText))
        }
        return account.user
    }
}
