/// What orders cost, and what they must not share: every payment marked the row of its method, every order that of its
/// account, so that all of them wrote to the same few rows. Those references are looked over by `verify` instead, and
/// what they refer to cannot be deleted. What counts orders is planned once.
enum PostgresSchemaV3 {
    /// By table, the columns that refer to accounts, ways to pay and shifts.
    private static let references = [
        ("orders", ["user_id", "operator_id"]), ("stock_movement", ["person"]),
        ("payment", ["method_id", "taken_by", "shift_id"]), ("refund", ["operator_id", "shift_id"]),
        ("refund_tender", ["method_id"]),
    ]

    static let statements =
        references.map { table, columns in
            let drops = columns.map { "DROP CONSTRAINT IF EXISTS \(table)_\($0)_fkey" }
            return "ALTER TABLE \(table) \(drops.joined(separator: ", "));\n"
        }.joined() + guards + counts

    private static let guards = ["users", "payment_method", "shift"].map { table in
        """
        CREATE TRIGGER \(table)_kept BEFORE DELETE ON \(table) FOR EACH ROW EXECUTE FUNCTION storefront_refuse();

        """
    }.joined()

    // A function in SQL is planned at every call, one in PL/pgSQL once a session.
    private static let counts = """
        CREATE OR REPLACE FUNCTION order_count_add(whose INTEGER, what TEXT, change INTEGER) RETURNS void
        LANGUAGE plpgsql AS $body$
        BEGIN
            INSERT INTO order_count (user_id, status, slot, orders)
            SELECT counted, what, pg_backend_pid() % 64, change FROM (VALUES (0), (whose)) AS counts (counted)
            WHERE counted IS NOT NULL
            ON CONFLICT (user_id, status, slot) DO UPDATE SET orders = order_count.orders + excluded.orders;
        END $body$;
        """
}
