/// One change of a product's price: kept for ever, written with the change itself.
public struct PriceChange: Hashable, Sendable, Codable {
    public let productID: Int64
    public let from: Money
    public let to: Money
    /// Who changed it; nil for the store's operator.
    public let by: Int64?
    /// The batch that it is a part of; nil for a change by itself.
    public let batchID: Int64?
    public let at: Timestamp

    public init(productID: Int64, from: Money, to: Money, by: Int64?, batchID: Int64?, at: Timestamp) {
        self.productID = productID
        self.from = from
        self.to = to
        self.by = by
        self.batchID = batchID
        self.at = at
    }
}
