import GRDB
import StoreDomain

// Products are known by the keys of their codes and found by their folded words.
extension SchemaV4 {
    static func makeSearch(_ db: Database) throws {
        let triggers = try String.fetchAll(
            db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'product_search_%'")
        for trigger in triggers { try db.execute(sql: "DROP TRIGGER \(trigger)") }
        try db.execute(
            sql: """
                DROP TABLE product_search;
                DROP VIEW product_on_sale;
                ALTER TABLE product DROP COLUMN search_extra;
                ALTER TABLE product ADD COLUMN barcode_key TEXT;
                """)
        try giveKeys(db)
        try db.execute(sql: "CREATE UNIQUE INDEX product_barcode_key ON product (barcode_key);" + search)
        try fill(db)
        try db.execute(
            sql: "INSERT INTO product_search (product_search) VALUES ('rebuild');" + searchTriggers)
        try db.execute(sql: order)
    }

    // MARK: - Keys

    // Where two products of an older store have one article's code in two spellings, both keep it as it is
    // written, and it finds the one that is on sale, of two such the earlier; the other one's key is empty until
    // the code is free. A SKU finds a product by itself: as in version 3 the later one's gets its id appended.
    private static func giveKeys(_ db: Database) throws {
        var skus: Set<String> = []
        var barcodes: Set<String> = []
        let update = try db.makeStatement(
            sql: "UPDATE product SET name_key = ?, sku = ?, sku_key = ?, barcode_key = ? WHERE id = ?")
        // Keys that change places would meet on the way.
        try db.execute(sql: "UPDATE product SET sku_key = 'old ' || id WHERE sku IS NOT NULL")
        let ids = try Int64.fetchAll(db, sql: "SELECT id FROM product ORDER BY archived, id")
        let product = try db.makeStatement(sql: "SELECT name, sku, barcode FROM product WHERE id = ?")
        for id in ids {
            guard let row = try Row.fetchOne(product, arguments: [id]) else { continue }
            var sku: String? = row[1]
            if let text = sku, let code = ProductCode(text), !skus.insert(code.key).inserted {
                let longer = "\(text)-\(id)"
                sku = longer
                skus.insert(ProductCode(longer)?.key ?? longer)
            }
            let key = (row[2] as String?).flatMap { ProductCode($0)?.key }
            try update.execute(arguments: [
                (row[0] as String).folded, sku, sku.map { ProductCode($0)?.key ?? $0 },
                key.flatMap { barcodes.insert($0).inserted ? $0 : nil }, id,
            ])
        }
    }

    // MARK: - Search

    // The words are folded and split by the domain, marked and written by `SearchText`; the tokenizer only has to
    // take them apart at their blanks, and knows no letter beyond ASCII. As every word is a row list of its own
    // (detail=none) and each start of a word up to 12 characters too (prefix), a search reads lists in order and
    // stops when its page is full, however many products match.
    private static let search = """
        CREATE TABLE product_words (
            id INTEGER PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
            words TEXT NOT NULL
        ) STRICT;
        CREATE VIRTUAL TABLE product_search USING fts5 (
            words, content = 'product_words', content_rowid = 'id', tokenize = 'ascii',
            prefix = '1 2 3 4 5 6 7 8 9 10 11 12', columnsize = 0, detail = none
        );

        """

    private static let searchTriggers = """
        CREATE TRIGGER product_words_insert AFTER INSERT ON product_words BEGIN
            INSERT INTO product_search (rowid, words) VALUES (new.id, new.words);
        END;
        CREATE TRIGGER product_words_delete AFTER DELETE ON product_words BEGIN
            INSERT INTO product_search (product_search, rowid, words) VALUES ('delete', old.id, old.words);
        END;
        CREATE TRIGGER product_words_update AFTER UPDATE ON product_words BEGIN
            INSERT INTO product_search (product_search, rowid, words) VALUES ('delete', old.id, old.words);
            INSERT INTO product_search (rowid, words) VALUES (new.id, new.words);
        END;
        """

    // What a search is sorted by that is not in the order of ids, apart from all else: the matches come by id, and
    // so this is read page by page instead of a page of `product` for each.
    private static let order = """
        CREATE TABLE product_order (
            id INTEGER PRIMARY KEY REFERENCES product (id) ON DELETE CASCADE,
            name_key TEXT NOT NULL,
            price_minor INTEGER NOT NULL
        ) STRICT;
        INSERT INTO product_order SELECT id, name_key, price_minor FROM product ORDER BY id;
        CREATE TRIGGER product_order_insert AFTER INSERT ON product BEGIN
            INSERT INTO product_order VALUES (new.id, new.name_key, new.price_minor);
        END;
        CREATE TRIGGER product_order_update AFTER UPDATE OF name_key, price_minor ON product
        WHEN (old.name_key, old.price_minor) IS NOT (new.name_key, new.price_minor) BEGIN
            UPDATE product_order SET name_key = new.name_key, price_minor = new.price_minor WHERE id = new.id;
        END;
        """

    private static func fill(_ db: Database) throws {
        let insert = try db.makeStatement(sql: "INSERT INTO product_words (id, words) VALUES (?, ?)")
        let rows = try Row.fetchCursor(
            db,
            sql:
                "SELECT id, name, description, sku, barcode, category_id FROM product WHERE archived = 0 ORDER BY id"
        )
        while let row = try rows.next() {
            let words = ProductWords(name: row[1], description: row[2], sku: row[3], barcode: row[4])
            try insert.execute(arguments: [row[0] as Int64, SearchText.indexed(words, categoryID: row[5])])
        }
    }
}
