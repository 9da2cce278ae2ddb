/// What goods cost by moving average: kept of each product, with each movement, and in the sums of sales.
///
/// A product's `cost_pieces` came to `cost_value_minor`; both are NULL where the cost is not known. A movement that is not
/// `costed` is not in there yet. Costs that deliveries said before count, so that the movements of their products wait
/// to be taken in; of all others nothing is known.
enum SchemaCost {
    static let statements = """
        ALTER TABLE product ADD COLUMN cost_pieces INTEGER CHECK (cost_pieces > 0);
        ALTER TABLE product ADD COLUMN cost_value_minor INTEGER
            CHECK (cost_value_minor >= 0 AND (cost_value_minor IS NULL) = (cost_pieces IS NULL));
        ALTER TABLE stock_movement ADD COLUMN cost_minor INTEGER CHECK (cost_minor >= 0);
        ALTER TABLE stock_movement ADD COLUMN costed INTEGER NOT NULL DEFAULT 1 CHECK (costed IN (0, 1));
        ALTER TABLE stock_movement ADD COLUMN refund_id INTEGER REFERENCES refund (id);
        UPDATE stock_movement SET cost_minor = unit_cost_minor * quantity
        WHERE quantity > 0 AND unit_cost_minor <= 9000000000000000 / quantity;
        UPDATE stock_movement SET costed = 0
        WHERE product_id IN (SELECT product_id FROM stock_movement WHERE cost_minor IS NOT NULL);
        CREATE INDEX stock_movement_waiting ON stock_movement (product_id, id) WHERE costed = 0;
        CREATE INDEX stock_movement_refund ON stock_movement (refund_id) WHERE refund_id IS NOT NULL;
        ALTER TABLE sales_sum ADD COLUMN costed INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sales_sum ADD COLUMN cost INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sales_sum ADD COLUMN costed_back INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE sales_sum ADD COLUMN cost_back INTEGER NOT NULL DEFAULT 0;
        UPDATE role SET grants = json_set(grants, '$.seeCost', json('{"unlimited":{}}'))
        WHERE grants -> '$.readJournal' IS NOT NULL;
        """
}
