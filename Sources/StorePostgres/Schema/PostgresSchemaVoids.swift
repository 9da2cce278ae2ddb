/// Why money went back and on whose figures it counts, and who may void a sale.
enum PostgresSchemaVoids {
    static let statements = columns + grants

    // A refund of before, and one that the program of before writes, counts on who gave it.
    private static let columns = """
        ALTER TABLE refund ADD COLUMN refund_kind TEXT NOT NULL DEFAULT 'refund'
            CHECK (refund_kind IN ('refund', 'void'));
        ALTER TABLE refund ADD COLUMN booked_on INTEGER;
        """

    // The shop's own roles stay as the shop made them.
    private static let grants = """
        UPDATE role SET grants = (grants::jsonb || '{"voidSales": {"unlimited": {}}}'::jsonb)::text
        WHERE name IN ('senior', 'manager', 'admin');
        """
}
