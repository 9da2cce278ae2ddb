/// What selling needs to know of a product: a fact loaded for a rule.
public struct Offer: Hashable, Sendable {
    public let productID: Int64
    public let name: String
    public let sku: String?
    public let price: Money
    public let taxClass: String?
    public let stock: Stock

    public init(productID: Int64, name: String, sku: String?, price: Money, taxClass: String?, stock: Stock) {
        self.productID = productID
        self.name = name
        self.sku = sku
        self.price = price
        self.taxClass = taxClass
        self.stock = stock
    }
}
