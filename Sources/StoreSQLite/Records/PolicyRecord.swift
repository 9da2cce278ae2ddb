import GRDB
import StoreDomain

/// Rows of `policy`.
enum PolicyRecord {
    static func latestNumber(in db: Database) throws -> Int {
        guard let number = try db.value(Int.self, "SELECT MAX(number) FROM policy") else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no row in policy")
        }
        return number
    }

    /// The version in force.
    static func latest(in db: Database) throws -> PolicyVersion {
        try version(latestNumber(in: db), in: db)
    }

    static func version(_ number: Int, in db: Database) throws -> PolicyVersion {
        guard let version = try db.row("SELECT * FROM policy WHERE number = ?", [number], version) else {
            throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no version \(number) of the policy")
        }
        return version
    }

    /// The latest first.
    static func all(in db: Database) throws -> [PolicyVersion] {
        try db.rows("SELECT * FROM policy ORDER BY number DESC", [], version)
    }

    static func insert(_ version: PolicyVersion, in db: Database) throws {
        try db.run(
            "INSERT INTO policy (number, content, set_by, created_at) VALUES (?, ?, ?, ?)",
            [version.number, try JSONText.of(version.policy), version.by, version.at.milliseconds])
    }

    private static func version(_ row: Row) throws -> PolicyVersion {
        PolicyVersion(
            number: row["number"], policy: try JSONText.read(ShopPolicy.self, from: row["content"]),
            at: row.timestamp("created_at"), by: row["set_by"])
    }
}
