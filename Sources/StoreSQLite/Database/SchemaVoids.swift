import GRDB

/// Why money went back and on whose figures it counts, and who may void a sale.
enum SchemaVoids {
    static func migrate(_ db: Database) throws { try db.execute(sql: columns + grants) }

    // A refund of before counts on who gave it.
    private static let columns = """
        ALTER TABLE refund ADD COLUMN refund_kind TEXT NOT NULL DEFAULT 'refund'
            CHECK (refund_kind IN ('refund', 'void'));
        ALTER TABLE refund ADD COLUMN booked_on INTEGER REFERENCES account (id);
        """

    // The shop's own roles stay as the shop made them.
    private static let grants = """
        UPDATE role SET grants = json_set(grants, '$.voidSales', json('{"unlimited":{}}'))
        WHERE name IN ('senior', 'manager', 'admin');
        """
}
