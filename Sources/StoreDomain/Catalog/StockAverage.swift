/// What the pieces of a product cost by moving average, exactly: so many pieces came to so much, in minor units. The
/// average is the one divided by the other and is rounded only where it is shown.
///
/// Where there are pieces on the books, these are all of them, and `value` is what the stock is worth. Where there are
/// none, or fewer than none, it is what the average was last.
public struct StockAverage: Hashable, Sendable, Codable {
    /// 1 or more.
    public let pieces: Int
    /// 0…`maximumValue`
    public let value: Int64

    /// What a stock is worth at most, in minor units: beyond, it counts as this.
    public static let maximumValue: Int64 = 9_000_000_000_000_000

    /// - Parameters:
    ///   - pieces: fewer than 1 count as 1.
    ///   - value: what is out of range counts as its end.
    public init(pieces: Int, value: Int64) {
        self.pieces = max(1, pieces)
        self.value = min(max(0, value), Self.maximumValue)
    }

    /// What so many pieces cost: value × count / pieces, rounded half away from zero.
    ///
    /// - Parameter count: 0 or more.
    public func cost(of count: Int) -> Int64 { Self.share(of: value, count, among: pieces) }

    /// What one piece costs, rounded half away from zero.
    public var unitCost: Int64 { cost(of: 1) }

    /// `amount` × `count` / `pieces` of amounts and numbers that are not negative, rounded half away from zero, at most
    /// `maximumValue`.
    static func share(of amount: Int64, _ count: Int, among pieces: Int) -> Int64 {
        let product = Int128(amount) * Int128(count)
        let rounded = (2 * product + Int128(pieces)) / (2 * Int128(max(1, pieces)))
        return min(Int64(clamping: rounded), maximumValue)
    }
}

/// A product's pieces on the books with what they cost by moving average.
///
/// - What comes in at a known cost is added to the value. Where nothing is on the books, or where nobody knows what is
///   there cost, the new cost counts for all of it.
/// - What comes in at no cost of its own comes in at the average.
/// - What goes out takes its share of the value, so that the last piece takes what is left; what is sold below zero
///   costs what the average was last. Where no cost was ever known, that of what goes out is not known either.
public struct CostedStock: Hashable, Sendable {
    /// Below 0 where more was sold than the books had.
    public private(set) var count: Int
    /// nil where the cost is not known.
    public private(set) var average: StockAverage?

    public init(count: Int, average: StockAverage? = nil) {
        self.count = count
        self.average = average
    }

    /// What is on the books cost, in minor units; nil where that is not known.
    public var value: Int64? { count <= 0 ? 0 : average?.value }

    /// Moves pieces in, or out where `quantity` is below 0.
    ///
    /// - Parameter cost: what those that come in cost together; nil for the average. What goes out has no cost of its own.
    /// - Returns: what those that moved cost together; nil where that is not known.
    @discardableResult
    public mutating func move(_ quantity: Int, cost: Int64? = nil) -> Int64? {
        quantity < 0 ? takeOut(-quantity) : quantity > 0 ? takeIn(quantity, cost) : average.map { _ in 0 }
    }

    private mutating func takeOut(_ quantity: Int) -> Int64? {
        let left = count - quantity
        defer { count = left }
        guard let average else { return nil }
        let cost = average.cost(of: quantity)
        if left > 0 { self.average = StockAverage(pieces: left, value: average.value - cost) }
        return cost
    }

    private mutating func takeIn(_ quantity: Int, _ own: Int64?) -> Int64? {
        let before = count
        count += quantity
        guard let cost = own ?? average?.cost(of: quantity) else { return nil }
        if before > 0, let average {
            self.average = StockAverage(pieces: count, value: average.value + cost)
        } else if own == nil, let average {
            // Nothing was there, and nothing says that the average is another one now.
            if count > 0 { self.average = StockAverage(pieces: count, value: average.cost(of: count)) }
        } else {
            let pieces = max(count, 1)
            self.average = StockAverage(
                pieces: count > 0 ? pieces : quantity,
                value: count > 0 ? StockAverage.share(of: cost, pieces, among: quantity) : cost)
        }
        return cost
    }
}
