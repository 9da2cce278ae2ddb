/// Gift cards and store credit with their ledger, the ways to pay with them, and returns without a receipt.
enum PostgresSchemaCards {
    static let statements = methods + refunds + cards + returns

    // A new store gets its ways to pay when it is made.
    private static let methods = """
        ALTER TABLE payment_method DROP CONSTRAINT IF EXISTS payment_method_kind_check;
        ALTER TABLE payment_method ADD CONSTRAINT payment_method_kind_check CHECK (kind IN ('cash', 'external-card',
            'simulated-card', 'online', 'gift-card', 'store-credit'));
        INSERT INTO payment_method (id, name, kind, permission, position)
        SELECT new.id, new.name, new.id, 'takePayment', (SELECT max(position) FROM payment_method) + new.place
        FROM (VALUES ('gift-card', 'Gift card', 1), ('store-credit', 'Store credit', 2)) AS new (id, name, place)
        WHERE EXISTS (SELECT 1 FROM payment_method)
        ON CONFLICT (id) DO NOTHING;

        """

    // A return without a receipt is a refund without an order.
    private static let refunds = """
        ALTER TABLE refund ALTER COLUMN order_id DROP NOT NULL;

        """

    private static let cards = """
        CREATE TABLE gift_card (
            id SERIAL PRIMARY KEY,
            code_digest BYTEA UNIQUE CHECK (length(code_digest) = 32),
            last_four TEXT,
            account_id INTEGER UNIQUE REFERENCES users (id),
            name TEXT,
            balance NUMERIC(14, 2) NOT NULL DEFAULT 0 CHECK (balance >= 0),
            expires_at TIMESTAMP,
            created_at TIMESTAMP NOT NULL,
            CHECK ((code_digest IS NULL) = (account_id IS NOT NULL)),
            CHECK ((code_digest IS NULL) = (last_four IS NULL))
        );
        CREATE TABLE gift_card_movement (
            id SERIAL PRIMARY KEY,
            card_id INTEGER NOT NULL REFERENCES gift_card (id),
            kind TEXT NOT NULL CHECK (kind IN ('issue', 'redeem', 'refund', 'take-back', 'expire')),
            amount NUMERIC(14, 2) NOT NULL CHECK (amount <> 0 AND (amount > 0) = (kind IN ('issue', 'refund'))),
            left_amount NUMERIC(14, 2) NOT NULL CHECK (left_amount >= 0),
            order_id INTEGER REFERENCES orders (id),
            payment_id INTEGER REFERENCES payment (id),
            refund_id INTEGER REFERENCES refund (id),
            shift_id INTEGER REFERENCES shift (id),
            person INTEGER REFERENCES users (id),
            reason TEXT,
            created_at TIMESTAMP NOT NULL,
            CHECK ((kind = 'redeem') = (payment_id IS NOT NULL)),
            CHECK ((kind IN ('refund', 'take-back')) = (refund_id IS NOT NULL))
        );
        CREATE INDEX gift_card_movement_card ON gift_card_movement (card_id, id);
        CREATE INDEX gift_card_movement_order ON gift_card_movement (order_id, kind) WHERE order_id IS NOT NULL;
        CREATE UNIQUE INDEX gift_card_movement_payment ON gift_card_movement (payment_id)
            WHERE payment_id IS NOT NULL;
        CREATE INDEX gift_card_movement_refund ON gift_card_movement (refund_id) WHERE refund_id IS NOT NULL;
        CREATE INDEX gift_card_movement_shift ON gift_card_movement (shift_id) WHERE shift_id IS NOT NULL;
        CREATE INDEX gift_card_movement_time ON gift_card_movement (created_at);
        CREATE TRIGGER gift_card_movement_kept BEFORE UPDATE OR DELETE ON gift_card_movement
            FOR EACH ROW EXECUTE FUNCTION storefront_refuse();

        """

    // The key of a return without a receipt stands with it, as it belongs to no order.
    private static let returns = """
        CREATE TABLE loose_return (
            refund_id INTEGER PRIMARY KEY REFERENCES refund (id),
            name TEXT NOT NULL CHECK (name <> ''),
            customer_id INTEGER REFERENCES users (id),
            key TEXT NOT NULL,
            user_id INTEGER NOT NULL REFERENCES users (id),
            fingerprint BYTEA NOT NULL CHECK (length(fingerprint) = 32),
            UNIQUE (user_id, key)
        );
        CREATE TABLE loose_return_item (
            refund_id INTEGER NOT NULL REFERENCES refund (id),
            position INTEGER NOT NULL,
            product_id INTEGER NOT NULL REFERENCES products (id),
            product_name TEXT NOT NULL,
            sku TEXT,
            quantity INTEGER NOT NULL CHECK (quantity > 0),
            unit_price NUMERIC(10, 2) NOT NULL CHECK (unit_price >= 0),
            amount NUMERIC(14, 2) NOT NULL CHECK (amount >= 0),
            tax NUMERIC(14, 2) NOT NULL CHECK (tax >= 0),
            tax_rate_numerator BIGINT NOT NULL CHECK (tax_rate_numerator >= 0),
            tax_rate_denominator BIGINT NOT NULL CHECK (tax_rate_denominator > 0),
            tax_class TEXT,
            restocks BOOLEAN NOT NULL,
            PRIMARY KEY (refund_id, position)
        );
        """
}
