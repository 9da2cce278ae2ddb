import GRDB

// Gift cards and store credit.
extension Invariant {
    static let cardBalances = Invariant(
        """
        SELECT gift_card.id, balance_minor, COALESCE(moved, 0) AS moved FROM gift_card
        LEFT JOIN (SELECT card_id, SUM(amount_minor) AS moved FROM gift_card_movement GROUP BY card_id) AS ledger
            ON card_id = gift_card.id
        WHERE balance_minor < 0 OR balance_minor <> COALESCE(moved, 0)
        """
    ) {
        """
        Gift card \($0.text("id")) has a balance of \($0.text("balance_minor")) (minor units), but its movements \
        add up to \($0.text("moved")).
        """
    }

    // Each movement says the balance behind it.
    static let cardSteps = Invariant(
        """
        SELECT card_id, id FROM (
            SELECT card_id, id, left_minor,
                SUM(amount_minor) OVER (PARTITION BY card_id ORDER BY id) AS found FROM gift_card_movement
        ) WHERE left_minor <> found
        """
    ) { "Movement \($0.text("id")) of gift card \($0.text("card_id")) says another balance than there was." }

    static let cardPayments = Invariant(
        """
        SELECT payment.id, payment.order_id FROM payment
        JOIN payment_method ON payment_method.id = method_id AND payment_method.kind IN ('gift-card', 'store-credit')
        LEFT JOIN gift_card_movement AS movement ON movement.payment_id = payment.id
        WHERE payment.amount_minor <> -COALESCE(movement.amount_minor, 0)
            OR movement.order_id IS NOT NULL AND movement.order_id <> payment.order_id
        """
    ) {
        """
        Payment \($0.text("id")) of order \($0.text("order_id")) was taken from a gift card that does not know it.
        """
    }

    static let cardRefunds = Invariant(
        """
        SELECT refund.id FROM refund JOIN (
            SELECT refund_id, SUM(given) AS given, SUM(booked) AS booked FROM (
                SELECT refund_id, amount_minor AS given, 0 AS booked FROM refund_tender
                JOIN payment_method ON payment_method.id = method_id
                WHERE payment_method.kind IN ('gift-card', 'store-credit')
                UNION ALL SELECT refund_id, 0, amount_minor FROM gift_card_movement WHERE kind = 'refund'
            ) GROUP BY refund_id
        ) AS sums ON sums.refund_id = refund.id WHERE given <> booked
        """
    ) { "What refund \($0.text("id")) gave to gift cards is not what their movements say." }
}
