import StoreDomain
import StoreSearch

/// Finds the way in which a query's pages are read.
struct ProductPages {
    let db: PostgresConnection
    let query: ProductQuery
    let perPage: Int

    func page(at position: PagePosition) throws -> ProductPage {
        let category = query.category?.stored
        let order = ListingOrder(query.sort, category: category)
        guard !query.text.cleanText.isEmpty else {
            return try SortedPages(db: db, order: order, perPage: perPage).page(at: position)
        }
        guard let words = SearchQuestion(query.text) else {
            // Nothing but signs: only a code can consist of them.
            return try codesOnly(position, category)
        }
        let question = TermQuestion(question: words, category: category)
        // Asked together with what bits there are.
        let codeRows = ProductRows(db: db).askForIDs(code: query.text)
        let isBestFirst = query.sort == .automatic
        let keys = SearchSets.keys(question, category, isBestFirst ? nil : order.column)
        let sets = try SearchSets(db, keys: keys)
        let codes = try ProductRows(db: db).idsOnSale(codeRows, category: category)
        guard let sets else {
            return try slowly(position, question, codes, order)
        }
        guard isBestFirst else {
            return try SortedSets(sets: sets, order: order)
                .pages(of: sets.all(question, codes), perPage: perPage).page(at: position)
        }
        return try BestFirstPages(
            tiers: sets.tiers(question, codes), perPage: perPage, products: ProductRows(db: db).onSale
        ).page(at: position)
    }

    /// Without bits: of a small shop, and while those of a large one are not up to date.
    private func slowly(
        _ position: PagePosition, _ question: TermQuestion, _ codes: [Int64], _ order: ListingOrder
    ) throws -> ProductPage {
        guard query.sort == .automatic else {
            return try SortedPages(
                db: db, order: order, perPage: perPage, matches: TermMatches(db: db, question: question)
            ).page(at: position)
        }
        return try BestMatches(db: db, question: question, codes: codes, perPage: perPage).page(at: position)
    }

    private func codesOnly(_ position: PagePosition, _ category: String?) throws -> ProductPage {
        let rows = ProductRows(db: db)
        let products = try rows.onSale(rows.idsOnSale(code: query.text, category: category))
        let number =
            switch position {
            case .number(let number), .after(_, let number), .before(_, let number): number
            case .last: 1
            }
        guard perPage >= products.count, number == 1 else {
            return ProductPage(products: [], number: number, perPage: perPage, total: Count(0))
        }
        return ProductPage(products: products, number: 1, perPage: perPage, total: Count(products.count))
    }
}
