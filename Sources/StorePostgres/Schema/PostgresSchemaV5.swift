/// Who visits a kiosk: accounts that visitors made, the keys that open them, and codes by which another key becomes an
/// account's.
enum PostgresSchemaV5 {
    // Codes are kept by their digest, so that the database tells none that is good.
    static let statements = """
        CREATE TABLE visitor_account (
            account_id INTEGER PRIMARY KEY REFERENCES users (id),
            made_at TIMESTAMP NOT NULL
        );
        CREATE TABLE visitor_key (
            fingerprint TEXT COLLATE "C" PRIMARY KEY
                CHECK (fingerprint LIKE 'SHA256:%' AND length(fingerprint) = 50),
            account_id INTEGER NOT NULL REFERENCES users (id),
            added_at TIMESTAMP NOT NULL,
            seen_at TIMESTAMP NOT NULL
        );
        CREATE INDEX visitor_key_account ON visitor_key (account_id);
        CREATE TABLE visitor_code (
            account_id INTEGER PRIMARY KEY REFERENCES users (id),
            code_digest BYTEA NOT NULL UNIQUE CHECK (length(code_digest) = 32),
            expires_at TIMESTAMP NOT NULL
        );
        """
}
