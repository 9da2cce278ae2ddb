/// The counts that triggers maintain, from the rows: behind rows that came in without triggers.
enum MaintainedCounts {
    static let make = #"""
        UPDATE product_total SET on_sale = (SELECT COUNT(*) FROM products WHERE NOT archived);
        DELETE FROM category;
        INSERT INTO category (name, product_count)
        SELECT category, COUNT(*) FROM products WHERE NOT archived AND category IS NOT NULL GROUP BY category;
        DELETE FROM order_count;
        INSERT INTO order_count (user_id, status, slot, orders)
        SELECT user_id, status, 0, COUNT(*) FROM orders WHERE user_id IS NOT NULL GROUP BY user_id, status
        UNION ALL SELECT 0, status, 0, COUNT(*) FROM orders GROUP BY status;
        """#
}
