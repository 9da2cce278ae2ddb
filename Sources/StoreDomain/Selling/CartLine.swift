/// One line of a cart: a product as it was when it was added.
public struct CartLine: Hashable, Sendable, Identifiable, Codable {
    public let productID: Int64
    public var name: String
    public var sku: String?
    /// In minor units: the price when it was added, or when a change of it was accepted.
    public var unitPriceMinor: Int64
    /// The stock known when it was added or last compared.
    public var knownStock: Stock
    /// `Quantity.range`
    public var quantity: Int

    public var id: Int64 { productID }

    public init(
        productID: Int64, name: String, sku: String? = nil, unitPriceMinor: Int64, knownStock: Stock,
        quantity: Int
    ) {
        self.productID = productID
        self.name = name
        self.sku = sku
        self.unitPriceMinor = unitPriceMinor
        self.knownStock = knownStock
        self.quantity = quantity
    }

    public init(_ product: Product, quantity: Int) {
        self.init(
            productID: product.id, name: product.name, sku: product.sku,
            unitPriceMinor: product.price.minorUnits, knownStock: product.stock, quantity: quantity)
    }

    public func unitPrice(_ currency: Currency) -> Money {
        Money(minorUnits: unitPriceMinor, currency: currency)
    }
}
