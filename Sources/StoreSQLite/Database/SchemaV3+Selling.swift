import GRDB

// Documents: what was sold, paid, given back and booked on stock.
extension SchemaV3 {
    // MARK: - Orders

    static func makeOrders(_ db: Database) throws {
        let refunds = try OldRefund.all(in: db)
        try db.execute(sql: "DROP TABLE refund")
        try TableRebuild.run(
            "orders", in: db, orderDefinition,
            columns: """
                id, user_id, status, subtotal_minor, discount_minor, tax_minor, tax_mode, exempted_minor,
                total_minor, rounding_minor, refunded_minor, discount_code, created_at, updated_at
                """,
            copying: """
                SELECT id, user_id, status, subtotal_minor, discount_minor, tax_minor, 'added', 0, total_minor, 0,
                    refunded_minor, discount_code, created_at, updated_at FROM orders
                """)
        try db.execute(sql: orderIndexes)
        try TableRebuild.run("order_item", in: db, itemDefinition) { try copyLines(to: $0, in: db) }
        try db.execute(sql: "CREATE INDEX order_item_order ON order_item (order_id, id)")
        try makePayments(db)
        try makeStock(db)
        try db.execute(sql: refundTables)
        try insert(refunds, in: db)
        try TableRebuild.run(
            "idempotency", in: db, keyDefinition,
            columns: "key, operation, user_id, fingerprint, order_id, answer, created_at",
            copying:
                "SELECT key, operation, user_id, fingerprint, order_id, answer, created_at FROM idempotency"
        )
        try db.execute(sql: "CREATE INDEX idempotency_order ON idempotency (order_id)")
    }

    private static let orderDefinition = """
            id INTEGER PRIMARY KEY AUTOINCREMENT,
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
            \(numberColumns),
            CHECK (subtotal_minor - discount_minor - exempted_minor
                + CASE tax_mode WHEN 'added' THEN tax_minor ELSE 0 END = total_minor),
            CHECK ((exemption_reason IS NULL) = (exemption_number IS NULL)),
            CHECK (exemption_reason IS NOT NULL OR exempted_minor = 0),
            CHECK ((till IS NULL) = (operator_id IS NULL))
        ) STRICT
        """

    private static let orderIndexes = """
        CREATE INDEX orders_newest ON orders (created_at, id);
        CREATE INDEX orders_user ON orders (user_id, created_at, id);
        CREATE INDEX orders_status ON orders (status, created_at, id);
        CREATE INDEX orders_user_status ON orders (user_id, status, created_at, id);
        \(numberIndex("orders"))
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
        """

    private static let itemDefinition = """
            id INTEGER PRIMARY KEY AUTOINCREMENT,
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
        ) STRICT
        """

    // MARK: - Payments

    private static func makePayments(_ db: Database) throws {
        let columns = """
            id, order_id, method_id, amount_minor, tendered_minor, change_minor, approval_code, taken_by, created_at
            """
        try TableRebuild.run(
            "payment", in: db,
            """
                id INTEGER PRIMARY KEY AUTOINCREMENT,
                order_id INTEGER NOT NULL REFERENCES orders (id),
                method_id TEXT NOT NULL REFERENCES payment_method (id),
                amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
                tendered_minor INTEGER,
                change_minor INTEGER CHECK (change_minor >= 0),
                approval_code TEXT,
                taken_by INTEGER REFERENCES account (id),
                shift_id INTEGER REFERENCES shift (id),
                created_at INTEGER NOT NULL,
                CHECK ((tendered_minor IS NULL) = (change_minor IS NULL)),
                CHECK (tendered_minor IS NULL OR tendered_minor - change_minor = amount_minor)
            ) STRICT
            """, columns: columns, copying: "SELECT \(columns) FROM payment")
        try db.execute(
            sql: """
                CREATE INDEX payment_order ON payment (order_id, id);
                CREATE INDEX payment_time ON payment (created_at, order_id, amount_minor);
                CREATE INDEX payment_shift ON payment (shift_id) WHERE shift_id IS NOT NULL;

                CREATE TABLE stranded_payment (
                    id INTEGER PRIMARY KEY AUTOINCREMENT,
                    order_id INTEGER NOT NULL REFERENCES orders (id),
                    method_id TEXT NOT NULL REFERENCES payment_method (id),
                    amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
                    approval_code TEXT,
                    taken_by INTEGER REFERENCES account (id),
                    created_at INTEGER NOT NULL
                ) STRICT;
                """)
    }

    private static let refundTables = """
        CREATE TABLE refund (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            order_id INTEGER NOT NULL REFERENCES orders (id),
            reason TEXT NOT NULL CHECK (reason <> ''),
            amount_minor INTEGER NOT NULL CHECK (amount_minor >= 0),
            rounding_minor INTEGER NOT NULL,
            operator_id INTEGER NOT NULL REFERENCES account (id),
            till TEXT NOT NULL,
            shift_id INTEGER REFERENCES shift (id),
            created_at INTEGER NOT NULL,
            \(numberColumns)
        ) STRICT;
        CREATE INDEX refund_order ON refund (order_id, id);
        CREATE INDEX refund_time ON refund (created_at);
        CREATE INDEX refund_shift ON refund (shift_id) WHERE shift_id IS NOT NULL;
        \(numberIndex("refund"))

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
        CREATE UNIQUE INDEX refund_item_item ON refund_item (item_id, refund_id);

        CREATE TABLE refund_tender (
            refund_id INTEGER NOT NULL REFERENCES refund (id),
            position INTEGER NOT NULL,
            payment_id INTEGER REFERENCES payment (id),
            method_id TEXT NOT NULL REFERENCES payment_method (id),
            amount_minor INTEGER NOT NULL CHECK (amount_minor > 0),
            approval_code TEXT,
            PRIMARY KEY (refund_id, position)
        ) STRICT, WITHOUT ROWID;
        """

    // MARK: - Stock

    private static func makeStock(_ db: Database) throws {
        try TableRebuild.run(
            "stock_movement", in: db,
            """
                id INTEGER PRIMARY KEY AUTOINCREMENT,
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
            ) STRICT
            """, columns: "id, product_id, kind, quantity, order_id, created_at",
            copying: """
                SELECT id, product_id, CASE kind WHEN 'adjustment' THEN 'correction' ELSE kind END, quantity,
                    order_id, created_at FROM stock_movement
                """)
        try db.execute(
            sql: """
                CREATE INDEX stock_movement_product ON stock_movement (product_id, created_at, id);
                CREATE INDEX stock_movement_order ON stock_movement (order_id) WHERE order_id IS NOT NULL;
                """)
    }

    // MARK: - Keys

    private static let keyDefinition = """
            key TEXT NOT NULL,
            operation TEXT NOT NULL CHECK (operation IN ('order', 'payment', 'sale', 'refund')),
            user_id INTEGER NOT NULL,
            fingerprint BLOB NOT NULL CHECK (length(fingerprint) = 32),
            order_id INTEGER NOT NULL REFERENCES orders (id),
            refund_id INTEGER REFERENCES refund (id),
            answer BLOB,
            created_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, operation, key),
            CHECK ((operation = 'refund') = (refund_id IS NOT NULL))
        ) STRICT, WITHOUT ROWID
        """
}
