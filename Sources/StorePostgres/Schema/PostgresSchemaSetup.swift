/// Stock below zero: which products somebody has to count, as more of them was sold than the books had. No other
/// product can come below zero, whoever writes it. The version before goes on working: it sells nothing of what it
/// finds below zero.
enum PostgresSchemaSetup {
    static let statements = """
        ALTER TABLE products ADD COLUMN count_due_at TIMESTAMP;
        ALTER TABLE products DROP CONSTRAINT IF EXISTS products_stock_check;
        ALTER TABLE products ADD CONSTRAINT products_stock_check
            CHECK (stock >= 0 OR count_due_at IS NOT NULL) NOT VALID;
        CREATE INDEX products_count_due ON products (count_due_at) WHERE count_due_at IS NOT NULL;
        """
}
