import StoreDomain

/// Rows of `journal`, which a trigger keeps from being changed.
enum JournalRows {
    /// Asks how far a chain goes.
    static func askHead(of chain: String, in db: PostgresConnection) -> PostgresQuestion {
        db.ask("SELECT number, hash FROM journal WHERE chain = $1 ORDER BY number DESC LIMIT 1", [chain])
    }

    static func head(_ question: PostgresQuestion, in db: PostgresConnection) throws -> JournalHead? {
        try db.row(question) { JournalHead(number: try $0.next(), hash: try $0.next()) }
    }

    static func append(_ records: [JournalRecord], in db: PostgresConnection) {
        for record in records {
            db.later(
                """
                INSERT INTO journal (chain, number, kind, content, hash, person, created_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7)
                """,
                [
                    record.chain, record.number, record.kind.rawValue, record.text, record.hash, record.by,
                    record.at,
                ])
        }
    }

    static func records(of chain: String, from number: Int, limit: Int, in db: PostgresConnection) throws
        -> [JournalRecord]
    {
        try db.rows(
            """
            SELECT chain, number, created_at, person, kind, content, hash FROM journal
            WHERE chain = $1 AND number >= $2 ORDER BY number LIMIT $3
            """, [chain, number, limit]
        ) { row in
            try JournalRecord(
                chain: row.next(), number: row.next(), at: row.next(), by: row.optional(), kind: row.word(),
                text: row.next(), hash: row.next())
        }
    }

    /// What the training sales of a span come to.
    static func trainingSales(
        in chain: String, from start: Timestamp, until end: Timestamp, _ db: PostgresConnection
    ) throws -> ShiftReport.TrainingSum {
        // The text says its own time, in milliseconds.
        try db.row(
            """
            SELECT COUNT(*), COALESCE(SUM((content::jsonb -> 'data' ->> 'total')::bigint), 0)::bigint FROM journal
            WHERE chain = $1 AND kind = $2
                AND (content::jsonb ->> 'at')::bigint >= $3::bigint AND (content::jsonb ->> 'at')::bigint < $4::bigint
            """,
            [chain, JournalKind.trainingSale.rawValue, start.milliseconds, end.milliseconds]
        ) { ShiftReport.TrainingSum(sales: try $0.next(), totalMinor: try $0.next()) } ?? .none
    }

    /// By name.
    static func chains(in db: PostgresConnection) throws -> [String] {
        // Hops from chain to chain, however many records each has.
        try db.values(
            String.self,
            """
            WITH RECURSIVE chains (name) AS (
                (SELECT chain FROM journal ORDER BY chain LIMIT 1)
                UNION ALL SELECT (SELECT chain FROM journal WHERE chain > name ORDER BY chain LIMIT 1) FROM chains
                WHERE name IS NOT NULL)
            SELECT name FROM chains WHERE name IS NOT NULL
            """)
    }
}
