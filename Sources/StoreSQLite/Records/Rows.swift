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

    /// The rows of a statement that each connection prepares only once.
    func rows(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> [Row] {
        try Row.fetchAll(cachedStatement(sql: sql), arguments: arguments)
    }

    /// The first row of a statement that each connection prepares only once.
    func row(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws -> Row? {
        try Row.fetchOne(cachedStatement(sql: sql), arguments: arguments)
    }
}

extension Row {
    func timestamp(_ column: String) -> Timestamp { Timestamp(milliseconds: self[column]) }

    func money(_ column: String, _ currency: Currency) -> Money {
        Money(minorUnits: self[column], currency: currency)
    }

    func optionalMoney(_ column: String, _ currency: Currency) -> Money? {
        (self[column] as Int64?).map { Money(minorUnits: $0, currency: currency) }
    }

    /// A word that a CHECK of the schema keeps to the cases of `T`.
    func word<T: RawRepresentable>(_ column: String) throws -> T where T.RawValue == String {
        guard let value = T(rawValue: self[column]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(column) holds no \(T.self)")
        }
        return value
    }

    /// A document's number in the columns that every numbered table has.
    func documentNumber() throws -> DocumentNumber? {
        guard let position: Int = self["number_position"] else { return nil }
        return DocumentNumber(
            series: NumberSeries(try word("number_kind"), till: self["number_till"]), position: position)
    }
}
