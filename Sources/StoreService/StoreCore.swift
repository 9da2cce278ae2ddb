import StoreDomain

/// What every service stands on: an engine, and what enters as values.
public struct StoreCore: Sendable {
    let engine: TellingEngine
    let clock: any StoreClock
    let zones: any ZoneSource
    let journal: JournalChain
    private let digest: JournalChain.Digest
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
        self.digest = digest
    }

    /// Reads on behalf of `principal`, with its account as it is now.
    ///
    /// - Throws: `signInRequired`, `notAllowed` when `permission` is not granted.
    func read<Value: Sendable>(
        as principal: Principal, needing permission: Permission? = nil,
        _ body: @escaping @Sendable (Work) throws -> Value
    ) async throws(StoreError) -> Value {
        let principal = principal.approving(nil)
        return try await engine.read { tx in
            do {
                let (work, need) = try self.work(tx, principal, permission)
                if let need { throw StoreError.notAllowed(need.permission) }
                return try body(work)
            } catch StoreError.approvalNeeded(let need, nil) {
                // What is only looked at is not approved.
                throw StoreError.notAllowed(need.permission)
            }
        }
    }

    /// Writes on behalf of `principal`, with its account as it is now. What is refused without looking is
    /// refused before a transaction begins.
    ///
    /// Where the person needs somebody's approval, `body` is undone and the approval is asked for; once it is granted,
    /// the same deed is done by doing it again, and uses it up.
    ///
    /// - Parameters:
    ///   - asked: false for what nobody at this program wants, but the clock.
    ///   - deed: what can be approved; nil where nothing can.
    /// - Throws: `signInRequired`, `notAllowed` when `permission` is not granted, `approvalNeeded`.
    func write<Value: Sendable>(
        as principal: Principal, needing permission: Permission? = nil, asked: Bool = true,
        doing deed: Deed? = nil, _ body: @escaping @Sendable (Work) throws -> Value
    ) async throws(StoreError) -> Value {
        // Who approves what is found out here, and believed nobody.
        let principal = principal.approving(nil)
        if let permission, case .guest = principal { try principal.require(permission) }
        do throws(StoreError) {
            return try await engine.write(asked: asked) { tx in
                let (work, need) = try self.work(tx, principal, permission)
                return try work.carryOut(body, needing: need)
            }
        } catch {
            guard case .approvalNeeded(let need, nil) = error else { throw error }
            guard let deed, let userID = principal.userID else { throw .notAllowed(need.permission) }
            return try await write(
                as: principal, userID, needing: permission, asked: asked, doing: deed, for: need, body)
        }
    }

    /// Does what is approved, or asks for it.
    private func write<Value: Sendable>(
        as principal: Principal, _ userID: Int64, needing permission: Permission?, asked: Bool,
        doing deed: Deed,
        for first: ApprovalNeed, _ body: @escaping @Sendable (Work) throws -> Value
    ) async throws(StoreError) -> Value {
        var need = first
        do throws(StoreError) {
            let done = try await engine.write(asked: asked) { tx -> Value? in
                let (own, _) = try self.work(tx, principal, nil)
                let digest = self.digest(of: deed, try deed.lines(own), by: userID)
                let granted = try own.openApprovals(digest, of: userID).filter { $0.stage == .granted }
                guard !granted.isEmpty else { return nil }
                let roles = try granted.compactMap { try $0.approver.flatMap { try tx.account($0.id)?.role } }
                let (work, need) = try self.work(tx, principal.approving(.by(roles)), permission)
                let value = try work.carryOut(body, needing: need)
                for var approval in granted {
                    approval.stage = .used
                    try work.keep(approval, .approvalUsed)
                }
                return value
            }
            if let done { return done }
        } catch {
            guard case .approvalNeeded(let other, nil) = error else { throw error }
            need = other
        }
        let wanted = need
        let approval = try await engine.write(asked: asked) { tx in
            let (work, _) = try self.work(tx, principal, nil)
            let lines = try deed.lines(work)
            return try work.ask(
                wanted, deed, lines, digest: self.digest(of: deed, lines, by: userID))
        }
        throw .approvalNeeded(wanted, approval)
    }

    /// Tells a deed from any other, and from the same by somebody else, with all that whoever approves it sees.
    private func digest(of deed: Deed, _ lines: [String], by userID: Int64) -> String {
        digest(([String(userID), deed.title, deed.content] + lines).joined(separator: "\n"))
    }

    /// - Returns: with what somebody else must approve before anything is done.
    private func work(_ tx: any StoreTransaction, _ principal: Principal, _ permission: Permission?) throws
        -> (Work, ApprovalNeed?)
    {
        let current = try principal.current(in: tx)
        var need: ApprovalNeed?
        if let permission {
            do throws(StoreError) { try current.require(permission) } catch {
                guard case .approvalNeeded(let missing, nil) = error else { throw error }
                need = missing
            }
        }
        return (Work(tx: tx, core: self, principal: current, now: clock.now()), need)
    }
}

