import GRDB

/// An invariant of domain.md as a query that finds what breaks it.
struct Invariant {
    /// Gives one row for each violation.
    private let sql: String
    private let sentence: @Sendable (Row) -> String

    private init(_ sql: String, sentence: @escaping @Sendable (Row) -> String) {
        self.sql = sql
        self.sentence = sentence
    }

    func sentences(in db: Database) throws -> [String] {
        try Row.fetchAll(db, sql: "\(sql) LIMIT \(StoreVerifier.listed)").map(sentence)
    }

    static func of(_ check: StoreVerifier.Check) -> [Invariant] {
        switch check {
        case .counts: [productTotal, categoryCounts, orderCounts]
        case .stock: [stock, sold, returned]
        case .figures: [figures]
        case .payments: [payments, unpaid]
        case .keys: [keys, paymentKeys]
        case .file, .references, .discounts, .search: []
        }
    }

    // MARK: - Maintained counts

    private static let productTotal = Invariant(
        """
        SELECT on_sale, (SELECT COUNT(*) FROM product WHERE archived = 0) AS found
        FROM product_total WHERE on_sale <> found
        """
    ) { "The store says that \($0.text("on_sale")) products are on sale, but there are \($0.text("found"))." }

    private static let categoryCounts = Invariant(
        """
        SELECT category.name, product_count, COALESCE(products, 0) AS found
        FROM category LEFT JOIN (SELECT category_id, COUNT(*) AS products FROM product
            WHERE archived = 0 GROUP BY category_id) AS counted ON counted.category_id = category.id
        WHERE product_count <> found
        """
    ) {
        """
        Category \($0.text("name")) says that it has \($0.text("product_count")) products, but it has \
        \($0.text("found")).
        """
    }

    private static let orderCounts = Invariant(
        """
        SELECT user_id, status, SUM(said) AS said, SUM(found) AS found FROM (
            SELECT user_id, status, orders AS said, 0 AS found FROM order_count
            UNION ALL SELECT user_id, status, 0, COUNT(*) FROM orders GROUP BY user_id, status
            UNION ALL SELECT 0, status, 0, COUNT(*) FROM orders GROUP BY status
        ) GROUP BY user_id, status HAVING SUM(said) <> SUM(found)
        """
    ) { row in
        let whose = row["user_id"] == 0 ? "the store" : "account \(row.text("user_id"))"
        return """
            The count of \(row.text("status")) orders of \(whose) is \(row.text("said")), but there are \
            \(row.text("found")).
            """
    }

    // MARK: - 1: initial stock + adjustments − sold + returned = stock now ≥ 0

    private static let stock = Invariant(
        """
        SELECT id, name, initial_stock, stock, COALESCE(moved, 0) AS moved
        FROM product LEFT JOIN (SELECT product_id, SUM(quantity) AS moved FROM stock_movement
            GROUP BY product_id) AS movement ON movement.product_id = product.id
        WHERE stock < 0 OR initial_stock + COALESCE(moved, 0) <> stock
        """
    ) {
        """
        Product \($0.text("id")) (\($0.text("name"))) has a stock of \($0.text("stock")), but started with \
        \($0.text("initial_stock")) and its movements add up to \($0.text("moved")).
        """
    }

    private static let sold = Invariant(
        """
        SELECT order_id, product_id, SUM(quantity) AS missing FROM (
            SELECT order_id, product_id, quantity FROM order_item
            UNION ALL SELECT order_id, product_id, quantity FROM stock_movement WHERE kind = 'sale'
        ) GROUP BY order_id, product_id HAVING SUM(quantity) <> 0
        """
    ) {
        """
        Order \($0.text("order_id")) and the stock it took of product \($0.text("product_id")) differ by \
        \($0.text("missing")).
        """
    }

