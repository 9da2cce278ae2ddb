import StoreDomain
import StoreService

/// One transaction on the database. A statement's number depends on neither the lines of an order nor the size of
/// the shop. What every use case asks for, it reads once. One that writes locks what it loads, in the order of ids,
/// so that it stays as it is until the end.
final class PostgresTransaction {
    let db: PostgresConnection
    let cache: StoredValueCache
    let identity: ShopIdentity
    /// Whether what is loaded is locked.
    let locks: Bool
    /// Whether `UnreadProducts` is thrown where a page of products would miss some.
    var mindsUnread = false
    private var knownPolicy: PolicyVersion?
    /// A version that this transaction inserted is not committed yet.
    private var hasNewPolicy = false
    private var heldChains: [String: String] = [:]

    init(db: PostgresConnection, identity: ShopIdentity, cache: StoredValueCache, locks: Bool) {
        self.db = db
        self.identity = identity
        self.cache = cache
        self.locks = locks
        db.currency = identity.currency
    }

    var accountRows: AccountRows { AccountRows(db: db, cache: cache) }
}

extension Int64 {
    /// Whether a row can have this id: ids are the Flask service's, of 32 bits.
    var isRowID: Bool { (1...Int64(Int32.max)).contains(self) }
}

extension PostgresTransaction: ShopTransaction {
    func shop() -> ShopIdentity { identity }

    func policy() throws -> PolicyVersion {
        if let knownPolicy { return knownPolicy }
        let number = try PolicyRows.latestNumber(in: db)
        let version: PolicyVersion
        if let known = cache.policy(number), !hasNewPolicy {
            version = known
        } else {
            version = try PolicyRows.version(number, in: db)
            if !hasNewPolicy { cache.keep(version) }
        }
        knownPolicy = version
        return version
    }

    func policyHistory() throws -> [PolicyVersion] { try PolicyRows.all(in: db) }

    func insert(_ version: PolicyVersion) throws {
        hasNewPolicy = true
        knownPolicy = nil
        try PolicyRows.insert(version, in: db)
    }

    // MARK: - Journal

    /// A server's chain is one of several: the first that no other transaction writes just now, beginning with
    /// the connection's own. So orders over the API do not wait for each other's journal.
    func writtenChain(for name: String) throws -> String {
        if let held = heldChains[name] { return held }
        let chain = try freeChain(for: name)
        heldChains[name] = chain
        return chain
    }

    private static let chains = 32

    private func freeChain(for name: String) throws -> String {
        func chain(_ number: Int) -> String { number == 0 ? name : "\(name)-\(number + 1)" }
        func lock(_ chain: String) -> String { "journal|\(chain)" }
        guard name == Till.api else {
            try db.hold(lock(name))
            return name
        }
        let own = db.backend % Self.chains
        for step in 0..<Self.chains {
            let candidate = chain((own + step) % Self.chains)
            if try db.tryToHold(lock(candidate)) { return candidate }
        }
        try db.hold(lock(chain(own)))
        return chain(own)
    }

    func journalHead(of chain: String) throws -> JournalHead? { try JournalRows.head(of: chain, in: db) }

    func append(_ records: [JournalRecord]) throws { try JournalRows.append(records, in: db) }

    func journal(of chain: String, from number: Int, limit: Int) throws -> [JournalRecord] {
        try JournalRows.records(of: chain, from: number, limit: limit, in: db)
    }

    func journalChains() throws -> [String] { try JournalRows.chains(in: db) }
}
