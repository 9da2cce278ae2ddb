/// Lets the Flask service go on writing to the tables that it shares with this store: triggers make its rows whole.
///
/// Every transaction of this program says so (`PostgresAccess`); the triggers run for all others. They note what an
/// order, its state or a stock became, and settle that when the transaction commits, where its lines are known.
enum OtherServiceBridge {
    /// Puts everything in place, or makes it what it is now.
    static let statements = [rows, OtherServiceSettling.statements, triggers].joined(separator: "\n")

    /// Whether the tables are shared.
    static func isThere(_ db: PostgresConnection) throws -> Bool {
        try db.value(
            Bool.self,
            "SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'product_unread' AND pg_table_is_visible(oid))"
        ) ?? false
    }

    // Between transactions other_service_change is empty. Accounts whose e-mails differ by case alone keep all but the
    // key to sign in with, which the first one has.
    private static let rows = #"""
        CREATE TABLE IF NOT EXISTS other_service_change (
            id BIGSERIAL PRIMARY KEY,
            what TEXT NOT NULL CHECK (what IN ('order', 'status', 'stock')),
            subject INTEGER NOT NULL,
            quantity INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE IF NOT EXISTS product_unread (
            id INTEGER PRIMARY KEY REFERENCES products (id) ON DELETE CASCADE
        );

        CREATE OR REPLACE FUNCTION is_other_service() RETURNS BOOLEAN LANGUAGE sql STABLE AS $body$
            SELECT current_setting('storefront.own', true) IS DISTINCT FROM 'on'
        $body$;

        CREATE OR REPLACE FUNCTION other_service_account() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        DECLARE
            key TEXT := lower(btrim(new.email));
        BEGIN
            IF TG_OP = 'INSERT' OR new.email IS DISTINCT FROM old.email THEN
                new.email_key := CASE WHEN EXISTS (SELECT 1 FROM users WHERE email_key = key AND id <> new.id)
                    THEN key || ' #' || new.id ELSE key END;
            END IF;
            new.role := other_service_role_of(new.role);
            INSERT INTO role (name, grants) SELECT new.role, grants FROM role WHERE name = 'customer'
            ON CONFLICT (name) DO NOTHING;
            IF new.name = '' THEN new.name := new.email; END IF;
            new.created_at := COALESCE(new.created_at, now() AT TIME ZONE 'UTC');
            new.updated_at := COALESCE(new.updated_at, new.created_at);
            RETURN new;
        END $body$;

        CREATE OR REPLACE FUNCTION other_service_product() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            IF new.price = 'NaN' THEN RAISE EXCEPTION 'product % has no price', new.id USING ERRCODE = '23514'; END IF;
            IF new.name = '' THEN new.name := 'Product ' || new.id; END IF;
            new.stock := COALESCE(new.stock, 0);
            new.category := NULLIF(new.category, '');
            new.created_at := COALESCE(new.created_at, now() AT TIME ZONE 'UTC');
            new.updated_at := COALESCE(new.updated_at, new.created_at);
            IF TG_OP = 'INSERT' THEN
                new.initial_stock := new.stock;
                new.name_key := lower(new.name);
            ELSE
                IF NOT new.tracks_stock THEN new.stock := old.stock; END IF;
                IF new.name IS DISTINCT FROM old.name THEN new.name_key := lower(new.name); END IF;
            END IF;
            RETURN new;
        END $body$;

        CREATE OR REPLACE FUNCTION other_service_product_written() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            IF TG_OP = 'UPDATE' AND new.stock <> old.stock THEN
                INSERT INTO other_service_change (what, subject, quantity) VALUES ('stock', new.id, new.stock - old.stock);
            END IF;
            IF NOT new.archived AND (TG_OP = 'INSERT' OR (new.name, new.description, new.category)
                IS DISTINCT FROM (old.name, old.description, old.category))
            THEN
                INSERT INTO product_search (id, terms) VALUES (new.id, '') ON CONFLICT (id) DO NOTHING;
                INSERT INTO product_unread (id) VALUES (new.id) ON CONFLICT (id) DO NOTHING;
            END IF;
            RETURN NULL;
        END $body$;

        CREATE OR REPLACE FUNCTION other_service_order() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            new.status := other_service_status_of(new.status);
            IF 'NaN' IN (new.subtotal, new.tax, COALESCE(new.discount_amount, 0), new.total) THEN
                RAISE EXCEPTION 'order % has figures that are no numbers', new.id USING ERRCODE = '23514';
            END IF;
            IF TG_OP = 'INSERT' THEN
                SELECT figures.subtotal, figures.discount, figures.tax, figures.total
                INTO new.subtotal, new.discount_amount, new.tax, new.total
                FROM other_service_figures(new.subtotal, new.subtotal, new.discount_amount, new.tax, new.total) AS figures;
                new.created_at := COALESCE(new.created_at, now() AT TIME ZONE 'UTC');
                new.updated_at := COALESCE(new.updated_at, new.created_at);
            ELSIF (new.subtotal, new.tax, new.discount_amount, new.total, new.user_id)
                IS DISTINCT FROM (old.subtotal, old.tax, old.discount_amount, old.total, old.user_id)
            THEN
                RAISE EXCEPTION 'order % is placed: its figures stay', new.id USING ERRCODE = '23514';
            ELSIF new.status <> old.status AND (old.status <> 'pending' OR new.status NOT IN ('paid', 'cancelled')) THEN
                RAISE EXCEPTION 'order % is % and cannot become %', new.id, old.status, new.status USING ERRCODE = '23514';
            END IF;
            RETURN new;
        END $body$;

        CREATE OR REPLACE FUNCTION other_service_order_written() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            IF TG_OP = 'INSERT' THEN
                INSERT INTO other_service_change (what, subject) VALUES ('order', new.id);
            ELSIF new.status <> old.status THEN
                INSERT INTO other_service_change (what, subject) VALUES ('status', new.id);
            END IF;
            RETURN NULL;
        END $body$;

        CREATE OR REPLACE FUNCTION other_service_line() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM other_service_change WHERE what = 'order' AND subject = new.order_id) THEN
                RAISE EXCEPTION 'order % is placed: its lines stay', new.order_id USING ERRCODE = '23514';
            END IF;
            IF new.unit_price = 'NaN' THEN
                RAISE EXCEPTION 'a line of order % has no price', new.order_id USING ERRCODE = '23514';
            END IF;
            new.total_price := round(new.unit_price, 2) * new.quantity;
            SELECT name, products.sku INTO new.product_name, new.sku FROM products WHERE id = new.product_id;
            RETURN new;
        END $body$;

