// Stock and the figures of what was sold and paid.
extension PostgresInvariant {
    // MARK: - Initial stock + movements = stock now, ≥ 0 unless it is to be counted, and 0 where nobody counts

    static let stock = PostgresInvariant(
        "Product %s (%s) has a stock of %s, but started with %s and its movements add up to %s.",
        ["id", "name", "stock", "initial_stock", "COALESCE(moved, 0)"],
        from: """
            FROM products LEFT JOIN (SELECT product_id, SUM(quantity) AS moved FROM stock_movement
                GROUP BY product_id) AS movement ON movement.product_id = products.id
            WHERE stock < 0 AND count_due_at IS NULL OR initial_stock + COALESCE(moved, 0) <> stock
            """)

    static let untracked = PostgresInvariant(
        "Product %s (%s) sells without counting, but has a stock of %s.", ["id", "name", "stock"],
        from: "FROM products WHERE NOT tracks_stock AND stock <> 0")

    // What came back while its product was not counted was booked on no stock: of what an order has taken and of
    // which a part came back, it may hold more than what is left with its buyer, never less. An order that stands
    // again after it was cancelled took nothing of a product that was not counted then: what comes back of it is
    // booked in, and nothing is left to hold. What cancelling gave back has no reason; what a refund did has one.
    static let held = PostgresInvariant(
        "Order %s holds %s of the stock of product %s; %s are with its buyer.",
        ["held.order_id", "held", "held.product_id", "sold - returned"],
        from: """
            FROM (SELECT order_id, product_id, -SUM(quantity) AS held, COUNT(*) FILTER (WHERE kind = 'sale') AS sales,
                    COUNT(*) FILTER (WHERE kind = 'return' AND reason IS NULL) AS given_up
                FROM stock_movement WHERE order_id IS NOT NULL GROUP BY order_id, product_id) AS held
            JOIN orders ON orders.id = held.order_id
            LEFT JOIN (SELECT order_id, product_id, SUM(quantity) AS sold, SUM(returned) AS returned
                FROM order_items GROUP BY order_id, product_id) AS line
                ON line.order_id = held.order_id AND line.product_id = held.product_id
            WHERE held.sales > 0 AND CASE
                WHEN orders.status = 'cancelled' THEN held <> 0
                WHEN given_up > 0 AND held BETWEEN -returned AND 0 THEN false
                ELSE COALESCE(held NOT BETWEEN sold - returned AND sold, true) END
            """)

    // MARK: - The figures of an order add up

    static let figures = PostgresInvariant(
        "The figures of order %s do not add up: its lines come to %s, its subtotal is %s.",
        ["id", "COALESCE(items, 0)", "subtotal"],
        from: """
            FROM orders LEFT JOIN (SELECT order_id, SUM(total_price - line_discount) AS items,
                SUM(order_discount) AS discounts, SUM(tax) AS taxes FROM order_items GROUP BY order_id)
                AS line ON line.order_id = orders.id
            WHERE COALESCE(items, 0) <> subtotal OR COALESCE(discounts, 0) <> discount_amount
                OR COALESCE(taxes, 0) <> tax
                OR items IS NULL AND NOT EXISTS (SELECT 1 FROM gift_card_movement AS sold
                    WHERE sold.order_id = orders.id AND sold.kind = 'issue')
                OR subtotal - discount_amount - exempted + CASE tax_mode WHEN 'added' THEN tax ELSE 0 END <> total
                OR LEAST(subtotal, discount_amount, tax, exempted, total, refunded) < 0
            """)

    static let lines = PostgresInvariant(
        "Line %s of order %s has figures that no sale gives.", ["id", "order_id"],
        from: """
            FROM order_items
            WHERE total_price <> unit_price * quantity OR LEAST(unit_price, tax) < 0
                OR line_discount NOT BETWEEN 0 AND total_price
                OR order_discount NOT BETWEEN 0 AND total_price - line_discount
                OR returned NOT BETWEEN 0 AND quantity
            """)

    // MARK: - Σ payments = total + gift cards sold + rounding

    static let payments = PostgresInvariant(
        "Order %s counts as paid: of its %s, with %s for gift cards, rounded by %s, %s were taken.",
        ["id", "total", "COALESCE(sold, 0)", "rounding", "COALESCE(paid, 0)"],
        from: """
            FROM orders LEFT JOIN (SELECT order_id, SUM(amount) AS paid FROM payment GROUP BY order_id) AS taken
                ON taken.order_id = orders.id
            LEFT JOIN (SELECT order_id, SUM(amount) AS sold FROM gift_card_movement
                WHERE kind = 'issue' AND order_id IS NOT NULL GROUP BY order_id) AS card
                ON card.order_id = orders.id
            WHERE status IN ('paid', 'partially_refunded', 'refunded')
                AND paid IS DISTINCT FROM total + COALESCE(sold, 0) + rounding
            """)

    static let unpaid = PostgresInvariant(
        "Order %s is %s, but has a payment.", ["orders.id", "orders.status"],
        from: """
            FROM orders WHERE status IN ('pending', 'cancelled')
                AND EXISTS (SELECT 1 FROM payment WHERE payment.order_id = orders.id)
            """)

    // MARK: - One key, at most one order, payment, sale or refund

    static let keys = PostgresInvariant(
        "Order %s answers to %s keys of kind %s, not to one.", ["order_id", "COUNT(*)", "operation"],
        from: "FROM idempotency GROUP BY order_id, operation, refund_id HAVING COUNT(*) > 1")

    static let paymentKeys = PostgresInvariant(
        "Order %s has the key of a %s, but no payment.", ["order_id", "operation"],
        from: """
            FROM idempotency WHERE operation IN ('payment', 'sale')
                AND NOT EXISTS (SELECT 1 FROM payment WHERE payment.order_id = idempotency.order_id)
            """)

    static let refundKeys = PostgresInvariant(
        "Order %s has the key of a refund, but not that refund.", ["idempotency.order_id"],
        from: """
            FROM idempotency LEFT JOIN refund ON refund.id = refund_id
            WHERE operation = 'refund' AND refund.order_id IS DISTINCT FROM idempotency.order_id
            """)
}
