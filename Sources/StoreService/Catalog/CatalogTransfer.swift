import StoreDomain

/// Whole catalogues in and out.
public struct CatalogTransfer: CatalogTransferService {
    private let core: StoreCore

    /// Progress is reported once for this many products.
    private static let stride = 100

    public init(core: StoreCore) { self.core = core }

    /// One transaction, in the order of `products`. An archived product is brought up to date and stays
    /// archived. `progress` hears how many are done, from another thread.
    public func importProducts(
        _ products: [ImportedProduct], as principal: Principal, progress: @escaping @Sendable (Int) -> Void
    ) async throws(StoreError) -> ImportResult {
        try await core.write(as: principal, needing: .manageProducts) { work in
            let uuid = try work.tx.shop().uuid
            var result = ImportResult()
            for (index, product) in products.enumerated() {
                try work.add(product, storeUUID: uuid, to: &result)
                if (index + 1).isMultiple(of: Self.stride) { progress(index + 1) }
            }
            progress(products.count)
            if result.added + result.updated > 0 {
                try work.record(
                    .productsImported,
                    ["added": .integer(Int64(result.added)), "updated": .integer(Int64(result.updated))])
            }
            return result
        }
    }

    public func exportProducts(after id: Int64, limit: Int) async throws(StoreError) -> [ExportedProduct] {
        try await core.engine.read { tx in
            let uuid = try tx.shop().uuid
            return try tx.export(after: id, limit: max(0, limit)).map { row in
                ExportedProduct(
                    product: row.product,
                    handle: row.handle ?? OwnHandle(storeUUID: uuid, productID: row.product.id).text)
            }
        }
    }
}

extension Work {
    fileprivate func add(_ imported: ImportedProduct, storeUUID: String, to result: inout ImportResult) throws
    {
        guard let known = try known(imported, storeUUID: storeUUID) else {
            _ = try insertProduct(imported.draft, handle: imported.handle)
            result.added += 1
            return
        }
        let draft = try imported.draft(keepingWhatIsOpenFrom: known)
        if try updateProduct(known, to: draft, isArchived: known.isArchived) {
            result.updated += 1
        } else {
            result.unchanged += 1
        }
    }

    private func known(_ imported: ImportedProduct, storeUUID: String) throws -> Product? {
        if let sku = imported.draft.sku, let id = try tx.productID(.sku(sku)) { return try tx.product(id) }
        if let id = try tx.productID(.handle(imported.handle)) { return try tx.product(id) }
        guard let own = OwnHandle(imported.handle), own.storeUUID == storeUUID else { return nil }
        return try tx.product(own.productID)
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
            barcode: keeps.contains(.barcode) ? known.barcode : draft.barcode,
            taxClass: draft.taxClass ?? known.taxClass)
    }
}
