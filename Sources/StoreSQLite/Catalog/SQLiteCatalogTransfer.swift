import GRDB
import StoreDomain

/// Whole catalogues in and out of a store file.
public struct SQLiteCatalogTransfer: CatalogTransferService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let records: ProductRecord

    /// Progress is reported once for this many products.
    private static let stride = 100

    public init(database: StoreDatabase, clock: any StoreClock, policy: ShopPolicy) {
        self.database = database
        self.clock = clock
        records = ProductRecord(currency: policy.currency)
    }

    /// One transaction, in the order of `products`. An archived product is brought up to date and stays
    /// archived. `progress` hears how many are done, from another thread.
    public func importProducts(
        _ products: [ImportedProduct], as principal: Principal, progress: @escaping @Sendable (Int) -> Void
    ) async throws(StoreError) -> ImportResult {
        try principal.require(.manageProducts)
        return try await database.write { db in
            try principal.current(in: db).require(.manageProducts)
            let writer = ProductWriter(db: db, records: records, now: clock.now())
            let uuid = try db.fetchStoreIdentity().uuid
            var result = ImportResult()
            for (index, product) in products.enumerated() {
                try add(product, with: writer, storeUUID: uuid, to: &result)
                if (index + 1).isMultiple(of: Self.stride) { progress(index + 1) }
            }
            progress(products.count)
            return result
        }
    }

    public func exportProducts(after id: Int64, limit: Int) async throws(StoreError) -> [ExportedProduct] {
        try await database.read { db in
            let uuid = try db.fetchStoreIdentity().uuid
            let statement = try db.cachedStatement(
                sql: """
                    SELECT \(ProductRecord.columns), p.handle FROM product p INDEXED BY product_newest
                    WHERE id > ? AND archived = 0 ORDER BY id LIMIT ?
                    """)
            return try Row.fetchAll(statement, arguments: [id, max(0, limit)]).map { row in
                let product = records.product(row)
                return ExportedProduct(
                    product: product,
                    handle: row["handle"] ?? OwnHandle(storeUUID: uuid, productID: product.id).text)
            }
        }
    }

    private func add(
        _ imported: ImportedProduct, with writer: ProductWriter, storeUUID: String,
        to result: inout ImportResult
    ) throws {
        guard let known = try known(imported, storeUUID: storeUUID, in: writer.db) else {
            _ = try writer.insert(imported.draft, handle: imported.handle)
            result.added += 1
            return
        }
        let draft = try imported.draft(keepingWhatIsOpenFrom: known)
        if try writer.update(known, to: draft, isArchived: known.isArchived) {
            result.updated += 1
        } else {
            result.unchanged += 1
        }
    }

    private func known(_ imported: ImportedProduct, storeUUID: String, in db: Database) throws -> Product? {
        if let sku = imported.draft.sku {
            let statement = try db.cachedStatement(sql: "SELECT id FROM product WHERE sku = ?")
            if let id = try Int64.fetchOne(statement, arguments: [SearchText.stored(sku)]) {
                return try records.find(id, in: db)
            }
        }
        let statement = try db.cachedStatement(sql: "SELECT id FROM product WHERE handle = ?")
        if let id = try Int64.fetchOne(statement, arguments: [imported.handle]) {
            return try records.find(id, in: db)
        }
        guard let own = OwnHandle(imported.handle), own.storeUUID == storeUUID else { return nil }
        return try records.find(own.productID, in: db)
    }
}

/// The handle of a product that was not imported: `store:UUID/ID`.
private struct OwnHandle {
    let storeUUID: String
    let productID: Int64

    init(storeUUID: String, productID: Int64) {
        self.storeUUID = storeUUID
        self.productID = productID
    }

    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0].hasPrefix("store:"), let id = Int64(parts[1]) else { return nil }
        storeUUID = String(parts[0].dropFirst("store:".count))
        productID = id
    }

    var text: String { "store:\(storeUUID)/\(productID)" }
}

extension ImportedProduct {
    /// The draft with what the file does not say taken from the product as it is.
    fileprivate func draft(keepingWhatIsOpenFrom known: Product) throws(StoreError) -> ProductDraft {
        guard !keeps.isEmpty else { return draft }
        return try ProductDraft(
            name: draft.name,
            description: keeps.contains(.description) ? known.description : draft.description,
            price: draft.price,
            stock: keeps.contains(.stock) ? known.stock : draft.stock,
            category: keeps.contains(.category) ? known.category : draft.category,
            sku: keeps.contains(.sku) ? known.sku : draft.sku,
            barcode: keeps.contains(.barcode) ? known.barcode : draft.barcode)
    }
}
