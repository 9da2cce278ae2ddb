import StoreDomain

/// A visitor's key, and the account that it stands for.
struct VisitorKeys: VisitorService {
    let desk: VisitorDesk
    let key: KeyFingerprint?
    let visitor: String
    let ids: any IDSource

    private var core: StoreCore { desk.core }

    /// Seen again within an hour, a key is not noted again: that would be a write for each visit.
    private static let notedAfter: Int64 = 3_600

    private static let noKey = StoreError.invalid([FieldProblem("key", "is missing: you came without one")])

    // MARK: - Signing in

    func recognize() async throws(StoreError) -> Session? {
        guard let key, let found = try await core.engine.read({ tx in try tx.customer(of: key) }) else {
            return nil
        }
        try await note(found.stored, key)
        return Session(user: found.user, since: core.clock.now())
    }

    func remember() async throws(StoreError) -> Session {
        guard let key else { throw Self.noKey }
        if let session = try await recognize() { return session }
        let user = try await core.write(as: .guest) { [ids] work in
            // Another session of the same key may have been faster.
            if let found = try work.tx.customer(of: key) { return found.user }
            let registration = try Registration(keyed: .nowhere(ids))
            let user = try work.insertAccount(registration, hash: VisitorDesk.noPassword, role: .customer)
            try work.tx.noteVisitor(user.id, at: work.now)
            try work.add(key, to: user.id)
            return user
        }
        return Session(user: user, since: core.clock.now())
    }

    private func note(_ stored: StoredVisitorKey, _ key: KeyFingerprint) async throws(StoreError) {
        let now = core.clock.now()
        guard now.milliseconds - stored.key.seenAt.milliseconds >= Self.notedAfter * 1_000 else { return }
        try await core.engine.write { tx in try tx.noteSeen(key, at: now) }
    }

    // MARK: - Keys

    func keys(as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await core.read(as: principal) { work in try work.tx.keys(of: work.customer()) }
    }

    func addKey(as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        guard let key else { throw Self.noKey }
        return try await core.write(as: principal) { work in
            let user = try work.customer()
            try work.add(key, to: user.id)
            return try work.tx.keys(of: user)
        }
    }

    func remove(_ key: KeyFingerprint, as principal: Principal) async throws(StoreError) -> [VisitorKey] {
        try await core.write(as: principal) { work in
            let user = try work.customer()
            if try work.tx.visitorKey(key)?.accountID == user.id { _ = try work.tx.removeVisitorKey(key) }
            return try work.tx.keys(of: user)
        }
    }

    // MARK: - Codes

    func makeCode(as principal: Principal) async throws(StoreError) -> VisitorCode {
        let text = VisitorCode.text(of: ids.idempotencyKey())
        return try await core.write(as: principal) { work in
            let user = try work.customer()
            let until = work.now.advanced(bySeconds: VisitorCode.lifetime)
            try work.tx.save(visitorCode: text, of: user.id, until: until, now: work.now)
            return VisitorCode(text: text, goodUntil: until)
        }
    }

    /// Counts the try as failed before it looks, as signing in does: who guesses has to wait.
    func useCode(_ typed: String) async throws(StoreError) -> Session {
        guard let key else { throw Self.noKey }
        let counter = "code\n\(visitor)"
        try await core.write(as: .guest) { work in try work.countFailure(under: counter) }
        let user = try await core.write(as: .guest) { work -> User in
            guard let code = VisitorCode.text(typed: typed),
                let id = try work.tx.takeVisitorCode(code, now: work.now),
                let user = try work.tx.account(id), user.role.name == Role.customer.name
            else {
                throw StoreError.invalid([FieldProblem("code", "is wrong, or good no longer")])
            }
            try work.add(key, to: id)
            try work.forgetFailures(under: counter)
            return user
        }
        return Session(user: user, since: core.clock.now())
    }

    // MARK: - The account

    func setPassword(_ registration: Registration, as principal: Principal) async throws(StoreError)
        -> Session
    {
        let hash = try await desk.hasher.hash(registration.password)
        let user = try await core.write(as: principal) { work -> User in
            let user = try work.customer()
            guard user.hasNoAddress else {
                throw StoreError.invalid([FieldProblem("account", "has a password already")])
            }
            try work.tx.setPerson(
                user.id, email: registration.email, name: registration.name, passwordHash: hash, at: work.now)
            try work.record(.passwordSet, ["account": .integer(user.id)])
            guard let changed = try work.tx.account(user.id) else { throw StoreError.signInRequired }
            return changed
        }
        return Session(user: user, since: core.clock.now())
    }

    func forget(as principal: Principal) async throws(StoreError) {
        try await core.write(as: principal) { [ids] work in
            let user = try work.customer()
            guard try work.tx.isVisitor(user.id) else {
                throw StoreError.invalid([
                    FieldProblem("account", "was not made here; ask the shop to forget it")
                ])
            }
            let pending = try work.tx.orders(OrderQuery(status: .pending, perPage: 1), of: user.id)
            guard pending.orders.isEmpty else {
                throw StoreError.invalid([
                    FieldProblem("account", "has an order that waits; pay or cancel it first")
                ])
            }
            try work.empty(user.id, ids: ids)
        }
    }
}

extension VisitorTransaction where Self: PeopleTransaction {
    /// The customer whom a key belongs to. Whoever works in the shop takes more than a key.
    fileprivate func customer(of key: KeyFingerprint) throws -> (user: User, stored: StoredVisitorKey)? {
        guard let stored = try visitorKey(key), let user = try account(stored.accountID),
            user.role.name == Role.customer.name
        else { return nil }
        return (user, stored)
    }

    fileprivate func keys(of user: User) throws -> [VisitorKey] {
        try visitorKeys(of: user.id).map(\.key)
    }
}

extension Work {
    /// The signed-in customer: keys and codes are for nobody who works in the shop.
    fileprivate func customer() throws(StoreError) -> User {
        let user = try user()
        guard user.role.name == Role.customer.name else {
            throw .invalid([
                FieldProblem("account", "is of somebody who works here, which takes more than a key")
            ])
        }
        return user
    }

    /// - Throws: `invalid` for another account's key, and for one too many.
    fileprivate func add(_ key: KeyFingerprint, to accountID: Int64) throws {
        if let stored = try tx.visitorKey(key) {
            guard stored.accountID == accountID else {
                throw StoreError.invalid([FieldProblem("key", "belongs to another account")])
            }
            return
        }
        guard try tx.visitorKeys(of: accountID).count < VisitorKey.most else {
            throw StoreError.invalid([
                FieldProblem("keys", "are \(VisitorKey.most) already; take one out first")
            ])
        }
        try tx.insert(
            StoredVisitorKey(
                accountID: accountID, key: VisitorKey(fingerprint: key, addedAt: now, seenAt: now)))
    }
}

extension Registration {
    /// Of an account that a key alone opens.
    fileprivate init(keyed email: Email) throws(StoreError) {
        // Nobody knows this password, and no hash is made of it.
        try self.init(
            email: email.address, name: "Visitor", password: Secret(String(email.address.prefix(72))))
    }
}
