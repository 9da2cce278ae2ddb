import StoreCrypto
import StoreDomain
import StoreService

/// Returns without a receipt as rows of `refund`, `loose_return` and `loose_return_item`.
struct LooseReturnRows {
    let db: PostgresConnection

    func find(_ id: Int64) throws -> LooseReturn? {
        let (lines, tenders, card) = try (lines(of: id), tenders(of: id), card(of: id))
        return try db.row(
            """
            SELECT number_kind, number_till, number_position, reason, name, customer_id, amount, rounding,
                operator_id, till, created_at
            FROM refund JOIN loose_return ON refund_id = refund.id WHERE refund.id = $1
            """, [id]
        ) { row in
            guard let number = try row.documentNumber() else {
                throw PostgresFailure.corrupt("return \(id) has no number")
            }
            return try LooseReturn(
                id: id, number: number, lines: lines, reason: row.next(), name: row.next(),
                customerID: row.optional(), tenders: tenders, amount: row.money(), rounding: row.money(),
                card: card, operatorID: row.next(), till: row.next(), at: row.next())
        }
    }

    func id(of number: DocumentNumber) throws -> Int64? {
        try db.value(
            Int64.self,
            """
            SELECT id FROM refund
            WHERE number_kind = $1 AND number_till = $2 AND number_position = $3 AND order_id IS NULL
            """, [number.series.kind.rawValue, number.series.till, number.position])
    }

    /// - Parameter locks: whether a twin waits here until the first try has ended.
    func kept(_ key: IdempotencyKey, userID: Int64, content: String, locks: Bool) throws -> KeptReturn? {
        if locks { db.hold("key|return|\(userID)|\(key.text)") }
        return try db.row(
            "SELECT fingerprint, refund_id FROM loose_return WHERE user_id = $1 AND key = $2",
            [userID, key.text]
        ) { row in
            let isSame = try row.next([UInt8].self) == Fingerprint.bytes(of: content)
            return KeptReturn(isSameContent: isSame, id: try row.next())
        }
    }

    func lowestPrices(of productIDs: [Int64], since: Timestamp) throws -> [Int64: Money] {
        try db.rows(
            """
            SELECT product_id, MIN(COALESCE(list_price, unit_price)) FROM orders
            JOIN order_items ON order_items.order_id = orders.id
            WHERE orders.created_at >= $1 AND orders.status <> 'cancelled' AND product_id = ANY($2::int[])
            GROUP BY product_id
            """, [since, PostgresValue.list(productIDs.filter(\.isRowID))]
        ) { row in (try row.next(Int64.self), try row.money()) }.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    private func lines(of id: Int64) throws -> [LooseReturn.Line] {
        try db.rows(
            """
            SELECT product_id, product_name, sku, quantity, unit_price, amount, tax, tax_rate_numerator,
                tax_rate_denominator, tax_class, restocks
            FROM loose_return_item WHERE refund_id = $1 ORDER BY position
            """, [id]
        ) { row in
            try LooseReturn.Line(
                productID: row.next(), name: row.next(), sku: row.optional(), quantity: row.next(),
                unitPrice: row.money(), amount: row.money(), tax: row.money(), taxRate: row.rate() ?? .zero,
                taxClass: row.optional(), restocks: row.next())
        }
    }

    private func tenders(of id: Int64) throws -> [Refund.Tender] {
        try db.rows(
            """
            SELECT \(PaymentMethodRows.columns), refund_tender.amount, approval_code
            FROM refund_tender JOIN payment_method ON payment_method.id = refund_tender.method_id
            WHERE refund_id = $1 ORDER BY refund_tender.position
            """, [id]
        ) { row in
            try Refund.Tender(
                paymentID: nil, method: PaymentMethodRows.method(&row), amount: row.money(),
                approvalCode: row.optional())
        }
    }

    private func card(of id: Int64) throws -> GiftCard? {
        let cardID = try db.value(
            Int64.self, "SELECT card_id FROM gift_card_movement WHERE refund_id = $1", [id])
        return try cardID.flatMap { try GiftCardRows(db: db).find($0, locks: false) }
    }

    /// - Returns: its id.
    func insert(_ new: NewLooseReturn) throws -> Int64 {
        let back = new.document
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO refund (reason, amount, rounding, operator_id, till, shift_id, created_at, number_kind,
                number_till, number_position, booked_on)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id
            """,
            [
                back.reason, back.amount, back.rounding, back.operatorID, back.till, new.shiftID, back.at,
                back.number.series.kind.rawValue, back.number.series.till, back.number.position,
                back.operatorID,
            ])
        guard let id else { throw PostgresFailure.corrupt("a new return has no id") }
        try db.run(
            """
            INSERT INTO loose_return (refund_id, name, customer_id, key, user_id, fingerprint)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [
                id, back.name, back.customerID, new.key.text, back.operatorID,
                PostgresValue.bytes(Fingerprint.bytes(of: new.content)),
            ])
        let lines = back.lines.map { line -> [CanonicalJSON] in
            [
                .integer(line.productID), .text(line.name), .optional(line.sku), .number(line.quantity),
                .amount(line.unitPrice), .amount(line.amount), .amount(line.tax),
                .integer(line.taxRate.numerator), .integer(line.taxRate.denominator),
                .optional(line.taxClass), .bool(line.restocks),
            ]
        }
        try db.run(
            """
            INSERT INTO loose_return_item (refund_id, position, product_id, product_name, sku, quantity, unit_price,
                amount, tax, tax_rate_numerator, tax_rate_denominator, tax_class, restocks)
            SELECT $1::int, place - 1, (value ->> 0)::int, value ->> 1, value ->> 2, (value ->> 3)::int,
                (value ->> 4)::numeric, (value ->> 5)::numeric, (value ->> 6)::numeric, (value ->> 7)::bigint,
                (value ->> 8)::bigint, value ->> 9, (value ->> 10)::boolean
            FROM json_array_elements($2::json) WITH ORDINALITY AS line (value, place)
            """, [id, PostgresValue.rows(lines)])
        for (position, tender) in back.tenders.enumerated() {
            try db.run(
                """
                INSERT INTO refund_tender (refund_id, position, method_id, amount, approval_code)
                VALUES ($1, $2, $3, $4, $5)
                """, [id, position, tender.method.id, tender.amount, tender.approvalCode])
        }
        return id
    }
}
