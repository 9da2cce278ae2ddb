/// The first schema. Frozen once landed: later changes are migrations of their own.
///
/// Times are milliseconds since 1970 in UTC, money is minor units of the store's one currency. What SQL can
/// state of the invariants (<doc:Domain>), it states.
enum SchemaV1 {
    static let statements = [store, accounts, catalog, counts, search, selling, idempotency].joined()

    private static let store = """
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            uuid TEXT NOT NULL,
            currency TEXT NOT NULL,
            is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
            created_at INTEGER NOT NULL
        ) STRICT;

        """

    // Failed sign-ins are kept by a digest of the e-mail, whether it has an account or not, so that waiting
    // tells neither apart and what was typed there by mistake is not kept.
    private static let accounts = """
        CREATE TABLE account (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL,
            email_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL CHECK (name <> ''),
            password_hash TEXT NOT NULL,
            role TEXT NOT NULL CHECK (role IN ('customer', 'staff', 'admin')),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE sign_in_failure (
            email_digest BLOB PRIMARY KEY CHECK (length(email_digest) = 32),
            failures INTEGER NOT NULL CHECK (failures > 0),
            next_try_at INTEGER NOT NULL,
            failed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_in_failure_age ON sign_in_failure (failed_at);

        """

    // stock is always initial_stock plus what stock_movement says; `verify` adds it up.
    private static let catalog = """
        CREATE TABLE category (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            product_count INTEGER NOT NULL DEFAULT 0 CHECK (product_count >= 0)
        ) STRICT;

        CREATE TABLE product (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            name_key TEXT NOT NULL,
            description TEXT NOT NULL DEFAULT '',
            price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 9999999999),
            initial_stock INTEGER NOT NULL CHECK (initial_stock >= 0),
            stock INTEGER NOT NULL CHECK (stock >= 0),
            category_id INTEGER REFERENCES category (id),
            sku TEXT UNIQUE COLLATE NOCASE,
            barcode TEXT UNIQUE,
            handle TEXT UNIQUE,
            search_extra TEXT NOT NULL,
            archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX product_newest ON product (id) WHERE archived = 0;
        CREATE INDEX product_name ON product (name_key, id) WHERE archived = 0;
        CREATE INDEX product_price ON product (price_minor, id) WHERE archived = 0;
        CREATE INDEX product_category_newest ON product (category_id, id) WHERE archived = 0;
        CREATE INDEX product_category_name ON product (category_id, name_key, id) WHERE archived = 0;
        CREATE INDEX product_category_price ON product (category_id, price_minor, id) WHERE archived = 0;

        """

    // Counts cost what changes, not what there is: a page never counts rows.
    private static let counts = """
        CREATE TABLE product_total (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            on_sale INTEGER NOT NULL CHECK (on_sale >= 0)
        ) STRICT;
        INSERT INTO product_total VALUES (1, 0);

        CREATE TRIGGER product_count_insert AFTER INSERT ON product WHEN new.archived = 0 BEGIN
            UPDATE product_total SET on_sale = on_sale + 1;
            UPDATE category SET product_count = product_count + 1 WHERE id = new.category_id;
        END;
        CREATE TRIGGER product_count_delete AFTER DELETE ON product WHEN old.archived = 0 BEGIN
            UPDATE product_total SET on_sale = on_sale - 1;
            UPDATE category SET product_count = product_count - 1 WHERE id = old.category_id;
        END;
        CREATE TRIGGER product_count_update AFTER UPDATE OF archived, category_id ON product
        WHEN old.archived <> new.archived OR old.category_id IS NOT new.category_id BEGIN
            UPDATE product_total SET on_sale = on_sale - (old.archived = 0) + (new.archived = 0);
            UPDATE category SET product_count = product_count - 1 WHERE id = old.category_id AND old.archived = 0;
            UPDATE category SET product_count = product_count + 1 WHERE id = new.category_id AND new.archived = 0;
        END;

        """

