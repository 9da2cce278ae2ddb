import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

/// Writes what a rule wants written. However many lines an order has, they take the same statements.
struct ChangesWriter {
    let db: Database
    let now: Timestamp
    /// Who does it; nil for the store's operator.
    let by: Int64?

    func write(_ changes: Changes) throws -> Applied {
        let new = changes.orders.first { $0.order == .new }
        let inserted = try changes.newOrder.map { try insert($0, with: new) }
        let ids = StoredOrderIDs(new: inserted?.id)
        let refundID =
            try changes.newRefund.map {
                try RefundRecord(db: db, currency: $0.refund.amount.currency)
                    .insert($0, exchangeID: $0.exchange.map(ids.id))
            }
            ?? changes.looseReturn.map {
                try LooseReturnRecord(db: db, currency: $0.document.amount.currency).insert($0)
            }
        try change(changes.orders.filter { $0.order != .new }, ids)
        let paymentIDs = try insert(changes.payments, ids)
        try noteDue(changes.toCount)
        let cardIDs = try insert(changes, ids, paymentIDs: paymentIDs, refundID: refundID)
        try move(changes, ids, refundID: refundID)
        try noteCounted(changes.counted)
        try DiscountRecord.count(changes.discountUses, in: db)
        try NumberRecord.setLast(changes.numbers, in: db)
        try insert(changes.stranded)
        if let key = changes.key { try insert(key, ids, refundID: refundID) }
        return Applied(
            orderID: inserted?.id, itemIDs: inserted?.itemIDs ?? [], paymentIDs: paymentIDs,
            refundID: refundID, cardIDs: cardIDs)
    }

    // MARK: - Gift cards

    /// - Returns: the ids of the new cards.
    private func insert(
        _ changes: Changes, _ ids: StoredOrderIDs, paymentIDs: [Int64], refundID: Int64?
    ) throws -> [Int64] {
        guard let currency = changes.cardMovements.first?.amount.currency else { return [] }
        let record = GiftCardRecord(db: db, currency: currency)
        let cardIDs = try changes.newCards.map { try record.insert($0, at: now) }
        for movement in changes.cardMovements {
            try record.insert(
                movement, of: movement.card.id(among: cardIDs), orderID: movement.order.map(ids.id),
                paymentID: movement.payment.map { paymentIDs[$0] }, refundID: refundID, by: by, at: now)
        }
        return cardIDs
    }

    // MARK: - Orders

