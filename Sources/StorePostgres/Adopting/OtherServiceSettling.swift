/// What the Flask service's transaction comes to when it commits.
enum OtherServiceSettling {
    /// What it sold is taken from the stock as it is now, whatever it wrote: it reckons with a stock that it read
    /// earlier, and what was sold meanwhile would come back. Where too little is left, the transaction fails. A stock
    /// that it changed without an order is a correction.
    static let statements = #"""
        CREATE OR REPLACE FUNCTION other_service_settle() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $body$
        DECLARE
            placed INTEGER[];
            turned INTEGER[];
            told TEXT;
            now_utc TIMESTAMP := now() AT TIME ZONE 'UTC';
        BEGIN
            IF NOT EXISTS (SELECT 1 FROM other_service_change) THEN RETURN NULL; END IF;
            PERFORM set_config('storefront.own', 'on', true);
            SELECT array_agg(subject) FILTER (WHERE what = 'order'),
                array_agg(DISTINCT subject) FILTER (WHERE what = 'status') INTO placed, turned FROM other_service_change;
            placed := COALESCE(placed, '{}');
            turned := COALESCE(turned, '{}');
            PERFORM other_service_make_whole(placed);

            -- What is sold, and what comes back of what was cancelled, whatever was written into the stock for it: that
            -- was reckoned from a stock that may have changed since.
            PERFORM 1 FROM products WHERE id IN (SELECT product_id FROM order_items
                WHERE order_id = ANY(placed) OR order_id = ANY(turned)) ORDER BY id FOR NO KEY UPDATE;
            WITH moved AS (
                INSERT INTO stock_movement (product_id, kind, quantity, order_id, created_at)
                SELECT product_id, 'sale', -SUM(quantity), order_id, now_utc
                FROM order_items JOIN orders ON orders.id = order_id JOIN products ON products.id = product_id
                WHERE order_id = ANY(placed) AND status <> 'cancelled' AND tracks_stock GROUP BY order_id, product_id
                UNION ALL
                SELECT product_id, 'return', -SUM(quantity), order_id, now_utc
                FROM stock_movement JOIN orders ON orders.id = order_id JOIN products ON products.id = product_id
                WHERE order_id = ANY(turned) AND NOT order_id = ANY(placed) AND orders.status = 'cancelled' AND tracks_stock
                GROUP BY order_id, product_id HAVING SUM(quantity) < 0
                RETURNING product_id, quantity
            ), meant AS (
                SELECT product_id, SUM(quantity) AS quantity FROM moved GROUP BY product_id
            ), written AS (
                SELECT subject, SUM(quantity) AS quantity FROM other_service_change WHERE what = 'stock' GROUP BY subject
            ), corrected AS (
                INSERT INTO stock_movement (product_id, kind, quantity, reason, created_at)
                SELECT subject, 'correction', quantity, 'Changed by the other service', now_utc
                FROM written WHERE quantity <> 0 AND subject NOT IN (SELECT product_id FROM meant)
            )
            UPDATE products SET stock = stock + meant.quantity - COALESCE(written.quantity, 0)
            FROM meant LEFT JOIN written ON written.subject = meant.product_id
            WHERE products.id = meant.product_id AND meant.quantity <> COALESCE(written.quantity, 0);

            INSERT INTO payment (order_id, method_id, amount, created_at)
            SELECT id, 'online', total + rounding, now_utc FROM orders
            WHERE (id = ANY(placed) OR id = ANY(turned)) AND status = 'paid'
                AND NOT EXISTS (SELECT 1 FROM payment WHERE order_id = orders.id)
            ORDER BY id;

            INSERT INTO discount_use (code_key, slot, uses)
            SELECT code_key, pg_backend_pid() % 64 + 64, SUM(change) FROM (
                SELECT upper(btrim(discount_code)) AS code_key, 1 AS change FROM orders
                WHERE id = ANY(placed) AND status <> 'cancelled'
                UNION ALL SELECT upper(btrim(discount_code)), -1 FROM orders
                WHERE id = ANY(turned) AND NOT id = ANY(placed) AND status = 'cancelled') AS used
            JOIN discount USING (code_key) GROUP BY code_key ORDER BY code_key
            ON CONFLICT (code_key, slot) DO UPDATE SET uses = discount_use.uses + excluded.uses;

            -- The service's own statements have told of themselves; the stock and the codes are changed here.
            SELECT CASE WHEN COUNT(*) > 200 THEN '*' ELSE string_agg(DISTINCT product_id::text, ',') END INTO told
            FROM (SELECT product_id FROM order_items WHERE order_id = ANY(placed) OR order_id = ANY(turned) LIMIT 201) AS few;
            IF told IS NOT NULL THEN PERFORM pg_notify('storefront_changes', 's' || told); END IF;
            IF EXISTS (SELECT 1 FROM orders WHERE (id = ANY(placed) OR id = ANY(turned)) AND discount_code IS NOT NULL)
            THEN PERFORM pg_notify('storefront_changes', 'd'); END IF;

            DELETE FROM other_service_change;
            PERFORM set_config('storefront.own', 'off', true);
            RETURN NULL;
        END $body$;
        """#
}
