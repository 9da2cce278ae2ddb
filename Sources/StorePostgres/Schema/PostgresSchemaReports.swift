/// What was sold, in sums of days: by hour, product, cashier, tender, rate of tax, discount and reason. They are made of
/// the documents when the store is opened next. Amounts are in minor units. As each sale adds to them, they are kept in
/// slots, of which each connection uses its own.
///
/// The version before, and another service on the same tables, go on selling: their documents wait in a table until
/// somebody asks for a report.
enum PostgresSchemaReports {
    static let statements = """
        ALTER TABLE store ADD COLUMN sales_counted BOOLEAN NOT NULL DEFAULT FALSE;
        CREATE TABLE sales_sum (
            dimension SMALLINT NOT NULL,
            day INTEGER NOT NULL,
            key TEXT NOT NULL,
            slot INTEGER NOT NULL,
            sales BIGINT NOT NULL,
            pieces BIGINT NOT NULL,
            line_discounts BIGINT NOT NULL,
            order_discounts BIGINT NOT NULL,
            net BIGINT NOT NULL,
            tax BIGINT NOT NULL,
            refunds BIGINT NOT NULL,
            pieces_back BIGINT NOT NULL,
            net_back BIGINT NOT NULL,
            tax_back BIGINT NOT NULL,
            voids BIGINT NOT NULL,
            voided BIGINT NOT NULL,
            rounding BIGINT NOT NULL,
            gift_cards BIGINT NOT NULL,
            PRIMARY KEY (dimension, day, key, slot)
        );
        CREATE TABLE sales_waiting (
            kind TEXT NOT NULL CHECK (kind IN ('sale', 'refund')),
            id INTEGER NOT NULL,
            PRIMARY KEY (kind, id)
        );
        CREATE FUNCTION sales_wait() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            INSERT INTO sales_waiting (kind, id)
            VALUES (TG_ARGV[0], CASE TG_ARGV[0] WHEN 'sale' THEN new.order_id ELSE new.id END)
            ON CONFLICT DO NOTHING;
            RETURN NULL;
        END $body$;
        CREATE TRIGGER sales_wait AFTER INSERT ON payment FOR EACH ROW
        WHEN (current_setting('storefront.counts', true) IS DISTINCT FROM 'on')
        EXECUTE FUNCTION sales_wait('sale');
        CREATE TRIGGER sales_wait AFTER INSERT ON refund FOR EACH ROW
        WHEN (current_setting('storefront.counts', true) IS DISTINCT FROM 'on')
        EXECUTE FUNCTION sales_wait('refund');

        """
}
