import StoreDomain

/// An order of products that an index holds, so that a page is read where it starts and nothing is sorted.
struct ListingOrder {
    private enum Key {
        case id, name, price

        /// The column in front of the id.
        var column: String? {
            switch self {
            case .id: nil
            case .name: "name_key"
            case .price: "price"
            }
        }
    }

    private let key: Key
    private let isDescending: Bool
    let category: String?

    init(_ sort: ProductSort, category: String?) {
        self.category = category
        (key, isDescending) =
            switch sort {
            case .automatic, .newest: (.id, true)
            case .name: (.name, false)
            case .priceUp: (.price, false)
            case .priceDown: (.price, true)
            }
    }

    func orderBy(backward: Bool) -> String {
        let direction = isDescending != backward ? "DESC" : "ASC"
        return key.column.map { "p.\($0) \(direction), p.id \(direction)" } ?? "p.id \(direction)"
    }

    /// What holds for the rows of this order behind (or before) a cursor, and the values for it. It names what the
    /// order's index is of, also where the search has seen to that already: else PostgreSQL would not use it.
    func condition(_ start: ListingStart, after arguments: inout [(any PostgresWritable)?]) throws -> String {
        var sql = "NOT p.archived"
        if let category {
            arguments.append(category)
            sql += " AND p.category = $\(arguments.count)"
        }
        guard let cursor = start.cursor else { return sql }
        let sign = isDescending != start.isBackward ? "<" : ">"
        switch (key, cursor.values.first, cursor.values.last, cursor.values.count) {
        case (.id, .integer(let id), _, 1):
            arguments.append(id)
            sql += " AND p.id \(sign) $\(arguments.count)::bigint"
        case (.name, .text(let name), .integer(let id), 2):
            arguments += [name, id]
            sql += " AND (p.name_key, p.id) \(sign) ($\(arguments.count - 1), $\(arguments.count)::bigint)"
        case (.price, .integer(let price), .integer(let id), 2):
            arguments += [price.decimalText, id]
            sql +=
                " AND (p.price, p.id) \(sign) ($\(arguments.count - 1)::numeric, $\(arguments.count)::bigint)"
        default: throw ListingStart.foreignCursor
        }
        return sql
    }

    func cursor(of product: Product) -> PageCursor {
        switch key {
        case .id: PageCursor([.integer(product.id)])
        case .name: PageCursor([.text(StoredProductText.nameKey(product.name)), .integer(product.id)])
        case .price: PageCursor([.integer(product.price.minorUnits), .integer(product.id)])
        }
    }
}

/// Where in an order to begin reading, in which direction, and how much.
struct ListingStart {
    var cursor: PageCursor?
    var isBackward = false
    var skip = 0
    var limit: Int

    static let foreignCursor = StoreError.invalid([
        FieldProblem("cursor", "belongs to another order of products")
    ])
}
