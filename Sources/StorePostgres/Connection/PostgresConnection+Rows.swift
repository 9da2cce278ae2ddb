import StoreDomain

extension PostgresConnection {
    /// What `body` makes of each row.
    func rows<T>(
        _ sql: String, _ values: [(any PostgresWritable)?] = [],
        isPlanned: Bool = true, _ body: (inout PostgresRow) throws -> T
    ) throws -> [T] {
        let result = try run(sql, values, isPlanned: isPlanned)
        return try (0..<result.count).map { index in
            var row = result.row(index, currency: currency)
            return try body(&row)
        }
    }

    /// What `body` makes of the first row.
    func row<T>(
        _ sql: String, _ values: [(any PostgresWritable)?] = [], isPlanned: Bool = true,
        _ body: (inout PostgresRow) throws -> T
    ) throws -> T? {
        let result = try run(sql, values, isPlanned: isPlanned)
        guard result.count > 0 else { return nil }
        var row = result.row(0, currency: currency)
        return try body(&row)
    }

    /// What `body` makes of the rows by what it sorts them under, each group in the rows' order.
    func groups<T>(
        _ sql: String, _ values: [(any PostgresWritable)?] = [],
        _ body: (inout PostgresRow) throws -> (key: Int64, value: T)
    ) throws -> [Int64: [T]] {
        try rows(sql, values, body).reduce(into: [:]) { $0[$1.key, default: []].append($1.value) }
    }

    /// The first column of the first row.
    func value<T: PostgresReadable>(
        _ type: T.Type = T.self, _ sql: String, _ values: [(any PostgresWritable)?] = [],
        isPlanned: Bool = true
    ) throws -> T? {
        let result = try run(sql, values, isPlanned: isPlanned)
        guard result.count > 0 else { return nil }
        var row = result.row(0)
        return try row.optional(T.self)
    }

    /// The first column of every row.
    func values<T: PostgresReadable>(
        _ type: T.Type = T.self, _ sql: String, _ values: [(any PostgresWritable)?] = [],
        isPlanned: Bool = true
    ) throws -> [T] {
        try rows(sql, values, isPlanned: isPlanned) { try $0.next(T.self) }
    }

    /// Has the transaction hold `name` until it ends, before the next statement; that waits until nobody else's does.
    /// Unlike a row, it need not exist.
    func hold(_ name: String) { later("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", [name]) }

    /// As `hold`, but gives up at once; false then.
    func tryToHold(_ name: String) -> PostgresQuestion {
        ask("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0))", [name])
    }

    // MARK: - Questions

    /// What `body` makes of the first row of what was asked.
    func row<T>(_ question: PostgresQuestion, _ body: (inout PostgresRow) throws -> T) throws -> T? {
        let result = try answer(question)
        guard result.count > 0 else { return nil }
        var row = result.row(0, currency: currency)
        return try body(&row)
    }

    /// The first column of the first row of what was asked.
    func value<T: PostgresReadable>(_ type: T.Type = T.self, _ question: PostgresQuestion) throws -> T? {
        try row(question) { try $0.optional(T.self) } ?? nil
    }
}
