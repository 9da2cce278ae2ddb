import GRDB
import StoreDomain

extension Database {
    /// Runs a statement that each connection prepares only once.
    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try cachedStatement(sql: sql).execute(arguments: arguments)
    }

    /// The first column of the first row, from a statement that each connection prepares only once.
    func value<T: DatabaseValueConvertible>(
        _ type: T.Type = T.self, _ sql: String, _ arguments: StatementArguments = StatementArguments()
    ) throws -> T? {
        try T.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }

    /// What `body` makes of each row of a statement that each connection prepares only once. The rows live no
    /// longer than the call: they are read where SQLite has them, not copied.
    func rows<T>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ body: (Row) throws -> T
    ) throws -> [T] {
        let cursor = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        var values: [T] = []
        while let row = try cursor.next() { values.append(try body(row)) }
        return values
    }

    /// What `body` makes of the first row, as `rows` does.
    func row<T>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(), _ body: (Row) throws -> T
    ) throws -> T? {
        let cursor = try Row.fetchCursor(cachedStatement(sql: sql), arguments: arguments)
        // With the cursor, the row is gone.
        return try withExtendedLifetime(cursor) { try cursor.next().map(body) }
    }
}

extension RawRepresentable where RawValue == String {
    /// The case that a column holds.
    static func stored(_ word: String) throws -> Self {
        guard let value = Self(rawValue: word) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(word) is no \(Self.self)")
        }
        return value
    }
}

extension Row {
    func timestamp(_ column: String) -> Timestamp { Timestamp(milliseconds: self[column]) }

    func optionalTimestamp(_ column: String) -> Timestamp? {
        (self[column] as Int64?).map { Timestamp(milliseconds: $0) }
    }

    func money(_ column: String, _ currency: Currency) -> Money {
        Money(minorUnits: self[column], currency: currency)
    }

    func optionalMoney(_ column: String, _ currency: Currency) -> Money? {
        (self[column] as Int64?).map { Money(minorUnits: $0, currency: currency) }
    }

    /// A word that a CHECK of the schema keeps to the cases of `T`.
    func word<T: RawRepresentable>(_ column: String) throws -> T where T.RawValue == String {
        try T.stored(self[column])
    }

    /// A document's number in the columns that every numbered table has.
    func documentNumber() throws -> DocumentNumber? {
        guard let position: Int = self["number_position"] else { return nil }
        return DocumentNumber(
            series: NumberSeries(try word("number_kind"), till: self["number_till"]), position: position)
    }
}
