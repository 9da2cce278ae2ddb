import GRDB
import StoreDomain

/// Accounts in a store file. Its sessions carry no token: whoever runs the program holds the file.
public struct SQLiteAuthService: AuthService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let hasher: PasswordHasher
    private let firstAccountIsAdmin: Bool

    /// - Parameter firstAccountIsAdmin: whether registering in an empty store makes its admin; false for a
    ///   server in production, where anybody could be the first to knock.
    public init(
        database: StoreDatabase, clock: any StoreClock, hasher: PasswordHasher,
        firstAccountIsAdmin: Bool = true
    ) {
        self.database = database
        self.clock = clock
        self.hasher = hasher
        self.firstAccountIsAdmin = firstAccountIsAdmin
    }

    public func register(_ registration: Registration) async throws(StoreError) -> Session {
        let isTaken = try await database.read { db in
            try AccountRecord.find(emailKey: registration.email.key, in: db) != nil
        }
        guard !isTaken else { throw .emailTaken }
        let hash = try await hasher.hash(registration.password)
        let user = try await database.write { db in
            let role: Role = try firstAccountIsAdmin && AccountRecord.isEmpty(in: db) ? .admin : .customer
            return try AccountRecord.insert(
                registration, passwordHash: hash, role: role, at: clock.now(), in: db)
        }
        return Session(user: user)
    }

    public func signIn(email: String, password: Secret) async throws(StoreError) -> Session {
        let emailKey = email.trimmedText.lowercased()
        let account = try await database.write { db in
            try SignInFailures(emailKey: emailKey).beginTry(at: clock.now(), in: db)
            return try AccountRecord.find(emailKey: emailKey, in: db)
        }
        guard let account else {
            await hasher.pretendToVerify()
            throw .wrongCredentials
        }
        guard await hasher.verify(password, against: account.passwordHash) else { throw .wrongCredentials }
        var renewed: String?
        if hasher.shouldRenew(account.passwordHash) { renewed = try await hasher.hash(password) }
        let user = try await database.write { [renewed] db in
            // Between the look and now the password may have been changed; then this one is wrong.
            guard let current = try AccountRecord.find(account.user.id, in: db),
                current.passwordHash == account.passwordHash
            else { throw StoreError.wrongCredentials }
            try SignInFailures(emailKey: emailKey).forget(in: db)
            if let renewed {
                try db.run(
                    "UPDATE account SET password_hash = ? WHERE id = ?", [renewed, account.user.id])
            }
            return current.user
        }
        return Session(user: user)
    }

    public func currentUser(of session: Session) async throws(StoreError) -> User {
        let account = try await database.read { db in try AccountRecord.find(session.user.id, in: db) }
        guard let account else { throw .signInRequired }
        return account.user
    }

    public func signOut(_ session: Session) async throws(StoreError) {}

    public func isEmpty() async throws(StoreError) -> Bool {
        try await database.read { db in try AccountRecord.isEmpty(in: db) }
    }
}
