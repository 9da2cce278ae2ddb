import StoreDomain
import StoreService

extension PostgresTransaction: PriceTransaction {
    private static let changeColumns = "product_id, old_price, new_price, person, batch_id, created_at"
    private static let batchColumns = """
        id, title, changes, kept, kept_back, person, created_at, holds_from, holds_until, begun_at, taken_back_at
        """

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
            INSERT INTO price_batch (title, changes, person, created_at, holds_from, holds_until)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
            """,
            [batch.title, batch.count, batch.by, batch.at, batch.period.from, batch.period.until])
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
            id: row.next(), title: row.next(), count: row.next(), kept: row.next(),
            keptBack: row.next(), by: row.optional(), at: row.next(),
            period: PricePeriod(from: row.optional(), until: row.optional()),
            begunAt: row.optional(), takenBackAt: row.optional())
    }

    func markTakenBack(_ id: Int64, kept: Int, by: Int64?, at now: Timestamp) throws {
        try db.run(
            "UPDATE price_batch SET taken_back_at = $2, taken_back_by = $3, kept_back = $4 WHERE id = $1",
            [id, now, by, kept])
    }

    // MARK: - By the clock

    func insert(_ lines: [PriceLine], ofBatch id: Int64) throws {
        for line in lines {
            try db.run(
                """
                INSERT INTO price_batch_line (batch_id, product_id, old_price, new_price)
                VALUES ($1, $2, $3, $4)
                """, [id, line.productID, line.old, line.new])
        }
    }

    func agreedPrices(ofBatch id: Int64) throws -> [PriceLine] {
        guard id.isRowID else { return [] }
        return try db.rows(
            """
            SELECT l.product_id, p.name, p.sku, l.old_price, l.new_price
            FROM price_batch_line l JOIN products p ON p.id = l.product_id
            WHERE l.batch_id = $1 ORDER BY l.product_id
            """, [id]
        ) { row in
            try PriceLine(
                productID: row.next(), name: row.next(), sku: row.optional(), old: row.money(),
                new: row.money())
        }
    }

    func markBegun(_ id: Int64, kept: Int, at now: Timestamp) throws {
        try db.run("UPDATE price_batch SET begun_at = $2, kept = $3 WHERE id = $1", [id, now, kept])
    }

    func duePriceBatches(at now: Timestamp) throws -> [PriceBatch] {
        try db.rows(
            """
            SELECT \(Self.batchColumns) FROM price_batch WHERE taken_back_at IS NULL
                AND (holds_until <= $1 OR (holds_from <= $1 AND begun_at IS NULL)) ORDER BY id
            """, [now], priceBatch)
    }

    func nextPriceTurn() throws -> Timestamp? {
        try db.value(
            Timestamp.self,
            """
            SELECT LEAST(
                (SELECT min(holds_from) FROM price_batch
                WHERE holds_from IS NOT NULL AND begun_at IS NULL AND taken_back_at IS NULL),
                (SELECT min(holds_until) FROM price_batch
                WHERE holds_until IS NOT NULL AND taken_back_at IS NULL))
            """)
    }

    // What holds is told by what it changed, what waits by what it agreed on.
    func priceTurns(of ids: [Int64]) throws -> [PriceCalendar.Entry] {
        try db.rows(
            """
            SELECT id, product_id, old_price, new_price, holds_from, holds_until FROM (
                SELECT b.id, l.product_id, l.old_price, l.new_price, b.holds_from, b.holds_until
                FROM price_batch b JOIN price_batch_line l ON l.batch_id = b.id
                WHERE b.holds_from IS NOT NULL AND b.begun_at IS NULL AND b.taken_back_at IS NULL
                    AND l.product_id = ANY($1::int[])
                UNION ALL
                SELECT b.id, c.product_id, c.old_price, c.new_price, NULL, b.holds_until
                FROM price_batch b JOIN price_change c ON c.batch_id = b.id
                WHERE b.holds_until IS NOT NULL AND b.taken_back_at IS NULL
                    AND (b.holds_from IS NULL OR b.begun_at IS NOT NULL) AND c.product_id = ANY($1::int[])
            ) AS turn ORDER BY id, product_id
            """, [PostgresValue.list(ids.filter(\.isRowID))]
        ) { row in
            try PriceCalendar.Entry(
                batch: row.next(), productID: row.next(), old: row.money(), new: row.money(),
                from: row.optional(),
                until: row.optional())
        }
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
