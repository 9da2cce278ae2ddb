import StoreDomain
import StoreService

extension PostgresTransaction: CostTransaction {
    static let average = "cost_pieces, (cost_value * 100)::bigint"

    /// What others write of a product waits behind the lock of its row, and is seen by the second statement.
    func costBooks(of productIDs: [Int64]) throws -> [Int64: CostBook] {
        let ids = Set(productIDs.filter(\.isRowID)).sorted()
        guard !ids.isEmpty else { return [:] }
        let known = knownCosts.filter { ids.contains($0.key) }
        guard known.count < ids.count else { return known }
        let wanted = PostgresList(ids, from: 1)
        let products = db.ask(
            """
            SELECT id, stock, \(Self.average) FROM products WHERE id = ANY(\(wanted.sql))
            ORDER BY id \(locks ? "FOR NO KEY UPDATE" : "")
            """, wanted.values)
        let pending = try pendingCosts(of: ids)
        let result = try db.answer(products)
        return try (0..<result.count).reduce(into: [:]) { books, index in
            var row = result.row(index)
            let (id, count) = try (row.next(Int64.self), row.next(Int.self))
            books[id] = CostBook(count: count, average: try row.average(), pending: pending[id] ?? [])
        }
    }

    /// The movements of products that wait, in their order; asked behind the lock of the products' rows.
    func pendingCosts(of ids: [Int64]) throws -> [Int64: [CostBook.Pending]] {
        let wanted = PostgresList(ids, from: 1)
        return try db.groups(
            """
            SELECT product_id, quantity, (cost * 100)::bigint FROM stock_movement
            WHERE NOT costed AND product_id = ANY(\(wanted.sql)) ORDER BY id
            """, wanted.values
        ) { row in
            let id = try row.next(Int64.self)
            return (key: id, value: CostBook.Pending(quantity: try row.next(), cost: try row.optional()))
        }
    }

    func productsToCost(limit: Int) throws -> [Int64] {
        try db.values(
            Int64.self,
            """
            SELECT DISTINCT product_id FROM stock_movement WHERE NOT costed ORDER BY product_id LIMIT $1::bigint
            """, [limit])
    }

    func keep(_ averages: [Int64: StockAverage?]) throws {
        guard !averages.isEmpty else { return }
        for id in averages.keys { knownCosts[id] = nil }
        let rows = averages.sorted { $0.key < $1.key }.map { id, average -> [CanonicalJSON] in
            [.integer(id), .optional(average.map { Int64($0.pieces) }), .optional(average?.value)]
        }
        db.later(
            """
            UPDATE products SET cost_pieces = (value ->> 1)::int, cost_value = (value ->> 2)::numeric / 100
            FROM json_array_elements($1::json) AS kept (value) WHERE products.id = (value ->> 0)::int
            """, [PostgresValue.rows(rows)])
        ChangesWriting.takeIn(averages.keys, in: db)
    }

    func latestCost(of productID: Int64) throws -> Money? {
        try db.row(
            """
            SELECT unit_cost FROM stock_movement
            WHERE product_id = $1 AND kind = 'receiving' AND unit_cost IS NOT NULL
            ORDER BY created_at DESC, id DESC LIMIT 1
            """, [productID]
        ) { row in try row.money() }
    }

    func soldGoods(of orderIDs: [Int64]) throws -> [Int64: [Int64: SoldGoods]] {
        guard !orderIDs.isEmpty else { return [:] }
        let ids = PostgresValue.list(orderIDs)
        let question = db.ask(
            """
            SELECT refund.order_id, product_id, SUM(quantity)::int,
                CASE WHEN COUNT(*) = COUNT(cost) THEN (SUM(cost) * 100)::bigint END
            FROM refund JOIN stock_movement ON refund_id = refund.id
            WHERE refund.order_id = ANY($1::int[]) AND stock_movement.kind = 'return'
            GROUP BY refund.order_id, product_id
            """, [ids])
        let sold = try db.rows(
            """
            SELECT order_id, product_id, -quantity, (cost * 100)::bigint FROM stock_movement
            WHERE order_id = ANY($1::int[]) AND kind = 'sale' ORDER BY id
            """, [ids], Self.goods)
        let answer = try db.answer(question)
        let back = try (0..<answer.count).map { index in
            var row = answer.row(index)
            return try Self.goods(&row)
        }
        return SoldGoods.byOrder(sold: sold, back: back)
    }

