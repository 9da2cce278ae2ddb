import GRDB
import StoreDomain

/// Puts products into the table with what is derived from their text: the order of names, the key of the SKU,
/// the words of the search.
struct ProductWriter {
    let db: Database
    let search: SearchUpkeep
    let now: Timestamp

    func insert(_ draft: ProductDraft, handle: String?) throws -> Int64 {
        let text = try StoredText(draft, in: db)
        try db.run(
            """
            INSERT INTO product (name, name_key, description, price_minor, initial_stock, stock, tracks_stock,
                category_id, tax_class, sku, sku_key, barcode, barcode_key, handle, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                text.name, text.nameKey, text.description, draft.price.minorUnits, draft.stock.count ?? 0,
                draft.stock.count ?? 0, draft.stock.isTracked, text.categoryID, draft.taxClass, text.sku,
                text.skuKey, text.barcode, text.barcodeKey, handle, now.milliseconds, now.milliseconds,
            ])
        let id = db.lastInsertedRowID
        try index(id, text, isArchived: false)
        try search.note(id, was: nil)
        return id
    }

    /// Makes a product what `draft` says, the pieces on its books aside.
    ///
    /// - Returns: false when it was all that already.
    func update(_ old: Product, to draft: ProductDraft, isArchived: Bool) throws -> Bool {
        let text = try StoredText(draft, in: db)
        let isSame =
            text.name == old.name && text.description == old.description && draft.price == old.price
            && draft.stock.isTracked == old.stock.isTracked && text.category == old.category
            && draft.taxClass == old.taxClass && text.sku == old.sku && text.barcode == old.barcode
            && isArchived == old.isArchived
        guard !isSame else { return false }
        let entry = try search.entry(old.id)
        try db.run(
            """
            UPDATE product SET name = ?, name_key = ?, description = ?, price_minor = ?, tracks_stock = ?,
                category_id = ?, tax_class = ?, sku = ?, sku_key = ?, barcode = ?, barcode_key = ?, archived = ?,
                updated_at = ?
            WHERE id = ?
            """,
            [
                text.name, text.nameKey, text.description, draft.price.minorUnits, draft.stock.isTracked,
                text.categoryID, draft.taxClass, text.sku, text.skuKey, text.barcode,
                try text.barcodeKey.flatMap { try isTaken($0, by: old.id) ? nil : $0 }, isArchived,
                now.milliseconds, old.id,
            ])
        try index(old.id, text, isArchived: isArchived)
        try search.note(old.id, was: entry)
        return true
    }

    /// Two products of an older store may have one article's code; the key is the first one's.
    private func isTaken(_ key: String, by id: Int64) throws -> Bool {
        try db.value(Int64.self, "SELECT id FROM product WHERE barcode_key = ? AND id <> ?", [key, id]) != nil
    }

    /// Products on sale are found by their words.
    private func index(_ id: Int64, _ text: StoredText, isArchived: Bool) throws {
        if isArchived {
            try db.run("DELETE FROM product_words WHERE id = ?", [id])
        } else {
            try db.run(
                """
                INSERT INTO product_words (id, words) VALUES (?, ?)
                ON CONFLICT (id) DO UPDATE SET words = excluded.words WHERE words <> excluded.words
                """, [id, text.words])
        }
    }
}

/// A draft's texts as the table holds them.
private struct StoredText {
    let name: String
    let nameKey: String
    let description: String
    let category: String?
    let categoryID: Int64?
    let sku: String?
    let skuKey: String?
    let barcode: String?
    let barcodeKey: String?
    /// As the index holds them.
    let words: String

    init(_ draft: ProductDraft, in db: Database) throws {
        name = SearchText.stored(draft.name)
        nameKey = name.folded
        description = SearchText.stored(draft.description)
        category = draft.category.map(SearchText.stored)
        categoryID = try category.map { try CategoryRecord.idMakingIt(named: $0, in: db) }
        sku = draft.sku.map(SearchText.stored)
        skuKey = sku.flatMap { ProductCode($0)?.key }
        barcode = draft.barcode.map(SearchText.stored)
        barcodeKey = barcode.flatMap { ProductCode($0)?.key }
        words = SearchText.indexed(
            ProductWords(name: name, description: description, sku: sku, barcode: barcode),
            categoryID: categoryID)
    }
}
