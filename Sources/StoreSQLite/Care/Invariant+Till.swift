import GRDB

// Refunds, numbers and shifts.
extension Invariant {
    // MARK: - Σ refunds = refunded, line by line and tender by tender

    static let refunds = Invariant(
        """
        SELECT orders.id, orders.status, refunded_minor, COALESCE(given, 0) AS given FROM orders
        LEFT JOIN (SELECT order_id, SUM(amount_minor) AS given FROM refund GROUP BY order_id) AS back
            ON back.order_id = orders.id
        WHERE COALESCE(given, 0) <> refunded_minor OR refunded_minor > total_minor
            OR (back.order_id IS NOT NULL) <> (status IN ('partially_refunded', 'refunded'))
        """
    ) {
        """
        Order \($0.text("id")) is \($0.text("status")) with \($0.text("refunded_minor")) (minor units) booked as \
        refunded, but its refunds come to \($0.text("given")).
        """
    }

    // A refund from before refunds had numbers may be of money alone, without lines.
    static let refundFigures = Invariant(
        """
        SELECT id, amount_minor FROM refund WHERE amount_minor + rounding_minor
                - (SELECT COALESCE(SUM(amount_minor), 0) FROM gift_card_movement
                    WHERE refund_id = refund.id AND kind = 'take-back')
                <> (SELECT COALESCE(SUM(amount_minor), 0) FROM refund_tender WHERE refund_id = refund.id)
            OR amount_minor <> COALESCE((SELECT SUM(amount_minor) FROM refund_item WHERE refund_id = refund.id),
                (SELECT SUM(amount_minor) FROM loose_return_item WHERE refund_id = refund.id),
                CASE WHEN number_position IS NULL THEN amount_minor ELSE 0 END)
            OR (order_id IS NULL) <> EXISTS (SELECT 1 FROM loose_return WHERE refund_id = refund.id)
        """
    ) {
        """
        The lines or tenders of refund \($0.text("id")) do not add up to its \($0.text("amount_minor")) (minor \
        units).
        """
    }

    static let returned = Invariant(
        """
        SELECT order_item.id, order_id, returned, COALESCE(back, 0) AS back FROM order_item
        LEFT JOIN (SELECT item_id, SUM(quantity) AS back FROM refund_item GROUP BY item_id) AS document
            ON document.item_id = order_item.id
        WHERE returned <> COALESCE(back, 0)
        """
    ) {
        """
        Line \($0.text("id")) of order \($0.text("order_id")) says that \($0.text("returned")) came back, its \
        refunds that \($0.text("back")) did.
        """
    }

    static let tenders = Invariant(
        """
        SELECT payment.id, payment.order_id FROM payment
        JOIN refund_tender ON refund_tender.payment_id = payment.id
        JOIN refund ON refund.id = refund_tender.refund_id
        GROUP BY payment.id
        HAVING SUM(refund_tender.amount_minor) > payment.amount_minor
            OR SUM(refund.order_id <> payment.order_id) > 0
        """
    ) {
        """
        More than payment \($0.text("id")) of order \($0.text("order_id")) went back to it, or another order's \
        money did.
        """
    }

    // MARK: - What goods back are worth pays for what was taken

    static let exchanges = Invariant(
        """
        SELECT COALESCE(order_id, 'none') AS id, SUM(amount) AS differs FROM (
            SELECT order_id, moved_from, amount_minor AS amount FROM payment WHERE moved_from IS NOT NULL
            UNION ALL SELECT exchange_order_id, payment_id, -refund_tender.amount_minor
            FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id WHERE moved = 1
        ) GROUP BY order_id, moved_from HAVING order_id IS NULL OR SUM(amount) <> 0
        """
    ) {
        """
        Exchange \($0.text("id")) was paid with \($0.text("differs")) (minor units) more than its goods back left \
        for it.
        """
    }

    static let exchangeNumbers = Invariant(
        """
        SELECT id, order_id FROM refund WHERE exchange_order_id IS NOT NULL AND (number_position IS NOT NULL
            OR refund_kind <> 'refund' OR exchange_order_id IN (SELECT id FROM orders WHERE status = 'pending'))
        """
    ) {
        """
        Refund \($0.text("id")) of order \($0.text("order_id")) is a part of an exchange, but is not numbered and \
        settled with it.
        """
    }

    // MARK: - Numbers without gap or twin

