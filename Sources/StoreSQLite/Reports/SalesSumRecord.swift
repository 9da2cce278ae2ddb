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
        let isOfKeys = query.keys != nil && query.grouping != .category
        var bound: StatementArguments = []
        for part in query.parts {
            bound += [part.dimension.rawValue, part.from.number, part.to.number]
            if isOfKeys, let keys = query.keys { bound += [JSONText.rows([keys.map { .text($0) }])] }
        }
        func parts(_ columns: String) -> String {
            let one = """
                SELECT \(columns) FROM sales_sum WHERE dimension = ? AND day BETWEEN ? AND ?
                \(isOfKeys ? "AND key IN (SELECT value FROM json_each(?, '$[0]'))" : "")
                """
            return query.parts.map { _ in one }.joined(separator: " UNION ALL ")
        }
        var sql = Self.sql(query.grouping, parts("*"))
        if let limit = query.limit {
            if case .key = query.grouping {
                // Which keys they are is found out by one column: sorting all of them takes twice as long.
                sql = Self.sql(
                    .key,
                    """
                    SELECT * FROM (\(parts("*"))) WHERE key IN (\(Self.highest(parts(Self.oneColumn))))
                    """)
                bound += bound
            } else {
                sql += " LIMIT ?"
            }
            bound += [limit]
        }
        let sums = try db.list(sql, bound) { columns in
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

    private static let turnover = "net + tax - net_back - tax_back"
    private static let oneColumn = "key, \(turnover) AS turnover"

    /// The keys with the highest turnover; the limit is bound.
    private static func highest(_ parts: String) -> String {
        "SELECT key FROM (\(parts)) GROUP BY key ORDER BY ABS(SUM(turnover)) DESC, key LIMIT ?"
    }

    private static func sql(_ grouping: SalesQuery.Grouping, _ parts: String) -> String {
        let sums = columns.map { "SUM(\($0)) AS \($0)" }.joined(separator: ", ")
        return switch grouping {
        case .day: "SELECT day, NULL, \(sums) FROM (\(parts)) GROUP BY day ORDER BY day"
        case .key:
            "SELECT NULL, key, \(sums) FROM (\(parts)) GROUP BY key ORDER BY ABS(SUM(\(turnover))) DESC, key"
        case .dayAndKey:
            "SELECT day, key, \(sums) FROM (\(parts)) GROUP BY day, key ORDER BY day, key"
        case .category:
            """
            SELECT NULL, category.name, \(sums) FROM (SELECT key, \(sums) FROM (\(parts)) GROUP BY key) AS sold
            LEFT JOIN product ON product.id = CAST(sold.key AS INTEGER)
            LEFT JOIN category ON category.id = product.category_id
            GROUP BY category.name ORDER BY ABS(SUM(\(turnover))) DESC, category.name
            """
        }
    }
}