    /// - Parameter change: what else is known of it already, such as its receipt's number.
    private func insert(_ order: NewOrder, with change: OrderChange?) throws -> (
        id: Int64, itemIDs: [Int64]
    ) {
        try db.run(
            """
            INSERT INTO orders (user_id, operator_id, till, status, subtotal_minor, discount_minor, tax_minor,
                tax_mode, exempted_minor, total_minor, rounding_minor, refunded_minor, discount_code,
                exemption_reason, exemption_number, note, payment_opened_at, created_at, updated_at, number_kind,
                number_till, number_position)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                order.userID, order.operatorID, order.till, (change?.status ?? order.status).rawValue,
                order.subtotal.minorUnits, order.discount.minorUnits, order.tax.minorUnits,
                order.taxMode.rawValue, order.exempted.minorUnits, order.total.minorUnits,
                change?.rounding?.minorUnits ?? 0, order.discountCode, order.exemption?.reason,
                order.exemption?.taxNumber, order.note, change?.paymentOpenedAt?.milliseconds,
                now.milliseconds, now.milliseconds, change?.number?.series.kind.rawValue,
                change?.number?.series.till, change?.number?.position,
            ])
        let id = db.lastInsertedRowID
        return (id, try insert(order.lines, of: id))
    }

    private func insert(_ lines: [NewOrder.Line], of orderID: Int64) throws -> [Int64] {
        // A sale of gift cards alone.
        guard !lines.isEmpty else { return [] }
        let rows = lines.map { line -> [CanonicalJSON] in
            [
                .integer(orderID), .integer(line.productID), .text(line.name), .optional(line.sku),
                .number(line.quantity),
                .minor(line.unitPrice), .minor(line.listPrice), .minor(line.total), .minor(line.lineDiscount),
                .minor(line.orderDiscount), .minor(line.tax), .optional(line.taxRate?.numerator),
                .optional(line.taxRate?.denominator), .optional(line.taxClass),
                .optional(line.overrideReason),
            ]
        }
        let values = RowValues(rows)
        try db.run(
            """
            INSERT INTO order_item (order_id, product_id, product_name, sku, quantity, unit_price_minor,
                list_price_minor, total_minor, line_discount_minor, order_discount_minor, tax_minor,
                tax_rate_numerator, tax_rate_denominator, tax_class, override_reason)
            SELECT * FROM \(values.source)
            """, values.arguments)
        return lastIDs(lines.count)
    }

    private func change(_ changes: [OrderChange], _ ids: StoredOrderIDs) throws {
        for change in changes { try set(change, of: ids.id(change.order)) }
        let returned = changes.flatMap { change in
            change.returned.map { [CanonicalJSON.integer($0.key), .number($0.value)] }
        }
        guard !returned.isEmpty else { return }
        try db.run(
            """
            UPDATE order_item SET returned = returned + (back.value ->> 1)
            FROM json_each(?) AS back WHERE order_item.id = back.value ->> 0
            """, [JSONText.rows(returned)])
    }

    /// Names the columns that change and no others: each index on them costs another page.
    private func set(_ change: OrderChange, of id: Int64) throws {
        var columns: [(set: String, value: (any DatabaseValueConvertible)?)] = []
        if let status = change.status { columns.append(("status = ?", status.rawValue)) }
        if let rounding = change.rounding { columns.append(("rounding_minor = ?", rounding.minorUnits)) }
        if let refunded = change.refunded {
            columns.append(("refunded_minor = refunded_minor + ?", refunded.minorUnits))
        }
        if let number = change.number {
            columns += [
                ("number_kind = ?", number.series.kind.rawValue), ("number_till = ?", number.series.till),
                ("number_position = ?", number.position),
            ]
        }
        // That somebody is about to pay does not make it another order.
        if !columns.isEmpty { columns.append(("updated_at = ?", now.milliseconds)) }
        if let opened = change.paymentOpenedAt {
            columns.append(("payment_opened_at = ?", opened.milliseconds))
        }
        guard !columns.isEmpty else { return }
        try db.run(
            "UPDATE orders SET \(columns.map(\.set).joined(separator: ", ")) WHERE id = ?",
            StatementArguments(columns.map(\.value) + [id]))
    }

    // MARK: - Payments

    private func insert(_ payments: [NewPayment], _ ids: StoredOrderIDs) throws -> [Int64] {
        try payments.map { new in
            try db.run(
                """
                INSERT INTO payment (order_id, method_id, amount_minor, tendered_minor, change_minor,
                    approval_code, taken_by, shift_id, created_at, moved_from)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    ids.id(new.order), new.payment.method.id, new.payment.amount.minorUnits,
                    new.payment.tendered?.minorUnits, new.payment.change?.minorUnits,
                    new.payment.approvalCode, new.takenBy, new.shiftID, new.payment.paidAt.milliseconds,
                    new.payment.movedFrom,
                ])
            return db.lastInsertedRowID
        }
    }

    /// The ids of the rows that one statement has just inserted: consecutive, as nobody else writes meanwhile
    /// and AUTOINCREMENT never goes back.
    private func lastIDs(_ count: Int) -> [Int64] {
        let last = db.lastInsertedRowID
        return Array((last - Int64(count) + 1)...last)
    }

    private func insert(_ stranded: [StrandedPayment]) throws {
        guard !stranded.isEmpty else { return }
        let rows = stranded.map { payment -> [CanonicalJSON] in
            [
                .integer(payment.orderID), .text(payment.methodID), .minor(payment.amount),
                .optional(payment.approvalCode),
            ]
        }
        try db.run(
            """
            INSERT INTO stranded_payment (order_id, method_id, amount_minor, approval_code, taken_by, created_at)
            SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, ?, ? FROM json_each(?) ORDER BY key
            """, [by, now.milliseconds, JSONText.rows(rows)])
    }

    // MARK: - Stock

    private func move(_ changes: Changes, _ ids: StoredOrderIDs, refundID: Int64?) throws {
        let movements = changes.movements
        guard !movements.isEmpty else { return }
        let byHand = movements.productsByHand
        let products = RowValues(
            movements.sums.map { id, quantity -> [CanonicalJSON] in
                let average = changes.averages[id] ?? nil
                return [
                    .integer(id), .number(quantity), byHand.contains(id) ? .integer(now.milliseconds) : .null,
                    .optional(average.map { Int64($0.pieces) }), .optional(average?.value),
                ]
            })
        // What a person books changes the product; what a sale takes does not.
        try db.run(
            """
            UPDATE product SET stock = stock + change.column2,
                updated_at = COALESCE(change.column3, updated_at),
                cost_pieces = change.column4, cost_value_minor = change.column5
            FROM \(products.source) AS change WHERE product.id = change.column1
            """, products.arguments)
        let rows = RowValues(
            movements.map { movement -> [CanonicalJSON] in
                [
                    .integer(movement.productID), .text(movement.kind.rawValue), .number(movement.quantity),
                    .optional(movement.order.map(ids.id)), .optional(movement.reason),
                    .minor(movement.unitCost), .optional(by), .integer(now.milliseconds),
                    .minor(movement.cost), .optional(movement.isOfRefund ? refundID : nil), .integer(1),
                ]
            })
        try Self.takeIn(changes.takenIn, in: db)
        try db.run(
            """
            INSERT INTO stock_movement (product_id, kind, quantity, order_id, reason, unit_cost_minor, person,
                created_at, cost_minor, refund_id, costed)
            SELECT * FROM \(rows.source)
            """, rows.arguments)
    }

    /// None of the products' movements waits any more.
    static func takeIn(_ products: some Collection<Int64>, in db: Database) throws {
        guard !products.isEmpty else { return }
        try db.run(
            """
            UPDATE stock_movement SET costed = 1
            WHERE costed = 0 AND product_id IN (SELECT value FROM json_each(?))
            """, [JSONText.list(products.sorted())])
    }

    /// Notes since when products have to be counted; only such ones can come below zero.
    private func noteDue(_ products: Set<Int64>) throws {
        guard !products.isEmpty else { return }
        try db.run(
            """
            UPDATE product SET count_due_at = COALESCE(count_due_at, ?)
            WHERE id IN (SELECT value FROM json_each(?))
            """, [now.milliseconds, JSONText.list(products.sorted())])
    }

    private func noteCounted(_ products: Set<Int64>) throws {
        guard !products.isEmpty else { return }
        try db.run(
            "UPDATE product SET count_due_at = NULL WHERE id IN (SELECT value FROM json_each(?))",
            [JSONText.list(products.sorted())])
    }

    // MARK: - Keys

    private func insert(_ key: NewKey, _ ids: StoredOrderIDs, refundID: Int64?) throws {
        try db.run(
            """
            INSERT INTO idempotency (key, operation, user_id, fingerprint, order_id, refund_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                key.key.text, key.operation.rawValue, key.userID, Data(Fingerprint.bytes(of: key.content)),
                ids.id(key.order), key.operation == .refund ? refundID : nil, now.milliseconds,
            ])
    }
}
