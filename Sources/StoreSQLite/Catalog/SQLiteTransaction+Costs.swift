import GRDB
import StoreDomain
import StoreService

extension SQLiteTransaction: CostTransaction {
    func costBooks(of productIDs: [Int64]) throws -> [Int64: CostBook] {
        guard !productIDs.isEmpty else { return [:] }
        let wanted = RowValues(productIDs.map { [.integer($0)] })
        let pending = try db.groups(
            """
            SELECT product_id, quantity, cost_minor FROM \(wanted.source) AS wanted
            CROSS JOIN stock_movement INDEXED BY stock_movement_waiting ON product_id = wanted.column1
            WHERE costed = 0 ORDER BY id
            """, wanted.arguments
        ) { (key: $0.next(), value: CostBook.Pending(quantity: $0.next(), cost: $0.optional())) }
        return try db.list(
            """
            SELECT product.id, stock, cost_pieces, cost_value_minor
            FROM \(wanted.source) AS wanted CROSS JOIN product ON product.id = wanted.column1
            """, wanted.arguments
        ) { columns in (id: columns.next() as Int64, count: columns.next() as Int, average: columns.average())
        }
        .reduce(into: [:]) {
            $0[$1.id] = CostBook(count: $1.count, average: $1.average, pending: pending[$1.id] ?? [])
        }
    }

    func productsToCost(limit: Int) throws -> [Int64] {
        try db.list(
            "SELECT DISTINCT product_id FROM stock_movement WHERE costed = 0 ORDER BY product_id LIMIT ?",
            [limit]
        ) { $0.next() }
    }

    func keep(_ averages: [Int64: StockAverage?]) throws {
        guard !averages.isEmpty else { return }
        let rows = RowValues(
            averages.map { [.integer($0), .optional($1.map { Int64($0.pieces) }), .optional($1?.value)] })
        try db.run(
            """
            UPDATE product SET cost_pieces = kept.column2, cost_value_minor = kept.column3
            FROM \(rows.source) AS kept WHERE product.id = kept.column1
            """, rows.arguments)
        try ChangesWriter.takeIn(averages.keys, in: db)
    }

    func latestCost(of productID: Int64) throws -> Money? {
        try db.first(
            """
            SELECT unit_cost_minor FROM stock_movement
            WHERE product_id = ? AND kind = 'receiving' AND unit_cost_minor IS NOT NULL
            ORDER BY created_at DESC, id DESC LIMIT 1
            """, [productID]
        ) { $0.money(currency) }
    }

    /// There is no index of movements by order, which would cost each sale a page: what was taken was taken when the order
    /// was placed, or when it was paid although it had been cancelled.
    func soldGoods(of orderIDs: [Int64]) throws -> [Int64: [Int64: SoldGoods]] {
        guard !orderIDs.isEmpty else { return [:] }
        let ids = JSONText.list(orderIDs)
        let sold = try db.list(
            """
            SELECT moved.order_id, moved.product_id, -moved.quantity, moved.cost_minor
            FROM json_each(?) AS wanted CROSS JOIN orders ON orders.id = wanted.value
            CROSS JOIN order_item ON order_item.order_id = orders.id
            CROSS JOIN stock_movement AS moved ON moved.product_id = order_item.product_id
                AND moved.created_at IN (orders.created_at,
                    (SELECT MAX(created_at) FROM payment WHERE payment.order_id = orders.id))
            WHERE moved.order_id = orders.id AND moved.kind = 'sale' ORDER BY moved.id
            """, [ids], Self.goods)
        let back = try db.list(
            """
            SELECT refund.order_id, product_id, SUM(quantity),
                CASE WHEN COUNT(*) = COUNT(cost_minor) THEN SUM(cost_minor) END
            FROM json_each(?) AS wanted CROSS JOIN refund ON refund.order_id = wanted.value
            CROSS JOIN stock_movement ON refund_id = refund.id
            WHERE stock_movement.kind = 'return' GROUP BY refund.order_id, product_id
            """, [ids], Self.goods)
        return SoldGoods.byOrder(sold: sold, back: back)
    }

