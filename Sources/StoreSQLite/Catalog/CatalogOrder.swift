import GRDB
import StoreDomain
import StoreSearch

/// An order of products that an index holds, so that a page is read where it starts and nothing is sorted.
struct CatalogOrder {
    /// The column in front of the id; nil for the id alone.
    let key: OrderPlaces.Column?
    let isDescending: Bool
    let index: String
    let categoryID: Int64?

    init(_ sort: ProductSort, categoryID: Int64?) {
        let (key, isDescending, name): (OrderPlaces.Column?, Bool, String) =
            switch sort {
            case .automatic, .newest: (nil, true, "newest")
            case .name: (.name, false, "name")
            case .priceUp: (.price, false, "price")
            case .priceDown: (.price, true, "price")
            }
        self.key = key
        self.isDescending = isDescending
        self.categoryID = categoryID
        index = categoryID == nil ? "product_\(name)" : "product_category_\(name)"
    }

    /// `product`, held to the index, in which rows on sale stand in this order.
    var source: String { "product p INDEXED BY \(index)" }

    func orderBy(backward: Bool) -> String {
        let direction = isDescending != backward ? "DESC" : "ASC"
        return key.map { "p.\($0.rawValue) \(direction), p.id \(direction)" } ?? "p.id \(direction)"
    }

    /// What holds for the rows of this order behind (or before) a cursor, and the values for it.
    ///
    /// - Parameter ofMatches: of rows that were found already, which are on sale and in the category.
    func condition(_ start: PageStart, ofMatches: Bool = false) throws -> (
        sql: String, arguments: StatementArguments
    ) {
        var sql = ofMatches ? "TRUE" : "p.archived = 0"
        var arguments: StatementArguments = []
        if let categoryID, !ofMatches {
            sql += " AND p.category_id = ?"
            arguments += [categoryID]
        }
        if let (value, id) = try start.cursor.map(place) {
            let sign = isDescending != start.isBackward ? "<" : ">"
            if let key {
                sql += " AND (p.\(key.rawValue), p.id) \(sign) (?, ?)"
                arguments += [value, id]
            } else {
                sql += " AND p.id \(sign) ?"
                arguments += [id]
            }
        }
        return (sql, arguments)
    }

    /// The value that a cursor has in the order's column, and its id.
    ///
    /// - Throws: `invalid` for a cursor of another order.
    private func place(_ cursor: PageCursor) throws -> (value: DatabaseValue, id: Int64) {
        switch (key, cursor.values.first, cursor.values.last, cursor.values.count) {
        case (nil, .integer(let id), _, 1): (.null, id)
        case (.name, .text(let name), .integer(let id), 2): (name.databaseValue, id)
        case (.price, .integer(let price), .integer(let id), 2): (price.databaseValue, id)
        default: throw PageStart.foreignCursor
        }
    }

    /// Some products' ids in this order.
    ///
    /// - Parameter few: up to so many products are sorted at once.
    func ids(_ start: PageStart, of products: RowSet, few: Int, in index: SearchIndex) throws -> [Int64] {
        let descending = isDescending != start.isBackward
        let cursor = try start.cursor.map(place)
        guard let key else {
            return products.ids(
                descending: descending, beyond: cursor?.id, skip: start.skip, limit: start.limit)
        }
        let (condition, arguments) = try condition(start, ofMatches: true)
        func sorted(_ ids: [Int64], skip: Int, limit: Int) throws -> [Int64] {
            let statement = try index.db.cachedStatement(
                sql: """
                    SELECT p.id FROM json_each(?) AS found CROSS JOIN product_order p ON p.id = found.value
                    WHERE \(condition) ORDER BY \(orderBy(backward: start.isBackward)) LIMIT ? OFFSET ?
                    """)
            return try Int64.fetchAll(
                statement, arguments: [JSONText.list(ids)] + arguments + [limit, skip])
        }
        if products.count > few,
            let ids = try OrderPlaces(index: index, column: key).first(
                of: products, descending: descending, from: cursor, skip: start.skip, limit: start.limit,
                sort: sorted)
        {
            return ids
        }
        return try sorted(products.ids(descending: true), skip: start.skip, limit: start.limit)
    }

    func cursor(of product: Product) -> PageCursor {
        switch key {
        case .name: PageCursor([.text(product.name.folded), .integer(product.id)])
        case .price: PageCursor([.integer(product.price.minorUnits), .integer(product.id)])
        case nil: PageCursor([.integer(product.id)])
        }
    }
}
