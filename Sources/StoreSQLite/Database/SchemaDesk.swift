import GRDB

/// Invoices with a series of their own, badges, and the keys under which sales were put aside and taken up.
enum SchemaDesk {
    static func migrate(_ db: Database) throws {
        try TableRebuild.run(
            "number_series", in: db,
            """
                kind TEXT NOT NULL CHECK (kind IN ('R', 'F', 'I', 'Z')),
                till TEXT NOT NULL,
                last INTEGER NOT NULL CHECK (last > 0),
                PRIMARY KEY (kind, till)
            ) STRICT, WITHOUT ROWID
            """, columns: "kind, till, last", copying: "SELECT kind, till, last FROM number_series")
        let columns = "document, document_id, position, issued_by, till, shift_id, created_at"
        try TableRebuild.run(
            "document_issue", in: db,
            """
                document TEXT NOT NULL CHECK (document IN ('sale', 'refund', 'invoice')),
                document_id INTEGER NOT NULL,
                position INTEGER NOT NULL CHECK (position >= 0),
                issued_by INTEGER REFERENCES account (id),
                till TEXT,
                shift_id INTEGER REFERENCES shift (id),
                created_at INTEGER NOT NULL,
                PRIMARY KEY (document, document_id, position)
            ) STRICT, WITHOUT ROWID
            """, columns: columns, copying: "SELECT \(columns) FROM document_issue")
        try db.execute(sql: tables)
    }

    // The names of an invoice's columns are its own, so that orders are read together with it. party_address has a
    // line of the address in each line.
    private static let tables = """
        CREATE INDEX document_issue_shift ON document_issue (shift_id) WHERE position > 0;

        CREATE TABLE invoice (
            order_id INTEGER PRIMARY KEY REFERENCES orders (id),
            invoice_till TEXT NOT NULL,
            invoice_position INTEGER NOT NULL CHECK (invoice_position > 0),
            party_name TEXT NOT NULL CHECK (party_name <> ''),
            party_address TEXT NOT NULL,
            party_tax_number TEXT,
            made_by INTEGER REFERENCES account (id),
            made_at INTEGER NOT NULL,
            UNIQUE (invoice_till, invoice_position)
        ) STRICT;

        ALTER TABLE account_pin ADD COLUMN badge TEXT;
        CREATE UNIQUE INDEX account_pin_badge ON account_pin (badge) WHERE badge IS NOT NULL;

        CREATE TABLE parking_key (
            user_id INTEGER NOT NULL,
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
            parked TEXT NOT NULL CHECK (json_valid(parked)),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX parking_key_age ON parking_key (created_at);
        """
}
