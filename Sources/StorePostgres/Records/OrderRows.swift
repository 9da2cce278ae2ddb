import StoreDomain
import StoreService

/// Orders as rows of `orders`, `order_items` and `payment`, with the gift cards that they sold. However many orders,
/// four queries read them.
struct OrderRows {
    let db: PostgresConnection

    /// In the order in which `order` reads them.
    private static let select = """
        SELECT orders.id, user_id, users.name, operator_id, till, number_kind, number_till, number_position, status,
            subtotal, discount_amount, tax, tax_mode, exempted, total, rounding, refunded, discount_code,
            exemption_reason, exemption_number, note, journal_mark, orders.created_at, orders.updated_at,
            invoice_till, invoice_position, party_name, party_address, party_tax_number, made_by, made_at
        FROM orders LEFT JOIN users ON users.id = orders.user_id
            LEFT JOIN invoice ON invoice.order_id = orders.id
        """

    /// - Parameter locks: whether nobody else may change it until the transaction ends.
    func order(_ id: Int64, locks: Bool) throws -> Order? {
        try orders(
            "\(Self.select) WHERE orders.id = $1 \(locks ? "FOR NO KEY UPDATE OF orders" : "")", [id]
        ).first
    }

    /// One page, newest first, of the orders of `userID`, or of everybody for nil.
    func page(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage {
        var filters: [String] = []
        var arguments: [(any PostgresWritable)?] = []
        if let userID {
            arguments.append(userID)
            filters.append("user_id = $\(arguments.count)")
        }
        if let statuses = query.statuses {
            let places = statuses.map { status in
                arguments.append(status.rawValue)
                return "$\(arguments.count)"
            }
            filters.append(places.isEmpty ? "FALSE" : "status IN (\(places.joined(separator: ", ")))")
        }
        if let finding = query.finding {
            filters.append(Self.condition(finding, &arguments))
        }
        var filter = filters.isEmpty ? "" : "WHERE " + filters.joined(separator: " AND ")
        let total =
            try query.finding == nil
            ? self.total(query.statuses, of: userID)
            : db.value(Int.self, "SELECT COUNT(*) FROM orders \(filter)", arguments) ?? 0
        let window: PageWindow?
        if let before = query.before {
            arguments.append(before.isRowID ? before : 0)
            filters.append(
                "(created_at, id) < (SELECT created_at, id FROM orders WHERE id = $\(arguments.count))")
            filter = "WHERE " + filters.joined(separator: " AND ")
            window = PageWindow(uncounted: query.page, perPage: query.perPage)
        } else {
            window = PageWindow(query.page, perPage: query.perPage, of: total)
        }
        guard let window else {
            return OrderPage(orders: [], number: query.page, perPage: query.perPage, total: total)
        }
        let direction = window.isFromEnd ? "ASC" : "DESC"
        let orders = try orders(
            """
            \(Self.select) WHERE orders.id IN (SELECT id FROM orders \(filter)
                ORDER BY created_at \(direction), id \(direction)
                LIMIT $\(arguments.count + 1) OFFSET $\(arguments.count + 2))
            ORDER BY orders.created_at DESC, orders.id DESC
            """, arguments + [window.count, window.skip])
        return OrderPage(orders: orders, number: query.page, perPage: query.perPage, total: total)
    }

    /// Of a row of `orders`.
    private static func condition(_ finding: OrderFinding, _ arguments: inout [(any PostgresWritable)?])
        -> String
    {
        func bound(_ value: any PostgresWritable) -> String {
            arguments.append(value)
            return "$\(arguments.count)"
        }
        switch finding {
        case .number(let number):
            func isNumber() -> String {
                let kind = bound(number.series.kind.rawValue)
                let till = bound(number.series.till)
                let position = bound(number.position)
                return "number_kind = \(kind) AND number_till = \(till) AND number_position = \(position)"
            }
            return switch number.series.kind {
            case .receipt: isNumber()
            case .refund: "id IN (SELECT order_id FROM refund WHERE \(isNumber()))"
            case .invoice:
                """
                id IN (SELECT order_id FROM invoice WHERE invoice_till = \(bound(number.series.till))
                    AND invoice_position = \(bound(number.position))::bigint)
                """
            case .closing, .training: "FALSE"
            }
        case .product(let id):
            guard id.isRowID else { return "FALSE" }
            let recent = bound(OrderFinding.recentOrders)
            return """
                id IN (SELECT order_id FROM order_items
                    WHERE order_id > (SELECT MAX(id) FROM orders) - \(recent)::bigint AND product_id = \(bound(id))::int)
                """
        case .customer(let words):
            let pattern = bound("%\(words.likePattern)%")
            return "user_id IN (SELECT id FROM users WHERE name ILIKE \(pattern) OR email ILIKE \(pattern))"
        }
    }

    /// From the maintained counts; those of everybody stand under user 0.
    private func total(_ statuses: [OrderStatus]?, of userID: Int64?) throws -> Int {
        var filter = "user_id = $1"
        var arguments: [(any PostgresWritable)?] = [userID ?? 0]
        if let statuses {
            let places = statuses.map { status in
                arguments.append(status.rawValue)
                return "$\(arguments.count)"
            }
            filter += places.isEmpty ? " AND FALSE" : " AND status IN (\(places.joined(separator: ", ")))"
        }
        return try db.value(
            Int.self, "SELECT COALESCE(SUM(orders), 0)::bigint FROM order_count WHERE \(filter)", arguments)
            ?? 0
    }

    // MARK: - Counting

    private static let isPaid = "orders.status IN ('paid', 'partially_refunded', 'refunded')"

    func paid(after id: Int64, limit: Int) throws -> [(order: Order, cashier: Int64?)] {
        try withCashiers(
            orders(
                "\(Self.select) WHERE orders.id > $1 AND \(Self.isPaid) ORDER BY orders.id LIMIT $2::bigint",
                [id, limit]))
    }

    /// Those of the ids that are paid.
    func paid(ids: [Int64]) throws -> [(order: Order, cashier: Int64?)] {
        guard !ids.isEmpty else { return [] }
        return try withCashiers(
            orders(
                "\(Self.select) WHERE orders.id = ANY($1::int[]) AND \(Self.isPaid) ORDER BY orders.id",
                [PostgresValue.list(ids)]))
    }

    private func withCashiers(_ orders: [Order]) throws -> [(order: Order, cashier: Int64?)] {
        guard !orders.isEmpty else { return [] }
        let takers = try db.rows(
            "SELECT order_id, taken_by FROM payment WHERE order_id = ANY($1::int[]) ORDER BY order_id, id",
            [PostgresValue.list(orders.map(\.id))]
        ) { row in (order: try row.next(Int64.self), person: try row.optional(Int64.self)) }
        let cashiers = Dictionary(takers.map { ($0.order, $0.person) }, uniquingKeysWith: { _, last in last })
        return orders.map { ($0, cashiers[$0.id] ?? nil) }
    }

    func refunded(after id: Int64, limit: Int) throws -> [Order] {
        try orders(
            """
            \(Self.select) WHERE orders.id IN (
                SELECT DISTINCT order_id FROM refund WHERE order_id > $1 ORDER BY order_id LIMIT $2::bigint)
            ORDER BY orders.id
            """, [id, limit])
    }

    // MARK: - Due

    private static let isDue = """
        orders.status = 'pending' AND orders.created_at < $1
            AND (orders.payment_opened_at IS NULL OR orders.payment_opened_at < $2)
        """

    /// - Parameter locks: whether to lock them; those that somebody else changes just now are left out then.
    func due(_ expiry: OrderExpiry, locks: Bool) throws -> [Order] {
        try orders(
            """
            \(Self.select) WHERE \(Self.isDue) ORDER BY orders.id
            \(locks ? "FOR NO KEY UPDATE OF orders SKIP LOCKED" : "")
            """, [expiry.placedBefore, expiry.openedBefore])
    }

    /// In the order of an index: where PostgreSQL takes many for due, it would else look through all orders for one.
    func hasDue(_ expiry: OrderExpiry) throws -> Bool {
        try db.value(
            Int.self, "SELECT 1 FROM orders WHERE \(Self.isDue) ORDER BY created_at, id LIMIT 1",
            [expiry.placedBefore, expiry.openedBefore]) != nil
    }

    func oldestPending() throws -> Timestamp? {
        try db.value(Timestamp.self, "SELECT min(created_at) FROM orders WHERE status = 'pending'")
    }

    // MARK: - Sales

    /// What was paid less what was given back and what was paid for gift cards in each span, by the time at which the money moved: through
    /// indexes, so that it costs what happened then.
    func sales(between instants: [Timestamp]) throws -> [DaySales] {
        // The last span has no end; PostgreSQL has no instant that late.
        let times = instants.map { min($0.milliseconds, Self.endOfTime) }
        return try db.rows(
            """
            SELECT span.number, (SELECT COUNT(DISTINCT order_id) FROM payment
                    WHERE created_at >= span.start AND created_at < span.stop),
                (SELECT COALESCE(SUM(amount), 0) FROM payment
                    WHERE created_at >= span.start AND created_at < span.stop)
                - (SELECT COALESCE(SUM(refund_tender.amount), 0)
                    FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
                    WHERE refund.created_at >= span.start AND refund.created_at < span.stop)
                - (SELECT COALESCE(SUM(amount), 0) FROM gift_card_movement
                    WHERE created_at >= span.start AND created_at < span.stop
                        AND kind IN ('issue', 'take-back') AND order_id IS NOT NULL)
            FROM (SELECT number, timestamp 'epoch' + first * interval '1 millisecond' AS start,
                    timestamp 'epoch' + next * interval '1 millisecond' AS stop
                FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS spans (first, next, number)) AS span
            ORDER BY span.number
            """,
            [PostgresValue.list(times.dropLast()), PostgresValue.list(times.dropFirst())]
        ) { row in
            let number = try row.next(Int.self)
            return DaySales(start: instants[number - 1], orders: try row.next(), total: try row.money())
        }
    }

    /// 9999-12-31
    private static let endOfTime: Int64 = 253_402_214_400_000

    // MARK: - Rows

    private func orders(_ sql: String, _ arguments: [(any PostgresWritable)?]) throws -> [Order] {
        let orders = try db.rows(sql, arguments, order)
        guard !orders.isEmpty else { return [] }
        let ids = PostgresValue.list(orders.map(\.id))
        let items = try items(ids)
        let hasPayments = orders.contains(where: \.status.hasPayments)
        let payments = hasPayments ? try payments(ids) : [:]
        let cards = hasPayments ? try GiftCardRows(db: db).sold(ids) : [:]
        let whole = orders.map {
            $0.with(items: items[$0.id] ?? [], payments: payments[$0.id] ?? [])
                .with(giftCards: cards[$0.id] ?? [])
        }
        let exchanges = whole.filter { $0.payments.contains { $0.movedFrom != nil } }.map(\.id)
        guard !exchanges.isEmpty else { return whole }
        let back = try GoodsBackRows(db: db).goods(of: exchanges)
        return whole.map { order in back[order.id].map { order.with(goodsBack: $0) } ?? order }
    }

    /// Without its items and payments.
    private func order(_ row: inout PostgresRow) throws -> Order {
        try Order(
            id: row.next(), userID: row.optional(), userName: row.optional(), operatorID: row.optional(),
            till: row.optional(), number: row.documentNumber(), status: row.word(), items: [],
            subtotal: row.money(), discount: row.money(), tax: row.money(), taxMode: row.word(),
            exempted: row.money(), total: row.money(), rounding: row.money(), refunded: row.money(),
            discountCode: row.optional(), exemption: exemption(row.optional(), row.optional()),
            note: row.optional(), journalMark: row.optional(), createdAt: row.next(), updatedAt: row.next()
        ).with(invoice: invoice(&row))
    }

    private func invoice(_ row: inout PostgresRow) throws -> Invoice? {
        let (till, position) = try (row.optional(String.self), row.optional(Int64.self))
        let (name, address) = try (row.optional(String.self), row.optional(String.self))
        let (taxNumber, madeBy) = try (row.optional(String.self), row.optional(Int64.self))
        let madeAt = try row.optional(Timestamp.self)
        guard let till, let position, let name, let madeAt else { return nil }
        return Invoice(
            number: DocumentNumber(series: NumberSeries(.invoice, till: till), position: Int(position)),
            party: try InvoiceParty(
                name: name, address: (address ?? "").split(separator: "\n").map(String.init),
                taxNumber: taxNumber),
            madeBy: madeBy, at: madeAt)
    }

    private func exemption(_ reason: String?, _ taxNumber: String?) throws -> TaxExemption? {
        guard let reason, let taxNumber else { return nil }
        return try TaxExemption(reason: reason, taxNumber: taxNumber)
    }

    /// By order, in their order.
    private func items(_ ids: PostgresValue) throws -> [Int64: [OrderItem]] {
        try db.groups(
            """
            SELECT id, order_id, product_id, product_name, sku, quantity, unit_price, list_price, total_price,
                line_discount, order_discount, tax, tax_rate_numerator, tax_rate_denominator, tax_class,
                override_reason, returned
            FROM order_items WHERE order_id = ANY($1::int[]) ORDER BY order_id, id
            """, [ids]
        ) { row in
            let item = try OrderItem(
                id: row.next(), orderID: row.next(), productID: row.next(), productName: row.next(),
                sku: row.optional(), quantity: row.next(), unitPrice: row.money(),
                listPrice: row.optionalMoney(), total: row.money(), lineDiscount: row.money(),
                orderDiscount: row.money(), tax: row.money(), taxRate: row.rate(), taxClass: row.optional(),
                overrideReason: row.optional(), returned: row.next())
            return (item.orderID, item)
        }
    }

    private func card(_ row: inout PostgresRow) throws -> PaymentCard? {
        let (id, lastFour) = try (row.optional(Int64.self), row.optional(String.self))
        let left = try row.optionalMoney()
        return id.flatMap { id in left.map { PaymentCard(id: id, lastFour: lastFour, left: $0) } }
    }

    /// By order, in the order in which they were taken.
    private func payments(_ ids: PostgresValue) throws -> [Int64: [Payment]] {
        try db.groups(
            """
            SELECT payment.order_id, payment.id, \(PaymentMethodRows.columns), payment.amount, tendered, change,
                approval_code, card_id, last_four, left_amount, payment.created_at, moved_from
            FROM payment JOIN payment_method ON payment_method.id = payment.method_id
            LEFT JOIN gift_card_movement AS redeemed ON redeemed.payment_id = payment.id
            LEFT JOIN gift_card ON gift_card.id = redeemed.card_id
            WHERE payment.order_id = ANY($1::int[]) ORDER BY payment.order_id, payment.id
            """, [ids]
        ) { row in
            (
                try row.next(),
                try Payment(
                    id: row.next(), method: PaymentMethodRows.method(&row), amount: row.money(),
                    tendered: row.optionalMoney(), change: row.optionalMoney(),
                    approvalCode: row.optional(), card: card(&row), paidAt: row.next(),
                    movedFrom: row.optional())
            )
        }
    }
}
