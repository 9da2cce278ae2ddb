import GRDB
import StoreDomain

/// Puts products into the table with what is derived from their text: the order of names, the key of the SKU,
/// the words of the search.
struct ProductWriter {
    let db: Database
    let now: Timestamp

    func insert(_ draft: ProductDraft, handle: String?) throws -> Int64 {
        let text = try StoredText(draft, in: db)
        try db.run(
            """
            INSERT INTO product (name, name_key, description, price_minor, initial_stock, stock, tracks_stock,
                category_id, tax_class, sku, sku_key, barcode, handle, search_extra, created_at, updated_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                text.name, text.nameKey, text.description, draft.price.minorUnits, draft.stock.count ?? 0,
                draft.stock.count ?? 0, draft.stock.isTracked, text.categoryID, draft.taxClass, text.sku,
                text.skuKey, text.barcode,
                handle, text.searchExtra, now.milliseconds, now.milliseconds,
            ])
        return db.lastInsertedRowID
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
        try db.run(
            """
            UPDATE product SET name = ?, name_key = ?, description = ?, price_minor = ?, tracks_stock = ?,
                category_id = ?, tax_class = ?, sku = ?, sku_key = ?, barcode = ?, search_extra = ?,
                archived = ?, updated_at = ?
            WHERE id = ?
            """,
            [
                text.name, text.nameKey, text.description, draft.price.minorUnits, draft.stock.isTracked,
                text.categoryID, draft.taxClass, text.sku, text.skuKey, text.barcode, text.searchExtra,
                isArchived, now.milliseconds, old.id,
            ])
        return true
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
    let searchExtra: String

    init(_ draft: ProductDraft, in db: Database) throws {
        name = SearchText.stored(draft.name)
        nameKey = SearchText.nameKey(name)
        description = SearchText.stored(draft.description)
        category = draft.category.map(SearchText.stored)
        categoryID = try category.map { try CategoryRecord.idMakingIt(named: $0, in: db) }
        sku = draft.sku.map(SearchText.stored)
        skuKey = sku.map(SearchText.skuKey)
        barcode = draft.barcode.map(SearchText.stored)
        searchExtra = SearchText.extra(name: name, description: description, categoryID: categoryID)
    }
}
