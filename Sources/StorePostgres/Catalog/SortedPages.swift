import StoreDomain
import StoreSearch
import StoreService

/// Pages in an order of the catalogue: of all products or a category, where counts are maintained, or of those
/// that a search finds.
struct SortedPages {
    let db: PostgresConnection
    let order: ListingOrder
    let perPage: Int
    /// nil for all products on sale.
    var matches: TermMatches?

    func page(at position: PagePosition) throws -> ProductPage {
        switch position {
        // What is found costs more to count than to show.
        case .number(1): try page(1, from: PageStart(limit: perPage))
        case .number(let number): try page(number, of: total(askTotal()).value)
        case .last: try lastPage()
        case .after(let cursor, let number):
            try page(number, from: PageStart(cursor: cursor, limit: perPage))
        case .before(let cursor, let number): try page(number, before: cursor)
        }
    }

    private func lastPage() throws -> ProductPage {
        let total = try matches?.exactCount() ?? self.total(askTotal()).value
        return try page(max(1, (total + perPage - 1) / perPage), of: total)
    }

    private func page(_ number: Int, before cursor: PageCursor) throws -> ProductPage {
        let total = askTotal()
        let rows = try rows(PageStart(cursor: cursor, isBackward: true, limit: perPage))
        // The first page is full or all there is, whatever was added or taken away before it.
        guard number > 1, rows.count == perPage else { return try page(at: .first) }
        return page(number, of: try self.total(total), rows)
    }

    private func page(_ number: Int, from start: PageStart) throws -> ProductPage {
        let total = askTotal()
        let rows = try rows(start)
        return page(number, of: try self.total(total), rows)
    }

    /// A page by its number among so many rows.
    private func page(_ number: Int, of total: Int) throws -> ProductPage {
        guard let window = PageWindow(number, perPage: perPage, of: total) else {
            return page(number, of: Count(total), [])
        }
        if matches == nil, window.skip > Self.counted, let products = try far(number, window) {
            return page(number, of: Count(total), products)
        }
        let start = PageStart(isBackward: window.isFromEnd, skip: window.skip, limit: window.count)
        return page(number, of: Count(total), try rows(start))
    }

    /// So many rows of an index are counted off to get to a page; farther in the middle bits know the way.
    private static let counted = 2_000

    /// nil when what is listed has no bits.
    private func far(_ number: Int, _ window: PageWindow) throws -> [Product]? {
        let keys = SearchSets.keys(nil, order.category, order.column)
        let listed = SearchSets.listed(order.category)
        guard let sets = try SearchSets(db, keys: keys), sets.isCommon(listed) else { return nil }
        try sets.fetch(keys)
        let start = PageStart(skip: (number - 1) * perPage, limit: window.count)
        let ids = try SortedSets(sets: sets, order: order, isWhole: true).ids(start, of: sets.rows(listed))
        return try ProductRows(db: db).onSale(ids)
    }

    private func page(_ number: Int, of total: Count, _ products: [Product]) -> ProductPage {
        ProductPage(
            products: products, number: number, perPage: perPage, total: total,
            first: products.first.map(order.cursor), last: products.last.map(order.cursor))
    }

    /// Asks how many rows there are; with the rows themselves that costs no way of its own.
    private func askTotal() -> PostgresQuestion {
        if let matches { return matches.askCount() }
        if let category = order.category {
            return db.ask("SELECT product_count FROM category WHERE name = $1", [category])
        }
        return db.ask("SELECT on_sale FROM product_total")
    }

    private func total(_ question: PostgresQuestion) throws -> Count {
        if let matches { return try matches.count(question) }
        return Count(try db.value(Int.self, question) ?? 0)
    }

    /// Rows that are skipped are read in the index alone.
    private func rows(_ start: PageStart) throws -> [Product] {
        guard start.limit > 0 else { return [] }
        var arguments: [(any PostgresWritable)?] = []
        var source = "products p"
        if let matches {
            arguments.append(matches.question.all)
            source = "product_search s JOIN products p ON p.id = s.id AND s.terms @@ $1::tsquery"
        }
        let condition = try order.condition(start, after: &arguments)
        // The plan depends on how many rows are wanted: the number stands in the statement.
        var limit = "LIMIT \(start.limit)"
        if start.skip > 0 {
            arguments.append(start.skip)
            limit += " OFFSET $\(arguments.count)"
        }
        let products = try db.rows(
            """
            SELECT \(ProductRows.columns) FROM (SELECT p.id FROM \(source) WHERE \(condition)
                ORDER BY \(order.orderBy(backward: start.isBackward)) \(limit)) AS place
            JOIN products p ON p.id = place.id ORDER BY \(order.orderBy(backward: start.isBackward))
            """, arguments, isPlanned: matches == nil && start.skip == 0, ProductRows(db: db).product)
        return start.isBackward ? products.reversed() : products
    }
}
