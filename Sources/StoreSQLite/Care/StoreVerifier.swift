import GRDB
import StoreDomain
import StoreService
import Synchronization

/// One thing in a store that is not as it must be.
public struct Violation: Hashable, Sendable {
    public let check: StoreVerifier.Check
    /// For people: what is wrong, and where.
    public let sentence: String
}

/// Looks a whole store over: its file, its counts and the invariants of selling.
public struct StoreVerifier: Sendable {
    /// What is looked at, in this order but for the file.
    public enum Check: String, CaseIterable, Sendable {
        case file, references, counts, stock, figures, payments, refunds, cards, keys, numbers, shifts
        case discounts, settings, parked, journal, sums, costs, search
    }

    /// How far it is, before each check.
    public struct Progress: Hashable, Sendable {
        public let check: Check
        /// Counted from 1.
        public let number: Int
        public let total: Int
    }

    /// Of one kind of violation no more than this many are listed.
    static let listed = 100
    /// Up to so many products the search index is compared with every word of them, which takes a second and
    /// holds up sales meanwhile; beyond, the index is looked at alone.
    private static let comparedProducts = 50_000

    private let database: StoreDatabase
    private let zones: any ZoneSource

    /// - Parameter zones: in which days are counted; a shop in a zone that is not among them counts in UTC.
    public init(_ database: StoreDatabase, zones: any ZoneSource = OnlyUTC()) {
        self.database = database
        self.zones = zones
    }

    /// Every violation there is, up to 100 of a kind. All but the file's pages and the search index is looked at in one
    /// snapshot, so that sales going on meanwhile are no violations. The pages, whose check takes as long as
    /// all others together, are looked at beside them. The search index of a store that can only be read is left out.
    ///
    /// - Throws: `storage` when the file cannot even be read.
    public func verify(progress: @escaping @Sendable (Progress) -> Void = { _ in }) async throws(StoreError)
        -> [Violation]
    {
        let begun = Begun(progress)
        async let damage = violations(of: [.file], begun)
        async let others = violations(of: Check.allCases.filter { $0 != .file && $0 != .search }, begun)
        let found: [Violation]
        // What is known of a task's error is lost where it is waited for.
        do { found = try await damage + others } catch { throw database.errors.translate(error) }
        guard !database.isReadOnly else { return found }
        begun.tell(.search)
        return found + (try await searchViolations())
    }

    /// What is wrong with any of these, in one snapshot.
    private func violations(of checks: [Check], _ begun: Begun) async throws(StoreError) -> [Violation] {
        try await database.read { [zones] db in
            try checks.flatMap { check in
                begun.tell(check)
                return try StoreVerifier.sentences(check, in: db, zones).map {
                    Violation(check: check, sentence: $0)
                }
            }
        }
    }

    /// Counts the checks that have begun, some of them beside each other.
    private final class Begun: Sendable {
        private let count = Mutex(0)
        private let progress: @Sendable (Progress) -> Void

        init(_ progress: @escaping @Sendable (Progress) -> Void) { self.progress = progress }

        func tell(_ check: Check) {
            count.withLock { count in
                count += 1
                progress(Progress(check: check, number: count, total: Check.allCases.count))
            }
        }
    }

    private static func sentences(_ check: Check, in db: Database, _ zones: any ZoneSource) throws -> [String]
    {
        switch check {
        case .file:
            return try db.withPages(inMemory: 64 << 10) {
                try String.fetchAll(db, sql: "PRAGMA integrity_check(\(listed))").filter { $0 != "ok" }
                    .map { "The file is damaged: \($0)." }
            }
        case .references:
            return try Array(db.foreignKeyViolations().prefix(listed)).map { violation in
                "A row of \(violation.originTable) names a row of \(violation.destinationTable) that is gone."
            }
        case .counts, .stock, .figures, .payments, .refunds, .cards, .keys, .numbers, .shifts:
            return try Invariant.of(check).flatMap { try $0.sentences(in: db) }
        case .discounts: return try discountSentences(in: db)
        case .settings: return try StoredValues(db: db).settingSentences()
        case .parked: return try StoredValues(db: db).parkedSentences()
        case .journal: return try StoredValues(db: db).journalSentences()
        case .sums:
            let transaction = SQLiteTransaction(
                db: db, currency: try db.fetchShop().currency, cache: StoredValueCache(), known: KnownFacts())
            return try SalesCount.differences(transaction, zones: zones, limit: listed)
        case .costs:
            let transaction = SQLiteTransaction(
                db: db, currency: try db.fetchShop().currency, cache: StoredValueCache(), known: KnownFacts())
            return try CostCount.differences(transaction, limit: listed)
        case .search: return []
        }
    }

