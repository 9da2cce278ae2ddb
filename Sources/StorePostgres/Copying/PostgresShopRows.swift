import StoreDomain
import StoreService

/// A shop's rows in PostgreSQL, on their way to another store or from one.
struct PostgresShopRows {
    let db: PostgresConnection

    /// So many rows are read at once.
    private static let stride = 1_000
}

extension PostgresShopRows: ShopSource {
    func read(_ table: CopiedTable, _ body: ([[CopiedValue]]) throws -> Void) throws {
        let values = table.columns.map { Self.reading($0, of: table) }.joined(separator: ", ")
        let order = table.key.map { "\(table.postgres).\($0)" }.joined(separator: ", ")
        try db.script(
            "DECLARE shop_rows NO SCROLL CURSOR FOR SELECT \(values) FROM \(table.postgres) ORDER BY \(order)"
        )
        while true {
            let rows = try db.rows("FETCH \(Self.stride) FROM shop_rows", isPlanned: false) { row in
                try table.columns.map { column in try Self.value(column, &row) }
            }
            guard !rows.isEmpty else { break }
            try body(rows)
        }
        try db.script("CLOSE shop_rows")
    }

    /// The column as a whole number, a text or bytes.
    private static func reading(_ column: CopiedColumn, of table: CopiedTable) -> String {
        let name = "\(table.postgres).\(column.postgres)"
        switch column.kind {
        case .integer, .text, .bytes, .category: return name
        case .flag: return "\(name)::int"
        case .money: return "(\(name) * 100)::bigint"
        // Before PostgreSQL 14 seconds with a fraction are floating-point numbers.
        case .time:
            return """
                (extract(epoch FROM date_trunc('second', \(name)))::bigint * 1000
                    + extract(microseconds FROM \(name))::bigint / 1000 % 1000)
                """
        case .uses:
            return """
                (SELECT COALESCE(SUM(uses), 0)::bigint FROM discount_use WHERE discount_use.code_key = discount.code_key)
                """
        }
    }

    private static func value(_ column: CopiedColumn, _ row: inout PostgresRow) throws -> CopiedValue {
        switch column.kind {
        case .integer, .flag, .money, .time, .uses: try row.optional(Int64.self).map { .integer($0) } ?? .null
        case .text, .category: try row.optional(String.self).map { .text($0) } ?? .null
        case .bytes: try row.optional([UInt8].self).map { .bytes($0) } ?? .null
        }
    }

    func figures(of table: CopiedTable) throws -> TableFigures {
        let sums = table.columns.map { column -> String in
            let value = Self.reading(column, of: table)
            switch column.kind {
            case .integer, .flag, .money, .uses: return "COALESCE(SUM(\(value)), 0)::bigint"
            case .time: return "COALESCE(SUM((\(value)) % 86400000), 0)::bigint"
            case .text, .bytes, .category: return "COALESCE(SUM(length(\(value))), 0)::bigint"
            }
        }
        let figures = try db.row(
            "SELECT COUNT(*), \(sums.joined(separator: ", ")) FROM \(table.postgres)"
        ) { row in
            TableFigures(count: try row.next(), sums: try sums.map { _ in try row.next(Int64.self) })
        }
        return figures ?? TableFigures(count: 0, sums: [])
    }

    func count(of table: CopiedTable) throws -> Int {
        try db.value(Int.self, "SELECT COUNT(*) FROM \(table.postgres)") ?? 0
    }

    func journalHash(of chain: String, at number: Int) throws -> String? {
        try db.value(
            String.self, "SELECT hash FROM journal WHERE chain = $1 AND number = $2", [chain, number])
    }

    func journalHeads() throws -> [String: JournalHead] {
        try JournalRows.chains(in: db).reduce(into: [:]) { heads, chain in
            heads[chain] = try JournalRows.head(JournalRows.askHead(of: chain, in: db), in: db)
        }
    }
}

extension PostgresShopRows: ShopTarget {
    func write(_ rows: [[CopiedValue]], to table: CopiedTable) throws {
        let columns = table.columns.enumerated().filter { $0.element.kind != .uses }
        let json = rows.map { row in row.map(Self.json) }
        try db.run(
            """
            INSERT INTO \(table.postgres) (\(columns.map(\.element.postgres).joined(separator: ", ")))
            SELECT \(columns.map { Self.writing($0.element, $0.offset) }.joined(separator: ", "))
            FROM json_array_elements($1::json) AS row (value)
            """, [PostgresValue.rows(json)])
        if let uses = table.columns.firstIndex(where: { $0.kind == .uses }) {
            try db.run(
                """
                INSERT INTO discount_use (code_key, slot, uses)
                SELECT value ->> 0, 0, (value ->> \(uses))::int FROM json_array_elements($1::json) AS row (value)
                WHERE (value ->> \(uses))::int <> 0
                """, [PostgresValue.rows(json)])
        }
    }

    private static func json(_ value: CopiedValue) -> CanonicalJSON {
        switch value {
        case .null: .null
        case .integer(let number): .integer(number)
        case .text(let text): .text(text)
        case .bytes(let bytes):
            .text(bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined())
        }
    }

    private static func writing(_ column: CopiedColumn, _ place: Int) -> String {
        let value = "(value ->> \(place))"
        return switch column.kind {
        case .integer, .uses: "\(value)::int8"
        case .text, .category: value
        case .flag: "\(value) = '1'"
        case .money: "\(value)::numeric / 100"
        case .time: "timestamp 'epoch' + \(value)::bigint * interval '1 millisecond'"
        case .bytes: "decode(\(value), 'hex')"
        }
    }

    /// Triggers are off meanwhile: what they maintain is made at once in the end.
    func begin() throws { try setTriggers("DISABLE") }

    private func setTriggers(_ state: String) throws {
        try db.script(
            ["products", "product_search", "orders"].map { "ALTER TABLE \($0) \(state) TRIGGER USER" }
                .joined(separator: "; "))
    }

    func finish() throws {
        try db.script("INSERT INTO product_search (id, terms) SELECT id, '' FROM products WHERE NOT archived")
        let reading = ProductReading(db: db)
        var last: Int64 = 0
        while true {
            let products = try reading.products("WHERE id > $1 ORDER BY id LIMIT \(Self.stride)", [last])
            guard let end = products.last else { break }
            try reading.write(products)
            last = end.id
        }
        try setTriggers("ENABLE")
        try db.script(MaintainedCounts.make)
        try SearchUpkeep(db: db).make()
        for table in ShopTables.copied where table.columns.contains(where: \.isRowID) {
            try db.run(
                """
                SELECT setval(pg_get_serial_sequence($1, 'id'), max(id)) FROM \(table.postgres) HAVING max(id) > 0
                """, [table.postgres])
        }
        try db.script("ANALYZE")
    }
}

extension CopiedColumn {
    fileprivate var isRowID: Bool { postgres == "id" && kind == .integer }
}
