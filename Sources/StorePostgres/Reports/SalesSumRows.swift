import StoreDomain
import StoreService

/// Rows of `sales_sum`, kept in slots: sales of one hour do not wait for each other, unless their connections share a
/// slot.
struct SalesSumRows {
    let db: PostgresConnection

    private static let columns = SalesFigures.columns.map(\.name)

    // Where the sums are not made yet, whoever makes them counts this document too.
    private static let insert = """
        INSERT INTO sales_sum (dimension, day, key, slot, \(columns.joined(separator: ", ")))
        SELECT (value ->> 0)::smallint, (value ->> 1)::int, value ->> 2, pg_backend_pid() % 64,
            \(columns.indices.map { "(value ->> \($0 + 3))::bigint" }.joined(separator: ", "))
        FROM json_array_elements($1::json) WITH ORDINALITY AS sum (value, place)
        WHERE (SELECT sales_counted FROM store) ORDER BY place
        ON CONFLICT (dimension, day, key, slot) DO UPDATE SET
            \(columns.map { "\($0) = sales_sum.\($0) + excluded.\($0)" }.joined(separator: ", "))
        """

    /// So many are sent at once.
    private static let stride = 5_000

    /// - Parameter sums: in the order of their places, in which they are locked.
    func add(_ sums: [SalesSum]) {
        var rest = sums[...]
        while !rest.isEmpty {
            let rows = rest.prefix(Self.stride).map { sum -> [CanonicalJSON] in
                [
                    .number(sum.place.dimension.rawValue), .number(sum.place.day.number),
                    .text(sum.place.key),
                ] + sum.figures.values.map { .integer($0) }
            }
            db.later(Self.insert, [PostgresValue.rows(rows)])
            rest = rest.dropFirst(Self.stride)
        }
    }

    func sums(_ query: SalesQuery) throws -> [SalesSum] {
        guard let first = query.parts.first else { return [] }
        var arguments: [(any PostgresWritable)?] = []
        func bound(_ value: any PostgresWritable) -> String {
            arguments.append(value)
            return "$\(arguments.count)"
        }
        let parts = query.parts.map { part in
            var condition = """
                dimension = \(bound(part.dimension.rawValue))::int
                AND day BETWEEN \(bound(part.from.number))::int AND \(bound(part.to.number))::int
                """
            if let keys = query.keys, query.grouping != .category {
                condition += " AND key = ANY(\(bound(PostgresValue.list(keys)))::text[])"
            }
            return "SELECT * FROM sales_sum WHERE \(condition)"
        }
        let limit = query.limit.map { "LIMIT \(bound($0))::bigint" } ?? ""
        let sql = "\(Self.sql(query.grouping, parts.joined(separator: " UNION ALL "))) \(limit)"
        let sums = try db.rows(sql, arguments) { row in
            let (day, key) = try (row.optional(Int.self), row.optional(String.self))
            let values = try Self.columns.map { _ in try row.next(Int64.self) }
            return SalesSum(
                SalesSum.Place(
                    first.dimension, day.map { ShopDay(number: $0) } ?? first.from, key ?? ""),
                SalesFigures(values: values))
        }
        guard let keys = query.keys, query.grouping == .category else { return sums }
        let wanted = Set(keys)
        return sums.filter { wanted.contains($0.place.key) }
    }

    private static func sql(_ grouping: SalesQuery.Grouping, _ parts: String) -> String {
        let sums = columns.map { "SUM(\($0))::bigint AS \($0)" }.joined(separator: ", ")
        let turnover = "ABS(SUM(net + tax - net_back - tax_back)) DESC"
        return switch grouping {
        case .day: "SELECT day, NULL::text, \(sums) FROM (\(parts)) AS parts GROUP BY day ORDER BY day"
        case .key:
            """
            SELECT NULL::int, key, \(sums) FROM (\(parts)) AS parts GROUP BY key
            ORDER BY \(turnover), key COLLATE "C"
            """
        case .dayAndKey:
            """
            SELECT day, key, \(sums) FROM (\(parts)) AS parts GROUP BY day, key ORDER BY day, key COLLATE "C"
            """
        case .weekdayAndKey:
            """
            SELECT MIN(day), key, \(sums) FROM (\(parts)) AS parts GROUP BY day % 7, key
            ORDER BY MIN(day), key COLLATE "C"
            """
        case .category:
            """
            SELECT NULL::int, products.category, \(sums)
            FROM (SELECT key, \(sums) FROM (\(parts)) AS parts GROUP BY key) AS sold
            LEFT JOIN products ON products.id = sold.key::int
            GROUP BY products.category ORDER BY \(turnover), products.category COLLATE "C"
            """
        }
    }

    // MARK: - What waits

    func waiting() throws -> (sales: [Int64], refunds: [(id: Int64, order: Int64?)]) {
        let sales = try db.values(
            Int64.self, "SELECT id FROM sales_waiting WHERE kind = 'sale' ORDER BY id")
        let refunds = try db.rows(
            """
            SELECT refund.id, refund.order_id FROM sales_waiting JOIN refund ON refund.id = sales_waiting.id
            WHERE kind = 'refund' ORDER BY refund.id
            """
        ) { row in (id: try row.next(Int64.self), order: try row.optional(Int64.self)) }
        return (sales, refunds)
    }

    func clearWaiting(sales: [Int64], refunds: [Int64]) {
        for (kind, ids) in [("sale", sales), ("refund", refunds)] where !ids.isEmpty {
            db.later(
                "DELETE FROM sales_waiting WHERE kind = $1 AND id = ANY($2::int[])",
                [kind, PostgresValue.list(ids)])
        }
    }
}
