/// Exchanges, how often a document was printed, what happened at tills beside sales, and where a document stands on
/// the journal.
enum PostgresSchemaExchanges {
    static let statements = exchanges + marks + happenings

    // What goods of an earlier sale are worth pays for those of another one: the same money on both sides. What
    // these columns refer to is never deleted; `verify` looks them over.
    private static let exchanges = """
        ALTER TABLE payment ADD COLUMN moved_from INTEGER;
        ALTER TABLE refund ADD COLUMN exchange_order_id INTEGER;
        CREATE INDEX refund_exchange ON refund (exchange_order_id) WHERE exchange_order_id IS NOT NULL;
        ALTER TABLE refund_tender ADD COLUMN moved BOOLEAN NOT NULL DEFAULT false;

        """

    private static let marks = """
        ALTER TABLE orders ADD COLUMN journal_mark TEXT;
        ALTER TABLE refund ADD COLUMN journal_mark TEXT;

        """

    // The original of a document has position 0.
    private static let happenings = """
        CREATE TABLE document_issue (
            document TEXT NOT NULL CHECK (document IN ('sale', 'refund')),
            document_id INTEGER NOT NULL,
            position INTEGER NOT NULL CHECK (position >= 0),
            issued_by INTEGER REFERENCES users (id),
            till TEXT,
            shift_id INTEGER REFERENCES shift (id),
            created_at TIMESTAMP NOT NULL,
            PRIMARY KEY (document, document_id, position)
        );
        CREATE INDEX document_issue_shift ON document_issue (shift_id) WHERE position > 0;
        CREATE TABLE till_event (
            id SERIAL PRIMARY KEY,
            kind TEXT NOT NULL CHECK (kind IN ('no-sale', 'abandoned', 'tender-back', 'slip')),
            till TEXT NOT NULL,
            shift_id INTEGER REFERENCES shift (id),
            person INTEGER REFERENCES users (id),
            amount NUMERIC(14, 2) CHECK (amount >= 0),
            reason TEXT,
            created_at TIMESTAMP NOT NULL
        );
        CREATE INDEX till_event_shift ON till_event (shift_id) WHERE shift_id IS NOT NULL;

        """
}
