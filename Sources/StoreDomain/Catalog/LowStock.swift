/// A product of which little is left, with how much of it sold lately.
public struct LowStock: Hashable, Sendable, Codable {
    /// What "lately" is.
    public static let days = 30

    public let product: Product
    /// Pieces sold in the last 30 days, less what came back.
    public let sold: Int

    public init(product: Product, sold: Int) {
        self.product = product
        self.sold = sold
    }

    /// How many to order: enough for what 30 days sell, and at least for more than counts as low.
    ///
    /// - Parameter low: the policy's mark for low stock.
    public func proposal(low: Int) -> Int { max(0, max(sold, low + 1) - (product.stock.count ?? 0)) }
}
