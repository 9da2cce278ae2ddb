import StoreDomain
import StoreService

/// Writes what a rule wants written, all but its key and its journal. However many lines an order has, they take the
/// same statements, and those are sent when the transaction ends: the ids of new rows are drawn before.
struct ChangesWriting {
    let db: PostgresConnection
    let now: Timestamp
    /// Who does it; nil for the store's operator.
    let by: Int64?

    func write(_ changes: Changes) throws -> Applied {
        let new = try drawIDs(for: changes)
        if let order = changes.newOrder, let id = new.order {
            insert(order, id, with: changes.orders.first { $0.order == .new })
            insert(order.lines, new.items, of: id)
        }
        let ids = StoredOrderIDs(new: new.order)
        let refundID =
            try changes.newRefund.map {
                try RefundRows(db: db).insert($0, exchangeID: $0.exchange.map(ids.id))
            }
            ?? changes.looseReturn.map { try LooseReturnRows(db: db).insert($0) }
        change(changes.orders.filter { $0.order != .new }, ids)
        for (payment, id) in zip(changes.payments, new.payments) { insert(payment, id, ids) }
        noteDue(changes.toCount)
        insertCards(changes, ids, new, refundID: refundID)
        move(changes, ids, refundID: refundID)
        noteCounted(changes.counted)
        NumberRows.setLast(changes.numbers, in: db)
        insert(changes.stranded)
        DiscountRows(db: db).count(changes.discountUses)
        return Applied(
            orderID: new.order, itemIDs: new.items, paymentIDs: new.payments, refundID: refundID,
            cardIDs: new.cards)
    }

    // MARK: - Gift cards

    private func insertCards(
        _ changes: Changes, _ ids: StoredOrderIDs, _ new: NewIDs, refundID: Int64?
    ) {
        let rows = GiftCardRows(db: db)
        for (card, id) in zip(changes.newCards, new.cards) { rows.insert(card, id, at: now) }
        for movement in changes.cardMovements {
            rows.insert(
                movement, of: movement.card.id(among: new.cards), orderID: movement.order.map(ids.id),
                paymentID: movement.payment.map { new.payments[$0] }, refundID: refundID, by: by, at: now)
        }
    }

    // MARK: - Ids

    private struct NewIDs {
        var order: Int64?
        var items: [Int64] = []
        var payments: [Int64] = []
        var cards: [Int64] = []
    }

    /// Draws them in one row. Its columns are as many as the ids, so that the statement has nothing to plan.
    private func drawIDs(for changes: Changes) throws -> NewIDs {
        let items = changes.newOrder?.lines.count ?? 0
        let columns =
            Array(repeating: "nextval('orders_id_seq')", count: changes.newOrder == nil ? 0 : 1)
            + Array(repeating: "nextval('order_items_id_seq')", count: items)
            + Array(repeating: "nextval('payment_id_seq')", count: changes.payments.count)
            + Array(repeating: "nextval('gift_card_id_seq')", count: changes.newCards.count)
        guard !columns.isEmpty else { return NewIDs() }
        let sql = "SELECT \(columns.joined(separator: ", "))"
        let drawn = try db.row(sql, isPlanned: columns.count <= 2 * PostgresList.few) { row in
            try NewIDs(
                order: changes.newOrder == nil ? nil : row.next(),
                items: (0..<items).map { _ in try row.next() },
                payments: changes.payments.map { _ in try row.next() },
                cards: changes.newCards.map { _ in try row.next() })
        }
        guard let drawn else { throw PostgresFailure.corrupt("a sequence gives no number") }
        return drawn
    }

    // MARK: - Orders

