/// What goods cost by moving average: kept of each product, with each movement, and in the sums of sales.
///
/// A product's `cost_pieces` came to `cost_value`; both are NULL where the cost is not known. A movement that is not
/// `costed` is not in there yet: so are those that the version before, which goes on working, and another service write.
/// Costs that deliveries said before count, so that the movements of their products wait to be taken in; of all others
/// nothing is known.
enum PostgresSchemaCost {
    static let statements = """
        ALTER TABLE products ADD COLUMN cost_pieces INTEGER CHECK (cost_pieces > 0);
        ALTER TABLE products ADD COLUMN cost_value NUMERIC(20, 2)
            CHECK (cost_value >= 0 AND (cost_value IS NULL) = (cost_pieces IS NULL));
        ALTER TABLE stock_movement ADD COLUMN cost NUMERIC(20, 2) CHECK (cost >= 0);
        ALTER TABLE stock_movement ADD COLUMN costed BOOLEAN NOT NULL DEFAULT TRUE;
        ALTER TABLE stock_movement ADD COLUMN refund_id INTEGER REFERENCES refund (id);
        ALTER TABLE stock_movement ALTER COLUMN costed SET DEFAULT FALSE;
        UPDATE stock_movement SET cost = unit_cost * quantity
        WHERE quantity > 0 AND unit_cost * quantity <= 90000000000000;
        UPDATE stock_movement SET costed = FALSE
        WHERE product_id IN (SELECT product_id FROM stock_movement WHERE cost IS NOT NULL);
        CREATE INDEX stock_movement_waiting ON stock_movement (product_id, id) WHERE NOT costed;
        CREATE INDEX stock_movement_refund ON stock_movement (refund_id) WHERE refund_id IS NOT NULL;
        ALTER TABLE sales_sum ADD COLUMN costed BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE sales_sum ADD COLUMN cost BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE sales_sum ADD COLUMN costed_back BIGINT NOT NULL DEFAULT 0;
        ALTER TABLE sales_sum ADD COLUMN cost_back BIGINT NOT NULL DEFAULT 0;
        UPDATE role SET grants = (grants::jsonb || '{"seeCost":{"unlimited":{}}}'::jsonb)::text
        WHERE grants::jsonb -> 'readJournal' IS NOT NULL;
        """
}
