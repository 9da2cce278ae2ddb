/// The first schema. `users`, `products`, `orders` and `order_items` are the Flask service's, with its columns,
/// types and names; what a store keeps beyond them is in further columns with defaults and in further tables.
///
/// Times are UTC without a zone, money is in major units. What SQL can state of the invariants (<doc:Domain>), it
/// states. Counters that every order changes are kept in slots, of which each connection uses its own, so that
/// orders do not wait for each other.
enum PostgresSchemaV1 {
    static let statements = [people, catalog, counts, discounts, till, selling, counters, keys, journal]
        .joined()

    static let now = "(now() AT TIME ZONE 'UTC')"

    /// Kind, till and position of a document's number, together or none of them.
    static let numberColumns = """
        number_kind TEXT CHECK (number_kind IN ('R', 'F', 'Z')),
            number_till TEXT,
            number_position INTEGER CHECK (number_position > 0),
            CHECK ((number_kind IS NULL) = (number_till IS NULL)
                AND (number_kind IS NULL) = (number_position IS NULL))
        """

    static func numberIndex(_ table: String) -> String {
        """
        CREATE UNIQUE INDEX \(table)_number ON \(table) (number_kind, number_till, number_position)
        WHERE number_position IS NOT NULL;
        """
    }

    private static let people = """
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            uuid TEXT NOT NULL,
            currency TEXT NOT NULL,
            is_demo BOOLEAN NOT NULL,
            created_at TIMESTAMP NOT NULL
        );
        CREATE TABLE role (
            name VARCHAR(50) PRIMARY KEY,
            grants TEXT NOT NULL CHECK (grants::json IS NOT NULL)
        );
        CREATE TABLE users (
            id SERIAL PRIMARY KEY,
            email VARCHAR(255) NOT NULL,
            password_hash VARCHAR(255) NOT NULL,
            name VARCHAR(255) NOT NULL CHECK (name <> ''),
            role VARCHAR(50) NOT NULL DEFAULT 'customer' REFERENCES role (name),
            created_at TIMESTAMP NOT NULL DEFAULT \(now),
            updated_at TIMESTAMP NOT NULL DEFAULT \(now),
            email_key TEXT COLLATE "C" NOT NULL UNIQUE
        );
        CREATE UNIQUE INDEX ix_users_email ON users (email);
        CREATE INDEX users_role ON users (role);

        CREATE TABLE policy (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            content TEXT NOT NULL CHECK (content::json IS NOT NULL),
            set_by INTEGER REFERENCES users (id),
            created_at TIMESTAMP NOT NULL
        );
        CREATE TABLE sign_in_failure (
            email_digest BYTEA PRIMARY KEY CHECK (length(email_digest) = 32),
            failures INTEGER NOT NULL CHECK (failures > 0),
            next_try_at TIMESTAMP NOT NULL,
            failed_at TIMESTAMP NOT NULL
        );
        CREATE INDEX sign_in_failure_age ON sign_in_failure (failed_at);
        CREATE TABLE revoked_token (
            token_digest BYTEA PRIMARY KEY CHECK (length(token_digest) = 32),
            expires_at TIMESTAMP NOT NULL
        );
        CREATE INDEX revoked_token_age ON revoked_token (expires_at);

        """

