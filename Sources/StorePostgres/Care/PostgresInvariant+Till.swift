// Refunds, numbers and shifts.
extension PostgresInvariant {
    // MARK: - Σ refunds = refunded, line by line and tender by tender

    static let refunds = PostgresInvariant(
        "Order %s is %s with %s booked as refunded, but its refunds come to %s.",
        ["id", "status", "refunded", "COALESCE(given, 0)"],
        from: """
            FROM orders LEFT JOIN (SELECT order_id, SUM(amount) AS given FROM refund GROUP BY order_id) AS back
                ON back.order_id = orders.id
            WHERE COALESCE(given, 0) <> refunded OR refunded > total
                OR (back.order_id IS NOT NULL) <> (status IN ('partially_refunded', 'refunded'))
            """)

    static let refundFigures = PostgresInvariant(
        "The lines or tenders of refund %s do not add up to its %s.", ["id", "amount"],
        from: """
            FROM refund WHERE amount + rounding
                    - (SELECT COALESCE(SUM(amount), 0) FROM gift_card_movement
                        WHERE refund_id = refund.id AND kind = 'take-back')
                    <> (SELECT COALESCE(SUM(amount), 0) FROM refund_tender WHERE refund_id = refund.id)
                OR amount <> (SELECT COALESCE(SUM(amount), 0) FROM refund_item WHERE refund_id = refund.id)
                    + (SELECT COALESCE(SUM(amount), 0) FROM loose_return_item WHERE refund_id = refund.id)
                OR (order_id IS NULL) <> EXISTS (SELECT 1 FROM loose_return WHERE refund_id = refund.id)
            """)

    static let returned = PostgresInvariant(
        "Line %s of order %s says that %s came back, its refunds that %s did.",
        ["id", "order_id", "returned", "COALESCE(back, 0)"],
        from: """
            FROM order_items LEFT JOIN (SELECT item_id, SUM(quantity) AS back FROM refund_item GROUP BY item_id)
                AS document ON document.item_id = order_items.id
            WHERE returned <> COALESCE(back, 0)
            """)

    static let tenders = PostgresInvariant(
        "More than payment %s of order %s went back to it, or another order's money did.",
        ["payment.id", "payment.order_id"],
        from: """
            FROM payment JOIN refund_tender ON refund_tender.payment_id = payment.id
            JOIN refund ON refund.id = refund_tender.refund_id
            GROUP BY payment.id HAVING SUM(refund_tender.amount) > payment.amount
                OR bool_or(refund.order_id <> payment.order_id)
            """)

    // MARK: - What goods back are worth pays for what was taken

    static let exchanges = PostgresInvariant(
        "Exchange %s was paid with %s more than its goods back left for it.",
        ["COALESCE(order_id::text, 'none')", "SUM(amount)"],
        from: """
            FROM (SELECT order_id, moved_from, amount FROM payment WHERE moved_from IS NOT NULL
                UNION ALL SELECT exchange_order_id, payment_id, -refund_tender.amount
                FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id WHERE moved) AS moves
            GROUP BY order_id, moved_from HAVING order_id IS NULL OR SUM(amount) <> 0
            """)

    static let exchangeNumbers = PostgresInvariant(
        "Refund %s of order %s is a part of an exchange, but is not numbered and settled with it.",
        ["refund.id", "refund.order_id"],
        from: """
            FROM refund LEFT JOIN orders ON orders.id = exchange_order_id
            WHERE exchange_order_id IS NOT NULL AND (refund.number_position IS NOT NULL OR refund_kind <> 'refund'
                OR orders.id IS NULL OR orders.status = 'pending')
            """)

    // MARK: - Numbers without gap or twin

    static let numbers = PostgresInvariant(
        "Series %s of till %s has given %s numbers, but %s documents have one, the highest %s.",
        ["kind", "till", "SUM(last)", "SUM(documents)", "MAX(highest)"],
        from: """
            FROM (SELECT kind, till, last, 0 AS documents, 0 AS highest FROM number_series
                UNION ALL SELECT number_kind, number_till, 0, COUNT(DISTINCT number_position), MAX(number_position)
                FROM (SELECT number_kind, number_till, number_position FROM orders
                    UNION ALL SELECT number_kind, number_till, number_position FROM refund
                    UNION ALL SELECT number_kind, number_till, number_position FROM shift
                    UNION ALL SELECT 'I', invoice_till, invoice_position FROM invoice) AS document
                WHERE number_position IS NOT NULL GROUP BY number_kind, number_till) AS series
            GROUP BY kind, till HAVING SUM(last) <> SUM(documents) OR SUM(last) <> MAX(highest)
            """)