    private static let returned = Invariant(
        """
        SELECT order_id, product_id, SUM(quantity) AS missing FROM (
            SELECT order_id, product_id, quantity FROM order_item
            WHERE order_id IN (SELECT id FROM orders WHERE status = 'cancelled')
            UNION ALL SELECT order_id, product_id, -quantity FROM stock_movement
            WHERE kind = 'return'
                AND order_id IN (SELECT id FROM orders WHERE status IN ('pending', 'paid', 'cancelled'))
        ) GROUP BY order_id, product_id HAVING SUM(quantity) <> 0
        """
    ) {
        """
        Order \($0.text("order_id")) and the stock it gave back of product \($0.text("product_id")) differ by \
        \($0.text("missing")).
        """
    }

    // MARK: - 2: the figures of an order add up

    private static let figures = Invariant(
        """
        SELECT id, subtotal_minor, COALESCE(items, 0) AS items FROM orders
        LEFT JOIN (SELECT order_id, SUM(total_minor) AS items, MIN(total_minor) AS least FROM order_item
            GROUP BY order_id) AS line ON line.order_id = orders.id
        WHERE items IS NOT subtotal_minor OR subtotal_minor - discount_minor + tax_minor <> total_minor
            OR MIN(least, discount_minor, tax_minor, total_minor, refunded_minor) < 0
        """
    ) {
        """
        The figures of order \($0.text("id")) do not add up: its lines come to \($0.text("items")), its \
        subtotal is \($0.text("subtotal_minor")) (minor units).
        """
    }

    // MARK: - 3: payments less refunds = total less refunded

    private static let payments = Invariant(
        """
        SELECT orders.id, orders.total_minor, orders.refunded_minor, COALESCE(paid, 0) AS paid,
            COALESCE(refunds, 0) AS refunds
        FROM orders
        LEFT JOIN (SELECT order_id, SUM(amount_minor) AS paid FROM payment GROUP BY order_id) AS taken
            ON taken.order_id = orders.id
        LEFT JOIN (SELECT payment.order_id, SUM(refund.amount_minor) AS refunds
            FROM refund JOIN payment ON payment.id = refund.payment_id GROUP BY payment.order_id) AS given
            ON given.order_id = orders.id
        WHERE orders.status IN ('paid', 'partially_refunded', 'refunded')
            AND (taken.order_id IS NULL
                OR COALESCE(paid, 0) - COALESCE(refunds, 0) <> orders.total_minor - orders.refunded_minor)
        """
    ) {
        """
        Order \($0.text("id")) counts as paid: of its \($0.text("total_minor")) (minor units) \
        \($0.text("paid")) were taken, \($0.text("refunds")) given back, \($0.text("refunded_minor")) booked \
        as refunded.
        """
    }

    private static let unpaid = Invariant(
        """
        SELECT orders.id, orders.status FROM orders JOIN payment ON payment.order_id = orders.id
        WHERE orders.status IN ('pending', 'cancelled')
        """
    ) { "Order \($0.text("id")) is \($0.text("status")), but has a payment." }

    // MARK: - 4: one key, at most one order and one payment

    private static let keys = Invariant(
        """
        SELECT order_id, operation, COUNT(*) AS keys FROM idempotency
        GROUP BY order_id, operation HAVING COUNT(*) > 1
        """
    ) {
        """
        Order \($0.text("order_id")) answers to \($0.text("keys")) keys of kind \($0.text("operation")), not \
        to one.
        """
    }

    private static let paymentKeys = Invariant(
        """
        SELECT order_id FROM idempotency
        WHERE operation = 'payment' AND order_id NOT IN (SELECT order_id FROM payment)
        """
    ) { "Order \($0.text("order_id")) has the key of a payment, but no payment." }
}

extension Row {
    /// A column's value as text for a sentence.
    fileprivate func text(_ column: String) -> String {
        let value: DatabaseValue = self[column]
        return switch value.storage {
        case .string(let text): text
        case .int64(let number): String(number)
        case .null, .double, .blob: value.description
        }
    }
}
