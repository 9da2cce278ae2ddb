import GRDB
import StoreDomain

/// Puts products into the table, so that what hangs on them (order of names, search, stock movements)
/// follows.
struct ProductWriter {
    let db: Database
    let records: ProductRecord
    let now: Timestamp

    /// - Throws: `taken` for a SKU or barcode in use, `invalid` for a price in another currency.
    func insert(_ draft: ProductDraft, handle: String? = nil) throws -> Int64 {
        try check(draft, exceptFor: nil)
        let text = try StoredText(draft, in: db)
        try db.cachedStatement(
            sql: """
                INSERT INTO product (name, name_key, description, price_minor, initial_stock, stock, category_id,
                    sku, barcode, handle, search_extra, created_at, updated_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            text.name, text.nameKey, text.description, draft.price.minorUnits, draft.stock, draft.stock,
            text.categoryID, text.sku, text.barcode, handle, text.searchExtra, now.milliseconds,
            now.milliseconds,
        ])
        return db.lastInsertedRowID
    }

    /// Makes a product what `draft` says; a change of stock is booked as an adjustment.
    ///
    /// - Returns: false when it was all that already.
    /// - Throws: `taken`, `invalid` as `insert`.
    func update(_ old: Product, to draft: ProductDraft, isArchived: Bool) throws -> Bool {
        try check(draft, exceptFor: old.id)
        let text = try StoredText(draft, in: db)
        let isSame =
            text.name == old.name && text.description == old.description && draft.price == old.price
            && draft.stock == old.stock && text.category == old.category && text.sku == old.sku
            && text.barcode == old.barcode && isArchived == old.isArchived
        guard !isSame else { return false }
        try db.cachedStatement(
            sql: """
                UPDATE product SET name = ?, name_key = ?, description = ?, price_minor = ?, stock = ?,
                    category_id = ?, sku = ?, barcode = ?, search_extra = ?, archived = ?, updated_at = ?
                WHERE id = ?
                """
        ).execute(arguments: [
            text.name, text.nameKey, text.description, draft.price.minorUnits, draft.stock, text.categoryID,
            text.sku, text.barcode, text.searchExtra, isArchived, now.milliseconds, old.id,
        ])
        if draft.stock != old.stock {
            try db.cachedStatement(
                sql: """
                    INSERT INTO stock_movement (product_id, kind, quantity, created_at)
                    VALUES (?, 'adjustment', ?, ?)
                    """
            ).execute(arguments: [old.id, draft.stock - old.stock, now.milliseconds])
        }
        return true
    }

    private func check(_ draft: ProductDraft, exceptFor id: Int64?) throws {
        guard draft.price.currency == records.currency else {
            throw StoreError.invalid([FieldProblem("price", "must be in \(records.currency.code)")])
        }
        for (field, code) in [("sku", draft.sku), ("barcode", draft.barcode)] {
            guard let code else { continue }
            let statement = try db.cachedStatement(sql: "SELECT id FROM product WHERE \(field) = ?")
            let owner = try Int64.fetchOne(statement, arguments: [SearchText.stored(code)])
            if let owner, owner != id { throw StoreError.taken(field: field, value: code) }
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
    let barcode: String?
    let searchExtra: String

    init(_ draft: ProductDraft, in db: Database) throws {
        name = SearchText.stored(draft.name)
        nameKey = SearchText.nameKey(name)
        description = SearchText.stored(draft.description)
        category = draft.category.map(SearchText.stored)
        categoryID = try category.map { try CategoryRecord.idMakingIt(named: $0, in: db) }
        sku = draft.sku.map(SearchText.stored)
        barcode = draft.barcode.map(SearchText.stored)
        searchExtra = SearchText.extra(name: name, description: description, categoryID: categoryID)
    }
}