    // MARK: - Shifts

    private static let cashMoved = """
        SELECT shift_id, amount AS moved FROM payment JOIN payment_method ON payment_method.id = method_id
            WHERE kind = 'cash'
        UNION ALL SELECT refund.shift_id, -refund_tender.amount FROM refund
            JOIN refund_tender ON refund_tender.refund_id = refund.id
            JOIN payment_method ON payment_method.id = refund_tender.method_id WHERE kind = 'cash'
        UNION ALL SELECT shift_id, CASE kind WHEN 'paid-in' THEN amount ELSE -amount END FROM cash_movement
        """

    static let expectedCash = PostgresInvariant(
        "Shift %s of till %s was closed with %s expected, but its documents come to %s.",
        ["shift.id", "till", "expected", "float_amount + COALESCE(cash, 0)"],
        from: """
            FROM shift LEFT JOIN (SELECT shift_id, SUM(moved) AS cash FROM (\(cashMoved)) AS cash_moved
                GROUP BY shift_id) AS moves ON moves.shift_id = shift.id
            WHERE closed_at IS NOT NULL AND expected <> float_amount + COALESCE(cash, 0)
            """)

    // Σ tenders of a shift = its sales − its refunds + gift cards sold + rounding.
    static let balance = PostgresInvariant(
        "The tenders of shift %s come to %s, its sales and refunds to %s.",
        ["shift_id", "SUM(tendered)", "SUM(sold)"],
        from: """
            FROM (SELECT shift_id, amount AS tendered, 0 AS sold FROM payment
                UNION ALL SELECT shift_id, 0, total + rounding
                FROM (SELECT DISTINCT shift_id, order_id FROM payment) AS paid JOIN orders ON orders.id = order_id
                UNION ALL SELECT refund.shift_id, -refund_tender.amount, 0
                FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
                UNION ALL SELECT shift_id, 0, -amount - rounding FROM refund
                UNION ALL SELECT shift_id, 0, amount FROM gift_card_movement
                WHERE kind IN ('issue', 'take-back')) AS figures
            WHERE shift_id IS NOT NULL GROUP BY shift_id HAVING SUM(tendered) <> SUM(sold)
            """)

    // What a till has sold and given back: of its closed shifts up to this one.
    static let perpetual = PostgresInvariant(
        "Shift %s of till %s says that the till has sold %s and given back %s in all, but its documents come to %s and %s.",
        ["id", "till", "said", "said_back", "sales", "refunds"],
        from: """
            FROM (SELECT id, till, said, said_back, SUM(sales) OVER (PARTITION BY till ORDER BY id) AS sales,
                    SUM(refunds) OVER (PARTITION BY till ORDER BY id) AS refunds
                FROM (SELECT id, till, perpetual_sales AS said, perpetual_refunds AS said_back,
                        (SELECT COALESCE(SUM(total), 0) FROM orders WHERE orders.id IN
                            (SELECT order_id FROM payment WHERE shift_id = shift.id)) AS sales,
                        (SELECT COALESCE(SUM(amount), 0) FROM refund WHERE shift_id = shift.id) AS refunds
                    FROM shift WHERE closed_at IS NOT NULL) AS own) AS running
            WHERE said <> sales OR said_back <> refunds
            """)

    static let counts = PostgresInvariant(
        "Shift %s of till %s has %s counts, and the last is not the %s that it was closed with.",
        ["id", "till", "json_array_length(counts::json)", "counted"],
        from: """
            FROM shift WHERE json_array_length(counts::json) > 2
                OR (closed_at IS NOT NULL AND json_array_length(counts::json) > 0 AND counted * 100
                    <> (counts::json -> -1 #>> '{drawer,total,minorUnits}')::numeric)
            """)
}
