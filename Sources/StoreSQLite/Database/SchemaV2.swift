import GRDB

/// What a server of the REST API needs: the answers it has given, the tokens that were signed out, and a way
/// to pay over it.
enum SchemaV2 {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: answers + tokens)
        try makeOnlinePayment(db)
    }

    private static let answers = """
        ALTER TABLE idempotency ADD COLUMN answer BLOB;

        """

    private static let tokens = """
        CREATE TABLE revoked_token (
            token_digest BLOB PRIMARY KEY CHECK (length(token_digest) = 32),
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX revoked_token_age ON revoked_token (expires_at);

        """

    private static func makeOnlinePayment(_ db: Database) throws {
        let columns = "id, name, kind, minimum_role, position, active"
        try TableRebuild.run(
            "payment_method", in: db,
            """
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('cash', 'external-card', 'simulated-card', 'online')),
                minimum_role TEXT NOT NULL CHECK (minimum_role IN ('customer', 'staff', 'admin')),
                position INTEGER NOT NULL,
                active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
            ) STRICT, WITHOUT ROWID
            """, columns: columns, copying: "SELECT \(columns) FROM payment_method")
        // A new store gets its rows at its birth.
        try db.execute(
            sql: """
                INSERT INTO payment_method (id, name, kind, minimum_role, position)
                SELECT 'online', 'Online', 'online', 'customer', (SELECT MAX(position) + 1 FROM payment_method)
                FROM store
                """)
    }
}
