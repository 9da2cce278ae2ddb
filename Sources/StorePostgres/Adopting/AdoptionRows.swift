/// Makes the rows of the Flask service what the rules of the tables ask for, and books what they say.
enum AdoptionRows {
    /// The stock began with what is there and what was sold since. A paid order was paid online, when it changed last.
    static let mend = #"""
        UPDATE users SET role = other_service_role_of(role), name = CASE WHEN name <> '' THEN name WHEN email <> '' THEN email ELSE 'Account ' || id END,
            created_at = COALESCE(created_at, now() AT TIME ZONE 'UTC'),
            updated_at = COALESCE(updated_at, created_at, now() AT TIME ZONE 'UTC')
        WHERE role IS DISTINCT FROM other_service_role_of(role) OR name = '' OR created_at IS NULL OR updated_at IS NULL;
        INSERT INTO role (name, grants) SELECT DISTINCT users.role, role.grants FROM users, role WHERE role.name = 'customer'
        ON CONFLICT (name) DO NOTHING;

        CREATE TEMP TABLE adopting_sold ON COMMIT DROP AS
            SELECT order_id, product_id, SUM(quantity)::int AS quantity, MIN(created_at) AS created_at
            FROM order_items JOIN orders ON orders.id = order_id
            WHERE other_service_status_of(status) <> 'cancelled' GROUP BY order_id, product_id;

        UPDATE orders SET status = other_service_status_of(status), discount_amount = COALESCE(discount_amount, 0),
            created_at = COALESCE(created_at, now() AT TIME ZONE 'UTC'),
            updated_at = COALESCE(updated_at, created_at, now() AT TIME ZONE 'UTC'),
            note = CASE WHEN status <> other_service_status_of(status) THEN 'It was ' || status END
        WHERE status IS DISTINCT FROM other_service_status_of(status) OR discount_amount IS NULL OR created_at IS NULL
            OR updated_at IS NULL;
        UPDATE order_items SET product_name = COALESCE(NULLIF(products.name, ''), 'Product ' || products.id),
            total_price = round(unit_price * quantity, 2)
        FROM products WHERE products.id = product_id;
        DO $body$ BEGIN PERFORM other_service_make_whole(NULL); END $body$;

        UPDATE products SET stock = greatest(COALESCE(stock, 0), 0),
            initial_stock = greatest(COALESCE(stock, 0) + COALESCE(sold, 0), 0), category = NULLIF(category, ''),
            name = CASE WHEN name = '' THEN 'Product ' || products.id ELSE name END,
            created_at = COALESCE(products.created_at, now() AT TIME ZONE 'UTC'),
            updated_at = COALESCE(products.updated_at, products.created_at, now() AT TIME ZONE 'UTC')
        FROM (SELECT products.id, SUM(quantity)::int AS sold FROM products
            LEFT JOIN adopting_sold ON product_id = products.id GROUP BY products.id) AS sales
        WHERE sales.id = products.id;
        INSERT INTO stock_movement (product_id, kind, quantity, order_id, created_at)
        SELECT product_id, 'sale', -quantity, order_id, COALESCE(created_at, now() AT TIME ZONE 'UTC') FROM adopting_sold
        ORDER BY order_id, product_id;
        INSERT INTO stock_movement (product_id, kind, quantity, reason, created_at)
        SELECT products.id, 'correction', stock - initial_stock - COALESCE(SUM(quantity), 0),
            'Taken over with the stock that it had', now() AT TIME ZONE 'UTC'
        FROM products LEFT JOIN stock_movement ON product_id = products.id
        GROUP BY products.id HAVING stock - initial_stock - COALESCE(SUM(quantity), 0) <> 0;

        INSERT INTO payment (order_id, method_id, amount, created_at)
        SELECT id, 'online', total, updated_at FROM orders WHERE status = 'paid' ORDER BY id;
        """#
}
