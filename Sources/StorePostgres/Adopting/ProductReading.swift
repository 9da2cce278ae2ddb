import StoreDomain

/// Makes of products' texts what SQL cannot: the order of their names and the words that find them.
struct ProductReading {
    let db: PostgresConnection

    /// A product's texts.
    struct Texts {
        let id: Int64
        let name: String
        let description: String
        let category: String?
        let sku: String?
        let barcode: String?
    }

    /// - Parameter rows: which of `products`, in SQL.
    func products(_ rows: String, _ values: [(any PostgresWritable)?] = []) throws -> [Texts] {
        try db.rows(
            "SELECT id, name, COALESCE(description, ''), category, sku, barcode FROM products \(rows)", values
        ) { row in
            try Texts(
                id: row.next(), name: row.next(), description: row.next(), category: row.optional(),
                sku: row.optional(), barcode: row.optional())
        }
    }

    /// Stores what is made of them. Those that no search finds, as they are archived, stay so.
    func write(_ products: [Texts]) throws {
        let ids = PostgresValue.list(products.map(\.id))
        try db.run(
            """
            UPDATE products SET name_key = new.key FROM unnest($1::int[], $2::text[]) AS new (id, key)
            WHERE products.id = new.id
            """, [ids, PostgresValue.list(products.map { StoredProductText.nameKey($0.name.stored) })])
        let rows = products.map { product -> [CanonicalJSON] in
            let words = ProductWords(
                name: product.name.stored, description: product.description.stored, sku: product.sku,
                barcode: product.barcode)
            let terms = SearchTerms.indexed(words, category: product.category)
            return [.integer(product.id), .array(terms.map { .text($0) })]
        }
        try db.run(
            """
            UPDATE product_search SET terms = array_to_tsvector(ARRAY(SELECT json_array_elements_text(value -> 1)))
            FROM json_array_elements($1::json) AS new (value) WHERE product_search.id = (value ->> 0)::int
            """, [PostgresValue.rows(rows)])
    }
}

/// Products that the Flask service has written are to be read before a page of products is: thrown in a transaction
/// that only reads.
struct UnreadProducts: Error {
    /// So many are read at once.
    private static let stride = 1_000

    /// Whether there are any.
    static func areThere(_ db: PostgresConnection) throws -> Bool {
        try db.value(Bool.self, "SELECT EXISTS (SELECT 1 FROM product_unread)") ?? false
    }

    /// Reads them, but for those that somebody writes just now.
    static func read(_ db: PostgresConnection) throws {
        while true {
            let ids = try db.values(
                Int64.self,
                """
                DELETE FROM product_unread WHERE id IN (
                    SELECT product_unread.id FROM product_unread JOIN products USING (id)
                    ORDER BY id LIMIT \(stride) FOR NO KEY UPDATE SKIP LOCKED)
                RETURNING id
                """)
            guard !ids.isEmpty else { return try SearchUpkeep(db: db).settle(inserted: 0) }
            let reading = ProductReading(db: db)
            try reading.write(
                reading.products("WHERE id = ANY($1::int[]) ORDER BY id", [PostgresValue.list(ids.sorted())]))
        }
    }
}
