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
        var (query, sql, bound) = (query, "", StatementArguments())
        if case .key = query.grouping, let limit = query.limit, query.keys == nil {
            // Which keys they are is found out by one column: adding up all of them for every key takes four times as long.
            query.keys = try highest(limit, query.parts)
        }
        switch query.grouping {
        case .key, .day, .dayAndKey, .weekdayAndKey: (sql, bound) = rows(query.parts, of: query.keys)
        // Their keys are products.
        case .category: (sql, bound) = rows(query.parts, of: nil)
        }
        sql = Self.sql(query.grouping, sql)
        if let limit = query.limit {
            sql += " LIMIT ?"
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

    /// Looking up so many places is still faster than reading whole days.
    private static let mostLookedUp = 20_000

    /// The rows of parts as a statement with its arguments: of some keys, or of all for nil.
    private func rows(
        _ parts: [SalesQuery.Part], of keys: [String]?, _ columns: String = "sales_sum.*"
    ) -> (String, StatementArguments) {
        var bound: StatementArguments = []
        let all = parts.map { part in
            let condition = "sales_sum.dimension = ? AND sales_sum.day"
            guard let keys else {
                bound += [part.dimension.rawValue, part.from.number, part.to.number]
                return "SELECT \(columns) FROM sales_sum WHERE \(condition) BETWEEN ? AND ?"
            }
            let list = JSONText.rows([keys.map { .text($0) }])
            let days = part.days
            guard days.count * keys.count <= Self.mostLookedUp else {
                bound += [part.dimension.rawValue, part.from.number, part.to.number, list]
                return """
                    SELECT \(columns) FROM sales_sum WHERE \(condition) BETWEEN ? AND ?
                    AND sales_sum.key IN (SELECT value FROM json_each(?, '$[0]'))
                    """
            }
            bound += [JSONText.list(days.map { Int64($0.number) }), list, part.dimension.rawValue]
            return """
                SELECT \(columns) FROM json_each(?) AS day CROSS JOIN json_each(?, '$[0]') AS wanted
                CROSS JOIN sales_sum ON \(condition) = day.value AND sales_sum.key = wanted.value
                """
        }
        return (all.joined(separator: " UNION ALL "), bound)
    }

    /// The keys with the highest turnover.
    private func highest(_ limit: Int, _ parts: [SalesQuery.Part]) throws -> [String] {
        guard parts.allSatisfy({ [.product, .productMonth].contains($0.dimension) }) else {
            let (sql, bound) = rows(parts, of: nil, "key, \(Self.turnover) AS turnover")
            return try db.list(
                "SELECT key FROM (\(sql)) GROUP BY key ORDER BY ABS(SUM(turnover)) DESC, key LIMIT ?",
                bound + [limit]
            ) { $0.next() }
        }
        // Products are many, and their keys are numbers: added up here, as SQLite would sort the rows of a year first. A
        // turnover beyond all numbers fails where all figures of the key are added up.
        let (sql, bound) = rows(parts, of: nil, "CAST(key AS INTEGER), \(Self.turnover)")
        var turnover: [Int64: Int64] = [:]
        try db.each(sql, bound) { turnover[$0.next(), default: 0] &+= $0.next() as Int64 }
        let sums = turnover.map { (key: String($0.key), amount: $0.value.magnitude) }
        return sums.sorted { ($1.amount, $0.key) < ($0.amount, $1.key) }.prefix(limit).map(\.key)
    }

    private static let turnover = "net + tax - net_back - tax_back"

    private static func sql(_ grouping: SalesQuery.Grouping, _ parts: String) -> String {
        let sums = columns.map { "SUM(\($0)) AS \($0)" }.joined(separator: ", ")
        return switch grouping {
        case .day: "SELECT day, NULL, \(sums) FROM (\(parts)) GROUP BY day ORDER BY day"
        case .key:
            "SELECT NULL, key, \(sums) FROM (\(parts)) GROUP BY key ORDER BY ABS(SUM(\(turnover))) DESC, key"
        case .dayAndKey:
            "SELECT day, key, \(sums) FROM (\(parts)) GROUP BY day, key ORDER BY day, key"
        case .weekdayAndKey:
            "SELECT MIN(day), key, \(sums) FROM (\(parts)) GROUP BY day % 7, key ORDER BY MIN(day), key"
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
