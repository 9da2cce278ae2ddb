import StoreDomain
import StoreService

extension PostgresTransaction: CatalogTransaction {
    private var products: ProductRows { ProductRows(db: db) }

    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) throws -> ProductPage {
        if mindsUnread, try UnreadProducts.areThere(db) { throw UnreadProducts() }
        return try ProductPages(db: db, query: query, perPage: perPage).page(at: position)
    }

    /// By name without case and accents.
    func categories() throws -> [CategoryCount] {
        try db.rows("SELECT name, product_count FROM category WHERE product_count > 0") { row in
            CategoryCount(name: try row.next(), count: try row.next())
        }.sorted { ($0.name.folded, $0.name) < ($1.name.folded, $1.name) }
    }

    func productsOnSale(_ ids: [Int64]) throws -> [Product] { try products.onSale(ids) }

    func productOnSale(code: String) throws -> Product? {
        let id = try products.idsOnSale(code: code).first ?? products.idOnSale(completing: code)
        return try products.onSale([id].compactMap(\.self)).first
    }

    func product(_ id: Int64) throws -> Product? {
        guard id.isRowID else { return nil }
        return try products.find(id, locks: locks)
    }

    func productID(_ identity: ProductIdentity) throws -> Int64? {
        let (column, key) =
            switch identity {
            case .sku(let sku): ("sku_key", ProductCode(sku)?.key)
            case .barcode(let barcode): ("barcode_key", ProductCode(barcode)?.key)
            case .handle(let handle): ("handle", handle)
            }
        return try db.value(Int64.self, "SELECT id FROM products WHERE \(column) = $1", [key])
    }

    func insertProduct(_ draft: ProductDraft, handle: String?, at now: Timestamp) throws -> Int64 {
        writtenProducts += 1
        insertedProducts += 1
        return try ProductWriting(db: db, now: now).insert(draft, handle: handle)
    }

    func updateProduct(_ old: Product, to draft: ProductDraft, isArchived: Bool, at now: Timestamp) throws
        -> Bool
    {
        writtenProducts += 1
        return try ProductWriting(db: db, now: now).update(old, to: draft, isArchived: isArchived)
    }

    func export(after id: Int64, limit: Int) throws -> [(product: Product, handle: String?)] {
        try db.rows(
            """
            SELECT \(ProductRows.columns), p.handle FROM products p
            WHERE id > $1::bigint AND NOT archived ORDER BY id LIMIT $2
            """, [id, limit]
        ) { row in (try products.product(&row), try row.optional()) }
    }

    func movements(of productID: Int64, limit: Int) throws -> [StockMovement] {
        try db.rows(
            """
            SELECT product_id, kind, quantity, order_id, person, reason, unit_cost, cost, created_at
            FROM stock_movement WHERE product_id = $1 ORDER BY created_at DESC, id DESC LIMIT $2
            """, [productID, limit]
        ) { row in
            try StockMovement(
                productID: row.next(), kind: row.word(), quantity: row.next(), orderID: row.optional(),
                by: row.optional(), reason: row.optional(), unitCost: row.optionalMoney(),
                cost: row.optionalMoney(), at: row.next())
        }
    }

    func productsToCount(limit: Int) throws -> [DueCount] {
        try db.rows(
            """
            SELECT \(ProductRows.columns), p.count_due_at FROM products p
            WHERE p.count_due_at IS NOT NULL AND p.tracks_stock ORDER BY p.count_due_at, p.id LIMIT $1
            """, [limit]
        ) { row in DueCount(product: try products.product(&row), since: try row.next()) }
    }
}
