import StoreCrypto
import StoreDomain
import StoreService

/// Writes what a rule wants written. However many lines an order has, they take the same statements.
struct ChangesWriting {
    let db: PostgresConnection
    let now: Timestamp
    /// Who does it; nil for the store's operator.
    let by: Int64?

    func write(_ changes: Changes) throws -> Applied {
        let new = changes.orders.first { $0.order == .new }
        let inserted = try changes.newOrder.map { try insert($0, with: new) }
        let refundID = try changes.newRefund.map { try RefundRows(db: db).insert($0) }
        let ids = OrderIDs(new: inserted?.id)
        try change(changes.orders.filter { $0.order != .new }, ids)
        let paymentIDs = try changes.payments.map { try insert($0, ids) }
        try move(changes.movements, ids)
        try NumberRows.setLast(changes.numbers, in: db)
        try insert(changes.stranded)
        if let key = changes.key { try insert(key, ids, refundID: refundID) }
        try DiscountRows(db: db).count(changes.discountUses)
        return Applied(
            orderID: inserted?.id, itemIDs: inserted?.itemIDs ?? [], paymentIDs: paymentIDs,
            refundID: refundID)
    }

    /// The ids behind the references of changes.
    private struct OrderIDs {
        let new: Int64?

        func id(_ reference: Changes.OrderReference) -> Int64 {
            switch reference {
            case .standing(let id): return id
            case .new:
                guard let new else { fatalError("changes name a new order, but have none") }
                return new
            }
        }
    }

    // MARK: - Orders

