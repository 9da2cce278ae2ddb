import StoreDomain
import StoreSearch

/// An order of products that an index holds, so that a page is read where it starts and nothing is sorted.
struct ListingOrder {
    /// The column in front of the id; nil for the id alone.
    let column: SortedColumn?
    let isDescending: Bool
    let category: String?

    init(_ sort: ProductSort, category: String?) {
        self.category = category
        (column, isDescending) =
            switch sort {
            case .automatic, .newest: (nil, true)
            case .name: (.name, false)
            case .priceUp: (.price, false)
            case .priceDown: (.price, true)
            }
    }

    func orderBy(backward: Bool) -> String {
        let direction = isDescending != backward ? "DESC" : "ASC"
        return column.map { "p.\($0.name) \(direction), p.id \(direction)" } ?? "p.id \(direction)"
    }

    /// What holds for the rows of this order behind (or before) a cursor, and the values for it. It names what the
    /// order's index is of, also where the search has seen to that already: else PostgreSQL would not use it.
    func condition(_ start: PageStart, after arguments: inout [(any PostgresWritable)?]) throws -> String {
        var sql = "NOT p.archived"
        if let category {
            arguments.append(category)
            sql += " AND p.category = $\(arguments.count)"
        }
        guard let (key, id) = try start.cursor.map(place) else { return sql }
        let sign = isDescending != start.isBackward ? "<" : ">"
        return sql + " AND " + bound(sign, key, id, &arguments)
    }

    /// Compares rows with a place in this order.
    func bound(
        _ sign: String, _ key: SortKey?, _ id: Int64, _ arguments: inout [(any PostgresWritable)?]
    ) -> String {
        guard let column, let key else {
            arguments.append(id)
            return "p.id \(sign) $\(arguments.count)::bigint"
        }
        arguments += [key.argument, id]
        let (value, number) = ("$\(arguments.count - 1)::\(column.type)", "$\(arguments.count)::bigint")
        return "(p.\(column.name), p.id) \(sign) (\(value), \(number))"
    }

    /// The value that a cursor has in the order's column, and its id.
    ///
    /// - Throws: `invalid` for a cursor of another order.
    func place(_ cursor: PageCursor) throws -> (key: SortKey?, id: Int64) {
        switch (column, cursor.values.first, cursor.values.last, cursor.values.count) {
        case (nil, .integer(let id), _, 1): (nil, id)
        case (.name, .text(let name), .integer(let id), 2): (.name(name), id)
        case (.price, .integer(let price), .integer(let id), 2): (.price(price), id)
        default: throw PageStart.foreignCursor
        }
    }

    func cursor(of product: Product) -> PageCursor {
        switch column {
        case nil: PageCursor([.integer(product.id)])
        case .name: PageCursor([.text(StoredProductText.nameKey(product.name)), .integer(product.id)])
        case .price: PageCursor([.integer(product.price.minorUnits), .integer(product.id)])
        }
    }
}
