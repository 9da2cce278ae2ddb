import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

/// Returns without a receipt as rows of `refund`, `loose_return` and `loose_return_item`.
struct LooseReturnRecord {
    let db: Database
    let currency: Currency

    func find(_ id: Int64) throws -> LooseReturn? {
        let (lines, tenders, card) = try (lines(of: id), tenders(of: id), card(of: id))
        return try db.row(
            """
            SELECT refund.*, loose_return.name, customer_id FROM refund
            JOIN loose_return ON refund_id = refund.id WHERE refund.id = ?
            """, [id]
        ) { row in
            guard let number = try row.documentNumber() else { return nil }
            return LooseReturn(
                id: id, number: number, lines: lines, reason: row["reason"], name: row["name"],
                customerID: row["customer_id"], tenders: tenders, amount: row.money("amount_minor", currency),
                rounding: row.money("rounding_minor", currency), card: card, operatorID: row["operator_id"],
                till: row["till"], at: row.timestamp("created_at"))
        } ?? nil
    }

    func id(of number: DocumentNumber) throws -> Int64? {
        try db.value(
            Int64.self,
            """
            SELECT id FROM refund
            WHERE number_kind = ? AND number_till = ? AND number_position = ? AND order_id IS NULL
            """, [number.series.kind.rawValue, number.series.till, number.position])
    }

    func kept(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptReturn? {
        try db.first(
            "SELECT fingerprint, refund_id FROM loose_return WHERE user_id = ? AND key = ?",
            [userID, key.text]
        ) { columns in
            KeptReturn(
                isSameContent: columns.next() == Data(Fingerprint.bytes(of: content)), id: columns.next())
        }
    }

    func lowestPrices(of productIDs: [Int64], since: Timestamp) throws -> [Int64: Money] {
        try db.list(
            """
            SELECT product_id, MIN(COALESCE(list_price_minor, unit_price_minor)) FROM orders
            CROSS JOIN order_item ON order_item.order_id = orders.id
            WHERE orders.created_at >= ? AND orders.status <> 'cancelled'
                AND product_id IN (SELECT value FROM json_each(?))
            GROUP BY product_id
            """, [since.milliseconds, JSONText.list(productIDs)]
        ) { ($0.next() as Int64, $0.money(currency)) }.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    private func lines(of id: Int64) throws -> [LooseReturn.Line] {
        try db.list(
            """
            SELECT product_id, product_name, sku, quantity, unit_price_minor, amount_minor, tax_minor,
                tax_rate_numerator, tax_rate_denominator, tax_class, restocks
            FROM loose_return_item WHERE refund_id = ? ORDER BY position
            """, [id]
        ) { columns in
            let (product, name): (Int64, String) = (columns.next(), columns.next())
            let (sku, quantity): (String?, Int) = (columns.optional(), columns.next())
            let (price, amount, tax) = (
                columns.money(currency), columns.money(currency), columns.money(currency)
            )
            let (numerator, denominator): (Int64, Int64) = (columns.next(), columns.next())
            return LooseReturn.Line(
                productID: product, name: name, sku: sku, quantity: quantity, unitPrice: price,
                amount: amount, tax: tax,
                taxRate: Rate(numerator: numerator, denominator: denominator) ?? .zero,
                taxClass: columns.optional(), restocks: columns.next())
        }
    }

    private func tenders(of id: Int64) throws -> [Refund.Tender] {
        try db.list(
            """
            SELECT \(PaymentMethodRecord.columns), refund_tender.amount_minor, approval_code
            FROM refund_tender JOIN payment_method ON payment_method.id = refund_tender.method_id
            WHERE refund_id = ? ORDER BY refund_tender.position
            """, [id]
        ) { columns in
            Refund.Tender(
                paymentID: nil, method: try PaymentMethodRecord.method(&columns),
                amount: columns.money(currency), approvalCode: columns.optional())
        }
    }

    private func card(of id: Int64) throws -> GiftCard? {
        let cardID = try db.value(
            Int64.self, "SELECT card_id FROM gift_card_movement WHERE refund_id = ?", [id])
        return try cardID.flatMap { try GiftCardRecord(db: db, currency: currency).find($0) }
    }

    /// - Returns: its id.
    func insert(_ new: NewLooseReturn) throws -> Int64 {
        let back = new.document
        try db.run(
            """
            INSERT INTO refund (reason, amount_minor, rounding_minor, operator_id, till, shift_id, created_at,
                number_kind, number_till, number_position, booked_on)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                back.reason, back.amount.minorUnits, back.rounding.minorUnits, back.operatorID, back.till,
                new.shiftID, back.at.milliseconds, back.number.series.kind.rawValue, back.number.series.till,
                back.number.position, back.operatorID,
            ])
        let id = db.lastInsertedRowID
        try db.run(
            """
            INSERT INTO loose_return (refund_id, name, customer_id, key, user_id, fingerprint)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                id, back.name, back.customerID, new.key.text, back.operatorID,
                Data(Fingerprint.bytes(of: new.content)),
            ])
        let lines = back.lines.map { line -> [CanonicalJSON] in
            [
                .integer(line.productID), .text(line.name), .optional(line.sku), .number(line.quantity),
                .minor(line.unitPrice), .minor(line.amount), .minor(line.tax),
                .integer(line.taxRate.numerator), .integer(line.taxRate.denominator),
                .optional(line.taxClass), .integer(line.restocks ? 1 : 0),
            ]
        }
        try db.run(
            """
            INSERT INTO loose_return_item (refund_id, position, product_id, product_name, sku, quantity,
                unit_price_minor, amount_minor, tax_minor, tax_rate_numerator, tax_rate_denominator, tax_class,
                restocks)
            SELECT ?, key, value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6,
                value ->> 7, value ->> 8, value ->> 9, value ->> 10
            FROM json_each(?)
            """, [id, JSONText.rows(lines)])
        for (position, tender) in back.tenders.enumerated() {
            try db.run(
                """
                INSERT INTO refund_tender (refund_id, position, method_id, amount_minor, approval_code)
                VALUES (?, ?, ?, ?, ?)
                """,
                [id, position, tender.method.id, tender.amount.minorUnits, tender.approvalCode])
        }
        return id
    }
}
