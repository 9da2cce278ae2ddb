/// Invoices with a series of their own, badges, and the keys under which sales were put aside and taken up. The version
/// before goes on working.
enum PostgresSchemaDesk {
    // The names of an invoice's columns are its own, so that orders are read together with it. party_address has a
    // line of the address in each line.
    static let statements = """
        ALTER TABLE number_series DROP CONSTRAINT number_series_kind_check;
        ALTER TABLE number_series ADD CHECK (kind IN ('R', 'F', 'I', 'Z'));
        ALTER TABLE document_issue DROP CONSTRAINT document_issue_document_check;
        ALTER TABLE document_issue ADD CHECK (document IN ('sale', 'refund', 'invoice'));
        CREATE TABLE invoice (
            order_id INTEGER PRIMARY KEY REFERENCES orders (id),
            invoice_till TEXT NOT NULL,
            invoice_position INTEGER NOT NULL CHECK (invoice_position > 0),
            party_name TEXT NOT NULL CHECK (party_name <> ''),
            party_address TEXT NOT NULL,
            party_tax_number TEXT,
            made_by INTEGER REFERENCES users (id),
            made_at TIMESTAMP NOT NULL,
            UNIQUE (invoice_till, invoice_position)
        );
        ALTER TABLE account_pin ADD COLUMN badge TEXT COLLATE "C" UNIQUE;
        CREATE TABLE parking_key (
            user_id INTEGER NOT NULL,
            key TEXT COLLATE "C" NOT NULL,
            fingerprint BYTEA NOT NULL CHECK (length(fingerprint) = 32),
            parked TEXT NOT NULL,
            created_at TIMESTAMP NOT NULL,
            PRIMARY KEY (user_id, key)
        );
        CREATE INDEX parking_key_age ON parking_key (created_at);
        """
}
