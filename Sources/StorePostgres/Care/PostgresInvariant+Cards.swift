// Gift cards and store credit.
extension PostgresInvariant {
    static let cardBalances = PostgresInvariant(
        "Gift card %s has a balance of %s, but its movements add up to %s.",
        ["gift_card.id", "balance", "COALESCE(moved, 0)"],
        from: """
            FROM gift_card LEFT JOIN (SELECT card_id, SUM(amount) AS moved FROM gift_card_movement GROUP BY card_id)
                AS ledger ON card_id = gift_card.id
            WHERE balance < 0 OR balance <> COALESCE(moved, 0)
            """)

    // Each movement says the balance behind it.
    static let cardSteps = PostgresInvariant(
        "Movement %s of gift card %s says another balance than there was.", ["id", "card_id"],
        from: """
            FROM (SELECT card_id, id, left_amount, SUM(amount) OVER (PARTITION BY card_id ORDER BY id) AS found
                FROM gift_card_movement) AS step WHERE left_amount <> found
            """)

    static let cardPayments = PostgresInvariant(
        "Payment %s of order %s was taken from a gift card that does not know it.",
        ["payment.id", "payment.order_id"],
        from: """
            FROM payment JOIN payment_method ON payment_method.id = method_id
                AND payment_method.kind IN ('gift-card', 'store-credit')
            LEFT JOIN gift_card_movement AS movement ON movement.payment_id = payment.id
            WHERE payment.amount <> -COALESCE(movement.amount, 0)
                OR movement.order_id IS NOT NULL AND movement.order_id <> payment.order_id
            """)

    static let cardRefunds = PostgresInvariant(
        "What refund %s gave to gift cards is not what their movements say.", ["refund_id"],
        from: """
            FROM (SELECT refund_id, SUM(given) AS given, SUM(booked) AS booked FROM (
                SELECT refund_id, amount AS given, 0 AS booked FROM refund_tender
                JOIN payment_method ON payment_method.id = method_id
                WHERE payment_method.kind IN ('gift-card', 'store-credit')
                UNION ALL SELECT refund_id, 0, amount FROM gift_card_movement WHERE kind = 'refund'
            ) AS parts GROUP BY refund_id) AS sums WHERE given <> booked
            """)
}
