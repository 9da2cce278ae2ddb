import StoreDomain

/// What was sold, in sums of days: by hour, product, cashier, tender, rate of tax, discount and reason. They are made of
/// the documents when the store is opened next.
enum SchemaReports {
    static let statements = """
        ALTER TABLE store ADD COLUMN sales_counted INTEGER NOT NULL DEFAULT 0 CHECK (sales_counted IN (0, 1));
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
        """
}
