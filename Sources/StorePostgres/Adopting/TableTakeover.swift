/// Puts tables that are there already in the place of those that the migrations make, with all that hangs on them:
/// whatever a later migration makes of the four, this gives it to them.
enum TableTakeover {
    /// The tables that the Flask service has as well.
    static let shared = ["users", "products", "orders", "order_items"]

    /// Moves them out of the way of the migrations.
    static let moveAway =
        "CREATE SCHEMA storefront_adopting;"
        + shared.map { "ALTER TABLE \($0) SET SCHEMA storefront_adopting;" }.joined()

    /// Notes what the migrations made of the four, drops that, moves the old ones back and adds the columns that they
    /// lack, without a rule yet.
    static let moveBack = #"""
        CREATE TEMP TABLE adopting (number SERIAL, step TEXT NOT NULL, sql TEXT NOT NULL) ON COMMIT DROP;
        CREATE TEMP VIEW made AS SELECT oid, relname, reloptions FROM pg_class
            WHERE relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema()) AND relkind = 'r'
                AND relname IN ('users', 'products', 'orders', 'order_items');
        CREATE TEMP VIEW made_column AS SELECT made.relname, new.attname, new.attnum, new.atttypid, new.atttypmod, new.attcollation, new.attnotnull, pg_get_expr(adbin, adrelid) AS fallback, old.attnotnull AS was_not_null,
                old.attname IS NULL AS is_new
            FROM made JOIN pg_attribute new ON new.attrelid = made.oid AND new.attnum > 0 AND NOT new.attisdropped
            LEFT JOIN pg_attrdef ON adrelid = made.oid AND adnum = new.attnum
            LEFT JOIN pg_attribute old ON old.attrelid = ('storefront_adopting.' || made.relname)::regclass
                AND old.attname = new.attname AND NOT old.attisdropped;

        INSERT INTO adopting (step, sql)
        SELECT 'column', format('ALTER TABLE %I ADD COLUMN %I %s%s%s', relname, attname, format_type(atttypid, atttypmod),
            (SELECT format(' COLLATE %I', collname) FROM pg_collation WHERE oid = attcollation AND collname <> 'default'),
            ' DEFAULT ' || fallback)
        FROM made_column WHERE is_new ORDER BY relname, attnum;

        INSERT INTO adopting (step, sql)
        SELECT 'rule', format('ALTER TABLE %I ALTER COLUMN %I SET DEFAULT %s', relname, attname, fallback)
        FROM made_column WHERE NOT is_new AND attname <> 'id' AND fallback IS NOT NULL;
        INSERT INTO adopting (step, sql)
        SELECT 'rule', format('ALTER TABLE %I ALTER COLUMN %I %s NOT NULL', relname, attname,
            CASE WHEN attnotnull THEN 'SET' ELSE 'DROP' END)
        FROM made_column WHERE attname <> 'id' AND attnotnull IS DISTINCT FROM COALESCE(was_not_null, false);
        INSERT INTO adopting (step, sql)
        SELECT 'rule', format('ALTER TABLE %I SET (%s)', relname, array_to_string(reloptions, ', '))
        FROM made WHERE reloptions IS NOT NULL;
        INSERT INTO adopting (step, sql)
        SELECT 'rule', format('ALTER TABLE %I ADD %s %s', relname,
            CASE WHEN old.oid IS NULL THEN format('CONSTRAINT %I', found.conname) END, pg_get_constraintdef(found.oid))
        FROM pg_constraint found JOIN pg_class ON pg_class.oid = found.conrelid
        LEFT JOIN pg_constraint old ON old.conrelid = to_regclass('storefront_adopting.' || relname)
            AND old.conname = found.conname
        WHERE found.contype IN ('c', 'u', 'f')
            AND (found.conrelid IN (SELECT oid FROM made) OR found.confrelid IN (SELECT oid FROM made))
            AND (old.oid IS NULL OR pg_get_constraintdef(old.oid) <> pg_get_constraintdef(found.oid))
        ORDER BY found.contype = 'f', relname, found.conname;
        INSERT INTO adopting (step, sql)
        SELECT 'rule', pg_get_indexdef(indexrelid) FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
        WHERE indrelid IN (SELECT oid FROM made) AND NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conindid = indexrelid)
            AND to_regclass('storefront_adopting.' || relname) IS NULL;
        INSERT INTO adopting (step, sql)
        SELECT 'rule', pg_get_triggerdef(oid) FROM pg_trigger
        WHERE tgrelid IN (SELECT oid FROM made) AND NOT tgisinternal;

        DROP VIEW made_column, made;
        DROP TABLE order_items, orders, products, users CASCADE;
        DO $body$ BEGIN
            EXECUTE (SELECT string_agg(format('ALTER TABLE storefront_adopting.%I SET SCHEMA %I', name, current_schema()), ';')
                FROM unnest(ARRAY['users', 'products', 'orders', 'order_items']) AS name);
            EXECUTE 'DROP SCHEMA storefront_adopting';
            EXECUTE (SELECT string_agg(sql, ';' ORDER BY number) FROM adopting WHERE step = 'column');
        END $body$;
        """#

    /// The sequence that numbers a table's ids, in SQL: its default's or its identity's; null without one.
    ///
    /// - Parameter table: an expression for its name.
    static func sequence(of table: String) -> String {
        """
        COALESCE((SELECT refobjid::regclass FROM pg_attrdef JOIN pg_depend ON classid = 'pg_attrdef'::regclass
                AND objid = pg_attrdef.oid AND refclassid = 'pg_class'::regclass
            JOIN pg_class ON pg_class.oid = refobjid AND relkind = 'S'
            JOIN pg_attribute ON attrelid = adrelid AND attnum = adnum
            WHERE adrelid = \(table)::regclass AND attname = 'id'),
            (SELECT pg_get_serial_sequence(\(table), 'id')::regclass FROM pg_attribute
            WHERE attrelid = \(table)::regclass AND attname = 'id' AND attidentity <> ''))
        """
    }

    /// Gives their ids numbers as this program draws them: from a sequence of the usual name, behind every id that there
    /// is, as after rows that came in with their ids.
    static let number = #"""
        DO $body$ DECLARE
            shared TEXT;
            source REGCLASS;
            latest BIGINT;
            upcoming BIGINT;
        BEGIN
            FOREACH shared IN ARRAY ARRAY['users', 'products', 'orders', 'order_items'] LOOP
                IF EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = shared::regclass AND attname = 'id' AND attidentity = 'a')
                THEN EXECUTE format('ALTER TABLE %I ALTER COLUMN id SET GENERATED BY DEFAULT', shared); END IF;
                source := \#(sequence(of: "shared"));
                IF source IS NULL THEN RAISE EXCEPTION '%.id is numbered by no sequence', shared; END IF;
                IF source IS DISTINCT FROM to_regclass(shared || '_id_seq') THEN
                    IF NOT EXISTS (SELECT 1 FROM pg_class WHERE oid = source AND relname = shared || '_id_seq') THEN
                        EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', source, shared || '_id_seq');
                    END IF;
                    IF to_regclass(shared || '_id_seq') IS NULL THEN
                        EXECUTE format('ALTER SEQUENCE %s SET SCHEMA %I', source, current_schema());
                    END IF;
                END IF;
                EXECUTE format('SELECT max(id) FROM %I', shared) INTO latest;
                EXECUTE format('SELECT CASE WHEN is_called THEN last_value + 1 ELSE last_value END FROM %s', source) INTO upcoming;
                IF latest >= upcoming THEN PERFORM setval(source, latest); END IF;
            END LOOP;
        END $body$;
        """#

    /// Adds every rule, index and trigger that was noted.
    static let addRules = #"""
        DO $body$ DECLARE rule TEXT; BEGIN
            FOR rule IN SELECT sql FROM adopting WHERE step = 'rule' ORDER BY number LOOP EXECUTE rule; END LOOP;
        END $body$;
        """#
}
