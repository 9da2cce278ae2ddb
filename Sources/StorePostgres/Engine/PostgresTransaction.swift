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
    /// Asked with the first statement of a transaction that writes.
    private let policyNumber: PostgresQuestion?
    let journalPlace: JournalPlace
    var keys = TransactionKeys()
    /// How many products it has added or changed, and how many of those are new.
    var writtenProducts = 0
    var insertedProducts = 0
    /// What is kept of the cost of products that were loaded for selling, until they move.
    var knownCosts: [Int64: CostBook] = [:]

    /// - Parameter chain: whose chain of the journal is written.
    init(
        db: PostgresConnection, identity: ShopIdentity, cache: StoredValueCache, chain: String, locks: Bool
    ) {
        self.db = db
        self.identity = identity
        self.cache = cache
        self.locks = locks
        db.currency = identity.currency
        journalPlace = JournalPlace(db: db, name: chain)
        policyNumber = locks ? PolicyRows.askLatestNumber(in: db) : nil
    }

    /// Writes what was put off until here. To be called before the commit.
    func finish() throws {
        if writtenProducts > 0 { try SearchUpkeep(db: db).settle(inserted: insertedProducts) }
        keys.store(in: db)
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
        let number = try latestPolicy()
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

    private func latestPolicy() throws -> Int {
        try PolicyRows.latestNumber(
            hasNewPolicy
                ? PolicyRows.askLatestNumber(in: db) : policyNumber ?? PolicyRows.askLatestNumber(in: db),
            in: db)
    }

    func policyHistory() throws -> [PolicyVersion] { try PolicyRows.all(in: db) }

    func insert(_ version: PolicyVersion) throws {
        hasNewPolicy = true
        knownPolicy = nil
        try PolicyRows.insert(version, in: db)
    }

    // MARK: - Journal

    func writtenChain(for name: String) throws -> String { try journalPlace.chain(for: name) }

    func journalHead(of chain: String) throws -> JournalHead? { try journalPlace.head(of: chain) }

    func append(_ records: [JournalRecord]) { journalPlace.append(records) }

    func journal(of chain: String, from number: Int, limit: Int) throws -> [JournalRecord] {
        try JournalRows.records(of: chain, from: number, limit: limit, in: db)
    }

    func journalChains() throws -> [String] { try JournalRows.chains(in: db) }
}
