/// Who visits a kiosk: accounts that visitors made, the keys that open them, and codes by which another key becomes an
/// account's.
enum SchemaV6 {
    // Codes are kept by their digest, so that the file tells none that is good.
    static let statements = """
        CREATE TABLE visitor_account (
            account_id INTEGER PRIMARY KEY REFERENCES account (id),
            made_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE visitor_key (
            fingerprint TEXT PRIMARY KEY CHECK (fingerprint LIKE 'SHA256:%' AND length(fingerprint) = 50),
            account_id INTEGER NOT NULL REFERENCES account (id),
            added_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX visitor_key_account ON visitor_key (account_id);
        CREATE TABLE visitor_code (
            account_id INTEGER PRIMARY KEY REFERENCES account (id),
            code_digest BLOB NOT NULL UNIQUE CHECK (length(code_digest) = 32),
            expires_at INTEGER NOT NULL
        ) STRICT;
        """
}
