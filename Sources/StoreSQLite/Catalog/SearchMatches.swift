import GRDB
import StoreDomain

/// The products that a search finds, and how many.
struct SearchMatches {
    let db: Database
    let question: IndexQuestion

    /// Up to so many matches are handled all at once.
    static let few = 2_000

    /// All matches, latest first, when they are few; else nil.
    func few() throws -> [Int64]? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT rowid FROM product_search WHERE product_search MATCH ? ORDER BY rowid DESC LIMIT ?
                """)
        let ids = try Int64.fetchAll(statement, arguments: [question.all, Self.few + 1])
        return ids.count > Self.few ? nil : ids
    }

    /// Counts as far as the count is shown.
    func count() throws -> Count {
        let limit = CatalogSearch.countLimit
        let statement = try db.cachedStatement(
            sql: """
                SELECT count(*) FROM
                (SELECT 1 FROM product_search WHERE product_search MATCH ? LIMIT ?)
                """)
        let count = try Int.fetchOne(statement, arguments: [question.all, limit + 1]) ?? 0
        return count > limit ? Count(limit, isExact: false) : Count(count)
    }

    func exactCount() throws -> Int {
        let statement = try db.cachedStatement(
            sql: "SELECT count(*) FROM product_search WHERE product_search MATCH ?")
        return try Int.fetchOne(statement, arguments: [question.all]) ?? 0
    }

    /// All of them, however many.
    func set() throws -> RowSet {
        let statement = try db.cachedStatement(
            sql: "SELECT rowid FROM product_search WHERE product_search MATCH ?")
        let last = try Int64.fetchOne(db.cachedStatement(sql: "SELECT max(id) FROM product_words")) ?? 0
        var set = RowSet(upTo: last)
        let ids = try Int64.fetchCursor(statement, arguments: [question.all])
        while let id = try ids.next() { set.insert(id) }
        return set
    }

    /// All rows that answer an expression.
    static func ids(_ expression: String, in db: Database) throws -> [Int64] {
        let statement = try db.cachedStatement(
            sql: "SELECT rowid FROM product_search WHERE product_search MATCH ?")
        return try Int64.fetchAll(statement, arguments: [expression])
    }
}

/// Numbers of rows, a bit each.
struct RowSet {
    private var bits: [UInt64]
    /// How many were put in.
    private(set) var count = 0

    init(upTo last: Int64) { bits = [UInt64](repeating: 0, count: Int(last) / 64 + 1) }

    /// - Parameter id: one that is not in it.
    mutating func insert(_ id: Int64) {
        bits[Int(id) / 64] |= 1 << UInt64(id % 64)
        count += 1
    }

    func contains(_ id: Int64) -> Bool {
        let place = Int(id) / 64
        return place < bits.count && bits[place] & (1 << UInt64(id % 64)) != 0
    }
}