    // search_extra is written by SearchText: the words of the name and the category once more, marked, so
    // that one index answers "in the name" and "in this category", and what the tokenizer would miss in CJK
    // text. As every word is a row list of its own (detail=none) and each start of a word up to 12 characters
    // too (prefix), a search reads lists in order and stops when its page is full, however many products
    // match.
    private static let search = """
        CREATE VIEW product_on_sale AS
        SELECT id, name, description, sku, barcode, search_extra FROM product WHERE archived = 0;

        CREATE VIRTUAL TABLE product_search USING fts5 (
            name, description, sku, barcode, search_extra,
            content = 'product_on_sale', content_rowid = 'id',
            tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co'",
            prefix = '1 2 3 4 5 6 7 8 9 10 11 12', columnsize = 0, detail = none
        );
        CREATE TRIGGER product_search_insert AFTER INSERT ON product WHEN new.archived = 0 BEGIN
            INSERT INTO product_search (rowid, name, description, sku, barcode, search_extra)
            VALUES (new.id, new.name, new.description, new.sku, new.barcode, new.search_extra);
        END;
        CREATE TRIGGER product_search_delete AFTER DELETE ON product WHEN old.archived = 0 BEGIN
            INSERT INTO product_search (product_search, rowid, name, description, sku, barcode, search_extra)
            VALUES ('delete', old.id, old.name, old.description, old.sku, old.barcode, old.search_extra);
        END;
        CREATE TRIGGER product_search_update_out
        AFTER UPDATE OF name, description, sku, barcode, search_extra, archived ON product
        WHEN old.archived = 0 AND (old.name, old.description, old.sku, old.barcode, old.search_extra, old.archived)
            IS NOT (new.name, new.description, new.sku, new.barcode, new.search_extra, new.archived) BEGIN
            INSERT INTO product_search (product_search, rowid, name, description, sku, barcode, search_extra)
            VALUES ('delete', old.id, old.name, old.description, old.sku, old.barcode, old.search_extra);
            INSERT INTO product_search (rowid, name, description, sku, barcode, search_extra)
            SELECT new.id, new.name, new.description, new.sku, new.barcode, new.search_extra
            WHERE new.archived = 0;
        END;
        CREATE TRIGGER product_search_update_in AFTER UPDATE OF archived ON product
        WHEN old.archived = 1 AND new.archived = 0 BEGIN
            INSERT INTO product_search (rowid, name, description, sku, barcode, search_extra)
            VALUES (new.id, new.name, new.description, new.sku, new.barcode, new.search_extra);
        END;

        """

