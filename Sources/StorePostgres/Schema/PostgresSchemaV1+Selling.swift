// Orders, tenders, refunds, movements of stock, and the counts of orders.
extension PostgresSchemaV1 {
    // A sale over the counter has no customer: user_id may be empty, which it is not in the Flask service's rows.
    static let selling = """
        CREATE TABLE orders (
            id SERIAL PRIMARY KEY,
            user_id INTEGER REFERENCES users (id),
            status VARCHAR(50) NOT NULL DEFAULT 'pending'
                CHECK (status IN ('pending', 'paid', 'cancelled', 'partially_refunded', 'refunded')),
            subtotal NUMERIC(10, 2) NOT NULL CHECK (subtotal >= 0),
            tax NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (tax >= 0),
            discount_amount NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (discount_amount BETWEEN 0 AND subtotal),
            total NUMERIC(10, 2) NOT NULL CHECK (total >= 0),
            discount_code VARCHAR(50),
            created_at TIMESTAMP NOT NULL DEFAULT \(now),
            updated_at TIMESTAMP NOT NULL DEFAULT \(now),
            operator_id INTEGER REFERENCES users (id),
            till TEXT,
            tax_mode TEXT NOT NULL DEFAULT 'added' CHECK (tax_mode IN ('added', 'included')),
            exempted NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (exempted >= 0),
            rounding NUMERIC(10, 2) NOT NULL DEFAULT 0,
            refunded NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (refunded BETWEEN 0 AND total),
            exemption_reason TEXT,
            exemption_number TEXT,
            note TEXT,
            payment_opened_at TIMESTAMP,
            \(numberColumns),
            CHECK (subtotal - discount_amount - exempted
                + CASE tax_mode WHEN 'added' THEN tax ELSE 0 END = total),
            CHECK ((exemption_reason IS NULL) = (exemption_number IS NULL)),
            CHECK (exemption_reason IS NOT NULL OR exempted = 0),
            CHECK ((till IS NULL) = (operator_id IS NULL))
        ) WITH (fillfactor = 80);
        CREATE INDEX orders_newest ON orders (created_at, id);
        CREATE INDEX orders_user ON orders (user_id, created_at, id);
        CREATE INDEX orders_status ON orders (status, created_at, id);
        CREATE INDEX orders_user_status ON orders (user_id, status, created_at, id);
        \(numberIndex("orders"))

        CREATE TABLE order_items (
            id SERIAL PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            product_id INTEGER NOT NULL REFERENCES products (id),
            quantity INTEGER NOT NULL CHECK (quantity BETWEEN 1 AND 9999),
            unit_price NUMERIC(10, 2) NOT NULL CHECK (unit_price >= 0),
            total_price NUMERIC(10, 2) NOT NULL CHECK (total_price = unit_price * quantity),
            product_name TEXT NOT NULL DEFAULT '',
            sku TEXT,
            list_price NUMERIC(10, 2) CHECK (list_price >= 0),
            line_discount NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (line_discount BETWEEN 0 AND total_price),
            order_discount NUMERIC(10, 2) NOT NULL DEFAULT 0
                CHECK (order_discount BETWEEN 0 AND total_price - line_discount),
            tax NUMERIC(10, 2) NOT NULL DEFAULT 0 CHECK (tax >= 0),
            tax_rate_numerator BIGINT CHECK (tax_rate_numerator >= 0),
            tax_rate_denominator BIGINT CHECK (tax_rate_denominator > 0),
            tax_class TEXT,
            override_reason TEXT,
            returned INTEGER NOT NULL DEFAULT 0 CHECK (returned BETWEEN 0 AND quantity),
            CHECK ((tax_rate_numerator IS NULL) = (tax_rate_denominator IS NULL)),
            CHECK (list_price IS NULL OR override_reason IS NOT NULL)
        );
        CREATE INDEX order_items_order ON order_items (order_id, id);

        CREATE TABLE payment (
            id SERIAL PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount NUMERIC(14, 2) NOT NULL CHECK (amount >= 0),
            tendered NUMERIC(14, 2),
            change NUMERIC(14, 2) CHECK (change >= 0),
            approval_code TEXT,
            taken_by INTEGER REFERENCES users (id),
            shift_id INTEGER REFERENCES shift (id),
            created_at TIMESTAMP NOT NULL,
            CHECK ((tendered IS NULL) = (change IS NULL)),
            CHECK (tendered IS NULL OR tendered - change = amount)
        );
        CREATE INDEX payment_order ON payment (order_id, id);
        CREATE INDEX payment_time ON payment (created_at) INCLUDE (order_id, amount);
        CREATE INDEX payment_shift ON payment (shift_id) WHERE shift_id IS NOT NULL;
        CREATE TABLE stranded_payment (
            id SERIAL PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount NUMERIC(14, 2) NOT NULL CHECK (amount >= 0),
            approval_code TEXT,
            taken_by INTEGER REFERENCES users (id),
            created_at TIMESTAMP NOT NULL
        );

        CREATE TABLE refund (
            id SERIAL PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            reason TEXT NOT NULL CHECK (reason <> ''),
            amount NUMERIC(10, 2) NOT NULL CHECK (amount >= 0),
            rounding NUMERIC(10, 2) NOT NULL,
            operator_id INTEGER NOT NULL REFERENCES users (id),
            till TEXT NOT NULL,
            shift_id INTEGER REFERENCES shift (id),
            created_at TIMESTAMP NOT NULL,
            \(numberColumns)
        );
        CREATE INDEX refund_order ON refund (order_id, id);
        CREATE INDEX refund_time ON refund (created_at);
        CREATE INDEX refund_shift ON refund (shift_id) WHERE shift_id IS NOT NULL;
        \(numberIndex("refund"))
        CREATE TABLE refund_item (
            refund_id INTEGER NOT NULL REFERENCES refund (id),
            position INTEGER NOT NULL,
            item_id INTEGER NOT NULL REFERENCES order_items (id),
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            amount NUMERIC(10, 2) NOT NULL CHECK (amount >= 0),
            tax NUMERIC(10, 2) NOT NULL CHECK (tax >= 0),
            restocks BOOLEAN NOT NULL,
            PRIMARY KEY (refund_id, position)
        );
        CREATE UNIQUE INDEX refund_item_item ON refund_item (item_id, refund_id);
        CREATE TABLE refund_tender (
            refund_id INTEGER NOT NULL REFERENCES refund (id),
            position INTEGER NOT NULL,
            payment_id INTEGER REFERENCES payment (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount NUMERIC(10, 2) NOT NULL CHECK (amount > 0),
            approval_code TEXT,
            PRIMARY KEY (refund_id, position)
        );
        CREATE INDEX refund_tender_payment ON refund_tender (payment_id) WHERE payment_id IS NOT NULL;

        CREATE TABLE stock_movement (
            id SERIAL PRIMARY KEY,
            product_id INTEGER NOT NULL REFERENCES products (id),
            kind TEXT NOT NULL CHECK (kind IN ('sale', 'return', 'receiving', 'count', 'loss', 'correction')),
            quantity INTEGER NOT NULL CHECK (quantity <> 0 AND (kind NOT IN ('sale', 'loss') OR quantity < 0)
                AND (kind NOT IN ('return', 'receiving') OR quantity > 0)),
            order_id INTEGER REFERENCES orders (id),
            person INTEGER REFERENCES users (id),
            reason TEXT,
            unit_cost NUMERIC(14, 2) CHECK (unit_cost >= 0),
            created_at TIMESTAMP NOT NULL,
            CHECK ((kind IN ('sale', 'return')) = (order_id IS NOT NULL))
        );
        CREATE INDEX stock_movement_product ON stock_movement (product_id, created_at, id);
        CREATE INDEX stock_movement_order ON stock_movement (order_id) WHERE order_id IS NOT NULL;

        """

