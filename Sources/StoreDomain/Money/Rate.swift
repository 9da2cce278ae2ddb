/// An exact share of an amount, such as a tax rate or a percentage off: a fraction of two whole numbers.
public struct Rate: Hashable, Sendable, Codable {
    /// 0 or more.
    public let numerator: Int64
    /// 1 or more.
    public let denominator: Int64

    /// A fraction of non-negative `numerator` and positive `denominator`, kept in lowest terms; nil
    /// otherwise.
    public init?(numerator: Int64, denominator: Int64) {
        guard numerator >= 0, denominator > 0 else { return nil }
        var (large, small) = (numerator, denominator)
        while small != 0 { (large, small) = (small, large % small) }
        self.numerator = numerator / large
        self.denominator = denominator / large
    }

    /// Reads a percentage as programs write it, such as `8.875`, exactly; at most 6 decimals, 0…1,000 %. What
    /// a person types is read by `init(typedPercent:)`.
    public init?(percentText: some StringProtocol) {
        guard let decimal = Decimal(machine: percentText) else { return nil }
        self.init(percent: decimal)
    }

    init?(percent: Decimal) {
        guard let millionths = percent.scaled(to: 6), (0...1_000_000_000).contains(millionths) else {
            return nil
        }
        self.init(numerator: millionths, denominator: 100_000_000)
    }

    public static let zero = Rate(literalNumerator: 0, denominator: 1)
    /// 8.5 %, the tax rate of a new store that is told no other.
    public static let seedTax = Rate(literalNumerator: 17, denominator: 200)

    private init(literalNumerator: Int64, denominator: Int64) {
        numerator = literalNumerator
        self.denominator = denominator
    }

    /// The rate's share of an amount, rounded half away from zero, once.
    public func share(of amount: Money) -> Money {
        let product = Int128(amount.minorUnits) * Int128(numerator)
        let doubled = 2 * product.magnitude + UInt128(denominator)
        let rounded = doubled / (2 * UInt128(denominator))
        let minor = Int64(clamping: product < 0 ? -Int128(rounded) : Int128(rounded))
        return Money(minorUnits: minor, currency: amount.currency)
    }

    /// The percentage as text, exact up to 6 decimals: `8.5 %`, `20 %`.
    public var percentText: String { "\(percentDigits) %" }

    /// The percentage without its sign, as both readers read it back.
    public var percentDigits: String {
        let millionths = Int128(numerator) * 100_000_000 / Int128(denominator)
        let whole = millionths / 1_000_000
        var fraction = String(millionths % 1_000_000 + 1_000_000).dropFirst()
        while fraction.last == "0" { fraction = fraction.dropLast() }
        return fraction.isEmpty ? "\(whole)" : "\(whole).\(fraction)"
    }

    /// The exact share before rounding, as text for people, cut after 6 decimals of the major unit:
    /// `5.09745`.
    func exactShareText(of amount: Money) -> String {
        let scale = Int128(1_000_000)
        let value =
            Int128(amount.minorUnits) * Int128(numerator) * scale
            / (Int128(denominator) * Int128(amount.currency.minorPerMajor))
        var fraction = String(value.magnitude % UInt128(scale) + UInt128(scale)).dropFirst()
        while fraction.last == "0", fraction.count > amount.currency.decimals {
            fraction = fraction.dropLast()
        }
        return "\(value < 0 ? "-" : "")\(value.magnitude / UInt128(scale)).\(fraction)"
    }
}

extension Rate: Comparable {
    public static func < (left: Rate, right: Rate) -> Bool {
        Int128(left.numerator) * Int128(right.denominator) < Int128(right.numerator)
            * Int128(left.denominator)
    }
}
