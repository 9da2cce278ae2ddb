import GRDB
import StoreDomain

/// Rows of `number_series`: the last position given in each series.
enum NumberRecord {
    /// Those of the series in which a number was given.
    static func last(of series: Set<NumberSeries>, in db: Database) throws -> [NumberSeries: Int] {
        let wanted = series.map { [CanonicalJSON.text($0.kind.rawValue), .text($0.till)] }
        let positions = try db.rows(
            """
            SELECT kind, till, last FROM json_each(?) AS wanted CROSS JOIN number_series
            ON kind = wanted.value ->> 0 AND till = wanted.value ->> 1
            """, [JSONText.rows(wanted)]
        ) { row in (NumberSeries(try .stored(row[0]), till: row[1]), row[2] as Int) }
        return Dictionary(positions) { first, _ in first }
    }

    static func setLast(_ positions: [NumberSeries: Int], in db: Database) throws {
        guard !positions.isEmpty else { return }
        let rows = positions.map { series, position -> [CanonicalJSON] in
            [.text(series.kind.rawValue), .text(series.till), .number(position)]
        }
        try db.run(
            """
            INSERT INTO number_series (kind, till, last)
            SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?) WHERE true
            ON CONFLICT (kind, till) DO UPDATE SET last = excluded.last
            """, [JSONText.rows(rows)])
    }
}