    // Orders of everybody are counted under user 0.
    static let counters = """
        CREATE TABLE order_count (
            user_id INTEGER NOT NULL,
            status TEXT NOT NULL,
            slot INTEGER NOT NULL,
            orders INTEGER NOT NULL,
            PRIMARY KEY (user_id, status, slot)
        ) WITH (fillfactor = 50);
        CREATE FUNCTION order_count_add(whose INTEGER, what TEXT, change INTEGER) RETURNS void
        LANGUAGE sql AS $body$
            INSERT INTO order_count (user_id, status, slot, orders)
            SELECT counted, what, pg_backend_pid() % 64, change FROM unnest(ARRAY[0, whose]) AS counted
            WHERE counted IS NOT NULL ORDER BY counted
            ON CONFLICT (user_id, status, slot) DO UPDATE SET orders = order_count.orders + excluded.orders
        $body$;
        CREATE FUNCTION order_count_change() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF TG_OP = 'UPDATE' THEN PERFORM order_count_add(old.user_id, old.status, -1); END IF;
            PERFORM order_count_add(new.user_id, new.status, 1);
            RETURN NULL;
        END $body$;
        CREATE TRIGGER order_count_insert AFTER INSERT ON orders
        FOR EACH ROW EXECUTE FUNCTION order_count_change();
        CREATE TRIGGER order_count_update AFTER UPDATE OF status ON orders
        FOR EACH ROW WHEN (old.status <> new.status) EXECUTE FUNCTION order_count_change();

        """
}
