import StoreDomain

/// Pages in an order of the catalogue: of all products or a category, where counts are maintained, or of those
/// that a search finds.
struct ProductListing {
    let db: PostgresConnection
    let order: ListingOrder
    let perPage: Int
    /// nil for all products on sale.
    var matches: TermMatches?

    func page(at position: PagePosition) throws -> ProductPage {
        switch position {
        case .number(let number):
            let total = try total()
            guard matches == nil else {
                return page(number, of: total, try rows(start(number)))
            }
            return try page(number, of: total.value)
        case .last:
            let total = try matches?.exactCount() ?? self.total().value
            return try page(max(1, (total + perPage - 1) / perPage), of: total)
        case .after(let cursor, let number):
            return page(number, of: try total(), try rows(ListingStart(cursor: cursor, limit: perPage)))
        case .before(let cursor, let number):
            let rows = try rows(ListingStart(cursor: cursor, isBackward: true, limit: perPage))
            // The first page is full or all there is, whatever was added or taken away before it.
            guard number > 1, rows.count == perPage else { return try page(at: .first) }
            return page(number, of: try total(), rows)
        }
    }

    private func start(_ number: Int) -> ListingStart {
        let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
        return ListingStart(skip: overflow ? 0 : skip, limit: overflow ? 0 : perPage)
    }

    /// A page by its number among so many rows, counted from whichever end is nearer.
    private func page(_ number: Int, of total: Int) throws -> ProductPage {
        let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
        let count = overflow ? 0 : min(perPage, total - skip)
        guard count > 0 else { return page(number, of: Count(total), []) }
        let behind = total - skip - count
        let start =
            behind < skip
            ? ListingStart(isBackward: true, skip: behind, limit: count)
            : ListingStart(skip: skip, limit: count)
        return page(number, of: Count(total), try rows(start))
    }

    private func page(_ number: Int, of total: Count, _ products: [Product]) -> ProductPage {
        ProductPage(
            products: products, number: number, perPage: perPage, total: total,
            first: products.first.map(order.cursor), last: products.last.map(order.cursor))
    }

    private func total() throws -> Count {
        if let matches { return try matches.count() }
        if let category = order.category {
            return Count(
                try db.value(Int.self, "SELECT product_count FROM category WHERE name = $1", [category]) ?? 0)
        }
        return Count(try db.value(Int.self, "SELECT on_sale FROM product_total") ?? 0)
    }

    /// Rows that are skipped are read in the index alone.
    private func rows(_ start: ListingStart) throws -> [Product] {
        guard start.limit > 0 else { return [] }
        var arguments: [(any PostgresWritable)?] = []
        var source = "products p"
        if let matches {
            arguments.append(matches.question.all)
            source = "product_search s JOIN products p ON p.id = s.id AND s.terms @@ $1::tsquery"
        }
        let condition = try order.condition(start, after: &arguments)
        arguments += [start.limit, start.skip]
        let ids = try db.values(
            Int64.self,
            """
            SELECT p.id FROM \(source) WHERE \(condition)
            ORDER BY \(order.orderBy(backward: start.isBackward))
            LIMIT $\(arguments.count - 1) OFFSET $\(arguments.count)
            """, arguments, isPlanned: matches == nil)
        return try ProductRows(db: db).onSale(start.isBackward ? ids.reversed() : ids)
    }
}
