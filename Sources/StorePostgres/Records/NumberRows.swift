import StoreDomain

/// Rows of `number_series`: the last position given in each series.
enum NumberRows {
    /// Those of the series in which a number was given.
    ///
    /// - Parameter locks: whether nobody else may give a number until the transaction ends.
    static func last(of series: Set<NumberSeries>, locks: Bool, in db: PostgresConnection) throws
        -> [NumberSeries: Int]
    {
        let series = Array(series)
        let positions = try db.rows(
            """
            SELECT number_series.kind, number_series.till, last FROM number_series
            JOIN unnest($1::text[], $2::text[]) AS wanted (kind, till) USING (kind, till)
            ORDER BY kind, till \(locks ? "FOR NO KEY UPDATE OF number_series" : "")
            """, [PostgresValue.list(series.map(\.kind.rawValue)), PostgresValue.list(series.map(\.till))]
        ) { row in (NumberSeries(try row.word(), till: try row.next()), try row.next(Int.self)) }
        return Dictionary(positions) { first, _ in first }
    }

    static func setLast(_ positions: [NumberSeries: Int], in db: PostgresConnection) {
        guard !positions.isEmpty else { return }
        let sorted = positions.sorted {
            ($0.key.kind.rawValue, $0.key.till) < ($1.key.kind.rawValue, $1.key.till)
        }
        db.later(
            """
            INSERT INTO number_series (kind, till, last)
            SELECT * FROM unnest($1::text[], $2::text[], $3::int[])
            ON CONFLICT (kind, till) DO UPDATE SET last = excluded.last
            """,
            [
                PostgresValue.list(sorted.map(\.key.kind.rawValue)),
                PostgresValue.list(sorted.map(\.key.till)),
                PostgresValue.list(sorted.map { Int64($0.value) }),
            ])
    }
}
