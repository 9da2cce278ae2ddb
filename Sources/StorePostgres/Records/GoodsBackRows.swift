import StoreDomain

/// What came back of earlier sales within sales. However many sales, three queries read it.
struct GoodsBackRows {
    let db: PostgresConnection

    /// By the sale that it is a part of.
    func goods(of orderIDs: [Int64]) throws -> [Int64: GoodsBack] {
        let ids = PostgresValue.list(orderIDs)
        let (lines, tenders) = try (lines(ids), tenders(ids))
        return try db.rows(
            """
            SELECT exchange_order_id, refund.id, refund.order_id, orders.number_kind, orders.number_till,
                orders.number_position, reason, amount + refund.rounding
            FROM refund JOIN orders ON orders.id = refund.order_id WHERE exchange_order_id = ANY($1::int[])
            """, [ids]
        ) { row in
            let exchangeID = try row.next(Int64.self)
            let refundID = try row.next(Int64.self)
            return (
                exchangeID,
                try GoodsBack(
                    refundID: refundID, orderID: row.next(), number: row.documentNumber(), reason: row.next(),
                    lines: lines[refundID] ?? [], given: row.money(), handedOut: tenders[refundID] ?? [])
            )
        }.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }

    private func lines(_ ids: PostgresValue) throws -> [Int64: [GoodsBack.Line]] {
        try db.groups(
            """
            SELECT refund.id, product_name, refund_item.quantity, refund_item.amount, refund_item.tax,
                CASE WHEN exemption_reason IS NULL THEN tax_rate_numerator END,
                CASE WHEN exemption_reason IS NULL THEN tax_rate_denominator END, restocks
            FROM refund JOIN refund_item ON refund_item.refund_id = refund.id
            JOIN order_items ON order_items.id = item_id JOIN orders ON orders.id = refund.order_id
            WHERE exchange_order_id = ANY($1::int[]) ORDER BY refund.id, position
            """, [ids]
        ) { row in
            (
                try row.next(),
                try GoodsBack.Line(
                    name: row.next(), quantity: row.next(), amount: row.money(), tax: row.money(),
                    taxRate: row.rate(), restocks: row.next())
            )
        }
    }

    /// What was handed out.
    private func tenders(_ ids: PostgresValue) throws -> [Int64: [Refund.Tender]] {
        try db.groups(
            """
            SELECT refund.id, payment_id, \(PaymentMethodRows.columns), refund_tender.amount, approval_code
            FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
            JOIN payment_method ON payment_method.id = refund_tender.method_id
            WHERE exchange_order_id = ANY($1::int[]) AND NOT moved ORDER BY refund.id, refund_tender.position
            """, [ids]
        ) { row in
            (
                try row.next(),
                try Refund.Tender(
                    paymentID: row.optional(), method: PaymentMethodRows.method(&row), amount: row.money(),
                    approvalCode: row.optional())
            )
        }
    }
}
