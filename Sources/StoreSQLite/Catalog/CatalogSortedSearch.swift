import GRDB
import StoreDomain

/// Pages of a search in an order of the catalogue. What is read depends on how much matches (figures:
/// 1,000,000 products, SQLite 3.40.1):
/// - few: all matches, sorted (2 µs each);
/// - many: the order's index, each row looked up in a list of the matches (0.1 µs a match, 0.2 µs a row);
/// - very many: the order's index, each row put to the search index (40 µs, but most of them match).
struct CatalogSortedSearch {
    let db: Database
    let records: ProductRecord
    let question: SearchQuestion
    let order: CatalogOrder
    let perPage: Int

    private static let few = 1_000
    private static let many = 100_000
    /// How many rows are put to the search index before the list of matches is made after all.
    private static let probes = 500

    func page(at position: PagePosition) throws -> ProductPage {
        let count = try SearchCount(db: db, question: question).upTo(Self.many)
        let shown =
            count.value > CatalogSearch.countLimit ? Count(CatalogSearch.countLimit, isExact: false) : count
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            let start = PageStart(skip: skip, limit: perPage)
            return page(number, of: shown, overflow ? [] : try products(start, count))
        case .after(let cursor, let number):
            return page(number, of: shown, try products(PageStart(cursor: cursor, limit: perPage), count))
        case .before(let cursor, let number):
            let start = PageStart(cursor: cursor, isBackward: true, limit: perPage)
            let products = try products(start, count)
            guard number > 1, products.count == perPage else { return try page(at: .first) }
            return page(number, of: shown, products)
        case .last:
            let total = try SearchCount(db: db, question: question).exact()
            let pages = max(1, (total + perPage - 1) / perPage)
            let start = PageStart(isBackward: true, limit: total - (pages - 1) * perPage)
            return page(pages, of: Count(total), try products(start, count))
        }
    }

    private func page(_ number: Int, of total: Count, _ products: [Product]) -> ProductPage {
        ProductPage(
            products: products, number: number, perPage: perPage, total: total,
            first: products.first.map(order.cursor), last: products.last.map(order.cursor))
    }

    private func products(_ start: PageStart, _ count: Count) throws -> [Product] {
        let ids = try ids(start, count)
        return try records.onSale(start.isBackward ? ids.reversed() : ids, in: db)
    }

    private func ids(_ start: PageStart, _ count: Count) throws -> [Int64] {
        if order.key == nil { return try newest(start) }
        if count.isExact, count.value <= Self.few { return try sorted(start) }
        if !count.isExact, start.skip == 0, let ids = try probed(start) { return ids }
        return try listed(start)
    }

    /// By id the search index has its rows sorted.
    private func newest(_ start: PageStart) throws -> [Int64] {
        var bound = start.isBackward ? 0 : Int64.max
        if let cursor = start.cursor {
            guard cursor.values.count == 1, case .integer(let id) = cursor.values[0] else {
                throw PageStart.foreignCursor
            }
            bound = id
        }
        let statement = try db.cachedStatement(
            sql: """
                SELECT rowid FROM product_search
                WHERE product_search MATCH ? AND rowid \(start.isBackward ? ">" : "<") ?
                ORDER BY rowid \(start.isBackward ? "ASC" : "DESC") LIMIT ? OFFSET ?
                """)
        return try Int64.fetchAll(
            statement, arguments: [question.anywhere, bound, start.limit, start.skip])
    }

    private func sorted(_ start: PageStart) throws -> [Int64] {
        let (condition, arguments) = try order.condition(start)
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.id FROM product_search CROSS JOIN product p ON p.id = product_search.rowid
                WHERE product_search MATCH ? AND \(condition)
                ORDER BY \(order.orderBy(backward: start.isBackward)) LIMIT ? OFFSET ?
                """)
        return try Int64.fetchAll(
            statement, arguments: [question.anywhere] + arguments + [start.limit, start.skip])
    }

    private func listed(_ start: PageStart) throws -> [Int64] {
        let (condition, arguments) = try order.condition(start)
        let statement = try db.cachedStatement(
            sql: """
                SELECT p.id FROM \(order.source) WHERE \(condition)
                AND +p.id IN (SELECT rowid FROM product_search WHERE product_search MATCH ?)
                ORDER BY \(order.orderBy(backward: start.isBackward)) LIMIT ? OFFSET ?
                """)
        return try Int64.fetchAll(
            statement, arguments: arguments + [question.anywhere, start.limit, start.skip])
    }

    /// nil when too few of the rows at the start match.
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
        for id in try Int64.fetchAll(walk, arguments: arguments + [Self.probes]) {
            guard try Int.fetchOne(probe, arguments: [question.anywhere, id]) != nil else { continue }
            found.append(id)
            if found.count == start.limit { return found }
        }
        return nil
    }
}
