import GRDB

/// Gift cards and store credit with their ledger, the ways to pay with them, and returns without a receipt.
enum SchemaCards {
    static func migrate(_ db: Database) throws {
        try makeMethods(db)
        try makeRefunds(db)
        try db.execute(sql: tables)
    }

    private static func makeMethods(_ db: Database) throws {
        let columns = "id, name, kind, permission, position, active"
        try TableRebuild.run(
            "payment_method", in: db,
            """
                id TEXT PRIMARY KEY,
                name TEXT NOT NULL,
                kind TEXT NOT NULL CHECK (kind IN ('cash', 'external-card', 'simulated-card', 'online', 'gift-card',
                    'store-credit')),
                permission TEXT NOT NULL,
                position INTEGER NOT NULL,
                active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
            ) STRICT, WITHOUT ROWID
            """, columns: columns, copying: "SELECT \(columns) FROM payment_method")
        // A new store gets its ways to pay when it is made.
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO payment_method (id, name, kind, permission, position)
                SELECT new.column1, new.column2, new.column1, 'takePayment',
                    (SELECT MAX(position) FROM payment_method) + new.column3
                FROM (VALUES ('gift-card', 'Gift card', 1), ('store-credit', 'Store credit', 2)) AS new
                WHERE EXISTS (SELECT 1 FROM payment_method);
                """)
    }

    // A return without a receipt is a refund without an order.
    private static func makeRefunds(_ db: Database) throws {
        let columns = """
            id, order_id, reason, amount_minor, rounding_minor, operator_id, till, shift_id, created_at, number_kind,
            number_till, number_position, refund_kind, booked_on
            """
        try TableRebuild.run(
            "refund", in: db,
            """
                id INTEGER PRIMARY KEY AUTOINCREMENT,
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
                \(SchemaV3.numberColumns)
            ) STRICT
            """, columns: columns, copying: "SELECT \(columns) FROM refund")
        try db.execute(
            sql: """
                CREATE INDEX refund_order ON refund (order_id, id);
                CREATE INDEX refund_time ON refund (created_at);
                CREATE INDEX refund_shift ON refund (shift_id) WHERE shift_id IS NOT NULL;
                \(SchemaV3.numberIndex("refund"))
                """)
    }

    // The key of a return without a receipt stands with it, as it belongs to no order.
    private static let tables = """
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
        CREATE INDEX gift_card_movement_card ON gift_card_movement (card_id, id);
        CREATE INDEX gift_card_movement_order ON gift_card_movement (order_id, kind) WHERE order_id IS NOT NULL;
        CREATE UNIQUE INDEX gift_card_movement_payment ON gift_card_movement (payment_id)
            WHERE payment_id IS NOT NULL;
        CREATE INDEX gift_card_movement_refund ON gift_card_movement (refund_id) WHERE refund_id IS NOT NULL;
        CREATE INDEX gift_card_movement_shift ON gift_card_movement (shift_id) WHERE shift_id IS NOT NULL;
        CREATE INDEX gift_card_movement_time ON gift_card_movement (created_at);
        CREATE TRIGGER gift_card_movement_update BEFORE UPDATE ON gift_card_movement BEGIN
            SELECT RAISE(ABORT, 'the ledger of gift cards is never changed');
        END;
        CREATE TRIGGER gift_card_movement_delete BEFORE DELETE ON gift_card_movement BEGIN
            SELECT RAISE(ABORT, 'nothing leaves the ledger of gift cards');
        END;

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
        """
}
