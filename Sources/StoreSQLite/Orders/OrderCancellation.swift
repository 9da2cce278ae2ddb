import GRDB
import StoreDomain

/// Cancelling pending orders, within one transaction: their stock and their discounts' uses come back.
struct OrderCancellation {
    let db: Database
    let now: Timestamp

    /// Cancels those of the orders that are pending.
    func cancel(_ ids: [Int64]) throws {
        guard !ids.isEmpty else { return }
        let list = JSONArray.text(ids)
        try db.run(
            """
            UPDATE product SET stock = stock + back.quantity
            FROM (SELECT product_id, SUM(quantity) AS quantity FROM order_item
                WHERE order_id IN (\(Self.pending)) GROUP BY product_id) AS back
            WHERE product.id = back.product_id
            """, [list])
        try db.run(
            """
            INSERT INTO stock_movement (product_id, kind, quantity, order_id, created_at)
            SELECT product_id, 'return', SUM(quantity), order_id, ? FROM order_item
            WHERE order_id IN (\(Self.pending)) GROUP BY order_id, product_id
            """, [now.milliseconds, list])
        let codes = try db.cachedStatement(
            sql: """
                SELECT discount_code, COUNT(*) AS uses FROM orders
                WHERE id IN (\(Self.pending)) AND discount_code IS NOT NULL GROUP BY discount_code
                """)
        for row in try Row.fetchAll(codes, arguments: [list]) {
            try DiscountRecord.count(-row["uses"], of: row["discount_code"], in: db)
        }
        try db.run(
            "UPDATE orders SET status = 'cancelled', updated_at = ? WHERE id IN (\(Self.pending))",
            [now.milliseconds, list])
    }

    /// Cancels every pending order that is older than `minutes`; none for 0.
    ///
    /// - Returns: how many there were.
    @discardableResult
    func cancelExpired(after minutes: Int) throws -> Int {
        guard let limit = Self.expiryLimit(after: minutes, at: now) else { return 0 }
        let statement = try db.cachedStatement(
            sql: "SELECT id FROM orders WHERE status = 'pending' AND created_at < ?")
        let ids = try Int64.fetchAll(statement, arguments: [limit.milliseconds])
        try cancel(ids)
        return ids.count
    }

    /// Whether `cancelExpired` would find any: one index seek.
    static func hasExpired(in db: Database, after minutes: Int, at now: Timestamp) throws -> Bool {
        guard let limit = expiryLimit(after: minutes, at: now) else { return false }
        return try db.value(
            Bool.self,
            "SELECT EXISTS (SELECT 1 FROM orders WHERE status = 'pending' AND created_at < ?)",
            [limit.milliseconds]) ?? false
    }

    // The + keeps SQLite from looking through all that is pending instead of the few that are named.
    private static let pending = """
        SELECT id FROM orders WHERE id IN (SELECT value FROM json_each(?)) AND +status = 'pending'
        """

    private static func expiryLimit(after minutes: Int, at now: Timestamp) -> Timestamp? {
        minutes > 0 ? now.advanced(bySeconds: -60 * Int64(minutes)) : nil
    }
}
