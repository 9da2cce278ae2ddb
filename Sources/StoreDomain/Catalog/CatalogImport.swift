/// One product as a file describes it: keyed by its SKU, or by `handle` where it has none.
public struct ImportedProduct: Hashable, Sendable, Codable {
    /// Stable name of the row within its source, such as `shopify:blue-shirt/Large`; finds the product again
    /// when the file is imported a second time.
    public let handle: String
    public let draft: ProductDraft
    /// Where it stood, for messages; counted from 1, the header being row 1.
    public let row: Int
    /// What the file does not say: a new product takes it from the draft, a known one keeps its own.
    public let keeps: Set<ImportedField>

    public init(handle: String, draft: ProductDraft, row: Int, keeps: Set<ImportedField> = []) {
        self.handle = handle
        self.draft = draft
        self.row = row
        self.keeps = keeps
    }
}

/// What a file may leave open.
public enum ImportedField: Hashable, Sendable, Codable, CaseIterable {
    case description, stock, category, sku, barcode
}

/// One product as it goes out, with what finds it again.
public struct ExportedProduct: Hashable, Sendable, Codable {
    public let product: Product
    /// What `ImportedProduct.handle` must say so that an import into the same store finds this product: the
    /// handle it was imported under, else `store:UUID/ID` with the store's own UUID.
    public let handle: String

    public init(product: Product, handle: String) {
        self.product = product
        self.handle = handle
    }
}

/// What an import did.
public struct ImportResult: Hashable, Sendable, Codable {
    public var added: Int
    public var updated: Int
    public var unchanged: Int

    public init(added: Int = 0, updated: Int = 0, unchanged: Int = 0) {
        self.added = added
        self.updated = updated
        self.unchanged = unchanged
    }
}

/// Bringing a whole catalogue in or out. Needs `manageProducts`.
public protocol CatalogTransferService: Sendable {
    /// Adds what is new and updates name, description, price, stock, category and codes of what is known by
    /// SKU or, failing that, by handle (`ExportedProduct.handle` included); all of it or, when anything is
    /// refused, nothing. Stock changes are booked as adjustments.
    ///
    /// - Throws: `taken` for a barcode or SKU that belongs to another product.
    func importProducts(
        _ products: [ImportedProduct], as principal: Principal, progress: @escaping @Sendable (Int) -> Void
    ) async throws(StoreError) -> ImportResult

    /// Every product on sale, by id, a page at a time.
    func exportProducts(after id: Int64, limit: Int) async throws(StoreError) -> [ExportedProduct]
}