    private static func goods(_ columns: inout Columns) -> (order: Int64, product: Int64, goods: GoodsCost) {
        (columns.next(), columns.next(), GoodsCost(pieces: columns.next(), cost: columns.optional()))
    }

    func costsBack(of refundIDs: [Int64]) throws -> [Int64: [Int64: Int64]] {
        guard !refundIDs.isEmpty else { return [:] }
        return try db.list(
            """
            SELECT refund_id, product_id, SUM(cost_minor)
            FROM json_each(?) AS wanted CROSS JOIN stock_movement ON refund_id = wanted.value
            WHERE quantity > 0 GROUP BY refund_id, product_id HAVING COUNT(*) = COUNT(cost_minor)
            """, [JSONText.list(refundIDs)]
        ) { (refund: $0.next() as Int64, product: $0.next() as Int64, cost: $0.next() as Int64) }
        .reduce(into: [:]) { $0[$1.refund, default: [:]][$1.product] = $1.cost }
    }

    // MARK: - The whole stock

    func stockValues(limit: Int) throws -> [StockValue] {
        try db.list(
            """
            SELECT id, name, stock, cost_pieces, cost_value_minor FROM product
            WHERE tracks_stock = 1 AND stock <> 0
            ORDER BY CASE WHEN stock > 0 THEN COALESCE(cost_value_minor, -1) ELSE -2 END DESC, id LIMIT ?
            """, [limit]
        ) {
            StockValue(productID: $0.next(), name: $0.next(), count: $0.next(), average: $0.average())
        }
    }

    func stockTotal() throws -> SalesFigures {
        try db.first(
            """
            SELECT COALESCE(SUM(stock), 0), COALESCE(SUM(stock) FILTER (WHERE stock > 0 AND cost_pieces > 0), 0),
                COALESCE(SUM(stock) FILTER (WHERE stock > 0 AND cost_pieces IS NULL), 0),
                COALESCE(SUM(cost_value_minor) FILTER (WHERE stock > 0), 0)
            FROM product WHERE tracks_stock = 1
            """
        ) { columns in
            var figures = SalesFigures()
            for column in SalesFigures.stockColumns { figures[keyPath: column.path] = columns.next() }
            return figures
        } ?? SalesFigures()
    }

    func costHistories(after id: Int64, limit: Int) throws -> [CostHistory] {
        let products = try db.list(
            """
            SELECT id, name, initial_stock, cost_pieces, cost_value_minor FROM product
            WHERE id > ? ORDER BY id LIMIT ?
            """, [id, limit]
        ) { columns in
            (
                id: columns.next() as Int64, name: columns.next() as String, initial: columns.next() as Int,
                kept: columns.average()
            )
        }
        let movements = try db.groups(
            """
            SELECT product_id, moved.id, quantity, cost_minor, costed
            FROM json_each(?) AS wanted CROSS JOIN stock_movement AS moved ON product_id = wanted.value
            ORDER BY moved.id
            """, [JSONText.list(products.map(\.id))]
        ) { columns in
            let product: Int64 = columns.next()
            return (
                key: product,
                value: CostHistory.Movement(
                    id: columns.next(), quantity: columns.next(), cost: columns.optional(),
                    isTakenIn: columns.next())
            )
        }
        return products.map {
            CostHistory(
                productID: $0.id, name: $0.name, initialCount: $0.initial, kept: $0.kept,
                movements: movements[$0.id] ?? [])
        }
    }
}

extension Columns {
    /// Pieces and what they came to, together or neither.
    fileprivate mutating func average() -> StockAverage? {
        let pieces: Int? = optional()
        let value: Int64? = optional()
        return pieces.flatMap { pieces in value.map { StockAverage(pieces: pieces, value: $0) } }
    }
}
