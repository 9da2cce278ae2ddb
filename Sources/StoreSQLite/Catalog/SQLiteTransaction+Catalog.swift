import GRDB
import StoreDomain
import StoreService

extension SQLiteTransaction: CatalogTransaction {
    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) throws -> ProductPage {
        try CatalogPages(db: db, records: products, query: query, perPage: perPage).page(at: position)
    }

    func categories() throws -> [CategoryCount] { try CategoryRecord.counts(in: db) }

    func productsOnSale(_ ids: [Int64]) throws -> [Product] { try products.onSale(ids, in: db) }

    func productOnSale(code: String) throws -> Product? {
        let id =
            try ProductRecord.idsOnSale(code: code, in: db).first
            ?? ProductRecord.idOnSale(completing: code, in: db)
        return try products.onSale([id].compactMap(\.self), in: db).first
    }

    func product(_ id: Int64) throws -> Product? { try products.find(id, in: db) }

    func productID(_ identity: ProductIdentity) throws -> Int64? {
        let (column, key) =
            switch identity {
            case .sku(let sku): ("sku_key", ProductCode(sku)?.key)
            case .barcode(let barcode): ("barcode_key", ProductCode(barcode)?.key)
            case .handle(let handle): ("handle", handle)
            }
        return try db.value(Int64.self, "SELECT id FROM product WHERE \(column) = ?", [key])
    }

    func insertProduct(_ draft: ProductDraft, handle: String?, at now: Timestamp) throws -> Int64 {
        try ProductWriter(db: db, search: search, now: now).insert(draft, handle: handle)
    }

    func updateProduct(_ old: Product, to draft: ProductDraft, isArchived: Bool, at now: Timestamp) throws
        -> Bool
    {
        try ProductWriter(db: db, search: search, now: now).update(old, to: draft, isArchived: isArchived)
    }

    func export(after id: Int64, limit: Int) throws -> [(product: Product, handle: String?)] {
        try db.rows(
            """
            SELECT \(ProductRecord.columns), p.handle FROM product p INDEXED BY product_newest
            WHERE id > ? AND archived = 0 ORDER BY id LIMIT ?
            """, [id, limit]
        ) { (products.product($0), $0[13]) }
    }

    func movements(of productID: Int64, limit: Int) throws -> [StockMovement] {
        try db.rows(
            """
            SELECT * FROM stock_movement WHERE product_id = ? ORDER BY created_at DESC, id DESC LIMIT ?
            """, [productID, limit]
        ) { row in
            StockMovement(
                productID: row["product_id"], kind: try row.word("kind"), quantity: row["quantity"],
                orderID: row["order_id"], by: row["person"], reason: row["reason"],
                unitCost: row.optionalMoney("unit_cost_minor", currency),
                cost: row.optionalMoney("cost_minor", currency), at: row.timestamp("created_at"))
        }
    }

    func productsToCount(limit: Int) throws -> [DueCount] {
        try db.rows(
            """
            SELECT \(ProductRecord.columns), p.count_due_at FROM product p
            WHERE p.count_due_at IS NOT NULL AND p.tracks_stock = 1 ORDER BY p.count_due_at, p.id LIMIT ?
            """, [limit]
        ) { DueCount(product: products.product($0), since: Timestamp(milliseconds: $0[13])) }
    }
}