    /// - Parameter change: what else is known of it already, such as its receipt's number.
    private func insert(_ order: NewOrder, _ id: Int64, with change: OrderChange?) {
        db.later(
            """
            INSERT INTO orders (user_id, operator_id, till, status, subtotal, discount_amount, tax, tax_mode,
                exempted, total, rounding, discount_code, exemption_reason, exemption_number, note,
                payment_opened_at, created_at, updated_at, number_kind, number_till, number_position, id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $18, $19, $20,
                $21)
            """,
            [
                order.userID, order.operatorID, order.till, (change?.status ?? order.status).rawValue,
                order.subtotal, order.discount, order.tax, order.taxMode.rawValue, order.exempted,
                order.total, change?.rounding ?? .zero(db.currency), order.discountCode,
                order.exemption?.reason, order.exemption?.taxNumber, order.note, change?.paymentOpenedAt, now,
                change?.number?.series.kind.rawValue, change?.number?.series.till, change?.number?.position,
                id,
            ])
    }

    private func insert(_ lines: [NewOrder.Line], _ ids: [Int64], of orderID: Int64) {
        // A sale of gift cards alone.
        guard !lines.isEmpty else { return }
        let rows = zip(lines, ids).map { line, id -> [CanonicalJSON] in
            [
                .integer(line.productID), .text(line.name), .optional(line.sku), .number(line.quantity),
                .amount(line.unitPrice), .amount(line.listPrice), .amount(line.total),
                .amount(line.lineDiscount), .amount(line.orderDiscount), .amount(line.tax),
                .optional(line.taxRate?.numerator), .optional(line.taxRate?.denominator),
                .optional(line.taxClass), .optional(line.overrideReason), .integer(id),
            ]
        }
        db.later(
            """
            INSERT INTO order_items (order_id, product_id, product_name, sku, quantity, unit_price, list_price,
                total_price, line_discount, order_discount, tax, tax_rate_numerator, tax_rate_denominator,
                tax_class, override_reason, id)
            SELECT $1::int, (value ->> 0)::int, value ->> 1, value ->> 2, (value ->> 3)::int, (value ->> 4)::numeric,
                (value ->> 5)::numeric, (value ->> 6)::numeric, (value ->> 7)::numeric, (value ->> 8)::numeric,
                (value ->> 9)::numeric, (value ->> 10)::bigint, (value ->> 11)::bigint, value ->> 12, value ->> 13,
                (value ->> 14)::int
            FROM json_array_elements($2::json) AS line (value)
            """, [orderID, PostgresValue.rows(rows)])
    }

    private func change(_ changes: [OrderChange], _ ids: StoredOrderIDs) {
        for change in changes { set(change, of: ids.id(change.order)) }
        let returned = changes.flatMap { $0.returned }.sorted { $0.key < $1.key }
        guard !returned.isEmpty else { return }
        db.later(
            """
            UPDATE order_items SET returned = returned + back.quantity
            FROM unnest($1::int[], $2::int[]) AS back (id, quantity) WHERE order_items.id = back.id
            """,
            [PostgresValue.list(returned.map(\.key)), PostgresValue.list(returned.map { Int64($0.value) })])
    }

    /// Names the columns that change and no others: each index on them costs another page.
    private func set(_ change: OrderChange, of id: Int64) {
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
        db.later(
            "UPDATE orders SET \(sets) WHERE id = $\(columns.count + 1)", columns.map(\.value) + [id])
    }

    // MARK: - Payments

    private func insert(_ new: NewPayment, _ id: Int64, _ ids: StoredOrderIDs) {
        db.later(
            """
            INSERT INTO payment (order_id, method_id, amount, tendered, change, approval_code, taken_by, shift_id,
                created_at, id, moved_from)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            """,
            [
                ids.id(new.order), new.payment.method.id, new.payment.amount, new.payment.tendered,
                new.payment.change, new.payment.approvalCode, new.takenBy, new.shiftID, new.payment.paidAt,
                id, new.payment.movedFrom,
            ])
    }

    private func insert(_ stranded: [StrandedPayment]) {
        for payment in stranded {
            db.later(
                """
                INSERT INTO stranded_payment (order_id, method_id, amount, approval_code, taken_by, created_at)
                VALUES ($1, $2, $3, $4, $5, $6)
                """,
                [payment.orderID, payment.methodID, payment.amount, payment.approvalCode, by, now])
        }
    }

    // MARK: - Stock