    private static func goods(_ row: inout PostgresRow) throws -> (
        order: Int64, product: Int64, goods: GoodsCost
    ) {
        (try row.next(), try row.next(), GoodsCost(pieces: try row.next(), cost: try row.optional()))
    }

    func costsBack(of refundIDs: [Int64]) throws -> [Int64: [Int64: Int64]] {
        guard !refundIDs.isEmpty else { return [:] }
        return try db.rows(
            """
            SELECT refund_id, product_id, (SUM(cost) * 100)::bigint FROM stock_movement
            WHERE refund_id = ANY($1::int[]) AND quantity > 0
            GROUP BY refund_id, product_id HAVING COUNT(*) = COUNT(cost)
            """, [PostgresValue.list(refundIDs)]
        ) { row in
            (
                refund: try row.next(Int64.self), product: try row.next(Int64.self),
                cost: try row.next(Int64.self)
            )
        }
        .reduce(into: [:]) { $0[$1.refund, default: [:]][$1.product] = $1.cost }
    }

    // MARK: - The whole stock

    func stockValues(limit: Int) throws -> [StockValue] {
        try db.rows(
            """
            SELECT id, name, stock, \(Self.average) FROM products WHERE tracks_stock AND stock <> 0
            ORDER BY CASE WHEN stock > 0 THEN COALESCE(cost_value, -1) ELSE -2 END DESC, id LIMIT $1::bigint
            """, [limit]
        ) { row in
            StockValue(
                productID: try row.next(), name: try row.next(), count: try row.next(),
                average: try row.average())
        }
    }

    func stockTotal() throws -> SalesFigures {
        try db.row(
            """
            SELECT COALESCE(SUM(stock), 0)::bigint,
                COALESCE(SUM(stock) FILTER (WHERE stock > 0 AND cost_pieces > 0), 0)::bigint,
                COALESCE(SUM(stock) FILTER (WHERE stock > 0 AND cost_pieces IS NULL), 0)::bigint,
                (COALESCE(SUM(cost_value) FILTER (WHERE stock > 0), 0) * 100)::bigint
            FROM products WHERE tracks_stock
            """
        ) { row in
            var figures = SalesFigures()
            for column in SalesFigures.stockColumns { figures[keyPath: column.path] = try row.next() }
            return figures
        } ?? SalesFigures()
    }

    func costHistories(after id: Int64, limit: Int) throws -> [CostHistory] {
        let products = try db.rows(
            """
            SELECT id, name, initial_stock, \(Self.average) FROM products
            WHERE id > $1::bigint ORDER BY id LIMIT $2::bigint
            """, [id, limit]
        ) { row in
            (
                id: try row.next(Int64.self), name: try row.next(String.self),
                initial: try row.next(Int.self), kept: try row.average()
            )
        }
        let movements = try db.groups(
            """
            SELECT product_id, id, quantity, (cost * 100)::bigint, costed FROM stock_movement
            WHERE product_id = ANY($1::int[]) ORDER BY id
            """, [PostgresValue.list(products.map(\.id))]
        ) { row in
            let product = try row.next(Int64.self)
            return (
                key: product,
                value: CostHistory.Movement(
                    id: try row.next(), quantity: try row.next(), cost: try row.optional(),
                    isTakenIn: try row.next())
            )
        }
        return products.map {
            CostHistory(
                productID: $0.id, name: $0.name, initialCount: $0.initial, kept: $0.kept,
                movements: movements[$0.id] ?? [])
        }
    }
}

extension PostgresRow {
    /// Pieces and what they came to, together or neither.
    mutating func average() throws -> StockAverage? {
        let (pieces, value) = try (optional(Int.self), optional(Int64.self))
        return pieces.flatMap { pieces in value.map { StockAverage(pieces: pieces, value: $0) } }
    }
}
