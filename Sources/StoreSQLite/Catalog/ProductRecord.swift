import GRDB
import StoreDomain

/// A row of `product`.
struct ProductRecord: Sendable {
    let currency: Currency

    /// In the order in which `product` reads them; the category's name comes from its own small table.
    static let columns = """
        p.id, p.sku, p.barcode, p.name, p.description, p.price_minor, p.stock, p.tracks_stock,
        (SELECT name FROM category WHERE id = p.category_id), p.tax_class, p.archived, p.created_at, p.updated_at
        """

    func product(_ row: Row) -> Product {
        Product(
            id: row[0], sku: row[1], barcode: row[2], name: row[3], description: row[4],
            price: Money(minorUnits: row[5], currency: currency), stock: row[6], tracksStock: row[7],
            category: row[8], taxClass: row[9], isArchived: row[10],
            createdAt: Timestamp(milliseconds: row[11]), updatedAt: Timestamp(milliseconds: row[12]))
    }

    /// One product, archived or not.
    func find(_ id: Int64, in db: Database) throws -> Product? {
        let statement = try db.cachedStatement(sql: "SELECT \(Self.columns) FROM product p WHERE id = ?")
        return try Row.fetchOne(statement, arguments: [id]).map(product)
    }

    /// Those of `ids` that are on sale, in their order.
    func onSale(_ ids: [Int64], in db: Database) throws -> [Product] {
        guard !ids.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT \(Self.columns) FROM json_each(?) AS wanted CROSS JOIN product p ON p.id = wanted.value
            WHERE p.archived = 0 ORDER BY wanted.key
            """, [JSONText.list(ids)], product)
    }

    /// Those on sale (in a category) whose SKU or barcode is `code`: at most two, latest first.
    static func idsOnSale(code: String, categoryID: Int64? = nil, in db: Database) throws -> [Int64] {
        guard let code = ProductCode(code) else { return [] }
        return try rows(keys: [code.key], in: db)
            .filter { categoryID == nil || $0.categoryID == categoryID }.map(\.id)
    }

    /// The one on sale that a code which no product has can be short for, if there is exactly one.
    static func idOnSale(completing code: String, in db: Database) throws -> Int64? {
        guard let code = ProductCode(code) else { return nil }
        let found = try rows(keys: code.completions, in: db)
        return found.count == 1 ? found[0].id : nil
    }

    private static func rows(keys: [String], in db: Database) throws -> [(id: Int64, categoryID: Int64?)] {
        guard !keys.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT id, category_id FROM product WHERE archived = 0 AND
                (sku_key IN (SELECT value FROM json_each(?1)) OR barcode_key IN (SELECT value FROM json_each(?1)))
            ORDER BY id DESC LIMIT 3
            """, [try JSONText.of(keys)]
        ) { (id: $0[0], categoryID: $0[1]) }
    }
}
