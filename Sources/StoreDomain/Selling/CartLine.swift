/// One line of a cart: a product as it was when it was added.
public struct CartLine: Hashable, Sendable, Identifiable, Codable {
    /// A product has one line for what is sold by the piece, and one for each label of a scale.
    public struct ID: Hashable, Sendable, Codable {
        public let productID: Int64
        /// The label's code.
        public let label: String?

        public init(_ productID: Int64, label: String? = nil) {
            self.productID = productID
            self.label = label
        }
    }

    public let productID: Int64
    /// What a scale printed; nil for what is sold by the piece.
    public let label: ScaleLabel?
    public var name: String
    public var sku: String?
    /// In minor units: the price when it was added, or when a change of it was accepted.
    public var unitPriceMinor: Int64
    /// The stock known when it was added or last compared.
    public var knownStock: Stock
    /// `Quantity.range`
    public var quantity: Int
    /// Another price, given by whoever sells.
    public var override: PriceOverride?
    /// A discount on the line, given by whoever sells.
    public var discount: ManualDiscount?
    /// Who sells knows that there is not so much of it on the books.
    public var sellsBelowZero: Bool {
        get { below ?? false }
        set { below = newValue ? true : nil }
    }
    private var below: Bool?

    public var id: ID { ID(productID, label: label?.code) }

    public init(
        productID: Int64, label: ScaleLabel? = nil, name: String, sku: String? = nil, unitPriceMinor: Int64,
        knownStock: Stock, quantity: Int, override: PriceOverride? = nil, discount: ManualDiscount? = nil,
        sellsBelowZero: Bool = false
    ) {
        self.productID = productID
        self.label = label
        self.name = name
        self.sku = sku
        self.unitPriceMinor = unitPriceMinor
        self.knownStock = knownStock
        self.quantity = quantity
        self.override = override
        self.discount = discount
        below = sellsBelowZero ? true : nil
    }

    public init(_ product: Product, label: ScaleLabel? = nil, quantity: Int) {
        self.init(
            productID: product.id, label: label, name: label?.name(of: product.name) ?? product.name,
            sku: product.sku,
            unitPriceMinor: (label?.amount(at: product.price) ?? product.price).minorUnits,
            knownStock: product.stock, quantity: quantity)
    }

    /// What one piece is listed for, or costs by its label.
    public func listPrice(_ currency: Currency) -> Money {
        Money(minorUnits: unitPriceMinor, currency: currency)
    }

    /// What one piece is sold for, before discounts.
    public func unitPrice(_ currency: Currency) -> Money { override?.price ?? listPrice(currency) }

    /// Whether whoever sells has set something about it that only a till sells.
    public var isSetByHand: Bool { override != nil || discount != nil || sellsBelowZero }

    /// How many of it can be sold at once.
    var sellable: Int { sellsBelowZero ? Quantity.range.upperBound : knownStock.sellable }
}
