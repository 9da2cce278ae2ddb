/// Batches of prices that begin and end by the clock, and when somebody was here last.
///
/// A batch with `holds_from` waits until `begun_at`; what it does then stands in `price_batch_line`. Those made before,
/// and those that the version before makes, begin when they are made.
///
/// `category_change` has a row for each transaction in which a product changed its category, whoever changed it: what is
/// kept of categories counts for as long as there are no more. Rows, and not one that is counted up, as nobody waits for
/// another one's row.
enum PostgresSchemaDates {
    static let statements = """
        ALTER TABLE price_batch ADD COLUMN holds_from TIMESTAMP CHECK (holds_from > created_at);
        ALTER TABLE price_batch ADD COLUMN holds_until TIMESTAMP
            CHECK (holds_until > created_at AND (holds_from IS NULL OR holds_until > holds_from));
        ALTER TABLE price_batch ADD COLUMN begun_at TIMESTAMP
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
            product_id INTEGER NOT NULL REFERENCES products (id),
            old_price NUMERIC(10, 2) NOT NULL CHECK (old_price >= 0),
            new_price NUMERIC(10, 2) NOT NULL CHECK (new_price >= 0 AND new_price <> old_price),
            PRIMARY KEY (batch_id, product_id)
        );
        CREATE TABLE account_seen (
            account_id INTEGER PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE,
            seen_at TIMESTAMP NOT NULL
        );
        CREATE TABLE category_change (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY);
        CREATE FUNCTION category_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            IF current_setting('storefront.category_changed', true) IS DISTINCT FROM pg_current_xact_id()::text THEN
                INSERT INTO category_change DEFAULT VALUES;
                PERFORM set_config('storefront.category_changed', pg_current_xact_id()::text, true);
            END IF;
            RETURN NULL;
        END $body$;
        DO $body$ BEGIN
            EXECUTE format('ALTER FUNCTION category_changed() SET search_path = %I, pg_temp', current_schema());
        END $body$;
        CREATE TRIGGER category_changed AFTER UPDATE OF category ON products FOR EACH ROW
        WHEN (old.category IS DISTINCT FROM new.category)
        EXECUTE FUNCTION category_changed();
        CREATE TRIGGER category_gone AFTER DELETE ON products FOR EACH ROW
        EXECUTE FUNCTION category_changed();
        """
}
