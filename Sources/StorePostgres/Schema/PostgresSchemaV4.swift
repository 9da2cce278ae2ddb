/// What others than this program write, such as the Flask service or somebody in psql, is told to its servers by
/// triggers, in the words in which these tell each other (`ShopChanges.notice`). What this program writes is told by its
/// servers once it is committed: a NOTIFY in each order would have orders wait for each other (see <doc:Decisions>). Orders
/// are counted in the same way whether the tables are shared or not.
enum PostgresSchemaV4 {
    static let statements = ([functions, counts] + lists + rows + products).joined(separator: "\n")

    /// Tables whose changes are told without ids: few rows, or seldom changed by others.
    private static let lists = [
        ("role", "a*"), ("policy", "c"), ("payment_method", "c"), ("discount", "d"), ("discount_use", "d"),
        ("parked_sale", "p"), ("payment", "o* t*"), ("refund", "o* t*"), ("stranded_payment", "o*"),
    ].map { table, words in
        trigger("INSERT OR UPDATE OR DELETE OR TRUNCATE", of: table, tells(words))
    }

    /// Tables whose changes are told with ids.
    private static let rows = [
        ("orders", "o*", "storefront_tell_rows('o', 'id', 'user_id')"),
        ("order_items", "o*", "storefront_tell_lines()"),
        ("users", "a*", "storefront_tell_rows('a', 'id')"),
        ("shift", "t*", "storefront_tell_rows('t', 'id')"),
        ("cash_movement", "t*", "storefront_tell_rows('t', 'shift_id')"),
    ].flatMap { table, any, function in
        [
            trigger("TRUNCATE", of: table, tells(any)),
            trigger("INSERT", of: table, with: "NEW TABLE AS touched", function),
            trigger("UPDATE", of: table, with: "NEW TABLE AS touched", function),
            trigger("DELETE", of: table, with: "OLD TABLE AS touched", function),
        ]
    }

    private static let products = [
        trigger("INSERT OR DELETE OR TRUNCATE", of: "products", tells("c")),
        trigger(
            "UPDATE", of: "products", with: "OLD TABLE AS untouched NEW TABLE AS touched",
            "storefront_tell_products()"),
    ]

    private static func tells(_ words: String) -> String { "storefront_tell('\(words)')" }

    /// One that acts once a statement, for statements of others.
    private static func trigger(
        _ event: String, of table: String, with rows: String? = nil, _ function: String
    ) -> String {
        let name = (["storefront_tell"] + (rows == nil ? [] : [event.lowercased()])).joined(separator: "_")
        return """
            CREATE TRIGGER \(name) AFTER \(event) ON \(table) \(rows.map { "REFERENCING \($0)" } ?? "")
            FOR EACH STATEMENT WHEN (current_setting('storefront.own', true) IS DISTINCT FROM 'on')
            EXECUTE FUNCTION \(function);
            """
    }

    // More than 200 are any, as everywhere.
    private static let functions = #"""
        CREATE FUNCTION storefront_tell() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            PERFORM pg_notify('storefront_changes', TG_ARGV[0]);
            RETURN NULL;
        END $body$;

        CREATE FUNCTION storefront_tell_rows() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            things TEXT;
        BEGIN
            SELECT CASE WHEN COUNT(*) > 200 THEN '*' ELSE string_agg(DISTINCT (value ->> TG_ARGV[1])
                || CASE WHEN TG_NARGS > 2 THEN ':' || COALESCE(value ->> TG_ARGV[2], '') ELSE '' END, ',') END
            INTO things FROM (SELECT to_jsonb(touched) AS value FROM touched LIMIT 201) AS few;
            IF things IS NOT NULL THEN PERFORM pg_notify('storefront_changes', TG_ARGV[0] || things); END IF;
            RETURN NULL;
        END $body$;

        CREATE FUNCTION storefront_tell_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        DECLARE
            things TEXT;
        BEGIN
            SELECT CASE WHEN COUNT(*) > 200 THEN '*'
                ELSE string_agg(DISTINCT few.order_id || ':' || COALESCE(user_id::text, ''), ',') END
            INTO things FROM (SELECT order_id FROM touched LIMIT 201) AS few LEFT JOIN orders ON orders.id = few.order_id;
            IF things IS NOT NULL THEN PERFORM pg_notify('storefront_changes', 'o' || things); END IF;
            RETURN NULL;
        END $body$;
        DO $body$ BEGIN
            EXECUTE format('ALTER FUNCTION storefront_tell_lines() SET search_path = %I, pg_temp', current_schema());
        END $body$;

        CREATE FUNCTION storefront_tell_products() RETURNS trigger LANGUAGE plpgsql AS $body$
        DECLARE
            things TEXT;
        BEGIN
            IF (SELECT COUNT(*) FROM (SELECT 1 FROM touched LIMIT 201) AS few) > 200 OR EXISTS (
                SELECT 1 FROM touched LEFT JOIN untouched ON untouched.id = touched.id
                WHERE to_jsonb(touched) - '{stock, updated_at}'::text[]
                    IS DISTINCT FROM to_jsonb(untouched) - '{stock, updated_at}'::text[])
            THEN
                PERFORM pg_notify('storefront_changes', 'c');
            ELSE
                SELECT string_agg(touched.id::text, ',') INTO things
                FROM touched JOIN untouched ON untouched.id = touched.id WHERE touched.stock <> untouched.stock;
                IF things IS NOT NULL THEN PERFORM pg_notify('storefront_changes', 's' || things); END IF;
            END IF;
            RETURN NULL;
        END $body$;
        """#

    // Others use slots of their own: they lock products behind their order, this program before it, and both would wait
    // for each other.
    private static let counts = """
        CREATE OR REPLACE FUNCTION order_count_add(whose INTEGER, what TEXT, change INTEGER) RETURNS void
        LANGUAGE plpgsql AS $body$
        BEGIN
            INSERT INTO order_count (user_id, status, slot, orders)
            SELECT counted, what, pg_backend_pid() % 64
                + CASE current_setting('storefront.own', true) WHEN 'on' THEN 0 ELSE 64 END, change
            FROM (VALUES (0), (whose)) AS counts (counted)
            WHERE counted IS NOT NULL
            ON CONFLICT (user_id, status, slot) DO UPDATE SET orders = order_count.orders + excluded.orders;
        END $body$;
        """
}
