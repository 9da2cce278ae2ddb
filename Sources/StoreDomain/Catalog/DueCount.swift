/// A product that somebody has to count, as more of it was sold than the books had.
public struct DueCount: Hashable, Sendable, Codable {
    public let product: Product
    /// When that was first.
    public let since: Timestamp

    public init(product: Product, since: Timestamp) {
        self.product = product
        self.since = since
    }
}
