import StoreDomain
import StoreService

extension PostgresTransaction: PriceTransaction {
    private static let changeColumns = "product_id, old_price, new_price, person, batch_id, created_at"
    private static let batchColumns = "id, title, changes, person, created_at, taken_back_at"

    func archivedProducts(finding text: String, limit: Int) throws -> [Product] {
        let rows = ProductRows(db: db)
        return try db.rows(
            """
            SELECT \(ProductRows.columns) FROM products p
            WHERE p.archived AND (p.name_key LIKE $1 OR p.sku_key LIKE $1 OR p.barcode_key LIKE $1)
            ORDER BY p.name_key, p.id LIMIT $2
            """, ["%\(text.folded.likePattern)%", limit], rows.product)
    }

    func insert(_ change: PriceChange) throws {
        try db.run(
            """
            INSERT INTO price_change (product_id, old_price, new_price, person, batch_id, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [change.productID, change.from, change.to, change.by, change.batchID, change.at])
    }

    func priceChanges(ofProduct id: Int64, limit: Int) throws -> [PriceChange] {
        guard id.isRowID else { return [] }
        return try db.rows(
            """
            SELECT \(Self.changeColumns) FROM price_change WHERE product_id = $1
            ORDER BY created_at DESC, id DESC LIMIT $2
            """, [id, limit], priceChange)
    }

    func priceChanges(ofBatch id: Int64) throws -> [PriceChange] {
        guard id.isRowID else { return [] }
        return try db.rows(
            "SELECT \(Self.changeColumns) FROM price_change WHERE batch_id = $1 ORDER BY product_id, id",
            [id],
            priceChange)
    }

    private func priceChange(_ row: inout PostgresRow) throws -> PriceChange {
        try PriceChange(
            productID: row.next(), from: row.money(), to: row.money(), by: row.optional(),
            batchID: row.optional(), at: row.next())
    }

    func insert(_ batch: PriceBatch) throws -> Int64 {
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO price_batch (title, changes, person, created_at) VALUES ($1, $2, $3, $4) RETURNING id
            """, [batch.title, batch.count, batch.by, batch.at])
        guard let id else { throw PostgresFailure.corrupt("a new batch of prices has no id") }
        return id
    }

    func priceBatch(_ id: Int64) throws -> PriceBatch? {
        guard id.isRowID else { return nil }
        return try db.row(
            "SELECT \(Self.batchColumns) FROM price_batch WHERE id = $1 \(locks ? "FOR UPDATE" : "")", [id],
            priceBatch)
    }

    func priceBatches(limit: Int) throws -> [PriceBatch] {
        try db.rows(
            "SELECT \(Self.batchColumns) FROM price_batch ORDER BY id DESC LIMIT $1", [limit], priceBatch)
    }

    private func priceBatch(_ row: inout PostgresRow) throws -> PriceBatch {
        try PriceBatch(
            id: row.next(), title: row.next(), count: row.next(), by: row.optional(), at: row.next(),
            takenBackAt: row.optional())
    }

    func markTakenBack(_ id: Int64, by: Int64?, at now: Timestamp) throws {
        try db.run(
            "UPDATE price_batch SET taken_back_at = $2, taken_back_by = $3 WHERE id = $1", [id, now, by])
    }

    func lowStock(atMost low: Int, since: Timestamp, limit: Int) throws -> [LowStock] {
        let rows = ProductRows(db: db)
        return try db.rows(
            """
            SELECT \(ProductRows.columns), (SELECT COALESCE(-SUM(m.quantity), 0)::bigint FROM stock_movement m
                WHERE m.product_id = p.id AND m.kind IN ('sale', 'return') AND m.created_at >= $1)
            FROM products p WHERE NOT p.archived AND p.tracks_stock AND p.stock <= $2
            ORDER BY p.stock, p.id LIMIT $3
            """, [since, low, limit]
        ) { row in LowStock(product: try rows.product(&row), sold: max(0, try row.next())) }
    }
}
