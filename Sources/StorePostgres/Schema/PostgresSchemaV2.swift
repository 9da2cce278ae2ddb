/// What orders cost, and what they must not share. A reference is looked up for every row that has it: every payment
/// marked the row of its method and every order that of its account, so that all of them wrote to the same few rows; and
/// what an order's rows refer to, its transaction has just written or holds. `verify` looks those references over
/// instead, and what they refer to cannot be deleted. What counts orders is planned once.
enum PostgresSchemaV2 {
    /// A column that refers to a row of another table.
    struct Reference {
        let table: String
        let column: String
        let other: String
    }

    static let references = [
        Reference(table: "orders", column: "user_id", other: "users"),
        Reference(table: "orders", column: "operator_id", other: "users"),
        Reference(table: "order_items", column: "order_id", other: "orders"),
        Reference(table: "order_items", column: "product_id", other: "products"),
        Reference(table: "stock_movement", column: "order_id", other: "orders"),
        Reference(table: "stock_movement", column: "product_id", other: "products"),
        Reference(table: "stock_movement", column: "person", other: "users"),
        Reference(table: "payment", column: "order_id", other: "orders"),
        Reference(table: "payment", column: "method_id", other: "payment_method"),
        Reference(table: "payment", column: "taken_by", other: "users"),
        Reference(table: "payment", column: "shift_id", other: "shift"),
        Reference(table: "refund", column: "operator_id", other: "users"),
        Reference(table: "refund", column: "shift_id", other: "shift"),
        Reference(table: "refund_tender", column: "method_id", other: "payment_method"),
        Reference(table: "idempotency", column: "order_id", other: "orders"),
    ]

    static let statements = (drops + guards + [products, counts]).joined(separator: "\n")

    private static let drops = references.map {
        "ALTER TABLE \($0.table) DROP CONSTRAINT IF EXISTS \($0.table)_\($0.column)_fkey;"
    }

    private static let guards = ["users", "payment_method", "shift", "orders"].map { table in
        """
        CREATE TRIGGER \(table)_kept BEFORE DELETE ON \(table) FOR EACH ROW EXECUTE FUNCTION storefront_refuse();
        """
    }

    // A product that was never sold or counted may go.
    private static let products = """
        CREATE FUNCTION product_kept() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            IF EXISTS (SELECT 1 FROM stock_movement WHERE product_id = old.id)
                OR EXISTS (SELECT 1 FROM order_items WHERE product_id = old.id) THEN
                RAISE EXCEPTION 'product % was sold', old.id;
            END IF;
            RETURN old;
        END $body$;
        CREATE TRIGGER products_kept BEFORE DELETE ON products FOR EACH ROW EXECUTE FUNCTION product_kept();
        """

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