        CREATE OR REPLACE FUNCTION other_service_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
            RAISE EXCEPTION 'what was sold stays in %', TG_TABLE_NAME USING ERRCODE = '23514';
        END $body$;
        """#

    private static let triggers = #"""
        DO $body$ DECLARE found RECORD; BEGIN
            FOR found IN SELECT tgname, tgrelid::regclass AS name FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
                JOIN pg_namespace ON pg_namespace.oid = relnamespace
                WHERE tgname LIKE 'other\_service\_%' AND nspname = current_schema()
            LOOP EXECUTE format('DROP TRIGGER %I ON %s', found.tgname, found.name); END LOOP;
        END $body$;
        CREATE TRIGGER other_service_account BEFORE INSERT OR UPDATE ON users FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_account();
        CREATE TRIGGER other_service_product BEFORE INSERT OR UPDATE ON products FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_product();
        CREATE TRIGGER other_service_product_written AFTER INSERT OR UPDATE ON products FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_product_written();
        CREATE TRIGGER other_service_order BEFORE INSERT OR UPDATE ON orders FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_order();
        CREATE TRIGGER other_service_order_written AFTER INSERT OR UPDATE ON orders FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_order_written();
        CREATE TRIGGER other_service_line BEFORE INSERT ON order_items FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_line();
        CREATE TRIGGER other_service_line_stays BEFORE UPDATE OR DELETE ON order_items FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_refuse();
        CREATE TRIGGER other_service_order_stays BEFORE DELETE ON orders FOR EACH ROW
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_refuse();
        CREATE TRIGGER other_service_line_all BEFORE TRUNCATE ON order_items FOR EACH STATEMENT
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_refuse();
        CREATE TRIGGER other_service_order_all BEFORE TRUNCATE ON orders FOR EACH STATEMENT
        WHEN (is_other_service()) EXECUTE FUNCTION other_service_refuse();
        CREATE CONSTRAINT TRIGGER other_service_settle AFTER INSERT ON other_service_change
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION other_service_settle();
        DO $body$ DECLARE found REGPROCEDURE; BEGIN
            FOR found IN SELECT pg_proc.oid FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
                WHERE nspname = current_schema() AND (proname LIKE 'other\_service\_%' AND prorettype = 'trigger'::regtype
                    OR proname IN ('product_count_change', 'order_count_change', 'product_words_note',
                        'product_place_note'))
            LOOP EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = %I, pg_temp', found, current_schema());
            END LOOP;
        END $body$;
        """#
}
