import GRDB
import StoreDomain

/// What came back of earlier sales within sales. However many sales, three queries read it.
struct GoodsBackRecord {
    let db: Database
    let currency: Currency

    /// By the sale that it is a part of.
    func goods(of orderIDs: [Int64]) throws -> [Int64: GoodsBack] {
        let ids = JSONText.list(orderIDs)
        let (lines, tenders) = try (lines(ids), tenders(ids))
        return try db.list(
            """
            SELECT exchange_order_id, refund.id, refund.order_id, orders.number_kind, orders.number_till,
                orders.number_position, reason, amount_minor + refund.rounding_minor
            FROM json_each(?) AS wanted CROSS JOIN refund ON exchange_order_id = wanted.value
            JOIN orders ON orders.id = refund.order_id
            """, [ids]
        ) { columns in
            let exchangeID: Int64 = columns.next()
            let refundID: Int64 = columns.next()
            return (
                exchangeID,
                GoodsBack(
                    refundID: refundID, orderID: columns.next(), number: try columns.documentNumber(),
                    reason: columns.next(), lines: lines[refundID] ?? [], given: columns.money(currency),
                    handedOut: tenders[refundID] ?? [])
            )
        }.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    private func lines(_ ids: String) throws -> [Int64: [GoodsBack.Line]] {
        try db.groups(
            """
            SELECT refund.id, product_name, refund_item.quantity, refund_item.amount_minor,
                refund_item.tax_minor,
                CASE WHEN exemption_reason IS NULL THEN tax_rate_numerator END,
                CASE WHEN exemption_reason IS NULL THEN tax_rate_denominator END, restocks
            FROM json_each(?) AS wanted CROSS JOIN refund ON exchange_order_id = wanted.value
            JOIN refund_item ON refund_item.refund_id = refund.id
            JOIN order_item ON order_item.id = item_id JOIN orders ON orders.id = refund.order_id
            ORDER BY refund.id, position
            """, [ids]
        ) { columns in
            (
                columns.next(),
                GoodsBack.Line(
                    name: columns.next(), quantity: columns.next(), amount: columns.money(currency),
                    tax: columns.money(currency), taxRate: rate(columns.optional(), columns.optional()),
                    restocks: columns.next())
            )
        }
    }

    private func rate(_ numerator: Int64?, _ denominator: Int64?) -> Rate? {
        guard let numerator, let denominator else { return nil }
        return Rate(numerator: numerator, denominator: denominator)
    }

    /// What was handed out.
    private func tenders(_ ids: String) throws -> [Int64: [Refund.Tender]] {
        try db.groups(
            """
            SELECT refund.id, payment_id, \(PaymentMethodRecord.columns), refund_tender.amount_minor,
                approval_code
            FROM json_each(?) AS wanted CROSS JOIN refund ON exchange_order_id = wanted.value
            JOIN refund_tender ON refund_tender.refund_id = refund.id
            JOIN payment_method ON payment_method.id = refund_tender.method_id
            WHERE moved = 0 ORDER BY refund.id, refund_tender.position
            """, [ids]
        ) { columns in
            (
                columns.next(),
                Refund.Tender(
                    paymentID: columns.optional(), method: try PaymentMethodRecord.method(&columns),
                    amount: columns.money(currency), approvalCode: columns.optional())
            )
        }
    }
}
