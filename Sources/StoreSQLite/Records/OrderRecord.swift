import GRDB
import StoreDomain
import StoreService

/// Orders as rows of `orders`, `order_item` and `payment`, with the gift cards that they sold. However many orders,
/// four queries read them.
struct OrderRecord {
    let db: Database
    let currency: Currency

    /// In the order in which `order` reads them.
    private static let select = """
        SELECT orders.id, user_id, account.name, operator_id, till, number_kind, number_till, number_position,
            status, subtotal_minor, discount_minor, tax_minor, tax_mode, exempted_minor, total_minor,
            rounding_minor, refunded_minor, discount_code, exemption_reason, exemption_number, note,
            journal_mark, orders.created_at, orders.updated_at, invoice_till, invoice_position, party_name,
            party_address, party_tax_number, made_by, made_at
        FROM orders LEFT JOIN account ON account.id = orders.user_id
            LEFT JOIN invoice ON invoice.order_id = orders.id
        """

    func order(_ id: Int64) throws -> Order? {
        try orders("\(Self.select) WHERE orders.id = ?", [id]).first
    }

    /// One page, newest first, of the orders of `userID`, or of everybody for nil.
    func page(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage {
        var filters: [String] = []
        var arguments: StatementArguments = []
        if let userID {
            filters.append("user_id = ?")
            arguments += [userID]
        }
        if let statuses = query.statuses {
            // Of several, most orders have one: the plus keeps the newest first, without sorting all of them.
            let column = statuses.count == 1 ? "status" : "+status"
            filters.append("\(column) IN (\(statuses.map { _ in "?" }.joined(separator: ", ")))")
            for status in statuses { arguments += [status.rawValue] }
        }
        if let finding = query.finding {
            let (condition, values) = Self.condition(finding)
            filters.append(condition)
            arguments += values
        }
        var filter = filters.isEmpty ? "" : "WHERE " + filters.joined(separator: " AND ")
        let total =
            try query.finding == nil
            ? self.total(query.statuses, of: userID)
            : db.value(Int.self, "SELECT COUNT(*) FROM orders \(filter)", arguments) ?? 0
        let window: PageWindow?
        if let before = query.before {
            filters.append("(created_at, id) < (SELECT created_at, id FROM orders WHERE id = ?)")
            arguments += [before]
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
                ORDER BY created_at \(direction), id \(direction) LIMIT ? OFFSET ?)
            ORDER BY orders.created_at DESC, orders.id DESC
            """, arguments + [window.count, window.skip])
        return OrderPage(orders: orders, number: query.page, perPage: query.perPage, total: total)
    }

    /// Of a row of `orders`.
    private static func condition(_ finding: OrderFinding) -> (sql: String, StatementArguments) {
        switch finding {
        case .number(let number):
            let values: StatementArguments = [
                number.series.kind.rawValue, number.series.till, number.position,
            ]
            let isNumber = "number_kind = ? AND number_till = ? AND number_position = ?"
            return switch number.series.kind {
            case .receipt: (isNumber, values)
            case .refund: ("id IN (SELECT order_id FROM refund WHERE \(isNumber))", values)
            case .invoice:
                (
                    "id IN (SELECT order_id FROM invoice WHERE invoice_till = ? AND invoice_position = ?)",
                    [number.series.till, number.position]
                )
            case .closing, .training: ("0", [])
            }
        case .product(let id):
            return (
                """
                id IN (SELECT order_id FROM order_item
                    WHERE order_id > (SELECT MAX(id) FROM orders) - ? AND product_id = ?)
                """, [OrderFinding.recentOrders, id]
            )
        case .customer(let words):
            let pattern = "%\(words.likePattern)%"
            return (
                """
                user_id IN (SELECT id FROM account WHERE name LIKE ? ESCAPE '\\' OR email LIKE ? ESCAPE '\\')
                """, [pattern, pattern]
            )
        }
    }

    /// From the maintained counts; those of everybody stand under user 0.
    private func total(_ statuses: [OrderStatus]?, of userID: Int64?) throws -> Int {
        var filter = "user_id = ?"
        var arguments: StatementArguments = [userID ?? 0]
        if let statuses {
            filter += " AND status IN (\(statuses.map { _ in "?" }.joined(separator: ", ")))"
            for status in statuses { arguments += [status.rawValue] }
        }
        return try db.value(Int.self, "SELECT SUM(orders) FROM order_count WHERE \(filter)", arguments) ?? 0
    }

    // MARK: - Counting

    // The plus keeps SQLite from an index by which it would sort all of them each time.
    func paid(after id: Int64, limit: Int) throws -> [(order: Order, cashier: Int64?)] {
        let orders = try orders(
            """
            \(Self.select) WHERE orders.id > ? AND +orders.status IN ('paid', 'partially_refunded', 'refunded')
            ORDER BY orders.id LIMIT ?
            """, [id, limit])
        guard let first = orders.first?.id, let last = orders.last?.id else { return [] }
        let takers = try db.list(
            "SELECT order_id, taken_by FROM payment WHERE order_id BETWEEN ? AND ? ORDER BY order_id, id",
            [first, last]
        ) { (order: $0.next() as Int64, person: $0.optional() as Int64?) }
        let cashiers = Dictionary(takers.map { ($0.order, $0.person) }, uniquingKeysWith: { _, last in last })
        return orders.map { ($0, cashiers[$0.id] ?? nil) }
    }

    func refunded(after id: Int64, limit: Int) throws -> [Order] {
        try orders(
            """
            \(Self.select) WHERE orders.id IN (
                SELECT DISTINCT order_id FROM refund WHERE order_id > ? ORDER BY order_id LIMIT ?)
            ORDER BY orders.id
            """, [id, limit])
    }

    // MARK: - Due

    static let isDue = """
        orders.status = 'pending' AND orders.created_at < ?
            AND (orders.payment_opened_at IS NULL OR orders.payment_opened_at < ?)
        """

    func due(_ expiry: OrderExpiry) throws -> [Order] {
        try orders("\(Self.select) WHERE \(Self.isDue) ORDER BY orders.id", Self.arguments(expiry))
    }

    /// When the oldest order was placed that waits for its payment; nil when none does.
    func oldestPending() throws -> Timestamp? {
        try db.value(Int64.self, "SELECT MIN(created_at) FROM orders WHERE status = 'pending'").map {
            Timestamp(milliseconds: $0)
        }
    }

    func hasDue(_ expiry: OrderExpiry) throws -> Bool {
        try db.value(
            Bool.self, "SELECT EXISTS (SELECT 1 FROM orders WHERE \(Self.isDue))", Self.arguments(expiry))
            ?? false
    }

    private static func arguments(_ expiry: OrderExpiry) -> StatementArguments {
        [expiry.placedBefore.milliseconds, expiry.openedBefore.milliseconds]
    }

    // MARK: - Sales

    /// What was paid less what was given back and what was paid for gift cards in each span, by the time at which the money moved: through
    /// indexes, so that it costs what happened then.
    func sales(between instants: [Timestamp]) throws -> [DaySales] {
        let spans = zip(instants, instants.dropFirst()).map { start, end -> [CanonicalJSON] in
            [.integer(start.milliseconds), .integer(end.milliseconds)]
        }
        return try db.rows(Self.salesSQL, [JSONText.rows(spans)]) { row in
            DaySales(
                start: row.timestamp("start"), orders: row["orders"], total: row.money("total", currency))
        }
    }

    static let salesSQL = """
        SELECT span.value ->> 0 AS start,
            (SELECT COUNT(DISTINCT order_id) FROM payment
                WHERE created_at >= span.value ->> 0 AND created_at < span.value ->> 1) AS orders,
            (SELECT IFNULL(SUM(amount_minor), 0) FROM payment
                WHERE created_at >= span.value ->> 0 AND created_at < span.value ->> 1)
            - (SELECT IFNULL(SUM(refund_tender.amount_minor), 0)
                FROM refund CROSS JOIN refund_tender ON refund_tender.refund_id = refund.id
                WHERE refund.created_at >= span.value ->> 0 AND refund.created_at < span.value ->> 1)
            - (SELECT IFNULL(SUM(amount_minor), 0) FROM gift_card_movement
                WHERE created_at >= span.value ->> 0 AND created_at < span.value ->> 1
                    AND kind IN ('issue', 'take-back') AND order_id IS NOT NULL)
            AS total
        FROM json_each(?) AS span ORDER BY span.key
        """

    // MARK: - Rows

    private func orders(_ sql: String, _ arguments: StatementArguments) throws -> [Order] {
        let orders = try db.list(sql, arguments, order)
        guard !orders.isEmpty else { return [] }
        let ids = RowValues(orders.enumerated().map { [.number($0.offset), .integer($0.element.id)] })
        let items = try items(ids)
        let hasPayments = orders.contains(where: \.status.hasPayments)
        let payments = hasPayments ? try payments(ids) : [:]
        let cards = hasPayments ? try GiftCardRecord(db: db, currency: currency).sold(ids) : [:]
        let whole = orders.map {
            $0.with(items: items[$0.id] ?? [], payments: payments[$0.id] ?? [])
                .with(giftCards: cards[$0.id] ?? [])
        }
        let exchanges = whole.filter { $0.payments.contains { $0.movedFrom != nil } }.map(\.id)
        guard !exchanges.isEmpty else { return whole }
        let back = try GoodsBackRecord(db: db, currency: currency).goods(of: exchanges)
        return whole.map { order in back[order.id].map { order.with(goodsBack: $0) } ?? order }
    }

    /// Without its items and payments.
    private func order(_ columns: inout Columns) throws -> Order {
        Order(
            id: columns.next(), userID: columns.optional(), userName: columns.optional(),
            operatorID: columns.optional(), till: columns.optional(), number: try columns.documentNumber(),
            status: try columns.word(), items: [], subtotal: columns.money(currency),
            discount: columns.money(currency),
            tax: columns.money(currency), taxMode: try columns.word(), exempted: columns.money(currency),
            total: columns.money(currency), rounding: columns.money(currency),
            refunded: columns.money(currency),
            discountCode: columns.optional(),
            exemption: try exemption(columns.optional(), columns.optional()), note: columns.optional(),
            journalMark: columns.optional(), createdAt: columns.timestamp(), updatedAt: columns.timestamp()
        ).with(invoice: try invoice(&columns))
    }

    private func invoice(_ columns: inout Columns) throws -> Invoice? {
        let till: String? = columns.optional()
        let position: Int? = columns.optional()
        let name: String? = columns.optional()
        let address: String? = columns.optional()
        let taxNumber: String? = columns.optional()
        let madeBy: Int64? = columns.optional()
        let madeAt: Int64? = columns.optional()
        guard let till, let position, let name, let madeAt else { return nil }
        return Invoice(
            number: DocumentNumber(series: NumberSeries(.invoice, till: till), position: position),
            party: try InvoiceParty(
                name: name, address: (address ?? "").split(separator: "\n").map(String.init),
                taxNumber: taxNumber),
            madeBy: madeBy, at: Timestamp(milliseconds: madeAt))
    }

    private func exemption(_ reason: String?, _ taxNumber: String?) throws -> TaxExemption? {
        guard let reason, let taxNumber else { return nil }
        return try TaxExemption(reason: reason, taxNumber: taxNumber)
    }

    /// By order, in their order.
    private func items(_ ids: RowValues) throws -> [Int64: [OrderItem]] {
        try db.groups(
            """
            SELECT order_item.id, order_id, product_id, product_name, sku, quantity, unit_price_minor,
                list_price_minor, total_minor, line_discount_minor, order_discount_minor, tax_minor,
                tax_rate_numerator, tax_rate_denominator, tax_class, override_reason, returned
            FROM \(ids.source) AS wanted CROSS JOIN order_item ON order_id = wanted.column2
            ORDER BY wanted.column1, order_item.id
            """, ids.arguments
        ) { columns in
            let item = OrderItem(
                id: columns.next(), orderID: columns.next(), productID: columns.next(),
                productName: columns.next(), sku: columns.optional(), quantity: columns.next(),
                unitPrice: columns.money(currency), listPrice: columns.optionalMoney(currency),
                total: columns.money(currency),
                lineDiscount: columns.money(currency), orderDiscount: columns.money(currency),
                tax: columns.money(currency),
                taxRate: rate(columns.optional(), columns.optional()), taxClass: columns.optional(),
                overrideReason: columns.optional(), returned: columns.next())
            return (item.orderID, item)
        }
    }

    private func rate(_ numerator: Int64?, _ denominator: Int64?) -> Rate? {
        guard let numerator, let denominator else { return nil }
        return Rate(numerator: numerator, denominator: denominator)
    }

    private func card(_ columns: inout Columns) -> PaymentCard? {
        let id: Int64? = columns.optional()
        let lastFour: String? = columns.optional()
        let left = columns.optionalMoney(currency)
        return id.flatMap { id in left.map { PaymentCard(id: id, lastFour: lastFour, left: $0) } }
    }

    /// By order, in the order in which they were taken.
    private func payments(_ ids: RowValues) throws -> [Int64: [Payment]] {
        try db.groups(
            """
            SELECT payment.order_id, payment.id, \(PaymentMethodRecord.columns), payment.amount_minor,
                tendered_minor, change_minor, approval_code, card_id, last_four, left_minor, payment.created_at, moved_from
            FROM \(ids.source) AS wanted CROSS JOIN payment ON payment.order_id = wanted.column2
            JOIN payment_method ON payment_method.id = payment.method_id
            LEFT JOIN gift_card_movement AS redeemed ON redeemed.payment_id = payment.id
            LEFT JOIN gift_card ON gift_card.id = redeemed.card_id
            ORDER BY wanted.column1, payment.id
            """, ids.arguments
        ) { columns in
            (
                columns.next(),
                Payment(
                    id: columns.next(), method: try PaymentMethodRecord.method(&columns),
                    amount: columns.money(currency), tendered: columns.optionalMoney(currency),
                    change: columns.optionalMoney(currency), approvalCode: columns.optional(),
                    card: card(&columns), paidAt: columns.timestamp(),
                    movedFrom: columns.optional())
            )
        }
    }
}