    static let numbers = Invariant(
        """
        SELECT kind, till, SUM(last) AS last, SUM(documents) AS documents, MAX(highest) AS highest FROM (
            SELECT kind, till, last, 0 AS documents, 0 AS highest FROM number_series
            UNION ALL SELECT number_kind, number_till, 0, COUNT(DISTINCT number_position), MAX(number_position)
            FROM (SELECT number_kind, number_till, number_position FROM orders
                UNION ALL SELECT number_kind, number_till, number_position FROM refund
                UNION ALL SELECT number_kind, number_till, number_position FROM shift
                UNION ALL SELECT 'I', invoice_till, invoice_position FROM invoice)
            WHERE number_position IS NOT NULL GROUP BY number_kind, number_till
        ) GROUP BY kind, till HAVING SUM(last) <> SUM(documents) OR SUM(last) <> MAX(highest)
        """
    ) {
        """
        Series \($0.text("kind")) of till \($0.text("till")) has given \($0.text("last")) numbers, but \
        \($0.text("documents")) documents have one, the highest \($0.text("highest")).
        """
    }

    // MARK: - Shifts

    private static let cashMoved = """
        SELECT shift_id, amount_minor AS moved FROM payment JOIN payment_method ON payment_method.id = method_id
            WHERE kind = 'cash'
        UNION ALL SELECT refund.shift_id, -refund_tender.amount_minor FROM refund
            JOIN refund_tender ON refund_tender.refund_id = refund.id
            JOIN payment_method ON payment_method.id = refund_tender.method_id WHERE kind = 'cash'
        UNION ALL SELECT shift_id, CASE kind WHEN 'paid-in' THEN amount_minor ELSE -amount_minor END
            FROM cash_movement
        """

    static let expectedCash = Invariant(
        """
        SELECT shift.id, till, expected_minor, float_minor + COALESCE(cash, 0) AS found FROM shift
        LEFT JOIN (SELECT shift_id, SUM(moved) AS cash FROM (\(cashMoved)) GROUP BY shift_id) AS moves
            ON moves.shift_id = shift.id
        WHERE closed_at IS NOT NULL AND expected_minor <> found
        """
    ) {
        """
        Shift \($0.text("id")) of till \($0.text("till")) was closed with \($0.text("expected_minor")) (minor \
        units) expected, but its documents come to \($0.text("found")).
        """
    }

    // Σ tenders of a shift = its sales − its refunds + gift cards sold + rounding.
    static let balance = Invariant(
        """
        SELECT shift_id AS id, SUM(tendered) AS tendered, SUM(sold) AS sold FROM (
            SELECT shift_id, amount_minor AS tendered, 0 AS sold FROM payment
            UNION ALL SELECT shift_id, 0, total_minor + rounding_minor
            FROM (SELECT DISTINCT shift_id, order_id FROM payment) JOIN orders ON orders.id = order_id
            UNION ALL SELECT refund.shift_id, -refund_tender.amount_minor, 0
            FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
            UNION ALL SELECT shift_id, 0, -amount_minor - rounding_minor FROM refund
            UNION ALL SELECT shift_id, 0, amount_minor FROM gift_card_movement WHERE kind IN ('issue', 'take-back')
        ) WHERE shift_id IS NOT NULL GROUP BY shift_id HAVING SUM(tendered) <> SUM(sold)
        """
    ) {
        """
        The tenders of shift \($0.text("id")) come to \($0.text("tendered")) (minor units), its sales and refunds \
        to \($0.text("sold")).
        """
    }

    // What a till has sold and given back: of its last closed shift before, and of the shift itself.
    static let perpetual = Invariant(
        """
        WITH own AS (
            SELECT id, till, perpetual_sales_minor AS said, perpetual_refunds_minor AS said_back,
                (SELECT COALESCE(SUM(total_minor), 0) FROM orders
                    WHERE id IN (SELECT order_id FROM payment WHERE shift_id = shift.id)) AS sales,
                (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE shift_id = shift.id) AS refunds
            FROM shift WHERE closed_at IS NOT NULL
        )
        SELECT * FROM (
            SELECT id, till, said, said_back, SUM(sales) OVER (PARTITION BY till ORDER BY id) AS sales,
                SUM(refunds) OVER (PARTITION BY till ORDER BY id) AS refunds FROM own
        ) WHERE said <> sales OR said_back <> refunds
        """
    ) {
        """
        Shift \($0.text("id")) of till \($0.text("till")) says that the till has sold \($0.text("said")) and given \
        back \($0.text("said_back")) (minor units) in all, but its documents come to \($0.text("sales")) and \
        \($0.text("refunds")).
        """
    }

    static let counts = Invariant(
        """
        SELECT id, till, counted_minor, json_array_length(counts) AS found FROM shift
        WHERE json_array_length(counts) > 2 OR (closed_at IS NOT NULL AND json_array_length(counts) > 0
            AND counted_minor <> counts ->> '$[#-1].drawer.total.minorUnits')
        """
    ) {
        """
        Shift \($0.text("id")) of till \($0.text("till")) has \($0.text("found")) counts, and the last is not the \
        \($0.text("counted_minor")) (minor units) that it was closed with.
        """
    }
}