    /// - Parameter change: what else is known of it already, such as its receipt's number.
    private func insert(_ order: NewOrder, with change: OrderChange?) throws -> (
        id: Int64, itemIDs: [Int64]
    ) {
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO orders (user_id, operator_id, till, status, subtotal, discount_amount, tax, tax_mode,
                exempted, total, rounding, discount_code, exemption_reason, exemption_number, note,
                payment_opened_at, created_at, updated_at, number_kind, number_till, number_position)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19, $20)
            RETURNING id
            """,
            [
                order.userID, order.operatorID, order.till, (change?.status ?? order.status).rawValue,
                order.subtotal, order.discount, order.tax, order.taxMode.rawValue, order.exempted,
                order.total, change?.rounding ?? .zero(db.currency), order.discountCode,
                order.exemption?.reason, order.exemption?.taxNumber, order.note, change?.paymentOpenedAt, now,
                change?.number?.series.kind.rawValue, change?.number?.series.till, change?.number?.position,
            ])
        guard let id else { throw PostgresFailure.corrupt("a new order has no id") }
        return (id, try insert(order.lines, of: id))
    }

    private func insert(_ lines: [NewOrder.Line], of orderID: Int64) throws -> [Int64] {
        let rows = lines.map { line -> [CanonicalJSON] in
            [
                .integer(line.productID), .text(line.name), .optional(line.sku), .number(line.quantity),
                .amount(line.unitPrice), .amount(line.listPrice), .amount(line.total),
                .amount(line.lineDiscount), .amount(line.orderDiscount), .amount(line.tax),
                .optional(line.taxRate?.numerator), .optional(line.taxRate?.denominator),
                .optional(line.taxClass), .optional(line.overrideReason),
            ]
        }
        return try db.values(
            Int64.self,
            """
            INSERT INTO order_items (order_id, product_id, product_name, sku, quantity, unit_price, list_price,
                total_price, line_discount, order_discount, tax, tax_rate_numerator, tax_rate_denominator,
                tax_class, override_reason)
            SELECT $1::int, (value ->> 0)::int, value ->> 1, value ->> 2, (value ->> 3)::int, (value ->> 4)::numeric,
                (value ->> 5)::numeric, (value ->> 6)::numeric, (value ->> 7)::numeric, (value ->> 8)::numeric,
                (value ->> 9)::numeric, (value ->> 10)::bigint, (value ->> 11)::bigint, value ->> 12, value ->> 13
            FROM json_array_elements($2::json) WITH ORDINALITY AS line (value, place) ORDER BY place
            RETURNING id
            """, [orderID, PostgresValue.rows(rows)])
    }

    private func change(_ changes: [OrderChange], _ ids: OrderIDs) throws {
        for change in changes { try set(change, of: ids.id(change.order)) }
        let returned = changes.flatMap { $0.returned }.sorted { $0.key < $1.key }
        guard !returned.isEmpty else { return }
        try db.run(
            """
            UPDATE order_items SET returned = returned + back.quantity
            FROM unnest($1::int[], $2::int[]) AS back (id, quantity) WHERE order_items.id = back.id
            """,
            [PostgresValue.list(returned.map(\.key)), PostgresValue.list(returned.map { Int64($0.value) })])
    }

    /// Names the columns that change and no others: each index on them costs another page.
    private func set(_ change: OrderChange, of id: Int64) throws {
        var columns: [(set: (Int) -> String, value: (any PostgresWritable)?)] = []
        func set(_ column: String, _ value: (any PostgresWritable)?) {
            columns.append(({ "\(column) = $\($0)" }, value))
        }
        if let status = change.status { set("status", status.rawValue) }
        if let rounding = change.rounding { set("rounding", rounding) }
        if let refunded = change.refunded {
            columns.append(({ "refunded = refunded + $\($0)" }, refunded))
        }
        if let number = change.number {
            set("number_kind", number.series.kind.rawValue)
            set("number_till", number.series.till)
            set("number_position", number.position)
        }
        // That somebody is about to pay does not make it another order.
        if !columns.isEmpty { set("updated_at", now) }
        if let opened = change.paymentOpenedAt { set("payment_opened_at", opened) }
        guard !columns.isEmpty else { return }
        let sets = columns.enumerated().map { $0.element.set($0.offset + 1) }.joined(separator: ", ")
        try db.run(
            "UPDATE orders SET \(sets) WHERE id = $\(columns.count + 1)", columns.map(\.value) + [id])
    }

    // MARK: - Payments

    private func insert(_ new: NewPayment, _ ids: OrderIDs) throws -> Int64 {
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO payment (order_id, method_id, amount, tendered, change, approval_code, taken_by, shift_id,
                created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id
            """,
            [
                ids.id(new.order), new.payment.method.id, new.payment.amount, new.payment.tendered,
                new.payment.change, new.payment.approvalCode, new.takenBy, new.shiftID, new.payment.paidAt,
            ])
        guard let id else { throw PostgresFailure.corrupt("a new payment has no id") }
        return id
    }

    private func insert(_ stranded: [StrandedPayment]) throws {
        for payment in stranded {
            try db.run(
                """
                INSERT INTO stranded_payment (order_id, method_id, amount, approval_code, taken_by, created_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [payment.orderID, payment.methodID, payment.amount, payment.approvalCode, by, now])
        }
    }

    // MARK: - Stock

    private func move(_ movements: [NewMovement], _ ids: OrderIDs) throws {
        guard !movements.isEmpty else { return }
        let sums = movements.reduce(into: [Int64: Int]()) { $0[$1.productID, default: 0] += $1.quantity }
            .sorted { $0.key < $1.key }
        let byHand = Set(movements.filter { $0.order == nil }.map(\.productID))
        // What a person books changes the product; what a sale takes does not. The rows are locked already.
        try db.run(
            """
            UPDATE products SET stock = stock + change.quantity,
                updated_at = CASE WHEN products.id = ANY($3::int[]) THEN $4 ELSE updated_at END
            FROM unnest($1::int[], $2::int[]) AS change (id, quantity) WHERE products.id = change.id
            """,
            [
                PostgresValue.list(sums.map(\.key)), PostgresValue.list(sums.map { Int64($0.value) }),
                PostgresValue.list(byHand), now,
            ])
        let rows = movements.map { movement -> [CanonicalJSON] in
            [
                .integer(movement.productID), .text(movement.kind.rawValue), .number(movement.quantity),
                .optional(movement.order.map(ids.id)), .optional(movement.reason),
                .amount(movement.unitCost),
            ]
        }
        try db.run(
            """
            INSERT INTO stock_movement (product_id, kind, quantity, order_id, reason, unit_cost, person, created_at)
            SELECT (value ->> 0)::int, value ->> 1, (value ->> 2)::int, (value ->> 3)::int, value ->> 4,
                (value ->> 5)::numeric, $1::int, $2::timestamp
            FROM json_array_elements($3::json) WITH ORDINALITY AS movement (value, place) ORDER BY place
            """, [by, now, PostgresValue.rows(rows)])
    }

    // MARK: - Keys

    private func insert(_ key: NewKey, _ ids: OrderIDs, refundID: Int64?) throws {
        try db.run(
            """
            INSERT INTO idempotency (key, operation, user_id, fingerprint, order_id, refund_id, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [
                key.key.text, key.operation.rawValue, key.userID,
                PostgresValue.bytes(Fingerprint.bytes(of: key.content)), ids.id(key.order),
                key.operation == .refund ? refundID : nil, now,
            ])
    }
}
