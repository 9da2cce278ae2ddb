import GRDB

/// The rows of common search terms as bits, and stretches of the orders by name and price; two indexes less.
enum SchemaV5 {
    static func migrate(_ db: Database) throws {
        try db.execute(sql: tables + indexes)
        try SearchUpkeep.make(in: db)
    }

    // No use case looks for movements or keys by their order, and no order is ever deleted. Each index cost every order a
    // page of the log.
    private static let indexes = "DROP INDEX stock_movement_order; DROP INDEX idempotency_order;"

    // `product_bits.id` is the term's number and the chunk's, so that the chunks of a term lie side by side; a
    // chunk is no larger than a page of the file. `product_stretch` has the first product of each stretch.
    private static let tables = """
        CREATE TABLE product_term (
            id INTEGER PRIMARY KEY,
            key TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE TABLE product_bits (
            id INTEGER PRIMARY KEY,
            rows BLOB NOT NULL CHECK (length(rows) BETWEEN 1 AND 3968)
        ) STRICT;
        CREATE TABLE product_stretch (
            sorted_by TEXT NOT NULL CHECK (sorted_by IN ('name_key', 'price_minor')),
            value ANY NOT NULL,
            id INTEGER NOT NULL,
            place INTEGER NOT NULL CHECK (place >= 0),
            PRIMARY KEY (sorted_by, value, id)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE product_bits_made (
            id INTEGER PRIMARY KEY CHECK (id = 1),
            on_sale INTEGER NOT NULL CHECK (on_sale >= 0)
        ) STRICT;
        INSERT INTO product_bits_made VALUES (1, 0);
        """
}
