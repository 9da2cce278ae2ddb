/// What a server of the REST API needs: the answers it has given, the tokens that were signed out, and a way
/// to pay over it.
enum SchemaV2 {
    static let statements = [answers, tokens, onlinePayment].joined()

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

    // A CHECK cannot be changed, so the table is made anew. A new store gets its rows at its birth.
    private static let onlinePayment = """
        CREATE TABLE payment_method_new (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('cash', 'external-card', 'simulated-card', 'online')),
            minimum_role TEXT NOT NULL CHECK (minimum_role IN ('customer', 'staff', 'admin')),
            position INTEGER NOT NULL,
            active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        INSERT INTO payment_method_new SELECT * FROM payment_method;
        DROP TABLE payment_method;
        ALTER TABLE payment_method_new RENAME TO payment_method;
        INSERT INTO payment_method (id, name, kind, minimum_role, position)
        SELECT 'online', 'Online', 'online', 'customer', (SELECT MAX(position) + 1 FROM payment_method)
        FROM store;
        """
}
