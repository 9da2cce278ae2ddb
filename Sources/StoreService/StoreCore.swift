import StoreDomain

/// What every service stands on: an engine, and what enters as values.
public struct StoreCore: Sendable {
    let engine: TellingEngine
    let clock: any StoreClock
    let zones: any ZoneSource
    let journal: JournalChain
    /// Whose chain of the journal a service writes: a till's name, `api` or `shell`.
    let chain: String
    /// Hears of what is committed.
    let changes: ChangeHub

    /// - Parameters:
    ///   - chain: a till's name (`Till.isName`), `api` for a server, `shell` for commands.
    ///   - digest: SHA-256 as 64 lower-case hexadecimal digits.
    ///   - changes: hears of what is committed, and tells what others do.
    public init(
        engine: any StoreEngine, clock: any StoreClock, zones: any ZoneSource, chain: String,
        digest: @escaping JournalChain.Digest, changes: ChangeHub = ChangeHub()
    ) {
        self.engine = TellingEngine(engine: engine, changes: changes)
        self.clock = clock
        self.zones = zones
        self.chain = chain
        self.changes = changes
        journal = JournalChain(digest: digest)
    }

    /// Reads on behalf of `principal`, with its account as it is now.
    ///
    /// - Throws: `signInRequired`, `notAllowed` when `permission` is not granted.
    func read<Value: Sendable>(
        as principal: Principal, needing permission: Permission? = nil,
        _ body: @escaping @Sendable (Work) throws -> Value
    ) async throws(StoreError) -> Value {
        try await engine.read { tx in try body(work(tx, principal, permission)) }
    }

    /// Writes on behalf of `principal`, with its account as it is now. What is refused without looking is
    /// refused before a transaction begins.
    ///
    /// - Parameter asked: false for what nobody at this program wants, but the clock.
    /// - Throws: `signInRequired`, `notAllowed` when `permission` is not granted.
    func write<Value: Sendable>(
        as principal: Principal, needing permission: Permission? = nil, asked: Bool = true,
        _ body: @escaping @Sendable (Work) throws -> Value
    ) async throws(StoreError) -> Value {
        if let permission, case .guest = principal { try principal.require(permission) }
        return try await engine.write(asked: asked) { tx in
            try body(try self.work(tx, principal, permission))
        }
    }

    private func work(_ tx: any StoreTransaction, _ principal: Principal, _ permission: Permission?) throws
        -> Work
    {
        let current = try principal.current(in: tx)
        if let permission { try current.require(permission) }
        return Work(tx: tx, core: self, principal: current, now: clock.now())
    }
}

/// One transaction on behalf of somebody.
struct Work {
    let tx: any StoreTransaction
    let core: StoreCore
    /// With its account and role as they are now.
    let principal: Principal
    let now: Timestamp

    /// The signed-in user.
    ///
    /// - Throws: `signInRequired` for a guest, and for the store's operator, who has no account.
    func user() throws(StoreError) -> User {
        guard case .user(let session) = principal else { throw .signInRequired }
        return session.user
    }

    /// Anyone who is signed in, and the store's operator.
    func requireSignIn() throws(StoreError) {
        if case .guest = principal { throw .signInRequired }
    }

    /// Stores changes and their journal.
    @discardableResult
    func apply(_ changes: Changes) throws -> Applied {
        let applied = try tx.apply(changes, at: now, by: principal.userID)
        try record(changes.journal.map { $0.about(order: applied.orderID) })
        return applied
    }

    /// Puts facts on the journal.
    func record(_ entries: [JournalEntry]) throws {
        guard !entries.isEmpty else { return }
        try record(entries, in: tx.writtenChain(for: core.chain))
    }

    /// Puts facts on a chain of the journal.
    func record(_ entries: [JournalEntry], in chain: String) throws {
        let start = try tx.journalHead(of: chain)
        var head = try start ?? core.journal.start(storeID: tx.shop().uuid)
        let records = entries.map { entry in
            let record = core.journal.record(
                entry, chain: chain, after: head, at: now, by: principal.userID)
            head = JournalHead(number: record.number, hash: record.hash)
            return record
        }
        try tx.append(records)
    }

    func record(_ kind: JournalKind, _ data: [String: CanonicalJSON]) throws {
        try record([JournalEntry(kind, data)])
    }

    func order(_ id: Int64) throws -> Order {
        guard let order = try tx.order(id) else { throw StoreError.notFound(.order(id)) }
        return order
    }

    /// The order, when the principal may see it: its own, or anybody's with `seeAllOrders`.
    ///
    /// - Throws: `notFound` when not, `signInRequired` for a guest.
    func visibleOrder(_ id: Int64) throws -> Order {
        try requireSignIn()
        let order = try order(id)
        let isOwn = order.userID != nil && order.userID == principal.userID
        guard isOwn || principal.allows(.seeAllOrders) else { throw StoreError.notFound(.order(id)) }
        return order
    }
}

extension Principal {
    /// The same principal with its account as it is now: a session may be older than a change of its role.
    ///
    /// - Throws: `signInRequired` when the account is gone.
    func current(in tx: any StoreTransaction) throws -> Principal {
        guard case .user(let session) = self else { return self }
        guard let user = try tx.account(session.user.id) else { throw StoreError.signInRequired }
        return .user(Session(user: user, token: session.token))
    }
}

extension JournalEntry {
    /// With the id of the order that was just made, where the entry is about it.
    fileprivate func about(order id: Int64?) -> JournalEntry {
        guard let id, data["order"] == .null else { return self }
        return JournalEntry(kind, data.merging(["order": .integer(id)]) { _, new in new })
    }
}
