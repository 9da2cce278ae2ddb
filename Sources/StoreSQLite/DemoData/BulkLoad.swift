import GRDB

/// Filling the table of products with very many rows at once: what hangs on the rows (indexes, counts,
/// search) is made afterwards in one go, which is several times faster.
enum BulkLoad {
    /// - Parameter body: inserts products and their words, and does nothing else with them.
    static func run<T>(_ db: Database, _ body: () throws -> T) throws -> T {
        let dropped = try Row.fetchAll(
            db,
            sql: """
                SELECT type, name, sql FROM sqlite_master
                WHERE tbl_name IN ('product', 'product_words') AND type IN ('index', 'trigger') AND sql IS NOT NULL
                """)
        for row in dropped {
            try db.execute(sql: "DROP \(row["type"] as String) \(row["name"] as String)")
        }
        let result = try body()
        for row in dropped where row["type"] == "index" { try db.execute(sql: row["sql"]) }
        try db.execute(
            sql: """
                INSERT INTO product_order SELECT id, name_key, price_minor FROM product ORDER BY id;
                UPDATE product_total SET on_sale = (SELECT count(*) FROM product WHERE archived = 0);
                UPDATE category SET product_count =
                    (SELECT count(*) FROM product WHERE category_id = category.id AND archived = 0);
                INSERT INTO product_search (product_search, rank) VALUES ('hashsize', 33554432);
                INSERT INTO product_search (product_search) VALUES ('rebuild');
                INSERT INTO product_search (product_search, rank) VALUES ('hashsize', 1048576);
                """)
        for row in dropped where row["type"] == "trigger" { try db.execute(sql: row["sql"]) }
        try SearchUpkeep.make(in: db)
        return result
    }
}
