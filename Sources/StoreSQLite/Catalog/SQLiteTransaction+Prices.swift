import GRDB
import StoreDomain
import StoreService

extension SQLiteTransaction: PriceTransaction {
    func archivedProducts(finding text: String, limit: Int) throws -> [Product] {
        try db.rows(
            """
            SELECT \(ProductRecord.columns) FROM product p
            WHERE p.archived = 1 AND (p.name_key LIKE ?1 ESCAPE '\\' OR p.sku_key LIKE ?1 ESCAPE '\\'
                OR p.barcode_key LIKE ?1 ESCAPE '\\')
            ORDER BY p.name_key, p.id LIMIT ?2
            """, ["%\(text.folded.likePattern)%", limit], products.product)
    }

    func insert(_ change: PriceChange) throws {
        try db.run(
            """
            INSERT INTO price_change (product_id, old_price_minor, new_price_minor, person, batch_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                change.productID, change.from.minorUnits, change.to.minorUnits, change.by, change.batchID,
                change.at.milliseconds,
            ])
    }

    func priceChanges(ofProduct id: Int64, limit: Int) throws -> [PriceChange] {
        try db.rows(
            "SELECT * FROM price_change WHERE product_id = ? ORDER BY created_at DESC, id DESC LIMIT ?",
            [id, limit], priceChange)
    }

    func priceChanges(ofBatch id: Int64) throws -> [PriceChange] {
        try db.rows(
            "SELECT * FROM price_change WHERE batch_id = ? ORDER BY product_id, id", [id], priceChange)
    }

    private func priceChange(_ row: Row) -> PriceChange {
        PriceChange(
            productID: row["product_id"], from: row.money("old_price_minor", currency),
            to: row.money("new_price_minor", currency), by: row["person"], batchID: row["batch_id"],
            at: row.timestamp("created_at"))
    }

    func insert(_ batch: PriceBatch) throws -> Int64 {
        try db.run(
            "INSERT INTO price_batch (title, changes, person, created_at) VALUES (?, ?, ?, ?)",
            [batch.title, batch.count, batch.by, batch.at.milliseconds])
        return db.lastInsertedRowID
    }

    func priceBatch(_ id: Int64) throws -> PriceBatch? {
        try db.row("SELECT * FROM price_batch WHERE id = ?", [id], priceBatch)
    }

    func priceBatches(limit: Int) throws -> [PriceBatch] {
        try db.rows("SELECT * FROM price_batch ORDER BY id DESC LIMIT ?", [limit], priceBatch)
    }

    private func priceBatch(_ row: Row) -> PriceBatch {
        PriceBatch(
            id: row["id"], title: row["title"], count: row["changes"], by: row["person"],
            at: row.timestamp("created_at"),
            takenBackAt: (row["taken_back_at"] as Int64?).map { Timestamp(milliseconds: $0) })
    }

    func markTakenBack(_ id: Int64, by: Int64?, at now: Timestamp) throws {
        try db.run(
            "UPDATE price_batch SET taken_back_at = ?, taken_back_by = ? WHERE id = ?",
            [now.milliseconds, by, id])
    }

    func lowStock(atMost low: Int, since: Timestamp, limit: Int) throws -> [LowStock] {
        try db.rows(
            """
            SELECT \(ProductRecord.columns), (SELECT COALESCE(-SUM(m.quantity), 0) FROM stock_movement m
                WHERE m.product_id = p.id AND m.kind IN ('sale', 'return') AND m.created_at >= ?1)
            FROM product p WHERE p.archived = 0 AND p.tracks_stock = 1 AND p.stock <= ?2
            ORDER BY p.stock, p.id LIMIT ?3
            """, [since.milliseconds, low, limit]
        ) { LowStock(product: products.product($0), sold: max(0, $0[13])) }
    }
}
