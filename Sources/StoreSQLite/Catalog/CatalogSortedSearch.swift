import StoreDomain
import StoreSearch

/// Pages of what a search finds, in an order of the catalogue.
struct CatalogSortedSearch {
    let records: ProductRecord
    let index: SearchIndex
    let matches: SearchMatches
    let order: CatalogOrder
    let perPage: Int

    /// Up to so many are sorted at once (0.7 µs each); more are sorted stretch by stretch.
    private static let few = 2_000

    func page(at position: PagePosition) throws -> ProductPage {
        let found = try matches.all()
        return try FoundPages(total: found.count, perPage: perPage, cursor: order.cursor) { start in
            let ids = try order.ids(start, of: found, few: Self.few, in: index)
            return try records.onSale(start.isBackward ? ids.reversed() : ids, in: index.db)
        }.page(at: position)
    }
}
