/// How prices changed, by themselves and in batches, which is never changed; and a way to what is no longer sold.
enum SchemaOffice {
    static let statements = """
        CREATE INDEX product_archived ON product (name_key, id) WHERE archived = 1;

        CREATE TABLE price_batch (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            title TEXT NOT NULL CHECK (title <> ''),
            changes INTEGER NOT NULL CHECK (changes > 0),
            person INTEGER REFERENCES account (id),
            created_at INTEGER NOT NULL,
            taken_back_by INTEGER REFERENCES account (id),
            taken_back_at INTEGER
        ) STRICT;

        CREATE TABLE price_change (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            product_id INTEGER NOT NULL REFERENCES product (id),
            old_price_minor INTEGER NOT NULL CHECK (old_price_minor >= 0),
            new_price_minor INTEGER NOT NULL
                CHECK (new_price_minor >= 0 AND new_price_minor <> old_price_minor),
            person INTEGER REFERENCES account (id),
            batch_id INTEGER REFERENCES price_batch (id),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX price_change_product ON price_change (product_id, created_at, id);
        CREATE INDEX price_change_batch ON price_change (batch_id, product_id) WHERE batch_id IS NOT NULL;
        CREATE TRIGGER price_change_update BEFORE UPDATE ON price_change BEGIN
            SELECT RAISE(ABORT, 'the history of prices is never changed');
        END;
        CREATE TRIGGER price_change_delete BEFORE DELETE ON price_change BEGIN
            SELECT RAISE(ABORT, 'nothing leaves the history of prices');
        END;
        """
}
