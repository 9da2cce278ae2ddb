import GRDB

/// Rows of one table, written many to a statement: of thousands of small statements, most of the time goes
/// into starting them.
struct RowBatch {
    private let table: String
    private let columns: [String]
    private var values: [DatabaseValue] = []

    private static let rowsPerStatement = 50

    init(_ table: String, _ columns: [String]) {
        self.table = table
        self.columns = columns
    }

    /// - Parameter row: a value for each column.
    mutating func append(_ row: [(any DatabaseValueConvertible)?]) {
        for value in row { values.append(value?.databaseValue ?? .null) }
    }

    func write(to db: Database) throws {
        let marks = "(\(columns.map { _ in "?" }.joined(separator: ", ")))"
        var rest = values[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.rowsPerStatement * columns.count)
            rest = rest.dropFirst(part.count)
            let rows = repeatElement(marks, count: part.count / columns.count).joined(separator: ", ")
            try db.run(
                "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES \(rows)",
                StatementArguments(part))
        }
    }
}
