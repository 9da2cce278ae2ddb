import GRDB
import StoreDomain

/// An invariant of a store as a query that finds what breaks it.
struct Invariant {
    /// Gives one row for each violation.
    private let sql: String
    private let sentence: @Sendable (Row) -> String

    init(_ sql: String, sentence: @escaping @Sendable (Row) -> String) {
        self.sql = sql
        self.sentence = sentence
    }

    func sentences(in db: Database) throws -> [String] {
        try Row.fetchAll(db, sql: "\(sql) LIMIT \(StoreVerifier.listed)").map(sentence)
    }

    static func of(_ check: StoreVerifier.Check) -> [Invariant] {
        switch check {
        case .counts: [productTotal, categoryCounts, orderCounts]
        case .stock: [stock, untracked, held, priceBatches, plannedPrices]
        case .figures: [figures, lines]
        case .payments: [payments, unpaid, cardPayments]
        case .refunds: [refunds, refundFigures, returned, tenders, cardRefunds, exchanges, exchangeNumbers]
        case .cards: [cardBalances, cardSteps]
        case .keys: [keys, paymentKeys, refundKeys]
        case .numbers: [numbers]
        case .shifts: [expectedCash, balance, perpetual, counts]
        case .file, .references, .discounts, .settings, .parked, .journal, .sums, .costs, .search: []
        }
    }

    // MARK: - Maintained counts

    private static let productTotal = Invariant(
        """
        SELECT on_sale, (SELECT COUNT(*) FROM product WHERE archived = 0) AS found
        FROM product_total WHERE on_sale <> found
        """
    ) { "The store counts \($0.count("on_sale", "product")) on sale, but has \($0.text("found"))." }

    private static let categoryCounts = Invariant(
        """
        SELECT category.name, product_count, COALESCE(products, 0) AS found
        FROM category LEFT JOIN (SELECT category_id, COUNT(*) AS products FROM product
            WHERE archived = 0 GROUP BY category_id) AS counted ON counted.category_id = category.id
        WHERE product_count <> found
        """
    ) {
        """
        Category \($0.text("name")) counts \($0.count("product_count", "product")), but has \($0.text("found")).
        """
    }

    private static let orderCounts = Invariant(
        """
        SELECT user_id, status, SUM(said) AS said, SUM(found) AS found FROM (
            SELECT user_id, status, orders AS said, 0 AS found FROM order_count
            UNION ALL SELECT user_id, status, 0, COUNT(*) FROM orders WHERE user_id IS NOT NULL
            GROUP BY user_id, status
            UNION ALL SELECT 0, status, 0, COUNT(*) FROM orders GROUP BY status
        ) GROUP BY user_id, status HAVING SUM(said) <> SUM(found)
        """
    ) { row in
        let whose = row["user_id"] == 0 ? "the store" : "account \(row.text("user_id"))"
        return """
            The count of \(row.text("status")) orders of \(whose) is \(row.text("said")), but it should be \
            \(row.text("found")).
            """
    }
}

extension Row {
    /// A column's number with the word for what it counts.
    fileprivate func count(_ column: String, _ word: String) -> String {
        (self[column] as Int).counted(word)
    }

    /// A column's value as text for a sentence.
    func text(_ column: String) -> String {
        let value: DatabaseValue = self[column]
        return switch value.storage {
        case .string(let text): text
        case .int64(let number): String(number)
        case .null, .double, .blob: value.description
        }
    }
}
