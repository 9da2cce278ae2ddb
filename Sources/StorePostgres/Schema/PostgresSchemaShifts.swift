/// Counts by coins and notes, next float and perpetual totals of shifts, how often a Z report was printed, and the
/// rights that came with them.
enum PostgresSchemaShifts {
    static let statements = columns + perpetual + issues + rights

    // `counts` has the counts of the drawer in their order, at most two.
    private static let columns = """
        ALTER TABLE shift ADD COLUMN counts TEXT NOT NULL DEFAULT '[]' CHECK (counts::json IS NOT NULL),
            ADD COLUMN next_float NUMERIC(14, 2)
                CHECK (next_float IS NULL OR next_float BETWEEN 0 AND counted),
            ADD COLUMN perpetual_sales NUMERIC(18, 2), ADD COLUMN perpetual_refunds NUMERIC(18, 2),
            ADD COLUMN journal_hash TEXT;

        """

    // Shifts that were closed before get the totals that their documents come to.
    private static let perpetual = """
        ALTER TABLE shift DISABLE TRIGGER shift_closed;
        WITH own AS (
            SELECT id, till,
                (SELECT COALESCE(SUM(total), 0) FROM orders
                    WHERE orders.id IN (SELECT order_id FROM payment WHERE shift_id = shift.id)) AS sales,
                (SELECT COALESCE(SUM(amount), 0) FROM refund WHERE shift_id = shift.id) AS refunds
            FROM shift WHERE closed_at IS NOT NULL
        ), running AS (
            SELECT id, SUM(sales) OVER (PARTITION BY till ORDER BY id) AS sales,
                SUM(refunds) OVER (PARTITION BY till ORDER BY id) AS refunds
            FROM own
        )
        UPDATE shift SET perpetual_sales = running.sales, perpetual_refunds = running.refunds
        FROM running WHERE running.id = shift.id;
        ALTER TABLE shift ENABLE TRIGGER shift_closed;

        """

    // The original has position 0.
    private static let issues = """
        CREATE TABLE shift_issue (
            shift_id INTEGER NOT NULL REFERENCES shift (id),
            position INTEGER NOT NULL CHECK (position >= 0),
            issued_by INTEGER REFERENCES users (id),
            created_at TIMESTAMP NOT NULL,
            PRIMARY KEY (shift_id, position)
        );

        """

    // Who sees reports sees X reports, who closes over the tolerance sees what should be in a drawer, who sells
    // prints a Z report once more: what the roles of a new store may do.
    private static let rights = [
        ("seeReports", "xReport"), ("closeOverTolerance", "seeExpected"), ("sell", "reprint"),
    ].map { known, new in
        """
        UPDATE role SET grants = (grants::jsonb || '{"\(new)":{"unlimited":{}}}'::jsonb)::text
        WHERE grants::jsonb -> '\(known)' IS NOT NULL;
        """
    }.joined(separator: "\n")
}