    /// Codes are compared as the domain does, which SQL cannot.
    private static func discountSentences(in db: Database) throws -> [String] {
        let used = try Row.fetchAll(
            db,
            sql: """
                SELECT discount_code, COUNT(*) AS orders FROM orders
                WHERE discount_code IS NOT NULL AND status <> 'cancelled' GROUP BY discount_code
                """)
        var orders: [String: Int] = [:]
        for row in used { orders[Discount.key(row["discount_code"]), default: 0] += row["orders"] }
        let discounts = try Row.fetchAll(
            db, sql: "SELECT code_key, times_used FROM discount ORDER BY code_key")
        return discounts.compactMap { row in
            let (key, counted): (String, Int) = (row["code_key"], row["times_used"])
            let found = orders[key] ?? 0
            return counted == found
                ? nil
                : "Discount \(key) counts \(counted.counted("use")), but \(found.counted("order")) used it."
        }
    }

    /// What hangs together with the products is read like the other rows. FTS5 checks an index by a statement that
    /// counts as a write: sales wait for that one alone.
    private func searchViolations() async throws(StoreError) -> [Violation] {
        let products = try await database.read { db -> Int? in
            let strays = try db.value(
                Int.self,
                """
                SELECT (SELECT COUNT(*) FROM product WHERE archived = 0 AND id NOT IN (SELECT id FROM product_words))
                    + (SELECT COUNT(*) FROM product_words WHERE id NOT IN (SELECT id FROM product WHERE archived = 0))
                    + (SELECT COUNT(*) FROM product LEFT JOIN product_order USING (id)
                        WHERE (product.name_key, product.price_minor)
                            IS NOT (product_order.name_key, product_order.price_minor))
                """)
            guard try strays == 0 && isSound({ try SearchUpkeep.isRight(in: db) }) else { return nil }
            return try db.value(Int.self, "SELECT on_sale FROM product_total") ?? 0
        }
        if let products, try await isIndexWhole(compared: products <= Self.comparedProducts) { return [] }
        return [Violation(check: .search, sentence: "The search index does not match the products.")]
    }

    /// - Parameter compared: whether the words of the products are compared with it as well.
    private func isIndexWhole(compared: Bool) async throws(StoreError) -> Bool {
        try await database.write { db in
            try isSound {
                try db.execute(
                    sql: "INSERT INTO product_search (product_search, rank) VALUES ('integrity-check', ?)",
                    arguments: [compared ? 1 : 0])
                return true
            }
        }
    }
}

/// What `look` finds; an index that cannot be read is not sound.
private func isSound(_ look: () throws -> Bool) throws -> Bool {
    do { return try look() } catch let error as DatabaseError where error.resultCode == .SQLITE_CORRUPT {
        return false
    }
}

extension Database {
    /// Keeps more of the file in memory as long as `body` runs, which goes to and fro in it.
    ///
    /// - Parameter size: in KiB.
    fileprivate func withPages<T>(inMemory size: Int, _ body: () throws -> T) throws -> T {
        let before = try Int.fetchOne(self, sql: "PRAGMA cache_size") ?? 0
        try execute(sql: "PRAGMA cache_size = -\(size)")
        defer { try? execute(sql: "PRAGMA cache_size = \(before)") }
        return try body()
    }
}
