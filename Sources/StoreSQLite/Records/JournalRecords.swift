import GRDB
import StoreDomain

/// Rows of `journal`, which triggers keep from being changed.
enum JournalRecords {
    static func head(of chain: String, in db: Database) throws -> JournalHead? {
        try db.row("SELECT number, hash FROM journal WHERE chain = ? ORDER BY number DESC LIMIT 1", [chain]) {
            JournalHead(number: $0[0], hash: $0[1])
        }
    }

    static func append(_ records: [JournalRecord], in db: Database) throws {
        for record in records {
            try db.run(
                """
                INSERT INTO journal (chain, number, kind, content, hash, person, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    record.chain, record.number, record.kind.rawValue, record.text, record.hash, record.by,
                    record.at.milliseconds,
                ])
        }
    }

    static func records(of chain: String, from number: Int, limit: Int, in db: Database) throws
        -> [JournalRecord]
    {
        try db.rows(
            "SELECT * FROM journal WHERE chain = ? AND number >= ? ORDER BY number LIMIT ?",
            [chain, number, limit]
        ) { row in
            JournalRecord(
                chain: row["chain"], number: row["number"], at: row.timestamp("created_at"),
                by: row["person"], kind: try row.word("kind"), text: row["content"], hash: row["hash"])
        }
    }

    /// What the training sales of a span come to.
    static func trainingSales(
        in chain: String, from start: Timestamp, until end: Timestamp, _ db: Database
    ) throws -> ShiftReport.TrainingSum {
        try db.row(
            """
            SELECT COUNT(*), COALESCE(SUM(content ->> '$.data.total'), 0) FROM journal
            WHERE chain = ? AND kind = ? AND created_at >= ? AND created_at < ?
            """,
            [chain, JournalKind.trainingSale.rawValue, start.milliseconds, end.milliseconds]
        ) { ShiftReport.TrainingSum(sales: $0[0], totalMinor: $0[1]) } ?? .none
    }

    /// By name.
    static func chains(in db: Database) throws -> [String] {
        // Hops from chain to chain, however many records each has.
        try String.fetchAll(
            db.cachedStatement(
                sql: """
                    WITH RECURSIVE chains (name) AS (
                        SELECT MIN(chain) FROM journal
                        UNION ALL SELECT (SELECT MIN(chain) FROM journal WHERE chain > name) FROM chains
                        WHERE name IS NOT NULL)
                    SELECT name FROM chains WHERE name IS NOT NULL
                    """))
    }
}
