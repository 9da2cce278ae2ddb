import GRDB
import StoreDomain
import StoreSearch

/// Pages of the whole catalogue or of one category: counts from maintained tables, rows from one index.
struct CatalogListing {
    let db: Database
    let records: ProductRecord
    let order: CatalogOrder
    let perPage: Int

    func page(at position: PagePosition) throws -> ProductPage {
        let total = try total()
        switch position {
        case .number(let number): return try page(number, of: total)
        case .last: return try page(max(1, (total + perPage - 1) / perPage), of: total)
        case .after(let cursor, let number):
            return page(number, of: total, try rows(PageStart(cursor: cursor, limit: perPage)))
        case .before(let cursor, let number):
            let rows = try rows(PageStart(cursor: cursor, isBackward: true, limit: perPage))
            // The first page is full or all there is, whatever was added or taken away before it.
            guard number > 1, rows.count == perPage else { return try page(1, of: total) }
            return page(number, of: total, rows)
        }
    }

    /// A page by its number, counted from whichever end is nearer.
    private func page(_ number: Int, of total: Int) throws -> ProductPage {
        let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
        let count = overflow ? 0 : min(perPage, total - skip)
        guard count > 0 else { return page(number, of: total, []) }
        if min(skip, total - skip) > Self.counted, let ids = try ids(PageStart(skip: skip, limit: count)) {
            return page(number, of: total, try records.onSale(ids, in: db))
        }
        let behind = total - skip - count
        let start =
            behind < skip
            ? PageStart(isBackward: true, skip: behind, limit: count) : PageStart(skip: skip, limit: count)
        return page(number, of: total, try rows(start))
    }

    /// So many rows of an index are counted off to get to a page; farther in the middle `OrderPlaces` knows the way.
    private static let counted = 1_000

    /// nil when what is listed has no bits.
    private func ids(_ start: PageStart) throws -> [Int64]? {
        let index = try SearchIndex(db)
        let term = order.categoryID.map { SearchTerm.category($0) } ?? .everything
        return try index.commonRows(term).map { try order.ids(start, of: $0, few: 0, in: index) }
    }

    private func page(_ number: Int, of total: Int, _ products: [Product]) -> ProductPage {
        ProductPage(
            products: products, number: number, perPage: perPage, total: Count(total),
            first: products.first.map(order.cursor), last: products.last.map(order.cursor))
    }

    private func total() throws -> Int {
        if let id = order.categoryID {
            let statement = try db.cachedStatement(sql: "SELECT product_count FROM category WHERE id = ?")
            return try Int.fetchOne(statement, arguments: [id]) ?? 0
        }
        return try Int.fetchOne(db.cachedStatement(sql: "SELECT on_sale FROM product_total")) ?? 0
    }

    private func rows(_ start: PageStart) throws -> [Product] {
        let (condition, arguments) = try order.condition(start)
        let statement = try db.cachedStatement(sql: Self.sql(order, condition, start))
        let rows = try Row.fetchAll(statement, arguments: arguments + [start.limit, start.skip])
        let products = rows.map(records.product)
        return start.isBackward ? products.reversed() : products
    }

    static func sql(_ order: CatalogOrder, _ condition: String, _ start: PageStart) -> String {
        """
        SELECT \(ProductRecord.columns) FROM \(order.source) WHERE \(condition)
        ORDER BY \(order.orderBy(backward: start.isBackward)) LIMIT ? OFFSET ?
        """
    }
}
