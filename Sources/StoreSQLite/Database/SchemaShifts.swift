import GRDB

/// Counts by coins and notes, next float and perpetual totals of shifts, how often a Z report was printed, and the
/// rights that came with them.
enum SchemaShifts {
    static func migrate(_ db: Database) throws { try db.execute(sql: columns + perpetual + issues + rights) }

    // `counts` has the counts of the drawer in their order, at most two.
    private static let columns = """
        ALTER TABLE shift ADD COLUMN counts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(counts));
        ALTER TABLE shift ADD COLUMN next_float_minor INTEGER
            CHECK (next_float_minor IS NULL OR next_float_minor BETWEEN 0 AND counted_minor);
        ALTER TABLE shift ADD COLUMN perpetual_sales_minor INTEGER;
        ALTER TABLE shift ADD COLUMN perpetual_refunds_minor INTEGER;
        ALTER TABLE shift ADD COLUMN journal_hash TEXT;

        """

    // Shifts that were closed before get the totals that their documents come to.
    private static let perpetual = """
        DROP TRIGGER shift_closed;
        WITH own AS (
            SELECT id, till,
                (SELECT COALESCE(SUM(total_minor), 0) FROM orders
                    WHERE id IN (SELECT order_id FROM payment WHERE shift_id = shift.id)) AS sales,
                (SELECT COALESCE(SUM(amount_minor), 0) FROM refund WHERE shift_id = shift.id) AS refunds
            FROM shift WHERE closed_at IS NOT NULL
        ), running AS (
            SELECT id, SUM(sales) OVER (PARTITION BY till ORDER BY id) AS sales,
                SUM(refunds) OVER (PARTITION BY till ORDER BY id) AS refunds
            FROM own
        )
        UPDATE shift SET perpetual_sales_minor = running.sales, perpetual_refunds_minor = running.refunds
        FROM running WHERE running.id = shift.id;
        CREATE TRIGGER shift_closed BEFORE UPDATE ON shift WHEN old.closed_at IS NOT NULL BEGIN
            SELECT RAISE(ABORT, 'a closed shift is never changed');
        END;

        """

    // The original has position 0.
    private static let issues = """
        CREATE TABLE shift_issue (
            shift_id INTEGER NOT NULL REFERENCES shift (id),
            position INTEGER NOT NULL CHECK (position >= 0),
            issued_by INTEGER REFERENCES account (id),
            created_at INTEGER NOT NULL,
            PRIMARY KEY (shift_id, position)
        ) STRICT, WITHOUT ROWID;

        """

    // Who sees reports sees X reports, who closes over the tolerance sees what should be in a drawer, who sells
    // prints a Z report once more: what the roles of a new store may do.
    private static let rights = [
        ("seeReports", "xReport"), ("closeOverTolerance", "seeExpected"), ("sell", "reprint"),
    ].map { known, new in
        """
        UPDATE role SET grants = json_set(grants, '$.\(new)', json('{"unlimited":{}}'))
        WHERE grants -> '$.\(known)' IS NOT NULL;
        """
    }.joined(separator: "\n")
}