    // stock is always initial_stock plus what stock_movement says; `verify` adds it up. The words that find a
    // product lie in a table of their own, so that a search reads no products but those it shows.
    private static let catalog = """
        CREATE TABLE products (
            id SERIAL PRIMARY KEY,
            name VARCHAR(255) NOT NULL CHECK (name <> ''),
            description TEXT,
            price NUMERIC(10, 2) NOT NULL CHECK (price >= 0),
            stock INTEGER NOT NULL DEFAULT 0 CHECK (stock >= 0),
            category VARCHAR(100),
            created_at TIMESTAMP NOT NULL DEFAULT \(now),
            updated_at TIMESTAMP NOT NULL DEFAULT \(now),
            name_key TEXT COLLATE "C" NOT NULL DEFAULT '',
            initial_stock INTEGER NOT NULL DEFAULT 0 CHECK (initial_stock >= 0),
            tracks_stock BOOLEAN NOT NULL DEFAULT TRUE,
            tax_class TEXT,
            sku TEXT,
            sku_key TEXT COLLATE "C" UNIQUE,
            barcode TEXT,
            barcode_key TEXT COLLATE "C" UNIQUE,
            handle TEXT COLLATE "C" UNIQUE,
            archived BOOLEAN NOT NULL DEFAULT FALSE,
            CHECK ((sku IS NULL) = (sku_key IS NULL))
        ) WITH (fillfactor = 90);
        CREATE INDEX products_newest ON products (id) WHERE NOT archived;
        CREATE INDEX products_name ON products (name_key, id) WHERE NOT archived;
        CREATE INDEX products_price ON products (price, id) WHERE NOT archived;
        CREATE INDEX products_category_newest ON products (category, id) WHERE NOT archived;
        CREATE INDEX products_category_name ON products (category, name_key, id) WHERE NOT archived;
        CREATE INDEX products_category_price ON products (category, price, id) WHERE NOT archived;

        CREATE TABLE product_search (
            id INTEGER PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE,
            terms TSVECTOR NOT NULL
        );
        CREATE INDEX product_search_terms ON product_search USING gin (terms) WITH (fastupdate = off);

        """

    private static let counts = """
        CREATE TABLE category (
            name VARCHAR(100) PRIMARY KEY,
            product_count INTEGER NOT NULL CHECK (product_count >= 0)
        );
        CREATE TABLE product_total (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            on_sale INTEGER NOT NULL CHECK (on_sale >= 0)
        );
        INSERT INTO product_total VALUES (1, 0);

        CREATE FUNCTION product_count_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP <> 'INSERT' AND NOT old.archived THEN
                UPDATE product_total SET on_sale = on_sale - 1;
                UPDATE category SET product_count = product_count - 1 WHERE name = old.category;
            END IF;
            IF TG_OP <> 'DELETE' AND NOT new.archived THEN
                UPDATE product_total SET on_sale = on_sale + 1;
                INSERT INTO category (name, product_count) SELECT new.category, 1 WHERE new.category IS NOT NULL
                ON CONFLICT (name) DO UPDATE SET product_count = category.product_count + 1;
            END IF;
            RETURN NULL;
        END $body$;
        CREATE TRIGGER product_count_insert AFTER INSERT OR DELETE ON products
        FOR EACH ROW EXECUTE FUNCTION product_count_change();
        CREATE TRIGGER product_count_update AFTER UPDATE OF archived, category ON products
        FOR EACH ROW WHEN (old.archived <> new.archived OR old.category IS DISTINCT FROM new.category)
        EXECUTE FUNCTION product_count_change();

        """

    private static let discounts = """
        CREATE TABLE discount (
            code_key TEXT COLLATE "C" PRIMARY KEY,
            code TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('percent', 'fixed')),
            rate_numerator BIGINT,
            rate_denominator BIGINT CHECK (rate_denominator > 0),
            amount NUMERIC(10, 2) CHECK (amount > 0),
            valid_from TIMESTAMP,
            valid_until TIMESTAMP,
            minimum NUMERIC(10, 2) CHECK (minimum >= 0),
            usage_limit INTEGER CHECK (usage_limit > 0),
            active BOOLEAN NOT NULL DEFAULT TRUE,
            created_at TIMESTAMP NOT NULL,
            CHECK ((kind = 'percent') = (rate_numerator IS NOT NULL)),
            CHECK ((kind = 'percent') = (rate_denominator IS NOT NULL)),
            CHECK ((kind = 'fixed') = (amount IS NOT NULL)),
            CHECK (rate_numerator BETWEEN 1 AND rate_denominator)
        );
        CREATE TABLE discount_use (
            code_key TEXT COLLATE "C" NOT NULL REFERENCES discount (code_key),
            slot INTEGER NOT NULL,
            uses INTEGER NOT NULL,
            PRIMARY KEY (code_key, slot)
        );
        CREATE TABLE payment_method (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('cash', 'external-card', 'simulated-card', 'online')),
            permission TEXT NOT NULL,
            position INTEGER NOT NULL,
            active BOOLEAN NOT NULL DEFAULT TRUE
        );

        """

