/// An invariant of a store as a query that finds what breaks it.
struct PostgresInvariant {
    /// Gives a sentence, told by `format`, for each violation.
    let sql: String

    /// - Parameters:
    ///   - sentence: with `%s` for each of `values`.
    ///   - values: expressions over `rows`.
    init(_ sentence: String, _ values: [String], from rows: String) {
        let literal = sentence.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
        sql = "SELECT format('\(literal)', \(values.joined(separator: ", "))) \(rows)"
    }

    func sentences(in db: PostgresConnection) throws -> [String] {
        try db.values(String.self, "\(sql) LIMIT \(PostgresVerifier.listed)")
    }

    static func of(_ check: PostgresVerifier.Check) -> [PostgresInvariant] {
        switch check {
        case .references: references
        case .counts: [productTotal, categoryCounts, orderCounts]
        case .stock: [stock, untracked, held, priceBatches, plannedPrices]
        case .figures: [figures, lines]
        case .payments: [payments, unpaid, cardPayments]
        case .refunds: [refunds, refundFigures, returned, tenders, cardRefunds, exchanges, exchangeNumbers]
        case .cards: [cardBalances, cardSteps]
        case .keys: [keys, paymentKeys, refundKeys]
        case .numbers: [numbers]
        case .shifts: [expectedCash, balance, perpetual, counts]
        case .search: [searched]
        case .discounts, .settings, .parked, .journal, .sums, .costs: []
        }
    }

    // MARK: - References

    /// Those that the tables do not keep themselves.
    private static let references = PostgresSchemaV2.references.map { reference in
        let (table, column, other) = (reference.table, reference.column, reference.other)
        return PostgresInvariant(
            "A row of \(table) refers to %s in \(other), which is not there.", [column],
            from: """
                FROM \(table) WHERE \(column) IS NOT NULL
                    AND NOT EXISTS (SELECT 1 FROM \(other) WHERE \(other).id = \(table).\(column))
                """)
    }

    // MARK: - Maintained counts

    private static let productTotal = PostgresInvariant(
        "The store says that %s products are on sale, but there are %s.", ["on_sale", "found"],
        from: """
            FROM product_total, (SELECT COUNT(*) AS found FROM products WHERE NOT archived) AS counted
            WHERE on_sale <> found
            """)

    private static let categoryCounts = PostgresInvariant(
        "Category %s says that it has %s products, but it has %s.",
        ["COALESCE(category.name, counted.category)", "COALESCE(product_count, 0)", "COALESCE(found, 0)"],
        from: """
            FROM category FULL JOIN (SELECT category, COUNT(*) AS found FROM products
                WHERE NOT archived AND category IS NOT NULL GROUP BY category) AS counted
                ON counted.category = category.name
            WHERE COALESCE(product_count, 0) <> COALESCE(found, 0)
            """)

    private static let orderCounts = PostgresInvariant(
        "The count of %s orders of %s is %s, but there are %s.",
        [
            "status", "CASE user_id WHEN 0 THEN 'the store' ELSE 'account ' || user_id END", "SUM(said)",
            "SUM(found)",
        ],
        from: """
            FROM (SELECT user_id, status, orders AS said, 0 AS found FROM order_count
                UNION ALL SELECT user_id, status, 0, COUNT(*) FROM orders WHERE user_id IS NOT NULL
                GROUP BY user_id, status
                UNION ALL SELECT 0, status, 0, COUNT(*) FROM orders GROUP BY status) AS counts
            GROUP BY user_id, status HAVING SUM(said) <> SUM(found)
            """)

    private static let searched = PostgresInvariant(
        "Product %s is on sale and found by no search, or the other way round.",
        ["COALESCE(product.id, found.id)"],
        from: """
            FROM (SELECT id FROM products WHERE NOT archived) AS product
            FULL JOIN product_search AS found ON found.id = product.id
            WHERE product.id IS NULL OR found.id IS NULL
            """)
}
