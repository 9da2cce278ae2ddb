/// Numbers as an array in a statement. Few are arguments of their own, so that the statement's plan is the same whatever
/// they are: of an array as one argument PostgreSQL wants to know how long it is, and plans anew each time.
struct PostgresList {
    /// The array's expression.
    let sql: String
    let values: [(any PostgresWritable)?]

    /// So many at most are arguments of their own.
    static let few = 8

    /// - Parameter first: the number of its first argument.
    init(_ numbers: [Int64], from first: Int) {
        guard numbers.count <= Self.few else {
            sql = "$\(first)::int[]"
            values = [PostgresValue.list(numbers)]
            return
        }
        sql = "ARRAY[\(numbers.indices.map { "$\(first + $0)::int" }.joined(separator: ", "))]::int[]"
        values = numbers
    }
}
