/// A statement with its arguments.
struct PostgresStatement {
    let sql: String
    let arguments: PostgresArguments
    /// Whether PostgreSQL may plan it once for all arguments.
    let isPlanned: Bool
    /// Where its rows go; nil where nobody wants them.
    var question: PostgresQuestion?

    init(_ sql: String, _ values: [(any PostgresWritable)?], isPlanned: Bool = true) {
        self.sql = sql
        arguments = PostgresArguments(values)
        self.isPlanned = isPlanned
    }
}

/// A statement that was put off and whose rows are wanted later.
final class PostgresQuestion {
    private(set) var result: PostgresResult?

    func take(_ result: PostgresResult) { self.result = result }
}

/// What was sent to the server, whose answers come in the same order.
struct PostgresSent {
    /// The text of a statement that is being prepared.
    var preparing: String?
    var question: PostgresQuestion?
}
