import GRDB
import StoreDomain

/// Rows that a statement reads as a table with the columns `column1`, `column2`…, in their order. However many they
/// are, it is one statement.
struct RowValues {
    let rows: [[CanonicalJSON]]

    /// A few rows are bound value by value: SQLite reads an array of JSON anew for every column of every row. More of
    /// them come as JSON, so that a connection does not keep a statement for each number of rows.
    private static let mostBound = 8
    private static let mostColumns = 24

    init(_ rows: [[CanonicalJSON]]) { self.rows = rows }

    private var isBound: Bool { rows.count <= Self.mostBound }
    private var width: Int { rows.first?.count ?? 1 }

    /// What stands behind FROM.
    var source: String { isBound ? Self.bound[rows.count][width] : Self.json[width] }

    /// What `source` binds.
    var arguments: StatementArguments {
        isBound
            ? StatementArguments(rows.joined().map(\.databaseValue))
            : [CanonicalJSON.array(rows.map { .array($0) }).text]
    }

    /// By the number of rows and of columns.
    private static let bound: [[String]] = (0...mostBound).map { count in
        (0...mostColumns).map { width in
            let row = "(\(repeatElement("?", count: width).joined(separator: ", ")))"
            return "(VALUES \(repeatElement(row, count: count).joined(separator: ", ")))"
        }
    }

    /// By the number of columns.
    private static let json: [String] = (0...mostColumns).map { width in
        let columns = (0..<width).map { "value ->> \($0) AS column\($0 + 1)" }.joined(separator: ", ")
        return "(SELECT \(columns) FROM json_each(?) ORDER BY key)"
    }
}

extension CanonicalJSON {
    /// As a column holds it, and as SQLite's `->>` gives it.
    fileprivate var databaseValue: DatabaseValue {
        switch self {
        case .null: .null
        case .bool(let value): value.databaseValue
        case .integer(let value): value.databaseValue
        case .text(let value): value.databaseValue
        case .array, .object: text.databaseValue
        }
    }
}
