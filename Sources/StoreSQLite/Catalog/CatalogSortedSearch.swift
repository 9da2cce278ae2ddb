import GRDB
import StoreDomain

/// Pages of what a search finds, in an order of the catalogue.
struct CatalogSortedSearch {
    let db: Database
    let records: ProductRecord
    let matches: SearchMatches
    let order: CatalogOrder
    let perPage: Int

    /// Up to so many are sorted at once (0.7 µs each); more are sorted stretch by stretch.
    private static let few = 2_000

    func page(at position: PagePosition) throws -> ProductPage {
        let found = try matches.all()
        let total = found.count
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            let start = PageStart(skip: skip, limit: perPage)
            return page(number, of: total, overflow ? [] : try products(start, of: found))
        case .after(let cursor, let number):
            return page(number, of: total, try products(PageStart(cursor: cursor, limit: perPage), of: found))
        case .before(let cursor, let number):
            let start = PageStart(cursor: cursor, isBackward: true, limit: perPage)
            let products = try products(start, of: found)
            guard number > 1, products.count == perPage else { return try page(at: .first) }
            return page(number, of: total, products)
        case .last:
            let pages = max(1, (total + perPage - 1) / perPage)
            let start = PageStart(isBackward: true, limit: total - (pages - 1) * perPage)
            return page(pages, of: total, try products(start, of: found))
        }
    }

    private func page(_ number: Int, of total: Int, _ products: [Product]) -> ProductPage {
        ProductPage(
            products: products, number: number, perPage: perPage, total: Count(total),
            first: products.first.map(order.cursor), last: products.last.map(order.cursor))
    }

    private func products(_ start: PageStart, of found: RowSet) throws -> [Product] {
        let ids = try order.ids(start, of: found, few: Self.few, in: matches.index)
        return try records.onSale(start.isBackward ? ids.reversed() : ids, in: db)
    }
}
