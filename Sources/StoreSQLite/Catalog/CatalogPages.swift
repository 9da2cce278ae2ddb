import GRDB
import StoreDomain
import StoreSearch

/// Finds the way in which a query's pages are read.
struct CatalogPages {
    let db: Database
    let records: ProductRecord
    let query: ProductQuery
    let perPage: Int

    func page(at position: PagePosition) throws -> ProductPage {
        var categoryID: Int64?
        if let name = query.category {
            categoryID = try CategoryRecord.id(named: SearchText.stored(name), in: db)
            guard categoryID != nil else { return empty(position) }
        }
        let order = CatalogOrder(query.sort, categoryID: categoryID)
        guard !query.text.cleanText.isEmpty else {
            return try CatalogListing(db: db, records: records, order: order, perPage: perPage)
                .page(at: position)
        }
        guard let words = SearchQuestion(query.text) else {
            // Nothing but signs: only a code can consist of them.
            return try codesOnly(position, categoryID)
        }
        let index = try SearchIndex(db)
        let matches = SearchMatches(
            question: words, category: categoryID.map { .category($0) },
            codes: try ProductRecord.idsOnSale(code: query.text, categoryID: categoryID, in: db),
            empty: index.empty, rows: index.rows)
        guard query.sort == .automatic else {
            return try CatalogSortedSearch(
                records: records, index: index, matches: matches, order: order, perPage: perPage
            ).page(at: position)
        }
        return try BestFirstPages(tiers: matches.tiers(), perPage: perPage) { try records.onSale($0, in: db) }
            .page(at: position)
    }

    private func empty(_ position: PagePosition) -> ProductPage {
        let number =
            switch position {
            case .number(let number), .after(_, let number), .before(_, let number): number
            case .last: 1
            }
        return ProductPage(products: [], number: number, perPage: perPage, total: Count(0))
    }

    private func codesOnly(_ position: PagePosition, _ categoryID: Int64?) throws -> ProductPage {
        let ids = try ProductRecord.idsOnSale(code: query.text, categoryID: categoryID, in: db)
        let products = try records.onSale(ids, in: db)
        guard perPage >= products.count, empty(position).number == 1 else { return empty(position) }
        return ProductPage(products: products, number: 1, perPage: perPage, total: Count(products.count))
    }
}
