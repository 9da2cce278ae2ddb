import CSQLite
import GRDB
import StoreDomain

/// Reads a row's columns one after another, in the order in which its statement lists them: looking each up by
/// its name costs more than reading it. The row lives no longer than the statement stands on it.
struct Columns {
    private let statement: SQLiteStatement
    private var position: CInt = 0

    fileprivate init(_ statement: SQLiteStatement) { self.statement = statement }

    mutating func next<T: StatementColumnConvertible>() -> T {
        guard let value: T = optional() else {
            fatalError("column \(position) of a statement is never without a \(T.self)")
        }
        return value
    }

    mutating func optional<T: StatementColumnConvertible>() -> T? {
        defer { position += 1 }
        guard !storefront_sqlite_is_null(UnsafeMutableRawPointer(statement), position) else { return nil }
        return T.fromStatement(statement, atUncheckedIndex: position)
    }

    mutating func money(_ currency: Currency) -> Money { Money(minorUnits: next(), currency: currency) }

    mutating func optionalMoney(_ currency: Currency) -> Money? {
        (optional() as Int64?).map { Money(minorUnits: $0, currency: currency) }
    }

    mutating func timestamp() -> Timestamp { Timestamp(milliseconds: next()) }

    /// A word that a CHECK of the schema keeps to the cases of `T`.
    mutating func word<T: RawRepresentable>() throws -> T where T.RawValue == String {
        try T.stored(next())
    }

    /// Kind, till and position, together or none of them.
    mutating func documentNumber() throws -> DocumentNumber? {
        let kind: String? = optional()
        let till: String? = optional()
        let position: Int? = optional()
        guard let kind, let till, let position else { return nil }
        return DocumentNumber(series: NumberSeries(try .stored(kind), till: till), position: position)
    }
}

extension Database {
    /// What `body` makes of each row of a statement that each connection prepares only once.
    func list<T>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(),
        _ body: (inout Columns) throws -> T
    ) throws -> [T] {
        let cursor = try ColumnsCursor(cachedStatement(sql: sql), arguments)
        var values: [T] = []
        while var columns = try cursor.next() { values.append(try body(&columns)) }
        return values
    }

    /// Gives each row to `body`, as `list` does.
    func each(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(),
        _ body: (inout Columns) throws -> Void
    ) throws {
        let cursor = try ColumnsCursor(cachedStatement(sql: sql), arguments)
        while var columns = try cursor.next() { try body(&columns) }
    }

    /// What `body` makes of the first row, as `list` does.
    func first<T>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(),
        _ body: (inout Columns) throws -> T
    ) throws -> T? {
        let cursor = try ColumnsCursor(cachedStatement(sql: sql), arguments)
        // With the cursor, the row is gone.
        return try withExtendedLifetime(cursor) {
            guard var columns = try cursor.next() else { return nil }
            return try body(&columns)
        }
    }

    /// What `body` makes of the rows by what it sorts them under, each group in the rows' order.
    func groups<T>(
        _ sql: String, _ arguments: StatementArguments = StatementArguments(),
        _ body: (inout Columns) throws -> (key: Int64, value: T)
    ) throws -> [Int64: [T]] {
        try list(sql, arguments, body).reduce(into: [:]) { $0[$1.key, default: []].append($1.value) }
    }
}

/// The rows of a statement as `Columns`. GRDB's own cursor makes a dictionary of all column names for every statement
/// that it runs, which costs a short one as much as SQLite does.
private final class ColumnsCursor: DatabaseCursor {
    typealias Element = Columns
    let _statement: Statement
    var _isDone = false

    init(_ statement: Statement, _ arguments: StatementArguments) throws {
        _statement = statement
        try statement.setArguments(arguments)
    }

    // Unbinding resets the statement: whoever has read one row of several is done with it.
    deinit { storefront_sqlite_reset(UnsafeMutableRawPointer(_statement.sqliteStatement)) }

    func _element(sqliteStatement: SQLiteStatement) -> Columns { Columns(sqliteStatement) }
}
