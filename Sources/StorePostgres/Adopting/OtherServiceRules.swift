/// How what the Flask service writes reads here: one place for what is taken over and for what it goes on writing.
enum OtherServiceRules {
    /// Makes the functions, or makes them what they are now.
    ///
    /// An order's total stays. What its parts do not come to goes to the tax where it is cents, as the service reckons
    /// with floating point, else to the discount as far as that goes; an order that asks for less than nothing asks for
    /// nothing. Its lines come to its subtotal: the service takes a discount off the subtotal and once more off the
    /// total, so that the first of both is a discount of the lines here and the second one of the order.
    static let statements = #"""
        CREATE TABLE IF NOT EXISTS other_service_status (
            word TEXT PRIMARY KEY,
            status VARCHAR(50) NOT NULL CHECK (status IN ('pending', 'paid', 'cancelled'))
        );

        CREATE OR REPLACE FUNCTION other_service_status_of(word TEXT) RETURNS TEXT LANGUAGE sql STABLE AS $body$
            SELECT COALESCE((SELECT status FROM other_service_status WHERE other_service_status.word = $1), $1, 'pending')
        $body$;

        CREATE OR REPLACE FUNCTION other_service_role_of(word TEXT) RETURNS TEXT LANGUAGE sql IMMUTABLE AS $body$
            SELECT CASE WHEN lower(btrim(word)) ~ '^[a-z0-9-]{1,40}$' THEN lower(btrim(word)) ELSE 'customer' END
        $body$;

        CREATE OR REPLACE FUNCTION other_service_figures(
            lines NUMERIC, INOUT subtotal NUMERIC, INOUT discount NUMERIC, INOUT tax NUMERIC, INOUT total NUMERIC
        ) LANGUAGE plpgsql IMMUTABLE AS $body$
        DECLARE
            missing NUMERIC;
            part NUMERIC;
        BEGIN
            subtotal := greatest(least(subtotal, lines), 0);
            discount := greatest(least(COALESCE(discount, 0), subtotal), 0);
            tax := greatest(COALESCE(tax, 0), 0);
            total := greatest(total, 0);
            missing := total - (subtotal - discount + tax);
            IF abs(missing) <= 0.02 AND tax + missing >= 0 THEN
                tax := tax + missing;
            ELSIF missing > 0 THEN
                part := least(missing, discount);
                discount := discount - part;
                tax := tax + missing - part;
            ELSE
                part := least(-missing, subtotal - discount);
                discount := discount + part;
                tax := tax + missing + part;
            END IF;
        END $body$;

        CREATE OR REPLACE FUNCTION other_service_share(amount NUMERIC, upto NUMERIC, own NUMERIC, whole NUMERIC, is_first BOOLEAN)
        RETURNS NUMERIC LANGUAGE sql IMMUTABLE AS $body$
            SELECT CASE WHEN whole > 0 THEN round(amount * upto / whole, 2) - round(amount * (upto - own) / whole, 2)
                WHEN is_first THEN amount ELSE 0 END
        $body$;

        CREATE OR REPLACE FUNCTION other_service_make_whole(whose INTEGER[]) RETURNS void LANGUAGE plpgsql AS $body$
        BEGIN
            UPDATE orders SET subtotal = new.subtotal, discount_amount = new.discount, tax = new.tax, total = new.total,
                note = CASE WHEN abs(orders.subtotal - new.subtotal) + abs(COALESCE(orders.discount_amount, 0) - new.discount)
                        + abs(orders.tax - new.tax) + abs(orders.total - new.total) > 0.02
                    THEN format('As it was written: subtotal %s, discount %s, tax %s, total %s', orders.subtotal,
                        orders.discount_amount, orders.tax, orders.total) ELSE orders.note END
            FROM (SELECT order_id, SUM(unit_price * quantity) AS lines FROM order_items
                WHERE whose IS NULL OR order_id = ANY(whose) GROUP BY order_id) AS sums
            JOIN orders AS old ON old.id = sums.order_id,
                other_service_figures(lines, old.subtotal, old.discount_amount, old.tax, old.total) AS new
            WHERE orders.id = sums.order_id AND (orders.subtotal, orders.discount_amount, orders.tax, orders.total)
                IS DISTINCT FROM (new.subtotal, new.discount, new.tax, new.total);

            UPDATE order_items SET line_discount = part.line_discount, order_discount = part.order_discount, tax = part.tax
            FROM (
                SELECT id, line_discount, order_discount, other_service_share(whole_tax,
                    SUM(rest) OVER w, rest, SUM(rest) OVER (PARTITION BY order_id), row_number() OVER w = 1) AS tax
                FROM (
                    SELECT *, net - order_discount AS rest FROM (
                        SELECT *, other_service_share(discount_amount, SUM(net) OVER w, net,
                            SUM(net) OVER (PARTITION BY order_id), row_number() OVER w = 1) AS order_discount
                        FROM (
                            SELECT *, gross - line_discount AS net FROM (
                                SELECT *, other_service_share(lines - subtotal, SUM(gross) OVER w, gross, lines, false)
                                    AS line_discount
                                FROM (
                                    SELECT order_items.id, order_id, unit_price * quantity AS gross,
                                        SUM(unit_price * quantity) OVER (PARTITION BY order_id) AS lines,
                                        subtotal, discount_amount, orders.tax AS whole_tax
                                    FROM order_items JOIN orders ON orders.id = order_id
                                    WHERE whose IS NULL OR order_id = ANY(whose)
                                ) AS line WINDOW w AS (PARTITION BY order_id ORDER BY id)
                            ) AS reduced
                        ) AS netted WINDOW w AS (PARTITION BY order_id ORDER BY id)
                    ) AS discounted
                ) AS rested WINDOW w AS (PARTITION BY order_id ORDER BY id)
            ) AS part
            WHERE order_items.id = part.id AND (order_items.line_discount, order_items.order_discount, order_items.tax)
                IS DISTINCT FROM (part.line_discount, part.order_discount, part.tax);
        END $body$;
        """#
}
