import StoreDomain

/// Puts products into the table with what is derived from their text: the order of names, the keys of the codes,
/// the words of the search.
struct ProductWriting {
    let db: PostgresConnection
    let now: Timestamp

    func insert(_ draft: ProductDraft, handle: String?) throws -> Int64 {
        let text = try StoredProductText(draft)
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO products (name, name_key, description, price, initial_stock, stock, tracks_stock, category,
                tax_class, sku, sku_key, barcode, barcode_key, handle, created_at, updated_at)
            VALUES ($1, $2, $3, $4, $5, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $14) RETURNING id
            """,
            [
                text.name, text.nameKey, text.description, draft.price, draft.stock.count ?? 0,
                draft.stock.isTracked, text.category, draft.taxClass, text.sku, text.skuKey, text.barcode,
                text.barcodeKey, handle, now,
            ])
        guard let id else { throw PostgresFailure.corrupt("a new product has no id") }
        try index(id, text, isArchived: false)
        return id
    }

    /// Makes a product what `draft` says, the pieces on its books aside.
    ///
    /// - Returns: false when it was all that already.
    func update(_ old: Product, to draft: ProductDraft, isArchived: Bool) throws -> Bool {
        let text = try StoredProductText(draft)
        let isSame =
            text.name == old.name && text.description == old.description && draft.price == old.price
            && draft.stock.isTracked == old.stock.isTracked && text.category == old.category
            && draft.taxClass == old.taxClass && text.sku == old.sku && text.barcode == old.barcode
            && isArchived == old.isArchived
        guard !isSame else { return false }
        try db.run(
            """
            UPDATE products SET name = $2, name_key = $3, description = $4, price = $5, tracks_stock = $6,
                category = $7, tax_class = $8, sku = $9, sku_key = $10, barcode = $11, barcode_key = $12,
                archived = $13, updated_at = $14
            WHERE id = $1
            """,
            [
                old.id, text.name, text.nameKey, text.description, draft.price, draft.stock.isTracked,
                text.category, draft.taxClass, text.sku, text.skuKey, text.barcode, text.barcodeKey,
                isArchived, now,
            ])
        try index(old.id, text, isArchived: isArchived)
        return true
    }

    /// Products on sale are found by their words.
    private func index(_ id: Int64, _ text: StoredProductText, isArchived: Bool) throws {
        if isArchived {
            try db.run("DELETE FROM product_search WHERE id = $1", [id])
        } else {
            try db.run(
                """
                INSERT INTO product_search (id, terms) VALUES ($1, array_to_tsvector($2::text[]))
                ON CONFLICT (id) DO UPDATE SET terms = excluded.terms
                WHERE product_search.terms <> excluded.terms
                """, [id, PostgresValue.list(text.terms)])
        }
    }
}
