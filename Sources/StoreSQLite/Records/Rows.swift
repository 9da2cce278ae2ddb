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
}

extension Row {
    func timestamp(_ column: String) -> Timestamp { Timestamp(milliseconds: self[column]) }

    func money(_ column: String, _ currency: Currency) -> Money {
        Money(minorUnits: self[column], currency: currency)
    }

    /// A word that a CHECK of the schema keeps to the cases of `T`.
    func word<T: RawRepresentable>(_ column: String) throws -> T where T.RawValue == String {
        guard let value = T(rawValue: self[column]) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "\(column) holds no \(T.self)")
        }
        return value
    }
}
