import GRDB
import StoreDomain
import StoreService

/// Rows of `sales_sum`.
struct SalesSumRecord {
    let db: Database

    private static let columns = SalesFigures.columns.map(\.name)

    private static let update = columns.map { "\($0) = \($0) + excluded.\($0)" }.joined(separator: ", ")

    /// However many they are, it is one statement.
    func add(_ sums: [SalesSum]) throws {
        guard !sums.isEmpty else { return }
        let rows = RowValues(
            sums.map { sum in
                [
                    .number(sum.place.dimension.rawValue), .number(sum.place.day.number),
                    .text(sum.place.key),
                ] + sum.figures.values.map { .integer($0) }
            })
        try db.run(
            """
            INSERT INTO sales_sum (dimension, day, key, \(Self.columns.joined(separator: ", ")))
            SELECT * FROM \(rows.source) WHERE TRUE
            ON CONFLICT (dimension, day, key) DO UPDATE SET \(Self.update)
            """, rows.arguments)
    }

    func sums(_ query: SalesQuery) throws -> [SalesSum] {
        guard let first = query.parts.first else { return [] }
        var arguments: StatementArguments = []
        let parts = query.parts.map { part in
            arguments += [part.dimension.rawValue, part.from.number, part.to.number]
            if let keys = query.keys, query.grouping != .category {
                arguments += [JSONText.rows([keys.map { .text($0) }])]
            }
            return "SELECT * FROM sales_sum WHERE dimension = ? AND day BETWEEN ? AND ?"
                + (query.keys == nil || query.grouping == .category
                    ? "" : " AND key IN (SELECT value FROM json_each(?, '$[0]'))")
        }
        if let limit = query.limit { arguments += [limit] }
        let sql = Self.sql(query, parts.joined(separator: " UNION ALL "))
        let sums = try db.list(sql, arguments) { columns in
            let day: Int? = columns.optional()
            let key: String? = columns.optional()
            let values = Self.columns.map { _ in columns.next() as Int64 }
            return SalesSum(
                SalesSum.Place(
                    first.dimension, day.map { ShopDay(number: $0) } ?? first.from, key ?? ""),
                SalesFigures(values: values))
        }
        guard let keys = query.keys, query.grouping == .category else { return sums }
        let wanted = Set(keys)
        return sums.filter { wanted.contains($0.place.key) }
    }

    private static func sql(_ query: SalesQuery, _ parts: String) -> String {
        let sums = columns.map { "SUM(\($0)) AS \($0)" }.joined(separator: ", ")
        let limit = query.limit == nil ? "" : "LIMIT ?"
        return switch query.grouping {
        case .day: "SELECT day, NULL, \(sums) FROM (\(parts)) GROUP BY day ORDER BY day \(limit)"
        case .key:
            """
            SELECT NULL, key, \(sums) FROM (\(parts)) GROUP BY key
            ORDER BY ABS(SUM(net + tax - net_back - tax_back)) DESC, key \(limit)
            """
        case .dayAndKey:
            "SELECT day, key, \(sums) FROM (\(parts)) GROUP BY day, key ORDER BY day, key \(limit)"
        case .category:
            """
            SELECT NULL, category.name, \(sums) FROM (SELECT key, \(sums) FROM (\(parts)) GROUP BY key) AS sold
            LEFT JOIN product ON product.id = CAST(sold.key AS INTEGER)
            LEFT JOIN category ON category.id = product.category_id
            GROUP BY category.name ORDER BY ABS(SUM(net + tax - net_back - tax_back)) DESC, category.name \(limit)
            """
        }
    }
}
