import GRDB
import StoreDomain

/// Orders as rows of `orders`, `order_item` and `payment`. However many orders, three queries read them.
struct OrderRecord {
    let db: Database
    let currency: Currency

    private static let select = """
        SELECT orders.*, account.name AS user_name FROM orders
        LEFT JOIN account ON account.id = orders.user_id
        """

    func order(_ id: Int64) throws -> Order? {
        try orders(db.rows("\(Self.select) WHERE orders.id = ?", [id])).first
    }

    /// One page, newest first, of the orders of `userID`, or of everybody for nil.
    func page(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage {
        var filters: [String] = []
        var arguments: StatementArguments = []
        if let userID {
            filters.append("user_id = ?")
            arguments += [userID]
        }
        if let status = query.status {
            filters.append("status = ?")
            arguments += [status.rawValue]
        }
        let filter = filters.isEmpty ? "" : "WHERE " + filters.joined(separator: " AND ")
        let total = try self.total(query.status, of: userID)
        let (start, overflow) = (query.page - 1).multipliedReportingOverflow(by: query.perPage)
        let count = overflow ? 0 : min(query.perPage, total - start)
        guard count > 0 else {
            return OrderPage(orders: [], number: query.page, perPage: query.perPage, total: total)
        }
        // Counted from whichever end is nearer, so that the last page costs what the first does.
        let fromEnd = start > total / 2
        let direction = fromEnd ? "ASC" : "DESC"
        let rows = try db.rows(
            """
            \(Self.select) WHERE orders.id IN (SELECT id FROM orders \(filter)
                ORDER BY created_at \(direction), id \(direction) LIMIT ? OFFSET ?)
            ORDER BY orders.created_at DESC, orders.id DESC
            """, arguments + [count, fromEnd ? total - start - count : start])
        return OrderPage(
            orders: try orders(rows), number: query.page, perPage: query.perPage, total: total)
    }

    /// From the maintained counts; those of everybody stand under user 0.
    private func total(_ status: OrderStatus?, of userID: Int64?) throws -> Int {
        try db.value(
            Int.self, "SELECT SUM(orders) FROM order_count WHERE user_id = ? AND (?2 IS NULL OR status = ?2)",
            [userID ?? 0, status?.rawValue]) ?? 0
    }

    // MARK: - Due

    static let isDue = """
        orders.status = 'pending' AND orders.created_at < ?
            AND (orders.payment_opened_at IS NULL OR orders.payment_opened_at < ?)
        """

    func due(_ expiry: OrderExpiry) throws -> [Order] {
        try orders(
            db.rows("\(Self.select) WHERE \(Self.isDue) ORDER BY orders.id", Self.arguments(expiry)))
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

    /// What was paid less what was given back in each span, by the time at which the money moved: through
    /// indexes, so that it costs what happened then.
    func sales(between instants: [Timestamp]) throws -> [DaySales] {
        let spans = zip(instants, instants.dropFirst()).map { start, end -> [CanonicalJSON] in
            [.integer(start.milliseconds), .integer(end.milliseconds)]
        }
        return try db.rows(Self.salesSQL, [JSONText.rows(spans)]).map { row in
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
            AS total
        FROM json_each(?) AS span ORDER BY span.key
        """

    // MARK: - Rows

    private func orders(_ rows: [Row]) throws -> [Order] {
        guard !rows.isEmpty else { return [] }
        let ids = JSONText.list(rows.map { $0["id"] })
        let items = try items(ids)
        let isAnyPaid = try rows.contains { try ($0.word("status") as OrderStatus).hasPayments }
        let payments = isAnyPaid ? try payments(ids) : [:]
        return try rows.map { row in
            try order(row, items: items[row["id"]] ?? [], payments: payments[row["id"]] ?? [])
        }
    }

    private func order(_ row: Row, items: [OrderItem], payments: [Payment]) throws -> Order {
        var exemption: TaxExemption?
        if let reason: String = row["exemption_reason"] {
            exemption = try TaxExemption(reason: reason, taxNumber: row["exemption_number"])
        }
        return Order(
            id: row["id"], userID: row["user_id"], userName: row["user_name"],
            operatorID: row["operator_id"], till: row["till"], number: try row.documentNumber(),
            status: try row.word("status"), items: items,
            subtotal: row.money("subtotal_minor", currency), discount: row.money("discount_minor", currency),
            tax: row.money("tax_minor", currency), taxMode: try row.word("tax_mode"),
            exempted: row.money("exempted_minor", currency), total: row.money("total_minor", currency),
            rounding: row.money("rounding_minor", currency), refunded: row.money("refunded_minor", currency),
            discountCode: row["discount_code"], exemption: exemption, note: row["note"], payments: payments,
            createdAt: row.timestamp("created_at"), updatedAt: row.timestamp("updated_at"))
    }

    /// By order, in their order.
    private func items(_ ids: String) throws -> [Int64: [OrderItem]] {
        let rows = try db.rows(
            """
            SELECT \(Self.itemColumns) FROM order_item
            WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY order_id, id
            """, [ids])
        return rows.reduce(into: [:]) { items, row in
            let item = item(row)
            items[item.orderID, default: []].append(item)
        }
    }

    /// In the order in which `item` reads them: by place, as looking each name up would cost more than the row.
    private static let itemColumns = """
        id, order_id, product_id, product_name, sku, quantity, unit_price_minor, list_price_minor, total_minor,
        line_discount_minor, order_discount_minor, tax_minor, tax_rate_numerator, tax_rate_denominator,
        tax_class, override_reason, returned
        """

    private func item(_ row: Row) -> OrderItem {
        func money(_ column: Int) -> Money { Money(minorUnits: row[column], currency: currency) }
        var rate: Rate?
        if let numerator: Int64 = row[12] { rate = Rate(numerator: numerator, denominator: row[13]) }
        let listPrice: Int64? = row[7]
        return OrderItem(
            id: row[0], orderID: row[1], productID: row[2], productName: row[3], sku: row[4],
            quantity: row[5],
            unitPrice: money(6), listPrice: listPrice.map { Money(minorUnits: $0, currency: currency) },
            total: money(8), lineDiscount: money(9), orderDiscount: money(10), tax: money(11), taxRate: rate,
            taxClass: row[14], overrideReason: row[15], returned: row[16])
    }

    /// By order, in the order in which they were taken.
    private func payments(_ ids: String) throws -> [Int64: [Payment]] {
        let rows = try db.rows(
            """
            SELECT payment.*, \(PaymentMethodRecord.columns)
            FROM payment JOIN payment_method ON payment_method.id = payment.method_id
            WHERE payment.order_id IN (SELECT value FROM json_each(?)) ORDER BY payment.order_id, payment.id
            """, [ids])
        return try rows.reduce(into: [:]) { payments, row in
            payments[row["order_id"], default: []].append(
                Payment(
                    id: row["id"], method: try PaymentMethodRecord.method(row),
                    amount: row.money("amount_minor", currency),
                    tendered: row.optionalMoney("tendered_minor", currency),
                    change: row.optionalMoney("change_minor", currency), approvalCode: row["approval_code"],
                    paidAt: row.timestamp("created_at")))
        }
    }
}

extension OrderStatus {
    /// Only what was paid has payments.
    fileprivate var hasPayments: Bool {
        switch self {
        case .paid, .partiallyRefunded, .refunded: true
        case .pending, .cancelled: false
        }
    }
}
