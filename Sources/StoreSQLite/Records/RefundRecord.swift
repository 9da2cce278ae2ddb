import GRDB
import StoreDomain

/// Refunds as rows of `refund`, `refund_item` and `refund_tender`.
struct RefundRecord {
    let db: Database
    let currency: Currency

    /// The refunds of an order, in their order.
    func refunds(of orderID: Int64) throws -> [Refund] {
        let (lines, tenders) = try (lines(of: orderID), tenders(of: orderID))
        return try db.rows(
            """
            SELECT *, -(SELECT COALESCE(SUM(amount_minor), 0) FROM gift_card_movement
                WHERE refund_id = refund.id AND kind = 'take-back') AS gift_cards_minor
            FROM refund WHERE order_id = ? ORDER BY id
            """, [orderID]
        ) { row in
            Refund(
                id: row["id"], orderID: orderID, number: try row.documentNumber(),
                lines: lines[row["id"]] ?? [], reason: row["reason"], tenders: tenders[row["id"]] ?? [],
                amount: row.money("amount_minor", currency),
                giftCards: row.money("gift_cards_minor", currency),
                rounding: row.money("rounding_minor", currency),
                operatorID: row["operator_id"], till: row["till"], at: row.timestamp("created_at"),
                kind: try row.word("refund_kind"), bookedOn: row["booked_on"])
        }
    }

    private func lines(of orderID: Int64) throws -> [Int64: [Refund.Line]] {
        try db.groups(
            """
            SELECT refund_id, item_id, quantity, refund_item.amount_minor, tax_minor, restocks
            FROM refund JOIN refund_item ON refund_item.refund_id = refund.id
            WHERE refund.order_id = ? ORDER BY refund_id, position
            """, [orderID]
        ) { columns in
            (
                columns.next(),
                Refund.Line(
                    itemID: columns.next(), quantity: columns.next(), amount: columns.money(currency),
                    tax: columns.money(currency), restocks: columns.next())
            )
        }
    }

    private func tenders(of orderID: Int64) throws -> [Int64: [Refund.Tender]] {
        try db.groups(
            """
            SELECT refund_id, payment_id, \(PaymentMethodRecord.columns), refund_tender.amount_minor, approval_code
            FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
            JOIN payment_method ON payment_method.id = refund_tender.method_id
            WHERE refund.order_id = ? ORDER BY refund_id, refund_tender.position
            """, [orderID]
        ) { columns in
            (
                columns.next(),
                Refund.Tender(
                    paymentID: columns.optional(), method: try PaymentMethodRecord.method(&columns),
                    amount: columns.money(currency), approvalCode: columns.optional())
            )
        }
    }

    /// - Returns: its id.
    func insert(_ new: NewRefund) throws -> Int64 {
        let refund = new.refund
        try db.run(
            """
            INSERT INTO refund (order_id, reason, amount_minor, rounding_minor, operator_id, till, shift_id,
                created_at, number_kind, number_till, number_position, refund_kind, booked_on)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                refund.orderID, refund.reason, refund.amount.minorUnits, refund.rounding.minorUnits,
                refund.operatorID, refund.till, new.shiftID, refund.at.milliseconds,
                refund.number?.series.kind.rawValue, refund.number?.series.till, refund.number?.position,
                refund.kind.rawValue, refund.bookedOn,
            ])
        let id = db.lastInsertedRowID
        let lines = refund.lines.map { line -> [CanonicalJSON] in
            [
                .integer(line.itemID), .number(line.quantity), .minor(line.amount), .minor(line.tax),
                .integer(line.restocks ? 1 : 0),
            ]
        }
        try db.run(
            """
            INSERT INTO refund_item (refund_id, position, item_id, quantity, amount_minor, tax_minor, restocks)
            SELECT ?, key, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)
            """, [id, JSONText.rows(lines)])
        let tenders = refund.tenders.map { tender -> [CanonicalJSON] in
            [
                .optional(tender.paymentID), .text(tender.method.id), .minor(tender.amount),
                .optional(tender.approvalCode),
            ]
        }
        try db.run(
            """
            INSERT INTO refund_tender (refund_id, position, payment_id, method_id, amount_minor, approval_code)
            SELECT ?, key, value ->> 0, value ->> 1, value ->> 2, value ->> 3 FROM json_each(?)
            """, [id, JSONText.rows(tenders)])
        return id
    }
}
