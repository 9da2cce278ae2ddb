/// Batches of prices that begin and end by the clock, and when somebody was here last.
///
/// A batch with `holds_from` waits until `begun_at`; what it does then stands in `price_batch_line`. Those made before
/// began when they were made.
///
/// `category_changes` counts how often products changed their category: what is kept of categories counts for as long as
/// it stays.
enum SchemaDates {
    static let statements = """
        ALTER TABLE price_batch ADD COLUMN holds_from INTEGER CHECK (holds_from > created_at);
        ALTER TABLE price_batch ADD COLUMN holds_until INTEGER
            CHECK (holds_until > created_at AND (holds_from IS NULL OR holds_until > holds_from));
        ALTER TABLE price_batch ADD COLUMN begun_at INTEGER
            CHECK (begun_at IS NULL OR begun_at >= holds_from AND holds_from IS NOT NULL);
        ALTER TABLE price_batch ADD COLUMN kept INTEGER NOT NULL DEFAULT 0 CHECK (kept BETWEEN 0 AND changes);
        ALTER TABLE price_batch ADD COLUMN kept_back INTEGER NOT NULL DEFAULT 0
            CHECK (kept_back BETWEEN 0 AND changes);
        CREATE INDEX price_batch_begins ON price_batch (holds_from)
            WHERE holds_from IS NOT NULL AND begun_at IS NULL AND taken_back_at IS NULL;
        CREATE INDEX price_batch_ends ON price_batch (holds_until)
            WHERE holds_until IS NOT NULL AND taken_back_at IS NULL;
        CREATE TABLE price_batch_line (
            batch_id INTEGER NOT NULL REFERENCES price_batch (id),
            product_id INTEGER NOT NULL REFERENCES product (id),
            old_price_minor INTEGER NOT NULL CHECK (old_price_minor >= 0),
            new_price_minor INTEGER NOT NULL
                CHECK (new_price_minor >= 0 AND new_price_minor <> old_price_minor),
            PRIMARY KEY (batch_id, product_id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE account_seen (
            account_id INTEGER PRIMARY KEY REFERENCES account (id),
            seen_at INTEGER NOT NULL
        ) STRICT;
        ALTER TABLE store ADD COLUMN category_changes INTEGER NOT NULL DEFAULT 0 CHECK (category_changes >= 0);
        CREATE TRIGGER product_category_changed AFTER UPDATE OF category_id ON product
        WHEN old.category_id IS NOT new.category_id BEGIN
            UPDATE store SET category_changes = category_changes + 1;
        END;
        CREATE TRIGGER category_renamed AFTER UPDATE OF name ON category BEGIN
            UPDATE store SET category_changes = category_changes + 1;
        END;
        """
}
