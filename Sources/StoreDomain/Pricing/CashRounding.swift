/// How cash is rounded to the smallest coin.
public struct CashRounding: Hashable, Sendable, Codable {
    /// In minor units, 1 or more; 1 rounds nothing.
    public let step: Int64
    /// Whether an amount half-way between two coins goes down, as in New Zealand, or up.
    public let tiesGoDown: Bool

    public init(step: Int64, tiesGoDown: Bool = false) {
        self.step = max(1, step)
        self.tiesGoDown = tiesGoDown
    }

    public static let none = CashRounding(step: 1)

    /// The nearest amount that coins can make; mirrors the sign.
    public func rounded(_ amount: Money) -> Money {
        let magnitude = Int64(clamping: amount.minorUnits.magnitude)
        let rest = magnitude % step
        let goesUp = tiesGoDown ? 2 * rest > step : 2 * rest >= step
        let rounded = magnitude - rest + (goesUp && rest > 0 ? step : 0)
        return Money(minorUnits: amount.isNegative ? -rounded : rounded, currency: amount.currency)
    }
}
