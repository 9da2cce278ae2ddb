import GRDB

// Stock and the figures of what was sold and paid.
extension Invariant {
    // MARK: - Initial stock + movements = stock now, ≥ 0 unless it is to be counted, and 0 where nobody counts

    static let stock = Invariant(
        """
        SELECT id, name, initial_stock, stock, COALESCE(moved, 0) AS moved
        FROM product LEFT JOIN (SELECT product_id, SUM(quantity) AS moved FROM stock_movement
            GROUP BY product_id) AS movement ON movement.product_id = product.id
        WHERE stock < 0 AND count_due_at IS NULL OR initial_stock + COALESCE(moved, 0) <> stock
        """
    ) {
        """
        Product \($0.text("id")) (\($0.text("name"))) has a stock of \($0.text("stock")), but started with \
        \($0.text("initial_stock")) and its movements add up to \($0.text("moved")).
        """
    }

    static let untracked = Invariant(
        "SELECT id, name, stock FROM product WHERE tracks_stock = 0 AND stock <> 0"
    ) {
        """
        Product \($0.text("id")) (\($0.text("name"))) sells without counting, but has a stock of \
        \($0.text("stock")).
        """
    }

    // What came back while its product was not counted was booked on no stock: of what an order has taken and of
    // which a part came back, it may hold more than what is left with its buyer, never less. An order that stands
    // again after it was cancelled took nothing of a product that was not counted then: what comes back of it is
    // booked in, and nothing is left to hold. What cancelling gave back has no reason; what a refund did has one.
    static let held = Invariant(
        """
        SELECT held.order_id, held.product_id, held, sold - returned AS kept
        FROM (SELECT order_id, product_id, -SUM(quantity) AS held, SUM(kind = 'sale') AS sales,
                SUM(kind = 'return' AND reason IS NULL) AS given_up
            FROM stock_movement WHERE order_id IS NOT NULL GROUP BY order_id, product_id) AS held
        JOIN orders ON orders.id = held.order_id
        LEFT JOIN (SELECT order_id, product_id, SUM(quantity) AS sold, SUM(returned) AS returned
            FROM order_item GROUP BY order_id, product_id) AS line
            ON line.order_id = held.order_id AND line.product_id = held.product_id
        WHERE held.sales > 0 AND CASE
            WHEN orders.status = 'cancelled' THEN held <> 0
            WHEN given_up > 0 AND held BETWEEN -returned AND 0 THEN false
            ELSE COALESCE(held NOT BETWEEN sold - returned AND sold, true) END
        """
    ) {
        """
        Order \($0.text("order_id")) holds \($0.text("held")) of the stock of product \
        \($0.text("product_id")); \($0.text("kept")) are with its buyer.
        """
    }

    // MARK: - The figures of an order add up

    static let figures = Invariant(
        """
        SELECT id, subtotal_minor, COALESCE(items, 0) AS items FROM orders
        LEFT JOIN (SELECT order_id, SUM(total_minor - line_discount_minor) AS items,
            SUM(order_discount_minor) AS discounts, SUM(tax_minor) AS taxes FROM order_item GROUP BY order_id)
            AS line ON line.order_id = orders.id
        WHERE COALESCE(items, 0) <> subtotal_minor OR COALESCE(discounts, 0) <> discount_minor
            OR COALESCE(taxes, 0) <> tax_minor
            OR items IS NULL AND orders.id NOT IN (SELECT order_id FROM gift_card_movement WHERE kind = 'issue'
                AND order_id IS NOT NULL)
            OR subtotal_minor - discount_minor - exempted_minor + (tax_mode = 'added') * tax_minor <> total_minor
            OR MIN(subtotal_minor, discount_minor, tax_minor, exempted_minor, total_minor, refunded_minor) < 0
        """
    ) {
        """
        The figures of order \($0.text("id")) do not add up: its lines come to \($0.text("items")), its \
        subtotal is \($0.text("subtotal_minor")) (minor units).
        """
    }

    static let lines = Invariant(
        """
        SELECT id, order_id FROM order_item
        WHERE total_minor <> unit_price_minor * quantity OR MIN(unit_price_minor, tax_minor) < 0
            OR line_discount_minor NOT BETWEEN 0 AND total_minor
            OR order_discount_minor NOT BETWEEN 0 AND total_minor - line_discount_minor
            OR returned NOT BETWEEN 0 AND quantity
        """
    ) { "Line \($0.text("id")) of order \($0.text("order_id")) has figures that no sale gives." }

    // MARK: - Σ payments = total + gift cards sold + rounding

    static let payments = Invariant(
        """
        SELECT orders.id, total_minor, rounding_minor, COALESCE(paid, 0) AS paid, COALESCE(sold, 0) AS cards
        FROM orders
        LEFT JOIN (SELECT order_id, SUM(amount_minor) AS paid FROM payment GROUP BY order_id) AS taken
            ON taken.order_id = orders.id
        LEFT JOIN (SELECT order_id, SUM(amount_minor) AS sold FROM gift_card_movement
            WHERE kind = 'issue' AND order_id IS NOT NULL GROUP BY order_id) AS card
            ON card.order_id = orders.id
        WHERE status IN ('paid', 'partially_refunded', 'refunded')
            AND paid IS NOT total_minor + COALESCE(sold, 0) + rounding_minor
        """
    ) {
        """
        Order \($0.text("id")) counts as paid: of its \($0.text("total_minor")) (minor units), with \
        \($0.text("cards")) for gift cards, rounded by \($0.text("rounding_minor")), \($0.text("paid")) were taken.
        """
    }

    static let unpaid = Invariant(
        """
        SELECT DISTINCT orders.id, orders.status FROM orders JOIN payment ON payment.order_id = orders.id
        WHERE orders.status IN ('pending', 'cancelled')
        """
    ) { "Order \($0.text("id")) is \($0.text("status")), but has a payment." }

    // MARK: - One key, at most one order, payment, sale or refund

    static let keys = Invariant(
        """
        SELECT order_id, operation, COUNT(*) AS keys FROM idempotency
        GROUP BY order_id, operation, refund_id HAVING COUNT(*) > 1
        """
    ) {
        """
        Order \($0.text("order_id")) answers to \($0.text("keys")) keys of kind \($0.text("operation")), not \
        to one.
        """
    }

    static let paymentKeys = Invariant(
        """
        SELECT order_id, operation FROM idempotency
        WHERE operation IN ('payment', 'sale') AND order_id NOT IN (SELECT order_id FROM payment)
        """
    ) { "Order \($0.text("order_id")) has the key of a \($0.text("operation")), but no payment." }

    static let refundKeys = Invariant(
        """
        SELECT idempotency.order_id FROM idempotency LEFT JOIN refund ON refund.id = refund_id
        WHERE operation = 'refund' AND refund.order_id IS NOT idempotency.order_id
        """
    ) { "Order \($0.text("order_id")) has the key of a refund, but not that refund." }
}
