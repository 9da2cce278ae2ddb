import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

/// Writes what a rule wants written. Each kind of row takes one statement, however many rows there are.
struct ChangesWriter {
    let db: Database
    let now: Timestamp
    /// Who does it; nil for the store's operator.
    let by: Int64?

    func write(_ changes: Changes) throws -> Applied {
        let new = changes.orders.first { $0.order == .new }
        let orderID = try changes.newOrder.map { try insert($0, with: new) }
        let refundID = try changes.newRefund.map {
            try RefundRecord(db: db, currency: $0.refund.amount.currency).insert($0)
        }
        let ids = OrderIDs(new: orderID)
        try change(changes.orders.filter { $0.order != .new }, ids)
        try insert(changes.payments, ids)
        try move(changes.movements, ids)
        try DiscountRecord.count(changes.discountUses, in: db)
        try NumberRecord.setLast(changes.numbers, in: db)
        try insert(changes.stranded)
        if let key = changes.key { try insert(key, ids, refundID: refundID) }
        return Applied(orderID: orderID, refundID: refundID)
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
    private func insert(_ order: NewOrder, with change: OrderChange?) throws -> Int64 {
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
        try insert(order.lines, of: id)
        return id
    }

    private func insert(_ lines: [NewOrder.Line], of orderID: Int64) throws {
        let rows = lines.map { line -> [CanonicalJSON] in
            [
                .integer(line.productID), .text(line.name), .optional(line.sku), .number(line.quantity),
                .minor(line.unitPrice), .minor(line.listPrice), .minor(line.total), .minor(line.lineDiscount),
                .minor(line.orderDiscount), .minor(line.tax), .optional(line.taxRate?.numerator),
                .optional(line.taxRate?.denominator), .optional(line.taxClass),
                .optional(line.overrideReason),
            ]
        }
        try db.run(
            """
            INSERT INTO order_item (order_id, product_id, product_name, sku, quantity, unit_price_minor,
                list_price_minor, total_minor, line_discount_minor, order_discount_minor, tax_minor,
                tax_rate_numerator, tax_rate_denominator, tax_class, override_reason)
            SELECT ?, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                value ->> 7, value ->> 8, value ->> 9, value ->> 10, value ->> 11, value ->> 12, value ->> 13
            FROM json_each(?) ORDER BY key
            """, [orderID, JSONText.rows(rows)])
    }

    private func change(_ changes: [OrderChange], _ ids: OrderIDs) throws {
        guard !changes.isEmpty else { return }
        let rows = changes.map { change -> [CanonicalJSON] in
            [
                .integer(ids.id(change.order)), .optional(change.status?.rawValue), .minor(change.rounding),
                .minor(change.refunded), .optional(change.paymentOpenedAt?.milliseconds),
                .optional(change.number?.series.kind.rawValue), .optional(change.number?.series.till),
                .optional(change.number.map { Int64($0.position) }),
            ]
        }
        // That somebody is about to pay does not make it another order.
        try db.run(
            """
            UPDATE orders SET status = COALESCE(change.value ->> 1, status),
                rounding_minor = COALESCE(change.value ->> 2, rounding_minor),
                refunded_minor = refunded_minor + COALESCE(change.value ->> 3, 0),
                payment_opened_at = COALESCE(change.value ->> 4, payment_opened_at),
                number_kind = COALESCE(change.value ->> 5, number_kind),
                number_till = COALESCE(change.value ->> 6, number_till),
                number_position = COALESCE(change.value ->> 7, number_position),
                updated_at = CASE WHEN COALESCE(change.value ->> 1, change.value ->> 2, change.value ->> 3,
                    change.value ->> 7) IS NULL THEN updated_at ELSE ? END
            FROM json_each(?) AS change WHERE orders.id = change.value ->> 0
            """, [now.milliseconds, JSONText.rows(rows)])
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

    // MARK: - Payments

    private func insert(_ payments: [NewPayment], _ ids: OrderIDs) throws {
        guard !payments.isEmpty else { return }
        let rows = payments.map { new -> [CanonicalJSON] in
            [
                .integer(ids.id(new.order)), .text(new.payment.method.id), .minor(new.payment.amount),
                .minor(new.payment.tendered), .minor(new.payment.change),
                .optional(new.payment.approvalCode), .integer(new.takenBy), .optional(new.shiftID),
                .integer(new.payment.paidAt.milliseconds),
            ]
        }
        try db.run(
            """
            INSERT INTO payment (order_id, method_id, amount_minor, tendered_minor, change_minor, approval_code,
                taken_by, shift_id, created_at)
            SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                value ->> 7, value ->> 8
            FROM json_each(?) ORDER BY key
            """, [JSONText.rows(rows)])
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

    private func move(_ movements: [NewMovement], _ ids: OrderIDs) throws {
        guard !movements.isEmpty else { return }
        let sums = movements.reduce(into: [Int64: Int]()) { $0[$1.productID, default: 0] += $1.quantity }
        let byHand = Set(movements.filter { $0.order == nil }.map(\.productID))
        let products = sums.map { id, quantity -> [CanonicalJSON] in
            [.integer(id), .number(quantity), byHand.contains(id) ? .integer(now.milliseconds) : .null]
        }
        // What a person books changes the product; what a sale takes does not.
        try db.run(
            """
            UPDATE product SET stock = stock + (change.value ->> 1),
                updated_at = COALESCE(change.value ->> 2, updated_at)
            FROM json_each(?) AS change WHERE product.id = change.value ->> 0
            """, [JSONText.rows(products)])
        let rows = movements.map { movement -> [CanonicalJSON] in
            [
                .integer(movement.productID), .text(movement.kind.rawValue), .number(movement.quantity),
                .optional(movement.order.map(ids.id)), .optional(movement.reason), .minor(movement.unitCost),
            ]
        }
        try db.run(
            """
            INSERT INTO stock_movement (product_id, kind, quantity, order_id, reason, unit_cost_minor, person,
                created_at)
            SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, ?, ?
            FROM json_each(?) ORDER BY key
            """, [by, now.milliseconds, JSONText.rows(rows)])
    }

    // MARK: - Keys

    private func insert(_ key: NewKey, _ ids: OrderIDs, refundID: Int64?) throws {
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
