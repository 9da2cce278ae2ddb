/// The schema of a store as the first sixteen migrations leave it in an empty file.
enum SchemaBeginning {
    /// Frozen as they are. What a later migration changes it changes in new files, too.
    static let sixteen = FileKind.Beginning(version: 16, statements: statements)

    private static let statements = """
        CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);
        CREATE TABLE store (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            uuid TEXT NOT NULL,
            currency TEXT NOT NULL,
            is_demo INTEGER NOT NULL CHECK (is_demo IN (0, 1)),
            created_at INTEGER NOT NULL
        , sales_counted INTEGER NOT NULL DEFAULT 0 CHECK (sales_counted IN (0, 1))) STRICT;
        CREATE TABLE sign_in_failure (
            email_digest BLOB PRIMARY KEY CHECK (length(email_digest) = 32),
            failures INTEGER NOT NULL CHECK (failures > 0),
            next_try_at INTEGER NOT NULL,
            failed_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE category (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            product_count INTEGER NOT NULL DEFAULT 0 CHECK (product_count >= 0)
        ) STRICT;
        CREATE TABLE product_total (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            on_sale INTEGER NOT NULL CHECK (on_sale >= 0)
        ) STRICT;
        CREATE TABLE order_count (
            user_id INTEGER NOT NULL,
            status TEXT NOT NULL,
            orders INTEGER NOT NULL CHECK (orders >= 0),
            PRIMARY KEY (user_id, status)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE revoked_token (
            token_digest BLOB PRIMARY KEY CHECK (length(token_digest) = 32),
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE role (
            name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 40),
            grants TEXT NOT NULL CHECK (json_valid(grants))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE account (    id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL,
            email_key TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL CHECK (name <> ''),
            password_hash TEXT NOT NULL,
            role TEXT NOT NULL REFERENCES role (name),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE policy (
            number INTEGER PRIMARY KEY CHECK (number > 0),
            content TEXT NOT NULL CHECK (json_valid(content)),
            set_by INTEGER REFERENCES account (id),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE product (    id INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL CHECK (name <> ''),
            name_key TEXT NOT NULL,
            description TEXT NOT NULL DEFAULT '',
            price_minor INTEGER NOT NULL CHECK (price_minor BETWEEN 0 AND 9999999999),
            initial_stock INTEGER NOT NULL CHECK (initial_stock >= 0),
            stock INTEGER NOT NULL CHECK (stock >= 0 OR count_due_at IS NOT NULL),
            tracks_stock INTEGER NOT NULL DEFAULT 1 CHECK (tracks_stock IN (0, 1)),
            category_id INTEGER REFERENCES category (id),
            tax_class TEXT,
            sku TEXT,
            sku_key TEXT UNIQUE,
            barcode TEXT UNIQUE,
            handle TEXT UNIQUE,
            archived INTEGER NOT NULL DEFAULT 0 CHECK (archived IN (0, 1)),
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL, barcode_key TEXT, count_due_at INTEGER,
            CHECK ((sku IS NULL) = (sku_key IS NULL))
        ) STRICT;
        CREATE TABLE discount (    code_key TEXT PRIMARY KEY,
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
            CHECK (rate_numerator BETWEEN 1 AND rate_denominator)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE shift (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            till TEXT NOT NULL CHECK (length(till) BETWEEN 1 AND 20),
            opened_by INTEGER NOT NULL REFERENCES account (id),
            opened_at INTEGER NOT NULL,
            float_minor INTEGER NOT NULL CHECK (float_minor >= 0),
            closed_by INTEGER REFERENCES account (id),
            closed_at INTEGER,
            expected_minor INTEGER,
            counted_minor INTEGER CHECK (counted_minor >= 0),
            reason TEXT,
            number_kind TEXT CHECK (number_kind IN ('R', 'F', 'Z')),
            number_till TEXT,
            number_position INTEGER CHECK (number_position > 0), counts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(counts)), next_float_minor INTEGER
            CHECK (next_float_minor IS NULL OR next_float_minor BETWEEN 0 AND counted_minor), perpetual_sales_minor INTEGER, perpetual_refunds_minor INTEGER, journal_hash TEXT,
            CHECK ((number_kind IS NULL) = (number_till IS NULL)
                AND (number_kind IS NULL) = (number_position IS NULL)),
            CHECK ((closed_at IS NULL) = (closed_by IS NULL)
                AND (closed_at IS NULL) = (expected_minor IS NULL)
                AND (closed_at IS NULL) = (counted_minor IS NULL)
                AND (closed_at IS NULL) = (number_position IS NULL)),
            CHECK (reason IS NULL OR closed_at IS NOT NULL)
        ) STRICT;
        CREATE TABLE cash_movement (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            shift_id INTEGER NOT NULL REFERENCES shift (id),
            kind TEXT NOT NULL CHECK (kind IN ('paid-in', 'paid-out', 'drop')),
            amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
            reason TEXT NOT NULL CHECK (reason <> ''),
            moved_by INTEGER NOT NULL REFERENCES account (id),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE parked_sale (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            code TEXT NOT NULL UNIQUE CHECK (code <> ''),
            label TEXT NOT NULL,
            basket TEXT NOT NULL CHECK (json_valid(basket)),
            till TEXT NOT NULL,
            parked_by INTEGER NOT NULL REFERENCES account (id),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE orders (    id INTEGER PRIMARY KEY AUTOINCREMENT,
            user_id INTEGER REFERENCES account (id),
            operator_id INTEGER REFERENCES account (id),
            till TEXT,
            status TEXT NOT NULL
                CHECK (status IN ('pending', 'paid', 'cancelled', 'partially_refunded', 'refunded')),
            subtotal_minor INTEGER NOT NULL CHECK (subtotal_minor >= 0),
            discount_minor INTEGER NOT NULL CHECK (discount_minor BETWEEN 0 AND subtotal_minor),
            tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
            tax_mode TEXT NOT NULL CHECK (tax_mode IN ('added', 'included')),
            exempted_minor INTEGER NOT NULL DEFAULT 0 CHECK (exempted_minor >= 0),
            total_minor INTEGER NOT NULL CHECK (total_minor >= 0),
            rounding_minor INTEGER NOT NULL DEFAULT 0,
            refunded_minor INTEGER NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND total_minor),
            discount_code TEXT,
            exemption_reason TEXT,
            exemption_number TEXT,
            note TEXT,
            payment_opened_at INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            number_kind TEXT CHECK (number_kind IN ('R', 'F', 'Z')),
            number_till TEXT,
            number_position INTEGER CHECK (number_position > 0), journal_mark TEXT,
            CHECK ((number_kind IS NULL) = (number_till IS NULL)
                AND (number_kind IS NULL) = (number_position IS NULL)),
            CHECK (subtotal_minor - discount_minor - exempted_minor
                + CASE tax_mode WHEN 'added' THEN tax_minor ELSE 0 END = total_minor),
            CHECK ((exemption_reason IS NULL) = (exemption_number IS NULL)),
            CHECK (exemption_reason IS NOT NULL OR exempted_minor = 0),
            CHECK ((till IS NULL) = (operator_id IS NULL))
        ) STRICT;
        CREATE TABLE order_item (    id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            product_id INTEGER NOT NULL REFERENCES product (id),
            product_name TEXT NOT NULL,
            sku TEXT,
            quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 9999),
            unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
            list_price_minor INTEGER CHECK (list_price_minor >= 0),
            total_minor INTEGER NOT NULL CHECK (total_minor = unit_price_minor * quantity),
            line_discount_minor INTEGER NOT NULL DEFAULT 0
                CHECK (line_discount_minor BETWEEN 0 AND total_minor),
            order_discount_minor INTEGER NOT NULL
                CHECK (order_discount_minor BETWEEN 0 AND total_minor - line_discount_minor),
            tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
            tax_rate_numerator INTEGER CHECK (tax_rate_numerator >= 0),
            tax_rate_denominator INTEGER CHECK (tax_rate_denominator > 0),
            tax_class TEXT,
            override_reason TEXT,
            returned INTEGER NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND quantity),
            CHECK ((tax_rate_numerator IS NULL) = (tax_rate_denominator IS NULL)),
            CHECK (list_price_minor IS NULL OR override_reason IS NOT NULL)
        ) STRICT;
        CREATE TABLE payment (    id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
            tendered_minor INTEGER,
            change_minor INTEGER CHECK (change_minor >= 0),
            approval_code TEXT,
            taken_by INTEGER REFERENCES account (id),
            shift_id INTEGER REFERENCES shift (id),
            created_at INTEGER NOT NULL, moved_from INTEGER REFERENCES payment (id),
            CHECK ((tendered_minor IS NULL) = (change_minor IS NULL)),
            CHECK (tendered_minor IS NULL OR tendered_minor - change_minor = amount_minor)
        ) STRICT;
        CREATE TABLE stranded_payment (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
            approval_code TEXT,
            taken_by INTEGER REFERENCES account (id),
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE stock_movement (    id INTEGER PRIMARY KEY AUTOINCREMENT,
            product_id INTEGER NOT NULL REFERENCES product (id),
            kind TEXT NOT NULL
                CHECK (kind IN ('sale', 'return', 'receiving', 'count', 'loss', 'correction')),
            quantity INTEGER NOT NULL CHECK (quantity <> 0 AND (kind NOT IN ('sale', 'loss') OR quantity < 0)
                AND (kind NOT IN ('return', 'receiving') OR quantity > 0)),
            order_id INTEGER REFERENCES orders (id),
            person INTEGER REFERENCES account (id),
            reason TEXT,
            unit_cost_minor INTEGER CHECK (unit_cost_minor >= 0),
            created_at INTEGER NOT NULL,
            CHECK ((kind IN ('sale', 'return')) = (order_id IS NOT NULL))
        ) STRICT;
        CREATE TABLE refund_item (
            refund_id INTEGER NOT NULL REFERENCES refund (id),
            position INTEGER NOT NULL,
            item_id INTEGER NOT NULL REFERENCES order_item (id),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
            tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
            restocks INTEGER NOT NULL CHECK (restocks IN (0, 1)),
            PRIMARY KEY (refund_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE refund_tender (
            refund_id INTEGER NOT NULL REFERENCES refund (id),
            position INTEGER NOT NULL,
            payment_id INTEGER REFERENCES payment (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
            approval_code TEXT, moved INTEGER NOT NULL DEFAULT 0 CHECK (moved IN (0, 1)),
            PRIMARY KEY (refund_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE idempotency (    key TEXT NOT NULL,
            operation TEXT NOT NULL CHECK (operation IN ('order', 'payment', 'sale', 'refund')),
            user_id INTEGER NOT NULL,
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
            order_id INTEGER NOT NULL REFERENCES orders (id),
            refund_id INTEGER REFERENCES refund (id),
            answer BLOB,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, operation, key),
            CHECK ((operation = 'refund') = (refund_id IS NOT NULL))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE journal (
            chain TEXT NOT NULL CHECK (chain <> ''),
            number INTEGER NOT NULL CHECK (number > 0),
            kind TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            hash TEXT NOT NULL CHECK (length(hash) = 64),
            person INTEGER,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (chain, number)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE product_words (
            id INTEGER PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
            words TEXT NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE product_search USING fts5 (
            words, content = 'product_words', content_rowid = 'id', tokenize = 'ascii',
            prefix = '1 2 3 4 5 6 7 8 9 10 11 12', columnsize = 0, detail = none
        );
        CREATE TABLE product_order (
            id INTEGER PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
            name_key TEXT NOT NULL,
            price_minor INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE product_term (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE product_bits (
            id INTEGER PRIMARY KEY,
            rows BLOB NOT NULL CHECK (length(rows) BETWEEN 1 AND 3968)
        ) STRICT;
        CREATE TABLE product_stretch (
            sorted_by TEXT NOT NULL CHECK (sorted_by IN ('name_key', 'price_minor')),
            value ANY NOT NULL,
            id INTEGER NOT NULL,
            place INTEGER NOT NULL CHECK (place >= 0),
            PRIMARY KEY (sorted_by, value, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE product_bits_made (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            on_sale INTEGER NOT NULL CHECK (on_sale >= 0)
        ) STRICT;
        CREATE TABLE visitor_account (
            account_id INTEGER PRIMARY KEY REFERENCES account (id),
            made_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE visitor_key (
            fingerprint TEXT PRIMARY KEY CHECK (fingerprint LIKE 'SHA256:%' AND length(fingerprint) = 50),
            account_id INTEGER NOT NULL REFERENCES account (id),
            added_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE visitor_code (
            account_id INTEGER PRIMARY KEY REFERENCES account (id),
            code_digest BLOB NOT NULL UNIQUE CHECK (length(code_digest) = 32),
            expires_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE shift_issue (
            shift_id INTEGER NOT NULL REFERENCES shift (id),
            position INTEGER NOT NULL CHECK (position >= 0),
            issued_by INTEGER REFERENCES account (id),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (shift_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE pin_setting (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            setting TEXT NOT NULL
        ) STRICT;
        CREATE TABLE account_pin (
            account_id INTEGER PRIMARY KEY REFERENCES account (id),
            hash TEXT UNIQUE,
            failures INTEGER NOT NULL CHECK (failures >= 0)
        , badge TEXT) STRICT;
        CREATE TABLE approval (
            id INTEGER PRIMARY KEY,
            permission TEXT NOT NULL,
            share_numerator INTEGER,
            share_denominator INTEGER CHECK ((share_denominator IS NULL) = (share_numerator IS NULL)),
            amount_minor INTEGER,
            title TEXT NOT NULL,
            content TEXT NOT NULL CHECK (json_valid(content)),
            digest TEXT NOT NULL CHECK (length(digest) = 64),
            till TEXT,
            shift_id INTEGER REFERENCES shift (id),
            asked_by INTEGER NOT NULL REFERENCES account (id),
            asked_at INTEGER NOT NULL,
            stage TEXT NOT NULL
                CHECK (stage IN ('waiting', 'granted', 'refused', 'used', 'expired', 'withdrawn')),
            answered_by INTEGER REFERENCES account (id) CHECK (answered_by <> asked_by),
            answered_at INTEGER CHECK ((answered_at IS NULL) = (answered_by IS NULL)),
            by_pin INTEGER NOT NULL CHECK (by_pin IN (0, 1)),
            CHECK (stage NOT IN ('granted', 'refused', 'used') OR answered_by IS NOT NULL)
        ) STRICT;
        CREATE TABLE payment_method (    id TEXT PRIMARY KEY,
            name TEXT NOT NULL,
            kind TEXT NOT NULL CHECK (kind IN ('cash', 'external-card', 'simulated-card', 'online', 'gift-card',
                'store-credit')),
            permission TEXT NOT NULL,
            position INTEGER NOT NULL,
            active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE refund (    id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER REFERENCES orders (id),
            reason TEXT NOT NULL CHECK (reason <> ''),
            amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
            rounding_minor INTEGER NOT NULL,
            operator_id INTEGER NOT NULL REFERENCES account (id),
            till TEXT NOT NULL,
            shift_id INTEGER REFERENCES shift (id),
            created_at INTEGER NOT NULL,
            refund_kind TEXT NOT NULL DEFAULT 'refund' CHECK (refund_kind IN ('refund', 'void')),
            booked_on INTEGER REFERENCES account (id),
            number_kind TEXT CHECK (number_kind IN ('R', 'F', 'Z')),
            number_till TEXT,
            number_position INTEGER CHECK (number_position > 0), exchange_order_id INTEGER REFERENCES orders (id), journal_mark TEXT,
            CHECK ((number_kind IS NULL) = (number_till IS NULL)
                AND (number_kind IS NULL) = (number_position IS NULL))
        ) STRICT;
        CREATE TABLE gift_card (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            code_digest BLOB UNIQUE CHECK (length(code_digest) = 32),
            last_four TEXT,
            account_id INTEGER UNIQUE REFERENCES account (id),
            name TEXT,
            balance_minor INTEGER NOT NULL DEFAULT 0 CHECK (balance_minor >= 0),
            expires_at INTEGER,
            created_at INTEGER NOT NULL,
            CHECK ((code_digest IS NULL) = (account_id IS NOT NULL)),
            CHECK ((code_digest IS NULL) = (last_four IS NULL))
        ) STRICT;
        CREATE TABLE gift_card_movement (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            card_id INTEGER NOT NULL REFERENCES gift_card (id),
            kind TEXT NOT NULL CHECK (kind IN ('issue', 'redeem', 'refund', 'take-back', 'expire')),
            amount_minor INTEGER NOT NULL
                CHECK (amount_minor <> 0 AND (amount_minor > 0) = (kind IN ('issue', 'refund'))),
            left_minor INTEGER NOT NULL CHECK (left_minor >= 0),
            order_id INTEGER REFERENCES orders (id),
            payment_id INTEGER REFERENCES payment (id),
            refund_id INTEGER REFERENCES refund (id),
            shift_id INTEGER REFERENCES shift (id),
            person INTEGER REFERENCES account (id),
            reason TEXT,
            created_at INTEGER NOT NULL,
            CHECK ((kind = 'redeem') = (payment_id IS NOT NULL)),
            CHECK ((kind IN ('refund', 'take-back')) = (refund_id IS NOT NULL))
        ) STRICT;
        CREATE TABLE loose_return (
            refund_id INTEGER PRIMARY KEY REFERENCES refund (id),
            name TEXT NOT NULL CHECK (name <> ''),
            customer_id INTEGER REFERENCES account (id),
            key TEXT NOT NULL,
            user_id INTEGER NOT NULL REFERENCES account (id),
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
            UNIQUE (user_id, key)
        ) STRICT;
        CREATE TABLE loose_return_item (
            refund_id INTEGER NOT NULL REFERENCES refund (id),
            position INTEGER NOT NULL,
            product_id INTEGER NOT NULL REFERENCES product (id),
            product_name TEXT NOT NULL,
            sku TEXT,
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            unit_price_minor INTEGER NOT NULL CHECK (unit_price_minor >= 0),
            amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
            tax_minor INTEGER NOT NULL CHECK (tax_minor >= 0),
            tax_rate_numerator INTEGER NOT NULL CHECK (tax_rate_numerator >= 0),
            tax_rate_denominator INTEGER NOT NULL CHECK (tax_rate_denominator > 0),
            tax_class TEXT,
            restocks INTEGER NOT NULL CHECK (restocks IN (0, 1)),
            PRIMARY KEY (refund_id, position)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE till_event (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL CHECK (kind IN ('no-sale', 'abandoned', 'tender-back', 'slip')),
            till TEXT NOT NULL,
            shift_id INTEGER REFERENCES shift (id),
            person INTEGER REFERENCES account (id),
            amount_minor INTEGER CHECK (amount_minor >= 0),
            reason TEXT,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE sales_sum (
            dimension INTEGER NOT NULL,
            day INTEGER NOT NULL,
            key TEXT NOT NULL,
            sales INTEGER NOT NULL,
            pieces INTEGER NOT NULL,
            line_discounts INTEGER NOT NULL,
            order_discounts INTEGER NOT NULL,
            net INTEGER NOT NULL,
            tax INTEGER NOT NULL,
            refunds INTEGER NOT NULL,
            pieces_back INTEGER NOT NULL,
            net_back INTEGER NOT NULL,
            tax_back INTEGER NOT NULL,
            voids INTEGER NOT NULL,
            voided INTEGER NOT NULL,
            rounding INTEGER NOT NULL,
            gift_cards INTEGER NOT NULL,
            PRIMARY KEY (dimension, day, key)
        ) STRICT, WITHOUT ROWID;
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
        CREATE TABLE number_series (    kind TEXT NOT NULL CHECK (kind IN ('R', 'F', 'I', 'Z')),
            till TEXT NOT NULL,
            last INTEGER NOT NULL CHECK (last > 0),
            PRIMARY KEY (kind, till)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE document_issue (    document TEXT NOT NULL CHECK (document IN ('sale', 'refund', 'invoice')),
            document_id INTEGER NOT NULL,
            position INTEGER NOT NULL CHECK (position >= 0),
            issued_by INTEGER REFERENCES account (id),
            till TEXT,
            shift_id INTEGER REFERENCES shift (id),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (document, document_id, position)
        ) STRICT, WITHOUT ROWID;
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
        CREATE TABLE parking_key (
            user_id INTEGER NOT NULL,
            key TEXT NOT NULL,
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
            parked TEXT NOT NULL CHECK (json_valid(parked)),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, key)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_in_failure_age ON sign_in_failure (failed_at);
        CREATE INDEX revoked_token_age ON revoked_token (expires_at);
        CREATE INDEX account_role ON account (role);
        CREATE INDEX product_newest ON product (id) WHERE archived = 0;
        CREATE INDEX product_name ON product (name_key, id) WHERE archived = 0;
        CREATE INDEX product_price ON product (price_minor, id) WHERE archived = 0;
        CREATE INDEX product_category_newest ON product (category_id, id) WHERE archived = 0;
        CREATE INDEX product_category_name ON product (category_id, name_key, id) WHERE archived = 0;
        CREATE INDEX product_category_price ON product (category_id, price_minor, id) WHERE archived = 0;
        CREATE UNIQUE INDEX shift_open ON shift (till) WHERE closed_at IS NULL;
        CREATE INDEX shift_till ON shift (till, id);
        CREATE UNIQUE INDEX shift_number ON shift (number_kind, number_till, number_position)
        WHERE number_position IS NOT NULL;
        CREATE INDEX cash_movement_shift ON cash_movement (shift_id, id);
        CREATE INDEX orders_newest ON orders (created_at, id);
        CREATE INDEX orders_user ON orders (user_id, created_at, id);
        CREATE INDEX orders_status ON orders (status, created_at, id);
        CREATE INDEX orders_user_status ON orders (user_id, status, created_at, id);
        CREATE UNIQUE INDEX orders_number ON orders (number_kind, number_till, number_position)
        WHERE number_position IS NOT NULL;
        CREATE INDEX order_item_order ON order_item (order_id, id);
        CREATE INDEX payment_order ON payment (order_id, id);
        CREATE INDEX payment_time ON payment (created_at, order_id, amount_minor);
        CREATE INDEX payment_shift ON payment (shift_id) WHERE shift_id IS NOT NULL;
        CREATE INDEX stock_movement_product ON stock_movement (product_id, created_at, id);
        CREATE UNIQUE INDEX refund_item_item ON refund_item (item_id, refund_id);
        CREATE UNIQUE INDEX product_barcode_key ON product (barcode_key);
        CREATE INDEX visitor_key_account ON visitor_key (account_id);
        CREATE INDEX approval_open ON approval (id) WHERE stage IN ('waiting', 'granted');
        CREATE INDEX approval_shift ON approval (shift_id) WHERE shift_id IS NOT NULL;
        CREATE INDEX refund_order ON refund (order_id, id);
        CREATE INDEX refund_time ON refund (created_at);
        CREATE INDEX refund_shift ON refund (shift_id) WHERE shift_id IS NOT NULL;
        CREATE UNIQUE INDEX refund_number ON refund (number_kind, number_till, number_position)
        WHERE number_position IS NOT NULL;
        CREATE INDEX gift_card_movement_card ON gift_card_movement (card_id, id);
        CREATE INDEX gift_card_movement_order ON gift_card_movement (order_id, kind) WHERE order_id IS NOT NULL;
        CREATE UNIQUE INDEX gift_card_movement_payment ON gift_card_movement (payment_id)
            WHERE payment_id IS NOT NULL;
        CREATE INDEX gift_card_movement_refund ON gift_card_movement (refund_id) WHERE refund_id IS NOT NULL;
        CREATE INDEX gift_card_movement_shift ON gift_card_movement (shift_id) WHERE shift_id IS NOT NULL;
        CREATE INDEX gift_card_movement_time ON gift_card_movement (created_at);
        CREATE INDEX refund_exchange ON refund (exchange_order_id) WHERE exchange_order_id IS NOT NULL;
        CREATE INDEX till_event_shift ON till_event (shift_id) WHERE shift_id IS NOT NULL;
        CREATE INDEX product_count_due ON product (count_due_at) WHERE count_due_at IS NOT NULL;
        CREATE INDEX product_archived ON product (name_key, id) WHERE archived = 1;
        CREATE INDEX price_change_product ON price_change (product_id, created_at, id);
        CREATE INDEX price_change_batch ON price_change (batch_id, product_id) WHERE batch_id IS NOT NULL;
        CREATE INDEX document_issue_shift ON document_issue (shift_id) WHERE position > 0;
        CREATE UNIQUE INDEX account_pin_badge ON account_pin (badge) WHERE badge IS NOT NULL;
        CREATE INDEX parking_key_age ON parking_key (created_at);
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
        CREATE TRIGGER order_count_insert AFTER INSERT ON orders BEGIN
            INSERT INTO order_count SELECT new.user_id, new.status, 1 WHERE new.user_id IS NOT NULL
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
            INSERT INTO order_count VALUES (0, new.status, 1)
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
        END;
        CREATE TRIGGER order_count_update AFTER UPDATE OF status ON orders WHEN old.status <> new.status BEGIN
            UPDATE order_count SET orders = orders - 1 WHERE user_id IN (0, old.user_id) AND status = old.status;
            INSERT INTO order_count SELECT new.user_id, new.status, 1 WHERE new.user_id IS NOT NULL
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
            INSERT INTO order_count VALUES (0, new.status, 1)
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + 1;
        END;
        CREATE TRIGGER journal_update BEFORE UPDATE ON journal BEGIN
            SELECT RAISE(ABORT, 'the journal is never changed');
        END;
        CREATE TRIGGER journal_delete BEFORE DELETE ON journal BEGIN
            SELECT RAISE(ABORT, 'nothing leaves the journal');
        END;
        CREATE TRIGGER product_words_insert AFTER INSERT ON product_words BEGIN
            INSERT INTO product_search (rowid, words) VALUES (new.id, new.words);
        END;
        CREATE TRIGGER product_words_delete AFTER DELETE ON product_words BEGIN
            INSERT INTO product_search (product_search, rowid, words) VALUES ('delete', old.id, old.words);
        END;
        CREATE TRIGGER product_words_update AFTER UPDATE ON product_words BEGIN
            INSERT INTO product_search (product_search, rowid, words) VALUES ('delete', old.id, old.words);
            INSERT INTO product_search (rowid, words) VALUES (new.id, new.words);
        END;
        CREATE TRIGGER product_order_insert AFTER INSERT ON product BEGIN
            INSERT INTO product_order VALUES (new.id, new.name_key, new.price_minor);
        END;
        CREATE TRIGGER product_order_update AFTER UPDATE OF name_key, price_minor ON product
        WHEN (old.name_key, old.price_minor) IS NOT (new.name_key, new.price_minor) BEGIN
            UPDATE product_order SET name_key = new.name_key, price_minor = new.price_minor WHERE id = new.id;
        END;
        CREATE TRIGGER shift_closed BEFORE UPDATE ON shift WHEN old.closed_at IS NOT NULL BEGIN
            SELECT RAISE(ABORT, 'a closed shift is never changed');
        END;
        CREATE TRIGGER gift_card_movement_update BEFORE UPDATE ON gift_card_movement BEGIN
            SELECT RAISE(ABORT, 'the ledger of gift cards is never changed');
        END;
        CREATE TRIGGER gift_card_movement_delete BEFORE DELETE ON gift_card_movement BEGIN
            SELECT RAISE(ABORT, 'nothing leaves the ledger of gift cards');
        END;
        CREATE TRIGGER price_change_update BEFORE UPDATE ON price_change BEGIN
            SELECT RAISE(ABORT, 'the history of prices is never changed');
        END;
        CREATE TRIGGER price_change_delete BEFORE DELETE ON price_change BEGIN
            SELECT RAISE(ABORT, 'nothing leaves the history of prices');
        END;
        INSERT INTO product_total VALUES (1, 0);
        INSERT INTO role VALUES ('admin', '{"adjustStock":{"unlimited":{}},\
        "changePolicy":{"unlimited":{}},"closeOverTolerance":{"unlimited":{}},\
        "closeShift":{"unlimited":{}},"discountLines":{"unlimited":{}},\
        "discountOrders":{"unlimited":{}},"exemptTax":{"unlimited":{}},\
        "issueGiftCards":{"unlimited":{}},"manageAccounts":{"unlimited":{}},\
        "manageDiscounts":{"unlimited":{}},"manageProducts":{"unlimited":{}},\
        "manageRights":{"unlimited":{}},"moveCash":{"unlimited":{}},"noSale":{"unlimited":{}},\
        "openShift":{"unlimited":{}},"overridePrices":{"unlimited":{}},"park":{"unlimited":{}},\
        "placeOrders":{"unlimited":{}},"readJournal":{"unlimited":{}},"refund":{"unlimited":{}},\
        "refundOtherwise":{"unlimited":{}},"refundWithoutReceipt":{"unlimited":{}},\
        "reprint":{"unlimited":{}},"seeAllOrders":{"unlimited":{}},"seeExpected":{"unlimited":{}},\
        "seeReports":{"unlimited":{}},"sell":{"unlimited":{}},"sellBelowZero":{"unlimited":{}},\
        "takePayment":{"unlimited":{}},"voidSales":{"unlimited":{}},"xReport":{"unlimited":{}}}');
        INSERT INTO role VALUES ('cashier', '{"closeShift":{"unlimited":{}},\
        "discountLines":{"percent":{"_0":{"denominator":10,"numerator":1}}},\
        "discountOrders":{"ask":{}},"exemptTax":{"ask":{}},"issueGiftCards":{"unlimited":{}},\
        "moveCash":{"ask":{}},"noSale":{"ask":{}},"openShift":{"unlimited":{}},\
        "overridePrices":{"ask":{}},"park":{"unlimited":{}},"placeOrders":{"unlimited":{}},\
        "refund":{"ask":{}},"reprint":{"unlimited":{}},"sell":{"unlimited":{}},\
        "sellBelowZero":{"ask":{}},"takePayment":{"unlimited":{}},"voidSales":{"ask":{}}}');
        INSERT INTO role VALUES ('customer', '{"placeOrders":{"unlimited":{}}}');
        INSERT INTO role VALUES ('manager', '{"adjustStock":{"unlimited":{}},\
        "closeOverTolerance":{"unlimited":{}},"closeShift":{"unlimited":{}},\
        "discountLines":{"unlimited":{}},"discountOrders":{"unlimited":{}},\
        "exemptTax":{"unlimited":{}},"issueGiftCards":{"unlimited":{}},\
        "manageProducts":{"unlimited":{}},"moveCash":{"unlimited":{}},"noSale":{"unlimited":{}},\
        "openShift":{"unlimited":{}},"overridePrices":{"unlimited":{}},"park":{"unlimited":{}},\
        "placeOrders":{"unlimited":{}},"readJournal":{"unlimited":{}},"refund":{"unlimited":{}},\
        "refundOtherwise":{"unlimited":{}},"refundWithoutReceipt":{"unlimited":{}},\
        "reprint":{"unlimited":{}},"seeAllOrders":{"unlimited":{}},"seeExpected":{"unlimited":{}},\
        "seeReports":{"unlimited":{}},"sell":{"unlimited":{}},"sellBelowZero":{"unlimited":{}},\
        "takePayment":{"unlimited":{}},"voidSales":{"unlimited":{}},"xReport":{"unlimited":{}}}');
        INSERT INTO role VALUES ('senior', '{"closeShift":{"unlimited":{}},\
        "discountLines":{"percent":{"_0":{"denominator":5,"numerator":1}}},\
        "discountOrders":{"percent":{"_0":{"denominator":5,"numerator":1}}},\
        "exemptTax":{"unlimited":{}},"issueGiftCards":{"unlimited":{}},\
        "moveCash":{"amount":{"_0":5000}},"noSale":{"unlimited":{}},"openShift":{"unlimited":{}},\
        "overridePrices":{"percent":{"_0":{"denominator":5,"numerator":1}}},"park":{"unlimited":{}},\
        "placeOrders":{"unlimited":{}},"refund":{"amount":{"_0":10000}},"refundOtherwise":{"ask":{}},\
        "refundWithoutReceipt":{"ask":{}},"reprint":{"unlimited":{}},"seeAllOrders":{"unlimited":{}},\
        "seeReports":{"unlimited":{}},"sell":{"unlimited":{}},"sellBelowZero":{"unlimited":{}},\
        "takePayment":{"unlimited":{}},"voidSales":{"unlimited":{}},"xReport":{"unlimited":{}}}');
        INSERT INTO role VALUES ('staff', '{"adjustStock":{"unlimited":{}},\
        "closeShift":{"unlimited":{}},"discountLines":{"ask":{}},"discountOrders":{"ask":{}},\
        "exemptTax":{"ask":{}},"issueGiftCards":{"unlimited":{}},"manageProducts":{"unlimited":{}},\
        "moveCash":{"ask":{}},"noSale":{"ask":{}},"openShift":{"unlimited":{}},\
        "overridePrices":{"ask":{}},"park":{"unlimited":{}},"placeOrders":{"unlimited":{}},\
        "refund":{"ask":{}},"reprint":{"unlimited":{}},"seeAllOrders":{"unlimited":{}},\
        "seeReports":{"unlimited":{}},"sell":{"unlimited":{}},"sellBelowZero":{"ask":{}},\
        "takePayment":{"unlimited":{}},"voidSales":{"ask":{}},"xReport":{"unlimited":{}}}');
        INSERT INTO product_bits_made VALUES (1, 0);
        INSERT INTO product_search (product_search) VALUES ('rebuild');
        INSERT INTO sqlite_sequence VALUES ('stock_movement', 0);
        """
}
