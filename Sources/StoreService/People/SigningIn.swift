import StoreDomain

/// Registering, signing in and out. Its sessions carry no token: a server adds one.
public struct SigningIn: AuthService {
    private let core: StoreCore
    private let hasher: any PasswordHashing
    private let firstAccountIsAdmin: Bool
    private let visitor: String?

    /// - Parameter firstAccountIsAdmin: whether registering in an empty store makes its admin; false for a
    ///   server in production, where a stranger could be the first.
    /// - Parameter visitor: whose wrong passwords are counted apart from those that others typed; nil where all
    ///   that were typed for an e-mail count together.
    public init(
        core: StoreCore, hasher: any PasswordHashing, firstAccountIsAdmin: Bool, visitor: String? = nil
    ) {
        self.visitor = visitor
        self.core = core
        self.hasher = hasher
        self.firstAccountIsAdmin = firstAccountIsAdmin
    }

    public func register(_ registration: Registration) async throws(StoreError) -> Session {
        let key = registration.email.key
        let isTaken = try await core.engine.read { tx in try tx.credentials(emailKey: key) != nil }
        guard !isTaken else { throw .emailTaken }
        let hash = try await hasher.hash(registration.password)
        let user = try await core.write(as: .guest) { work in
            let role: Role = try firstAccountIsAdmin && !work.tx.hasAccounts() ? .admin : .customer
            let user = try work.insertAccount(registration, hash: hash, role: role)
            if visitor != nil { try work.tx.noteVisitor(user.id, at: work.now) }
            try work.tx.noteSeen(user.id, at: work.now)
            return user
        }
        return Session(user: user, since: core.clock.now())
    }

    /// Counts the try as failed before it looks at the password, so that many tries at once cannot slip past
    /// the wait.
    public func signIn(email: String, password: Secret) async throws(StoreError) -> Session {
        let key = email.cleanText.lowercased()
        if core.engine.isReadOnly { return try await signInWithoutWriting(emailKey: key, password) }
        let found = try await core.write(as: .guest) { work in
            try work.countFailure(under: counted(key))
            return try work.tx.credentials(emailKey: key)
        }
        guard var found else {
            await hasher.pretendToVerify()
            throw .wrongCredentials
        }
        while true {
            guard await hasher.verify(password, against: found.passwordHash) else { throw .wrongCredentials }
            var renewed: String?
            if hasher.shouldRenew(found.passwordHash) { renewed = try await hasher.hash(password) }
            let (current, now) = try await core.write(as: .guest) { [renewed, found] work in
                guard let current = try work.tx.credentials(emailKey: key) else {
                    throw StoreError.wrongCredentials
                }
                // Between the look and now the password may have been changed, or its hash renewed by who signed in at
                // the same time: the password is looked at once more.
                guard current.passwordHash == found.passwordHash else { return (current, work.now) }
                try work.forgetFailures(under: counted(key))
                try work.unlockPIN(of: current.user)
                try work.signedIn(current.user)
                if let renewed { try work.tx.setPasswordHash(renewed, of: current.user.id, at: work.now) }
                return (current, work.now)
            }
            if current.passwordHash == found.passwordHash {
                return Session(user: current.user, since: now)
            }
            found = current
        }
    }

    /// Where nothing can be written no failure is counted: each try costs what the hash of a password costs.
    private func signInWithoutWriting(emailKey: String, _ password: Secret) async throws(StoreError)
        -> Session
    {
        let now = core.clock.now()
        let found = try await core.engine.read { tx in try tx.credentials(emailKey: emailKey) }
        guard let found else {
            await hasher.pretendToVerify()
            throw .wrongCredentials
        }
        guard await hasher.verify(password, against: found.passwordHash) else { throw .wrongCredentials }
        return Session(user: found.user, since: now)
    }

    public func currentUser(of session: Session) async throws(StoreError) -> User {
        let (user, seen) = try await core.engine.read { tx in
            let user = try session.current(in: tx)
            return (user, try tx.lastSeen(user.id))
        }
        let isNews = seen.map { core.clock.now() >= $0.advanced(bySeconds: Self.seenFor) } ?? true
        if isNews, !core.engine.isReadOnly {
            try await whereWritable { () throws(StoreError) in
                try await core.write(as: .operatorOfStore, asked: false) { work in
                    try work.tx.noteSeen(user.id, at: work.now)
                }
            }
        }
        return user
    }

    /// For so many seconds somebody who goes on is not noted again.
    private static let seenFor: Int64 = 3_600

    public func signOut(_ session: Session) async throws(StoreError) {}

    public func isEmpty() async throws(StoreError) -> Bool {
        try await core.engine.read { tx in try !tx.hasAccounts() }
    }

    /// What failures are counted under. No e-mail has a line break.
    private func counted(_ emailKey: String) -> String { visitor.map { "\(emailKey)\n\($0)" } ?? emailKey }
}

extension Work {
    /// - Throws: `emailTaken`.
    func insertAccount(_ registration: Registration, hash: String, role: Role) throws -> User {
        let user = try tx.insertAccount(registration, passwordHash: hash, role: role, at: now)
        try record(.accountAdded, ["account": .integer(user.id), "role": .text(role.name)])
        return user
    }

    /// Notes that somebody has shown who they are, and sees to it that this counts.
    func signedIn(_ user: User) throws {
        try tx.noteSeen(user.id, at: now)
        try tx.limitEnd(ofSignInsOf: user.id, to: now)
    }

    // MARK: - Failures in a row

    /// Counts a failure, unless the last one is so near that nothing is looked at.
    ///
    /// - Throws: `signInMustWait`.
    func countFailure(under key: String) throws {
        let earlier = try tx.signInFailures(emailKey: key)
        if let earlier {
            let wait = earlier.nextTryAt.milliseconds - now.milliseconds
            // A wait beyond the longest is a clock that was set back, not a wait.
            if (1...SignInThrottle.longestWait * 1000).contains(wait) {
                throw StoreError.signInMustWait(seconds: Int((wait + 999) / 1000))
            }
        }
        let count = (earlier?.count ?? 0) + 1
        let next = now.advanced(bySeconds: SignInThrottle.wait(afterFailures: count))
        try tx.save(
            StoredFailures(count: count, nextTryAt: next, failedAt: now), emailKey: key,
            forgettingBefore: failuresCutoff)
    }

    func forgetFailures(under key: String) throws {
        try tx.save(nil, emailKey: key, forgettingBefore: failuresCutoff)
    }

    /// After a day without a try failures are forgotten; the longest wait is over by then.
    private var failuresCutoff: Timestamp { now.advanced(bySeconds: -86_400) }
}
