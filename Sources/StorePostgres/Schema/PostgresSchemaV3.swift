/// What lets a search of a million products answer as fast as one of a thousand: the products of common terms as bits,
/// and the orders by name and price in stretches. Triggers note what changes a product's words, name or price, also for
/// programs that know nothing of the bits; `SearchUpkeep` makes of it what `product_bits` says.
enum PostgresSchemaV3 {
    static let statements = [tables, notes].joined(separator: "\n")

    // A chunk of rows is no larger than half a page, and stands in its row as it is.
    private static let tables = """
        CREATE TABLE product_term (
            id SERIAL PRIMARY KEY,
            key TEXT COLLATE "C" NOT NULL UNIQUE
        );
        CREATE TABLE product_bits (
            term INTEGER NOT NULL,
            chunk INTEGER NOT NULL CHECK (chunk >= 0),
            rows BYTEA NOT NULL CHECK (length(rows) BETWEEN 1 AND 3968),
            PRIMARY KEY (term, chunk)
        ) WITH (toast_tuple_target = 8160);
        ALTER TABLE product_bits ALTER COLUMN rows SET STORAGE EXTERNAL;
        CREATE TABLE product_stretch (
            sorted_by TEXT NOT NULL CHECK (sorted_by IN ('name', 'price')),
            place INTEGER NOT NULL CHECK (place >= 0),
            name_key TEXT COLLATE "C",
            price NUMERIC(10, 2),
            id INTEGER NOT NULL,
            PRIMARY KEY (sorted_by, place),
            CHECK ((sorted_by = 'name') = (name_key IS NOT NULL) AND (sorted_by = 'price') = (price IS NOT NULL))
        );
        CREATE TABLE product_bits_made (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            on_sale INTEGER NOT NULL CHECK (on_sale >= 0)
        );
        INSERT INTO product_bits_made VALUES (1, 0);
        """

    // A product may be noted several times; `terms` is what it had before. Every search reads the notes, so what is left of
    // old ones is cleared away soon. Others than this program write products, too,
    // with rights of their own.
    private static let notes = #"""
        CREATE TABLE product_change (
            id INTEGER NOT NULL,
            terms TSVECTOR
        ) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
        CREATE FUNCTION product_words_note() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO product_change (id) VALUES (new.id);
            ELSE
                INSERT INTO product_change (id, terms) VALUES (old.id, old.terms);
            END IF;
            RETURN NULL;
        END $body$;
        CREATE FUNCTION product_place_note() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            INSERT INTO product_change (id) VALUES (new.id);
            RETURN NULL;
        END $body$;
        CREATE TRIGGER product_words_insert AFTER INSERT OR DELETE ON product_search
        FOR EACH ROW EXECUTE FUNCTION product_words_note();
        CREATE TRIGGER product_words_update AFTER UPDATE ON product_search
        FOR EACH ROW WHEN (old.terms IS DISTINCT FROM new.terms) EXECUTE FUNCTION product_words_note();
        CREATE TRIGGER product_place_update AFTER UPDATE OF name, name_key, price ON products
        FOR EACH ROW WHEN (NOT new.archived AND (old.name_key <> new.name_key OR old.price <> new.price))
        EXECUTE FUNCTION product_place_note();
        DO $body$ DECLARE found REGPROCEDURE; BEGIN
            FOR found IN SELECT pg_proc.oid FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
                WHERE nspname = current_schema()
                AND proname IN ('product_words_note', 'product_place_note')
            LOOP EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = %I, pg_temp', found, current_schema());
            END LOOP;
        END $body$;
        """#
}
