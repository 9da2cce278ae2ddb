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
    /// Codes that a spreadsheet has made a number or a date of, as they are written. The draft has none; a
    /// product that is found by something else keeps its own, any other is refused.
    public let damaged: [ImportedField: String]

    public init(
        handle: String, draft: ProductDraft, row: Int, keeps: Set<ImportedField> = [],
        damaged: [ImportedField: String] = [:]
    ) {
        self.handle = handle
        self.draft = draft
        self.row = row
        self.keeps = keeps
        self.damaged = damaged
    }
}

/// What a file may leave open.
public enum ImportedField: Hashable, Sendable, Codable, CaseIterable {
    case description, stock, category, sku, barcode

    /// As `FieldProblem.field` calls it.
    public var name: String {
        switch self {
        case .description: "description"
        case .stock: "stock"
        case .category: "category"
        case .sku: "sku"
        case .barcode: "barcode"
        }
    }

    /// - Parameter name: as `name` has it.
    public init?(name: String) {
        guard let field = Self.allCases.first(where: { $0.name == name }) else { return nil }
        self = field
    }
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

/// What an import did, or would do.
public struct ImportResult: Hashable, Sendable, Codable {
    public var added: Int
    public var updated: Int
    public var unchanged: Int
    /// How many of these are sold out then.
    public var soldOut: Int
    /// Codes that a spreadsheet had spoilt, and that products kept.
    public var kept: [KeptCode]
    /// Why nothing can come in. Only a rehearsal has any; an import throws them.
    public var refused: [RefusedRow]

    public init(
        added: Int = 0, updated: Int = 0, unchanged: Int = 0, soldOut: Int = 0, kept: [KeptCode] = [],
        refused: [RefusedRow] = []
    ) {
        self.added = added
        self.updated = updated
        self.unchanged = unchanged
        self.soldOut = soldOut
        self.kept = kept
        self.refused = refused
    }

    /// What importing into a new store would do.
    public init(ofNew products: [ImportedProduct]) {
        self.init(
            added: products.count, soldOut: products.count { $0.draft.stock.isSoldOut },
            refused: products.flatMap(\.lostCodes))
    }

    public var count: Int { added + updated + unchanged }
    public var isNothingToDo: Bool { added + updated == 0 && refused.isEmpty }
    /// Whether the import leaves more products sold out than not, which hardly anybody means to do.
    public var leavesMostSoldOut: Bool { soldOut * 2 > count }
}

/// A code that a product kept, as what stood in the file is the same, spoilt by a spreadsheet.
public struct KeptCode: Hashable, Sendable, Codable {
    public let row: Int
    public let field: ImportedField
    public let written: String
    public let kept: String

    public init(row: Int, field: ImportedField, written: String, kept: String) {
        self.row = row
        self.field = field
        self.written = written
        self.kept = kept
    }
}

/// Why a row cannot come in, told by the store.
public struct RefusedRow: Hashable, Sendable, Codable {
    public enum Reason: Hashable, Sendable, Codable {
        /// A spreadsheet has spoilt the code, and no product tells what it was.
        case lost(ImportedField, written: String)
        /// Another product has the code.
        case taken(ImportedField, String)
    }

    public let row: Int
    public let reason: Reason

    public init(row: Int, reason: Reason) {
        self.row = row
        self.reason = reason
    }
}

extension ImportedProduct {
    /// Its spoilt codes, where no product tells what they were.
    public var lostCodes: [RefusedRow] {
        damaged.sorted { $0.key.name > $1.key.name }
            .map { RefusedRow(row: row, reason: .lost($0.key, written: $0.value)) }
    }
}

/// Bringing a whole catalogue in or out. Needs `manageProducts`.
public protocol CatalogTransferService: Sendable {
    /// Adds what is new and updates name, description, price, stock, category and codes of what is known by
    /// SKU or, failing that, by handle (`ExportedProduct.handle` included); all of it or, when anything is
    /// refused, nothing. Stock changes are booked as adjustments.
    ///
    /// Codes that a spreadsheet has spoilt (`ImportedProduct.damaged`, a barcode or number without the zeros in
    /// front) stay what they are at products that are found by something else.
    ///
    /// - Throws: `taken` for a barcode or SKU that belongs to another product, `invalid` for rows whose spoilt
    ///   code no product tells.
    func importProducts(
        _ products: [ImportedProduct], as principal: Principal, progress: @escaping @Sendable (Int) -> Void
    ) async throws(StoreError) -> ImportResult

    /// What `importProducts` would do now; changes nothing.
    func rehearseImport(_ products: [ImportedProduct], as principal: Principal)
        async throws(StoreError) -> ImportResult

    /// Every product on sale, by id, a page at a time.
    func exportProducts(after id: Int64, limit: Int, as principal: Principal) async throws(StoreError)
        -> [ExportedProduct]
}