    private static let till = """
        CREATE TABLE number_series (
            kind TEXT NOT NULL CHECK (kind IN ('R', 'F', 'Z')),
            till TEXT NOT NULL,
            last INTEGER NOT NULL CHECK (last > 0),
            PRIMARY KEY (kind, till)
        ) WITH (fillfactor = 50);
        CREATE TABLE shift (
            id SERIAL PRIMARY KEY,
            till TEXT NOT NULL CHECK (length(till) BETWEEN 1 AND 20),
            opened_by INTEGER NOT NULL REFERENCES users (id),
            opened_at TIMESTAMP NOT NULL,
            float_amount NUMERIC(14, 2) NOT NULL CHECK (float_amount >= 0),
            closed_by INTEGER REFERENCES users (id),
            closed_at TIMESTAMP,
            expected NUMERIC(14, 2),
            counted NUMERIC(14, 2) CHECK (counted >= 0),
            reason TEXT,
            \(numberColumns),
            CHECK ((closed_at IS NULL) = (closed_by IS NULL)
                AND (closed_at IS NULL) = (expected IS NULL)
                AND (closed_at IS NULL) = (counted IS NULL)
                AND (closed_at IS NULL) = (number_position IS NULL)),
            CHECK (reason IS NULL OR closed_at IS NOT NULL)
        );
        CREATE UNIQUE INDEX shift_open ON shift (till) WHERE closed_at IS NULL;
        CREATE INDEX shift_till ON shift (till, id);
        \(numberIndex("shift"))
        CREATE FUNCTION storefront_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            RAISE EXCEPTION 'a row of % is never changed', TG_TABLE_NAME;
        END $body$;
        CREATE TRIGGER shift_closed BEFORE UPDATE ON shift FOR EACH ROW WHEN (old.closed_at IS NOT NULL)
        EXECUTE FUNCTION storefront_refuse();
        CREATE TABLE cash_movement (
            id SERIAL PRIMARY KEY,
            shift_id INTEGER NOT NULL REFERENCES shift (id),
            kind TEXT NOT NULL CHECK (kind IN ('paid-in', 'paid-out', 'drop')),
            amount NUMERIC(14, 2) NOT NULL CHECK (amount > 0),
            reason TEXT NOT NULL CHECK (reason <> ''),
            moved_by INTEGER NOT NULL REFERENCES users (id),
            created_at TIMESTAMP NOT NULL
        );
        CREATE INDEX cash_movement_shift ON cash_movement (shift_id, id);
        CREATE TABLE parked_sale (
            id SERIAL PRIMARY KEY,
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            label TEXT NOT NULL,
            basket TEXT NOT NULL CHECK (basket::json IS NOT NULL),
            till TEXT NOT NULL,
            parked_by INTEGER NOT NULL REFERENCES users (id),
            created_at TIMESTAMP NOT NULL
        );

        """

    // One key, one order and one payment: the primary key says so, whoever asks and on whatever server.
    private static let keys = """
        CREATE TABLE idempotency (
            key TEXT NOT NULL,
            operation TEXT NOT NULL CHECK (operation IN ('order', 'payment', 'sale', 'refund')),
            user_id INTEGER NOT NULL,
            fingerprint BYTEA NOT NULL CHECK (length(fingerprint) = 32),
            order_id INTEGER NOT NULL REFERENCES orders (id),
            refund_id INTEGER REFERENCES refund (id),
            answer BYTEA,
            created_at TIMESTAMP NOT NULL,
            PRIMARY KEY (user_id, operation, key),
            CHECK ((operation = 'refund') = (refund_id IS NOT NULL))
        );
        CREATE INDEX idempotency_order ON idempotency (order_id);

        """

    private static let journal = """
        CREATE TABLE journal (
            chain TEXT COLLATE "C" NOT NULL CHECK (chain <> ''),
            number INTEGER NOT NULL CHECK (number > 0),
            kind TEXT NOT NULL,
            content TEXT NOT NULL,
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            person INTEGER,
            created_at TIMESTAMP NOT NULL,
            PRIMARY KEY (chain, number)
        );
        CREATE TRIGGER journal_change BEFORE UPDATE OR DELETE ON journal
        FOR EACH ROW EXECUTE FUNCTION storefront_refuse();
        """
}
