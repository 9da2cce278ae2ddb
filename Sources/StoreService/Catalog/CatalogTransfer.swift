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
            guard result.refused.isEmpty else {
                throw StoreError.invalid(
                    result.refused.map { refused in
                        FieldProblem("row \(refused.row), \(refused.problem.field)", refused.problem.reason)
                    })
            }
            if result.added + result.updated > 0 {
                try work.record(
                    .productsImported,
                    ["added": .integer(Int64(result.added)), "updated": .integer(Int64(result.updated))])
            }
            return result
        }
    }

    public func rehearseImport(_ products: [ImportedProduct], as principal: Principal)
        async throws(StoreError) -> ImportResult
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            let uuid = try work.tx.shop().uuid
            var result = ImportResult()
            let known = try products.map { try work.known($0, storeUUID: uuid) }
            // A code may move between products of one file.
            let touched = Set(known.compactMap { $0?.id })
            for (product, known) in zip(products, known) {
                try work.rehearse(product, known, touched: touched, in: &result)
            }
            return result
        }
    }

    public func exportProducts(after id: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [ExportedProduct]
    {
        try await core.read(as: principal, needing: .manageProducts) { work in
            let tx = work.tx
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
        let known = try known(imported, storeUUID: storeUUID)
        guard let draft = try draft(imported, known, &result) else { return }
        if let known {
            if try updateProduct(known, to: draft, isArchived: known.isArchived) {
                result.updated += 1
            } else {
                result.unchanged += 1
            }
        } else {
            _ = try insertProduct(draft, handle: imported.handle)
            result.added += 1
        }
    }

    /// The same without doing it.
    fileprivate func rehearse(
        _ imported: ImportedProduct, _ known: Product?, touched: Set<Int64>, in result: inout ImportResult
    ) throws {
        guard let draft = try draft(imported, known, &result) else { return }
        for (field, code) in [(ImportedField.sku, draft.sku), (.barcode, draft.barcode)] {
            guard let code,
                let owner = try tx.productID(field == .sku ? .sku(code) : .barcode(code)), owner != known?.id,
                !touched.contains(owner)
            else { continue }
            result.refused.append(RefusedRow(row: imported.row, reason: .taken(field, code)))
            return
        }
        guard let known else { return result.added += 1 }
        if try ProductPatch().applied(to: known) == draft {
            result.unchanged += 1
        } else {
            result.updated += 1
        }
    }

    /// What the product becomes; nil, and refused, when a code of it is lost.
    private func draft(
        _ imported: ImportedProduct, _ known: Product?, _ result: inout ImportResult
    ) throws -> ProductDraft? {
        let resolved = try imported.resolved(against: known)
        result.refused += resolved.refused
        guard let draft = resolved.draft else { return nil }
        result.kept += resolved.kept
        if draft.stock.isSoldOut { result.soldOut += 1 }
        return draft
    }

    /// By its SKU, as it is or as it is written; by its handle; by its barcode, where that shows what a spreadsheet
    /// has made of the SKU.
    fileprivate func known(_ imported: ImportedProduct, storeUUID: String) throws -> Product? {
        for sku in [imported.draft.sku, imported.damaged[.sku]].compactMap(\.self) {
            if let id = try tx.productID(.sku(sku)) { return try tx.product(id) }
        }
        if let id = try tx.productID(.handle(imported.handle)) { return try tx.product(id) }
        if let own = OwnHandle(imported.handle), own.storeUUID == storeUUID,
            let product = try tx.product(own.productID)
        {
            return product
        }
        guard let barcode = imported.draft.barcode, let id = try tx.productID(.barcode(barcode)),
            let product = try tx.product(id), imported.hasSpoiltSKU(of: product)
        else { return nil }
        return product
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