    /// Ids with quantities, and with the pieces and minor units that are kept of their cost, as a table, and its
    /// arguments; few of them as in `PostgresList`. A cost that is not known has 0 pieces.
    private func changeTable(_ changes: Changes, from first: Int) -> (
        sql: String, values: [(any PostgresWritable)?]
    ) {
        let rows = changes.movements.sums.map { sum -> [Int64] in
            let average = changes.averages[sum.productID] ?? nil
            return [
                sum.productID, Int64(sum.quantity), average.map { Int64($0.pieces) } ?? 0,
                average?.value ?? 0,
            ]
        }
        let types = ["int", "int", "int", "bigint"]
        guard rows.count <= PostgresList.few else {
            let lists = types.enumerated().map { "$\(first + $0.offset)::\($0.element)[]" }
            return (
                "unnest(\(lists.joined(separator: ", ")))",
                types.indices.map { column in PostgresValue.list(rows.map { $0[column] }) }
            )
        }
        let values = rows.indices.map { row in
            let marks = types.enumerated().map { "$\(first + row * types.count + $0.offset)::\($0.element)" }
            return "(\(marks.joined(separator: ", ")))"
        }
        return ("(VALUES \(values.joined(separator: ", ")))", rows.flatMap(\.self))
    }

    /// Notes since when products have to be counted; only such ones can come below zero.
    private func noteDue(_ products: Set<Int64>) {
        guard !products.isEmpty else { return }
        db.later(
            "UPDATE products SET count_due_at = COALESCE(count_due_at, $2) WHERE id = ANY($1::int[])",
            [PostgresValue.list(products.sorted()), now])
    }

    private func noteCounted(_ products: Set<Int64>) {
        guard !products.isEmpty else { return }
        db.later(
            "UPDATE products SET count_due_at = NULL WHERE id = ANY($1::int[])",
            [PostgresValue.list(products.sorted())])
    }

    private func move(_ changes: Changes, _ ids: StoredOrderIDs, refundID: Int64?) {
        let movements = changes.movements
        guard !movements.isEmpty else { return }
        let (table, values) = changeTable(changes, from: 3)
        let arguments: [(any PostgresWritable)?] = [
            PostgresValue.list(movements.productsByHand.sorted()), now,
        ]
        // The rows are locked already.
        db.later(
            """
            UPDATE products SET stock = stock + change.quantity,
                updated_at = CASE WHEN products.id = ANY($1::int[]) THEN $2 ELSE updated_at END,
                cost_pieces = NULLIF(change.pieces, 0),
                cost_value = CASE WHEN change.pieces > 0 THEN change.value::numeric / 100 END
            FROM \(table) AS change (id, quantity, pieces, value) WHERE products.id = change.id
            """, arguments + values)
        Self.takeIn(changes.takenIn, in: db)
        let rows = movements.map { movement -> [CanonicalJSON] in
            [
                .integer(movement.productID), .text(movement.kind.rawValue), .number(movement.quantity),
                .optional(movement.order.map(ids.id)), .optional(movement.reason),
                .amount(movement.unitCost), .amount(movement.cost),
                .optional(movement.isOfRefund ? refundID : nil),
            ]
        }
        db.later(
            """
            INSERT INTO stock_movement (product_id, kind, quantity, order_id, reason, unit_cost, cost, refund_id,
                costed, person, created_at)
            SELECT (value ->> 0)::int, value ->> 1, (value ->> 2)::int, (value ->> 3)::int, value ->> 4,
                (value ->> 5)::numeric, (value ->> 6)::numeric, (value ->> 7)::int, TRUE, $1::int, $2::timestamp
            FROM json_array_elements($3::json) WITH ORDINALITY AS movement (value, place) ORDER BY place
            """, [by, now, PostgresValue.rows(rows)])
    }

    /// None of the products' movements waits any more.
    static func takeIn(_ products: some Collection<Int64>, in db: PostgresConnection) {
        guard !products.isEmpty else { return }
        db.later(
            "UPDATE stock_movement SET costed = TRUE WHERE NOT costed AND product_id = ANY($1::int[])",
            [PostgresValue.list(products.sorted())])
    }
}