    private static let selling = """
        CREATE TABLE discount (
            code_key TEXT PRIMARY KEY,
            code TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('percent', 'fixed')),
            rate_numerator INTEGER,
            rate_denominator INTEGER CHECK (rate_denominator > 0),
            amount_minor INTEGER CHECK (amount_minor > 0),
            valid_from INTEGER,
            valid_until INTEGER,
            minimum_minor INTEGER CHECK (minimum_minor >= 0),
            usage_limit INTEGER CHECK (usage_limit > 0),
            times_used INTEGER NOT NULL DEFAULT 0 CHECK (times_used >= 0),
            active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
            created_at INTEGER NOT NULL,
            CHECK ((kind = 'percent') = (rate_numerator IS NOT NULL)),
            CHECK ((kind = 'percent') = (rate_denominator IS NOT NULL)),
            CHECK ((kind = 'fixed') = (amount_minor IS NOT NULL)),
            CHECK (rate_numerator BETWEEN 1 AND rate_denominator),
            CHECK (usage_limit IS NULL OR times_used <= usage_limit)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE payment_method (
            id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('cash', 'external-card', 'simulated-card')),
            minimum_role TEXT NOT NULL CHECK (minimum_role IN ('customer', 'staff', 'admin')),
            position INTEGER NOT NULL,
            active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE orders (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER NOT NULL REFERENCES account (id),
            status TEXT NOT NULL
                CHECK (status IN ('pending', 'paid', 'cancelled', 'partially_refunded', 'refunded')),
            subtotal_minor INTEGER NOT NULL CHECK (subtotal_minor >= 0),
            discount_minor INTEGER NOT NULL CHECK (discount_minor BETWEEN 0 AND subtotal_minor),
            tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
            total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
            refunded_minor INTEGER NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND total_minor),
            discount_code TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            CHECK (subtotal_minor - discount_minor + tax_minor = total_minor)
        ) STRICT;
        CREATE INDEX orders_newest ON orders (created_at, id);
        CREATE INDEX orders_user ON orders (user_id, created_at, id);
        CREATE INDEX orders_status ON orders (status, created_at, id);
        CREATE INDEX orders_user_status ON orders (user_id, status, created_at, id);

        CREATE TABLE order_item (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            product_id INTEGER NOT NULL REFERENCES product (id),
            product_name TEXT NOT NULL,
            sku TEXT,
            quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 9999),
            unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
            total_minor INTEGER NOT NULL CHECK (total_minor = unit_price_minor * quantity)
        ) STRICT;
        CREATE INDEX order_item_order ON order_item (order_id, id);

        CREATE TABLE order_count (
            user_id INTEGER NOT NULL,
            status TEXT NOT NULL,
            orders INTEGER NOT NULL CHECK (orders >= 0),
            PRIMARY KEY (user_id, status)
        ) STRICT, WITHOUT ROWID;
        CREATE TRIGGER order_count_insert AFTER INSERT ON orders BEGIN
            INSERT INTO order_count VALUES (new.user_id, new.status, 1)
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
            INSERT INTO order_count VALUES (0, new.status, 1)
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
        END;
        CREATE TRIGGER order_count_update AFTER UPDATE OF status ON orders WHEN old.status <> new.status BEGIN
            UPDATE order_count SET orders = orders - 1 WHERE user_id IN (0, old.user_id) AND status = old.status;
            INSERT INTO order_count VALUES (new.user_id, new.status, 1)
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
            INSERT INTO order_count VALUES (0, new.status, 1)
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
        END;

        CREATE TABLE payment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER NOT NULL UNIQUE REFERENCES orders (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
            tendered_minor INTEGER,
            change_minor INTEGER CHECK (change_minor >= 0),
            approval_code TEXT,
            taken_by INTEGER REFERENCES account (id),
            created_at INTEGER NOT NULL,
            CHECK (tendered_minor IS NULL OR tendered_minor - change_minor = amount_minor)
        ) STRICT;

        CREATE TABLE refund (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            payment_id INTEGER NOT NULL REFERENCES payment (id),
            amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE stock_movement (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            product_id INTEGER NOT NULL REFERENCES product (id),
            kind TEXT NOT NULL CHECK (kind IN ('adjustment', 'sale', 'return')),
            quantity INTEGER NOT NULL CHECK (quantity <> 0 AND (kind <> 'sale' OR quantity < 0)
                AND (kind <> 'return' OR quantity > 0)),
            order_id INTEGER REFERENCES orders (id),
            created_at INTEGER NOT NULL,
            CHECK ((kind = 'adjustment') = (order_id IS NULL))
        ) STRICT;
        CREATE INDEX stock_movement_product ON stock_movement (product_id);
        CREATE INDEX stock_movement_order ON stock_movement (order_id) WHERE order_id IS NOT NULL;

        """

    // One key, one order and one payment: the primary key says so, whoever asks and in whatever process.
    private static let idempotency = """
        CREATE TABLE idempotency (
            key TEXT NOT NULL,
            operation TEXT NOT NULL CHECK (operation IN ('order', 'payment')),
            user_id INTEGER NOT NULL,
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
            order_id INTEGER NOT NULL REFERENCES orders (id),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, operation, key)
        ) STRICT, WITHOUT ROWID;
        """
}
