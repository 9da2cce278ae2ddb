import StoreDomain

/// Refunds as rows of `refund`, `refund_item` and `refund_tender`.
struct RefundRows {
    let db: PostgresConnection

    /// The refunds of an order, in their order.
    func refunds(of orderID: Int64) throws -> [Refund] {
        let (lines, tenders) = try (lines(of: orderID), tenders(of: orderID))
        return try db.rows(
            """
            SELECT id, number_kind, number_till, number_position, reason, amount, rounding, operator_id, till,
                created_at, refund_kind, booked_on, exchange_order_id, journal_mark,
                -(SELECT COALESCE(SUM(amount), 0) FROM gift_card_movement
                    WHERE refund_id = refund.id AND kind = 'take-back')
            FROM refund WHERE order_id = $1 ORDER BY id
            """, [orderID]
        ) { row in
            let id = try row.next(Int64.self)
            let (number, reason) = try (row.documentNumber(), row.next(String.self))
            let (amount, rounding) = try (row.money(), row.money())
            let (person, till) = try (row.next(Int64.self), row.next(String.self))
            let (at, kind) = try (row.next(Timestamp.self), row.word() as RefundKind)
            let bookedOn = try row.optional(Int64.self)
            let exchangeID = try row.optional(Int64.self)
            let journalMark = try row.optional(String.self)
            return Refund(
                id: id, orderID: orderID, number: number, lines: lines[id] ?? [], reason: reason,
                tenders: tenders[id] ?? [], amount: amount, giftCards: try row.money(), rounding: rounding,
                operatorID: person, till: till, at: at, kind: kind, bookedOn: bookedOn,
                exchangeID: exchangeID, journalMark: journalMark)
        }
    }

    private func lines(of orderID: Int64) throws -> [Int64: [Refund.Line]] {
        try db.groups(
            """
            SELECT refund_id, item_id, quantity, refund_item.amount, refund_item.tax, restocks
            FROM refund JOIN refund_item ON refund_item.refund_id = refund.id
            WHERE refund.order_id = $1 ORDER BY refund_id, position
            """, [orderID]
        ) { row in
            (
                try row.next(),
                try Refund.Line(
                    itemID: row.next(), quantity: row.next(), amount: row.money(), tax: row.money(),
                    restocks: row.next())
            )
        }
    }

    private func tenders(of orderID: Int64) throws -> [Int64: [Refund.Tender]] {
        try db.groups(
            """
            SELECT refund_id, payment_id, \(PaymentMethodRows.columns), refund_tender.amount, approval_code,
                moved
            FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
            JOIN payment_method ON payment_method.id = refund_tender.method_id
            WHERE refund.order_id = $1 ORDER BY refund_id, refund_tender.position
            """, [orderID]
        ) { row in
            (
                try row.next(),
                try Refund.Tender(
                    paymentID: row.optional(), method: PaymentMethodRows.method(&row), amount: row.money(),
                    approvalCode: row.optional(), isMoved: row.next())
            )
        }
    }

    /// - Parameter exchangeID: the sale that it is a part of.
    /// - Returns: its id.
    func insert(_ new: NewRefund, exchangeID: Int64?) throws -> Int64 {
        let refund = new.refund
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO refund (order_id, reason, amount, rounding, operator_id, till, shift_id, created_at,
                number_kind, number_till, number_position, refund_kind, booked_on, exchange_order_id)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) RETURNING id
            """,
            [
                refund.orderID, refund.reason, refund.amount, refund.rounding, refund.operatorID, refund.till,
                new.shiftID, refund.at, refund.number?.series.kind.rawValue, refund.number?.series.till,
                refund.number?.position, refund.kind.rawValue, refund.bookedOn, exchangeID,
            ])
        guard let id else { throw PostgresFailure.corrupt("a new refund has no id") }
        let lines = refund.lines.map { line -> [CanonicalJSON] in
            [
                .integer(line.itemID), .number(line.quantity), .amount(line.amount), .amount(line.tax),
                .bool(line.restocks),
            ]
        }
        try db.run(
            """
            INSERT INTO refund_item (refund_id, position, item_id, quantity, amount, tax, restocks)
            SELECT $1::int, place - 1, (value ->> 0)::int, (value ->> 1)::int, (value ->> 2)::numeric,
                (value ->> 3)::numeric, (value ->> 4)::boolean
            FROM json_array_elements($2::json) WITH ORDINALITY AS line (value, place)
            """, [id, PostgresValue.rows(lines)])
        let tenders = refund.tenders.map { tender -> [CanonicalJSON] in
            [
                .optional(tender.paymentID), .text(tender.method.id), .amount(tender.amount),
                .optional(tender.approvalCode), .bool(tender.isMoved),
            ]
        }
        try db.run(
            """
            INSERT INTO refund_tender (refund_id, position, payment_id, method_id, amount, approval_code, moved)
            SELECT $1::int, place - 1, (value ->> 0)::int, value ->> 1, (value ->> 2)::numeric, value ->> 3,
                (value ->> 4)::boolean
            FROM json_array_elements($2::json) WITH ORDINALITY AS tender (value, place)
            """, [id, PostgresValue.rows(tenders)])
        return id
    }
}