/// One transaction on behalf of somebody.
struct Work {
    let tx: any StoreTransaction
    let core: StoreCore
    /// With its account and role as they are now.
    let principal: Principal
    let now: Timestamp
    /// Whether anything was put on the journal.
    private let traces = Traces()

    private final class Traces {
        var areLeft = false
    }

    init(tx: any StoreTransaction, core: StoreCore, principal: Principal, now: Timestamp) {
        self.tx = tx
        self.core = core
        self.principal = principal
        self.now = now
    }

    /// Runs `body`, whose own refusals come first: they say better what is needed, and how much of it. What changes
    /// nothing, as the answer to a repeated key, needs nobody.
    ///
    /// - Throws: `approvalNeeded` where something was changed that somebody else must approve.
    fileprivate func carryOut<Value>(_ body: (Work) throws -> Value, needing need: ApprovalNeed?) throws
        -> Value
    {
        let value = try body(self)
        if let need, traces.areLeft { throw StoreError.approvalNeeded(need, nil) }
        return value
    }

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

    /// Stores changes with what their goods cost, what they add to the sums, and their journal.
    ///
    /// - Parameter order: the standing order that they are about, where it is loaded already.
    @discardableResult
    func apply(_ changes: Changes, of order: Order? = nil) throws -> Applied {
        let changes = try priced(changes)
        let sums = try sums(of: changes, order)
        var applied = try tx.apply(changes, at: now, by: principal.userID)
        if !sums.isEmpty { try tx.add(sums.rows) }
        let entries = changes.journal.map { $0.about(order: applied.orderID) }
        applied.journalMark = try mark(zip(entries, record(entries)), refundID: applied.refundID)
        return applied
    }

    /// Notes on a document that is paid or given how the journal's record of it begins.
    ///
    /// - Returns: the beginning; nil where there is no such document among them.
    private func mark(
        _ recorded: Zip2Sequence<[JournalEntry], [JournalRecord]>, refundID: Int64?
    ) throws -> String? {
        var last: String?
        for (entry, record) in recorded {
            let mark = String(record.hash.prefix(JournalRecord.markLength))
            if entry.kind == .orderPaid, case .integer(let orderID)? = entry.data["order"] {
                try tx.setJournalMark(mark, ofOrder: orderID)
            } else if let refundID, entry.kind == .refund || entry.kind == .saleVoided {
                try tx.setJournalMark(mark, ofRefund: refundID)
            } else {
                continue
            }
            last = mark
        }
        return last
    }

    /// Puts facts on the journal.
    @discardableResult
    func record(_ entries: [JournalEntry]) throws -> [JournalRecord] {
        guard !entries.isEmpty else { return [] }
        return try record(entries, in: tx.writtenChain(for: core.chain))
    }

    /// Puts facts on a chain of the journal.
    @discardableResult
    func record(_ entries: [JournalEntry], in chain: String) throws -> [JournalRecord] {
        traces.areLeft = true
        let start = try tx.journalHead(of: chain)
        var head = try start ?? core.journal.start(storeID: tx.shop().uuid)
        let records = entries.map { entry in
            let record = core.journal.record(
                entry, chain: chain, after: head, at: now, by: principal.userID)
            head = JournalHead(number: record.number, hash: record.hash)
            return record
        }
        try tx.append(records)
        return records
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
    /// - Throws: `signInRequired` when the account is gone, its name was erased, or it was signed out everywhere.
    func current(in tx: any StoreTransaction) throws -> Principal {
        guard case .user(let session) = self else { return self }
        return .user(session.with(try session.current(in: tx)))
    }
}

extension Session {
    /// The account as it is now.
    ///
    /// - Throws: `signInRequired` when it is gone, its name was erased, or it was signed out everywhere meanwhile.
    func current(in tx: any StoreTransaction) throws -> User {
        let found =
            if let since {
                try tx.account(user.id, unlessRevoked: StoredToken(signedInAt: since))
            } else {
                try tx.account(user.id)
            }
        guard let found, !found.isErased else { throw StoreError.signInRequired }
        return found
    }
}

extension JournalEntry {
    /// With the id of the order that was just made, where the entry is about it.
    fileprivate func about(order id: Int64?) -> JournalEntry {
        guard let id, data["order"] == .null else { return self }
        return JournalEntry(kind, data.merging(["order": .integer(id)]) { _, new in new })
    }
}

/// Does what can wait: where the store cannot be written just now, reading goes on, and whoever comes next does it.
func whereWritable(_ work: () async throws(StoreError) -> Void) async throws(StoreError) {
    do {
        try await work()
    } catch {
        guard case .storage = error else { throw error }
    }
}
