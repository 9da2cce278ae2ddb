import GRDB
import StoreDomain

/// An order of products that an index holds, so that a page is read where it starts and nothing is sorted.
struct CatalogOrder {
    /// The column in front of the id; nil for the id alone.
    let key: String?
    let isDescending: Bool
    let index: String
    let categoryID: Int64?

    init(_ sort: ProductSort, categoryID: Int64?) {
        let (key, isDescending, name): (String?, Bool, String) =
            switch sort {
            case .automatic, .newest: (nil, true, "newest")
            case .name: ("name_key", false, "name")
            case .priceUp: ("price_minor", false, "price")
            case .priceDown: ("price_minor", true, "price")
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
        return key.map { "p.\($0) \(direction), p.id \(direction)" } ?? "p.id \(direction)"
    }

    /// What holds for the rows of this order behind (or before) a cursor, and the values for it.
    ///
    /// - Parameter ofMatches: of rows that the search index has found, which are on sale and in the category.
    func condition(_ start: PageStart, ofMatches: Bool = false) throws -> (
        sql: String, arguments: StatementArguments
    ) {
        var sql = ofMatches ? "TRUE" : "p.archived = 0"
        var arguments: StatementArguments = []
        if let categoryID, !ofMatches {
            sql += " AND p.category_id = ?"
            arguments += [categoryID]
        }
        if let cursor = start.cursor {
            let sign = isDescending != start.isBackward ? "<" : ">"
            switch (key, cursor.values.first, cursor.values.last, cursor.values.count) {
            case (nil, .integer(let id), _, 1):
                sql += " AND p.id \(sign) ?"
                arguments += [id]
            case ("name_key", .text(let name), .integer(let id), 2):
                sql += " AND (p.name_key, p.id) \(sign) (?, ?)"
                arguments += [name, id]
            case ("price_minor", .integer(let price), .integer(let id), 2):
                sql += " AND (p.price_minor, p.id) \(sign) (?, ?)"
                arguments += [price, id]
            default: throw PageStart.foreignCursor
            }
        }
        return (sql, arguments)
    }

    func cursor(of product: Product) -> PageCursor {
        switch key {
        case "name_key": PageCursor([.text(product.name.folded), .integer(product.id)])
        case "price_minor": PageCursor([.integer(product.price.minorUnits), .integer(product.id)])
        default: PageCursor([.integer(product.id)])
        }
    }
}

/// Where in an order to begin reading, in which direction, and how much.
struct PageStart {
    var cursor: PageCursor?
    var isBackward = false
    var skip = 0
    var limit: Int

    static let foreignCursor = StoreError.invalid([
        FieldProblem("cursor", "belongs to another order of products")
    ])
}
