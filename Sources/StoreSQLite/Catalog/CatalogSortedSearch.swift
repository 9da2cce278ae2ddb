import GRDB
import StoreDomain

/// Pages of a search in an order of the catalogue. What is read depends on how much matches and on whether
/// the matches lie together in the order, as those of a word do in the order of names (figures: 1,000,000
/// products, SQLite 3.40.1):
/// - the order's index, each row put to the search index (40 µs), for as long as enough of them match;
/// - the order's index (0.1 µs a row) against the set of all matches (0.1 µs each), for as long as that costs less
///   than what is left to do:
/// - all matches, sorted by `product_order`, a narrow table that is read in the order of ids as the matches are
///   (0.65 µs each).
struct CatalogSortedSearch {
    let db: Database
    let records: ProductRecord
    let question: IndexQuestion
    let order: CatalogOrder
    let perPage: Int

    /// Going through so many rows of the order costs what sorting one match does.
    private static let rowsASort = 6
    /// How many rows are put to the search index at most.
    private static let probes = 350
    /// After so many it can be told how many will be needed.
    private static let firstProbes = 25

    private var matches: SearchMatches { SearchMatches(db: db, question: question) }

    func page(at position: PagePosition) throws -> ProductPage {
        let few = try matches.few()
        let count = try few.map { Count($0.count) } ?? matches.count()
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            let start = PageStart(skip: skip, limit: perPage)
            return page(number, of: count, overflow ? [] : try products(start, few))
        case .after(let cursor, let number):
            return page(number, of: count, try products(PageStart(cursor: cursor, limit: perPage), few))
        case .before(let cursor, let number):
            let start = PageStart(cursor: cursor, isBackward: true, limit: perPage)
            let products = try products(start, few)
            guard number > 1, products.count == perPage else { return try page(at: .first) }
            return page(number, of: count, products)
        case .last:
            let total = try few?.count ?? matches.exactCount()
            let pages = max(1, (total + perPage - 1) / perPage)
            let start = PageStart(isBackward: true, limit: total - (pages - 1) * perPage)
            return page(pages, of: Count(total), try products(start, few))
        }
    }

    private func page(_ number: Int, of total: Count, _ products: [Product]) -> ProductPage {
        ProductPage(
            products: products, number: number, perPage: perPage, total: total,
            first: products.first.map(order.cursor), last: products.last.map(order.cursor))
    }

    private func products(_ start: PageStart, _ few: [Int64]?) throws -> [Product] {
        let ids = try ids(start, few)
        return try records.onSale(start.isBackward ? ids.reversed() : ids, in: db)
    }

    private func ids(_ start: PageStart, _ few: [Int64]?) throws -> [Int64] {
        if order.key == nil { return try newest(start, few) }
        if let few { return try sorted(few, start) }
        if start.skip == 0, let ids = try probed(start) { return ids }
        return try walked(start) ?? sorted(start)
    }

    /// By id the search index has its rows sorted.
    private func newest(_ start: PageStart, _ few: [Int64]?) throws -> [Int64] {
        var bound = start.isBackward ? 0 : Int64.max
        if let cursor = start.cursor {
            guard cursor.values.count == 1, case .integer(let id) = cursor.values[0] else {
                throw PageStart.foreignCursor
            }
            bound = id
        }
        if let few {
            let rest =
                start.isBackward ? few.reversed().drop { $0 <= bound } : few.drop { $0 >= bound }[...]
            return Array(rest.dropFirst(start.skip).prefix(start.limit))
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT rowid FROM product_search
                WHERE product_search MATCH ? AND rowid \(start.isBackward ? ">" : "<") ?
                ORDER BY rowid \(start.isBackward ? "ASC" : "DESC") LIMIT ? OFFSET ?
                """)
        return try Int64.fetchAll(
            statement, arguments: [question.all, bound, start.limit, start.skip])
    }

    private func sorted(_ few: [Int64], _ start: PageStart) throws -> [Int64] {
        let (condition, arguments) = try order.condition(start)
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.id FROM json_each(?) AS few CROSS JOIN product p ON p.id = few.value
                WHERE \(condition)
                ORDER BY \(order.orderBy(backward: start.isBackward)) LIMIT ? OFFSET ?
                """)
        let list = "[\(few.map(String.init).joined(separator: ","))]"
        return try Int64.fetchAll(statement, arguments: [list] + arguments + [start.limit, start.skip])
    }

    private func sorted(_ start: PageStart) throws -> [Int64] {
        let (condition, arguments) = try order.condition(start, ofMatches: true)
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.id FROM product_search CROSS JOIN product_order p ON p.id = product_search.rowid
                WHERE product_search MATCH ? AND \(condition)
                ORDER BY \(order.orderBy(backward: start.isBackward)) LIMIT ? OFFSET ?
                """)
        return try Int64.fetchAll(
            statement, arguments: [question.all] + arguments + [start.limit, start.skip])
    }

    /// Goes through the order's index until enough of its rows are among the matches; nil when they are so far
    /// apart that sorting them costs less.
    private func walked(_ start: PageStart) throws -> [Int64]? {
        let matching = try matches.set()
        let (condition, arguments) = try order.condition(start)
        let walk = try db.cachedStatement(
            sql: """
                SELECT p.id FROM \(order.source) WHERE \(condition)
                ORDER BY \(order.orderBy(backward: start.isBackward))
                """)
        var found: [Int64] = []
        var skipped = 0
        var left = Self.rowsASort * matching.count
        let ids = try Int64.fetchCursor(walk, arguments: arguments)
        while found.count < start.limit, let id = try ids.next() {
            guard left > 0 else { return nil }
            left -= 1
            guard matching.contains(id) else { continue }
            if skipped < start.skip { skipped += 1 } else { found.append(id) }
        }
        return found
    }

    /// nil when too few of the first rows match.
    private func probed(_ start: PageStart) throws -> [Int64]? {
        let (condition, arguments) = try order.condition(start)
        let walk = try db.cachedStatement(
            sql: """
                SELECT p.id FROM \(order.source) WHERE \(condition)
                ORDER BY \(order.orderBy(backward: start.isBackward)) LIMIT ?
                """)
        let probe = try db.cachedStatement(
            sql: "SELECT 1 FROM product_search WHERE product_search MATCH ? AND rowid = ?")
        var found: [Int64] = []
        let rows = try Int64.fetchAll(walk, arguments: arguments + [Self.probes])
        for (probes, id) in rows.enumerated() {
            if probes >= Self.firstProbes, found.count * Self.probes < probes * start.limit { return nil }
            guard try Int.fetchOne(probe, arguments: [question.all, id]) != nil else { continue }
            found.append(id)
            if found.count == start.limit { return found }
        }
        return rows.count < Self.probes ? found : nil
    }
}
