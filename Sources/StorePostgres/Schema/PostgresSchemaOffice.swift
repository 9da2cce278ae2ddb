/// How prices changed, by themselves and in batches, which is never changed; and a way to what is no longer sold. The
/// version before goes on working: what
/// it changes is not in the history.
enum PostgresSchemaOffice {
    static let statements = """
        CREATE INDEX products_archived ON products (name_key, id) WHERE archived;
        CREATE TABLE price_batch (
            id SERIAL PRIMARY KEY,
            title TEXT NOT NULL CHECK (title <> ''),
            changes INTEGER NOT NULL CHECK (changes > 0),
            person INTEGER REFERENCES users (id),
            created_at TIMESTAMP NOT NULL,
            taken_back_by INTEGER REFERENCES users (id),
            taken_back_at TIMESTAMP
        );
        CREATE TABLE price_change (
            id SERIAL PRIMARY KEY,
            product_id INTEGER NOT NULL REFERENCES products (id),
            old_price NUMERIC(10, 2) NOT NULL CHECK (old_price >= 0),
            new_price NUMERIC(10, 2) NOT NULL CHECK (new_price >= 0 AND new_price <> old_price),
            person INTEGER REFERENCES users (id),
            batch_id INTEGER REFERENCES price_batch (id),
            created_at TIMESTAMP NOT NULL
        );
        CREATE INDEX price_change_product ON price_change (product_id, created_at, id);
        CREATE INDEX price_change_batch ON price_change (batch_id, product_id) WHERE batch_id IS NOT NULL;
        CREATE TRIGGER price_change_kept BEFORE UPDATE OR DELETE ON price_change
            FOR EACH ROW EXECUTE FUNCTION storefront_refuse();
        """
}
