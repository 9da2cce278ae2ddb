/// What was sold on one day of the shop's.
public struct DaySales: Hashable, Sendable, Codable {
    /// When the day begins in the shop's zone.
    public let start: Timestamp
    /// Paid orders that were placed on it.
    public let orders: Int
    /// What they came to.
    public let total: Money

    public init(start: Timestamp, orders: Int, total: Money) {
        self.start = start
        self.orders = orders
        self.total = total
    }
}
