import StoreDomain

/// Rows of `policy`.
enum PolicyRows {
    /// Asks for the number of the version in force.
    static func askLatestNumber(in db: PostgresConnection) -> PostgresQuestion {
        db.ask("SELECT max(number) FROM policy")
    }

    static func latestNumber(_ question: PostgresQuestion, in db: PostgresConnection) throws -> Int {
        guard let number = try db.value(Int.self, question) else {
            throw PostgresFailure.corrupt("no row in policy")
        }
        return number
    }

    static func version(_ number: Int, in db: PostgresConnection) throws -> PolicyVersion {
        guard let version = try db.row("\(select) WHERE number = $1", [number], version) else {
            throw PostgresFailure.corrupt("no version \(number) of the policy")
        }
        return version
    }

    /// The latest first.
    static func all(in db: PostgresConnection) throws -> [PolicyVersion] {
        try db.rows("\(select) ORDER BY number DESC", [], version)
    }

    static func insert(_ version: PolicyVersion, in db: PostgresConnection) throws {
        try db.run(
            "INSERT INTO policy (number, content, set_by, created_at) VALUES ($1, $2, $3, $4)",
            [version.number, try StoredJSON.of(version.policy), version.by, version.at])
    }

    private static let select = "SELECT number, content, created_at, set_by FROM policy"

    private static func version(_ row: inout PostgresRow) throws -> PolicyVersion {
        try PolicyVersion(
            number: row.next(), policy: StoredJSON.read(ShopPolicy.self, from: row.next()), at: row.next(),
            by: row.optional())
    }
}
