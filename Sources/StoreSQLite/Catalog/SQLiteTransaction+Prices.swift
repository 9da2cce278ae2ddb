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
            """
            INSERT INTO price_batch (title, changes, person, created_at, holds_from, holds_until)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                batch.title, batch.count, batch.by, batch.at.milliseconds, batch.period.from?.milliseconds,
                batch.period.until?.milliseconds,
            ])
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
            id: row["id"], title: row["title"], count: row["changes"], kept: row["kept"],
            keptBack: row["kept_back"], by: row["person"], at: row.timestamp("created_at"),
            period: PricePeriod(
                from: row.optionalTimestamp("holds_from"), until: row.optionalTimestamp("holds_until")),
            begunAt: row.optionalTimestamp("begun_at"), takenBackAt: row.optionalTimestamp("taken_back_at"))
    }

    func markTakenBack(_ id: Int64, kept: Int, by: Int64?, at now: Timestamp) throws {
        try db.run(
            "UPDATE price_batch SET taken_back_at = ?, taken_back_by = ?, kept_back = ? WHERE id = ?",
            [now.milliseconds, by, kept, id])
    }

    // MARK: - By the clock

    func insert(_ lines: [PriceLine], ofBatch id: Int64) throws {
        for line in lines {
            try db.run(
                """
                INSERT INTO price_batch_line (batch_id, product_id, old_price_minor, new_price_minor)
                VALUES (?, ?, ?, ?)
                """, [id, line.productID, line.old.minorUnits, line.new.minorUnits])
        }
    }

    func agreedPrices(ofBatch id: Int64) throws -> [PriceLine] {
        try db.rows(
            """
            SELECT l.*, p.name, p.sku FROM price_batch_line l JOIN product p ON p.id = l.product_id
            WHERE l.batch_id = ? ORDER BY l.product_id
            """, [id]
        ) { row in
            PriceLine(
                productID: row["product_id"], name: row["name"], sku: row["sku"],
                old: row.money("old_price_minor", currency), new: row.money("new_price_minor", currency))
        }
    }

    func markBegun(_ id: Int64, kept: Int, at now: Timestamp) throws {
        try db.run(
            "UPDATE price_batch SET begun_at = ?, kept = ? WHERE id = ?", [now.milliseconds, kept, id])
    }

    func duePriceBatches(at now: Timestamp) throws -> [PriceBatch] {
        try db.rows(
            """
            SELECT * FROM price_batch WHERE taken_back_at IS NULL
                AND (holds_until <= ?1 OR (holds_from <= ?1 AND begun_at IS NULL)) ORDER BY id
            """, [now.milliseconds], priceBatch)
    }

    func nextPriceTurn() throws -> Timestamp? {
        try db.row(
            """
            SELECT MIN(time) AS next FROM (
                SELECT MIN(holds_from) AS time FROM price_batch
                WHERE holds_from IS NOT NULL AND begun_at IS NULL AND taken_back_at IS NULL
                UNION ALL SELECT MIN(holds_until) FROM price_batch
                WHERE holds_until IS NOT NULL AND taken_back_at IS NULL)
            """, []
        ) { $0.optionalTimestamp("next") } ?? nil
    }

    // What holds is told by what it changed, what waits by what it agreed on.
    func priceTurns(of ids: [Int64]) throws -> [PriceCalendar.Entry] {
        try db.rows(
            """
            SELECT b.id, l.product_id, l.old_price_minor, l.new_price_minor, b.holds_from, b.holds_until
            FROM price_batch b JOIN price_batch_line l ON l.batch_id = b.id
            WHERE b.holds_from IS NOT NULL AND b.begun_at IS NULL AND b.taken_back_at IS NULL
                AND l.product_id IN (SELECT value FROM json_each(?1))
            UNION ALL
            SELECT b.id, c.product_id, c.old_price_minor, c.new_price_minor, NULL, b.holds_until
            FROM price_batch b JOIN price_change c ON c.batch_id = b.id
            WHERE b.holds_until IS NOT NULL AND b.taken_back_at IS NULL
                AND (b.holds_from IS NULL OR b.begun_at IS NOT NULL)
                AND c.product_id IN (SELECT value FROM json_each(?1))
            ORDER BY 1, 2
            """, [JSONText.list(ids)]
        ) { row in
            PriceCalendar.Entry(
                batch: row["id"], productID: row["product_id"], old: row.money("old_price_minor", currency),
                new: row.money("new_price_minor", currency), from: row.optionalTimestamp("holds_from"),
                until: row.optionalTimestamp("holds_until"))
        }
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
