/// Something the shop sells.
public struct Product: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    /// The shop's own number for it, unique regardless of case; nil when it has none.
    public var sku: String?
    /// EAN, UPC or what else is printed on it, unique; nil when it has none.
    public var barcode: String?
    /// 1…255 characters.
    public var name: String
    /// Plain text, may have several lines.
    public var description: String
    /// 0…`maximumPrice`.
    public var price: Money
    public var stock: Stock
    /// A category's name, or nil.
    public var category: String?
    /// A class of the tax table; nil for its standard class.
    public var taxClass: String?
    /// No longer sold; kept for the orders that name it.
    public var isArchived: Bool
    public let createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: Int64, sku: String? = nil, barcode: String? = nil, name: String, description: String = "",
        price: Money, stock: Stock, category: String? = nil, taxClass: String? = nil,
        isArchived: Bool = false, createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.id = id
        self.sku = sku
        self.barcode = barcode
        self.name = name
        self.description = description
        self.price = price
        self.stock = stock
        self.category = category
        self.taxClass = taxClass
        self.isArchived = isArchived
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }

    /// In minor units: 99,999,999.99, what a NUMERIC(10, 2) holds.
    public static let maximumPriceMinor: Int64 = 9_999_999_999
    public static let maximumStock = 1_000_000_000
}

/// What a new product is made of, or an old one is changed to, checked.
public struct ProductDraft: Hashable, Sendable, Codable {
    public let name: String
    public let description: String
    public let price: Money
    public let stock: Stock
    public let category: String?
    public let sku: String?
    public let barcode: String?
    /// A class of the tax table; nil for its standard class.
    public let taxClass: String?

    /// - Throws: `invalid` naming every field that breaks a rule.
    public init(
        name: String, description: String = "", price: Money, stock: Stock = .counted(0),
        category: String? = nil, sku: String? = nil, barcode: String? = nil, taxClass: String? = nil
    ) throws(StoreError) {
        try self.init(
            name: name, description: description, price: price, stock: stock, leastStock: 0,
            category: category, sku: sku, barcode: barcode, taxClass: taxClass)
    }

    /// - Parameter leastStock: 0, or what a product that sold below zero has.
    fileprivate init(
        name: String, description: String, price: Money, stock: Stock, leastStock: Int, category: String?,
        sku: String?, barcode: String?, taxClass: String?
    ) throws(StoreError) {
        var problems: [FieldProblem] = []
        func short(_ text: String?, _ field: String, _ limit: Int) -> String? {
            guard let trimmed = text?.cleanText, !trimmed.isEmpty else { return nil }
            if trimmed.count > limit {
                problems.append(FieldProblem(field, "must be at most \(limit) characters"))
            }
            if trimmed.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
                problems.append(FieldProblem(field, "must not contain control characters"))
            }
            return trimmed
        }
        let checkedName = short(name, "name", 255)
        if checkedName == nil { problems.append(FieldProblem("name", "must be 1 to 255 characters")) }
        self.name = checkedName ?? ""
        self.category = short(category, "category", 100)
        self.sku = short(sku, "sku", 255)
        self.barcode = short(barcode, "barcode", 64)
        self.taxClass = short(taxClass, "tax_class", 40)
        if description.utf8.count > 65_536 {
            problems.append(
                FieldProblem("description", "must be at most 65,536 characters, fewer with accents"))
        }
        if !(0...Product.maximumPriceMinor).contains(price.minorUnits) {
            problems.append(FieldProblem("price", "must be 0.00 to 99999999.99"))
        }
        if let count = stock.count, !(leastStock...Product.maximumStock).contains(count) {
            problems.append(FieldProblem("stock", "must be 0 to 1,000,000,000"))
        }
        self.description = description.withoutInvisibles
        self.price = price
        self.stock = stock
        guard problems.isEmpty else { throw .invalid(problems) }
    }
}

/// Changes to a product; nil leaves a field as it is, an empty text takes an optional one away.
public struct ProductPatch: Hashable, Sendable, Codable {
    public var name: String?
    public var description: String?
    public var price: Money?
    /// A count for a product that nobody counted makes it a counted one.
    public var stock: Stock?
    public var category: String?
    public var sku: String?
    public var barcode: String?
    public var taxClass: String?
    public var isArchived: Bool?

    public init(
        name: String? = nil, description: String? = nil, price: Money? = nil, stock: Stock? = nil,
        category: String? = nil, sku: String? = nil, barcode: String? = nil,
        taxClass: String? = nil, isArchived: Bool? = nil
    ) {
        self.name = name
        self.description = description
        self.price = price
        self.stock = stock
        self.category = category
        self.sku = sku
        self.barcode = barcode
        self.taxClass = taxClass
        self.isArchived = isArchived
    }

    /// The product's fields with the changes made, checked as for a new one.
    public func applied(to product: Product) throws(StoreError) -> ProductDraft {
        try ProductDraft(
            name: name ?? product.name, description: description ?? product.description,
            price: price ?? product.price, stock: stock ?? product.stock,
            leastStock: stock == nil ? min(0, product.stock.count ?? 0) : 0,
            category: category ?? product.category,
            sku: sku ?? product.sku, barcode: barcode ?? product.barcode,
            taxClass: taxClass ?? product.taxClass)
    }

    /// Whether the product is what the patch makes of it.
    public func isDone(in product: Product) throws(StoreError) -> Bool {
        try applied(to: product) == ProductPatch().applied(to: product)
            && (isArchived ?? product.isArchived) == product.isArchived
    }
}

/// A category and how many products that are on sale it has.
public struct CategoryCount: Hashable, Sendable, Codable {
    public let name: String
    public let count: Int

    public init(name: String, count: Int) {
        self.name = name
        self.count = count
    }
}
