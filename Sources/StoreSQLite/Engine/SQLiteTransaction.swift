import GRDB
import StoreDomain
import StoreService

/// One transaction on the file. Every statement is prepared once a connection, and their number depends on
/// neither the lines of an order nor the size of the shop. What every use case asks for, it reads once.
final class SQLiteTransaction {
    let db: Database
    let currency: Currency
    let cache: StoredValueCache
    let search: SearchUpkeep
    /// What was loaded, by this transaction or by one before it that nothing was written since.
    var known: KnownFacts
    /// The latest version of the policy may not be committed yet: this transaction inserted it, or one that shares its
    /// commit.
    private var hasNewPolicy: Bool

    convenience init(db: Database, currency: Currency, cache: StoredValueCache, known: KnownFacts) {
        self.init(
            db: db, currency: currency, cache: cache, turn: WriteTurn(known: known, seesUncommitted: false))
    }

    init(db: Database, currency: Currency, cache: StoredValueCache, turn: WriteTurn) {
        self.db = db
        self.currency = currency
        self.cache = cache
        known = turn.known
        hasNewPolicy = turn.seesUncommitted
        search = SearchUpkeep(db)
    }

    /// Writes what was put off until here. To be called before the commit.
    func finish() throws { try search.finish() }

    /// Loads anew what is asked for from here on: one of the known facts is changed.
    func forgetKnown() { known = KnownFacts() }

    var products: ProductRecord { ProductRecord(currency: currency) }
    var orders: OrderRecord { OrderRecord(db: db, currency: currency) }
    var accountRecord: AccountRecord { AccountRecord(db: db, cache: cache) }
}

extension SQLiteTransaction: ShopTransaction {
    func shop() throws -> ShopIdentity {
        if let shop = known.shop { return shop }
        let shop = try db.fetchShop()
        known.shop = shop
        return shop
    }

    func policy() throws -> PolicyVersion {
        if let policy = known.policy { return policy }
        let number = try PolicyRecord.latestNumber(in: db)
        let version: PolicyVersion
        if let known = cache.policy(number), !hasNewPolicy {
            version = known
        } else {
            version = try PolicyRecord.version(number, in: db)
            if !hasNewPolicy { cache.keep(version) }
        }
        known.policy = version
        return version
    }

    func policyHistory() throws -> [PolicyVersion] { try PolicyRecord.all(in: db) }

    func insert(_ version: PolicyVersion) throws {
        hasNewPolicy = true
        forgetKnown()
        try PolicyRecord.insert(version, in: db)
    }

    func journalHead(of chain: String) throws -> JournalHead? {
        if let head = known.journalHeads[chain] { return head }
        let head = try JournalRecords.head(of: chain, in: db)
        known.journalHeads[chain] = head
        return head
    }

    func append(_ records: [JournalRecord]) throws {
        try JournalRecords.append(records, in: db)
        for record in records {
            known.journalHeads[record.chain] = JournalHead(number: record.number, hash: record.hash)
        }
    }

    func journal(of chain: String, from number: Int, limit: Int) throws -> [JournalRecord] {
        try JournalRecords.records(of: chain, from: number, limit: limit, in: db)
    }

    func journalChains() throws -> [String] { try JournalRecords.chains(in: db) }
}

extension Database {
    func fetchShop() throws -> ShopIdentity {
        let shop = try row("SELECT uuid, currency, is_demo FROM store") { row in
            Currency(code: row[1]).map { ShopIdentity(uuid: row[0], currency: $0, isDemo: row[2]) }
        }
        guard let shop, let shop else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no row in store")
        }
        return shop
    }
}
