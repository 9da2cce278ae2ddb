import StoreDomain

/// Rows of `products`.
struct ProductRows {
    let db: PostgresConnection

    /// In the order in which `product` reads them.
    static let columns = """
        p.id, p.sku, p.barcode, p.name, p.description, p.price, p.stock, p.tracks_stock, p.category, p.tax_class,
        p.archived, p.created_at, p.updated_at
        """

    func product(_ row: inout PostgresRow) throws -> Product {
        let (id, sku) = try (row.next(Int64.self), row.optional(String.self))
        let (barcode, name) = try (row.optional(String.self), row.next(String.self))
        let (description, price) = try (row.optional(String.self), row.money())
        let (stock, isTracked) = try (row.next(Int.self), row.next(Bool.self))
        return try Product(
            id: id, sku: sku, barcode: barcode, name: name, description: description ?? "", price: price,
            stock: isTracked ? .counted(stock) : .untracked, category: row.optional(),
            taxClass: row.optional(), isArchived: row.next(), createdAt: row.next(), updatedAt: row.next())
    }

    /// One product, archived or not.
    ///
    /// - Parameter locks: whether nobody else may change or sell it until the transaction ends.
    func find(_ id: Int64, locks: Bool) throws -> Product? {
        try db.row(
            "SELECT \(Self.columns) FROM products p WHERE id = $1 \(locks ? "FOR NO KEY UPDATE" : "")", [id],
            product)
    }

    /// Those of `ids` that are on sale, in their order.
    func onSale(_ ids: [Int64]) throws -> [Product] {
        guard !ids.isEmpty else { return [] }
        return try db.rows(
            """
            SELECT \(Self.columns) FROM unnest($1::int[]) WITH ORDINALITY AS wanted (id, place)
            JOIN products p ON p.id = wanted.id WHERE NOT p.archived ORDER BY wanted.place
            """, [PostgresValue.list(ids.filter { Int32(exactly: $0) != nil })], product)
    }

    /// Those on sale (in a category) whose SKU or barcode is `code`: at most two, latest first.
    func idsOnSale(code: String, category: String? = nil) throws -> [Int64] {
        try idsOnSale(askForIDs(code: code), category: category)
    }

    /// Asks for products by their code with the next statement; nil for what is no code.
    func askForIDs(code: String) -> PostgresQuestion? { ProductCode(code).map { ask(keys: [$0.key]) } }

    /// Those that were asked for (in a category).
    func idsOnSale(_ question: PostgresQuestion?, category: String? = nil) throws -> [Int64] {
        guard let question else { return [] }
        return try rows(question).filter { category == nil || $0.category == category }.map(\.id)
    }

    /// The one on sale that a code which no product has can be short for, if there is exactly one.
    func idOnSale(completing code: String) throws -> Int64? {
        guard let code = ProductCode(code) else { return nil }
        let found = try rows(keys: code.completions)
        return found.count == 1 ? found[0].id : nil
    }

    private func rows(keys: [String]) throws -> [(id: Int64, category: String?)] {
        keys.isEmpty ? [] : try rows(ask(keys: keys))
    }

    private func ask(keys: [String]) -> PostgresQuestion {
        db.ask(
            """
            SELECT id, category FROM products
            WHERE NOT archived AND (sku_key = ANY($1::text[]) OR barcode_key = ANY($1::text[]))
            ORDER BY id DESC LIMIT 3
            """, [PostgresValue.list(keys)])
    }

    private func rows(_ question: PostgresQuestion) throws -> [(id: Int64, category: String?)] {
        let found = try db.answer(question)
        return try (0..<found.count).map { index in
            var row = found.row(index)
            return (try row.next(), try row.optional())
        }
    }
}
