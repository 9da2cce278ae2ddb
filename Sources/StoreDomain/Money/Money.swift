/// An amount of money: a whole number of minor units (cents) of one currency. Never a floating-point number.
///
/// Amounts of different currencies never meet: a store has one currency, and mixing two is a broken
/// invariant. Sums stay within 64 bits because `Product.maximumPrice`, `Quantity.range` and
/// `Order.maximumLines` bound them.
public struct Money: Hashable, Sendable, Codable {
    /// The count of minor units; negative for what is owed back.
    public let minorUnits: Int64
    public let currency: Currency

    public init(minorUnits: Int64, currency: Currency = .usd) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    public static func zero(_ currency: Currency = .usd) -> Money { Money(minorUnits: 0, currency: currency) }

    public var isZero: Bool { minorUnits == 0 }
    public var isNegative: Bool { minorUnits < 0 }

    public static func + (left: Money, right: Money) -> Money {
        left.requireSameCurrency(as: right)
        return Money(minorUnits: left.minorUnits + right.minorUnits, currency: left.currency)
    }

    public static func - (left: Money, right: Money) -> Money {
        left.requireSameCurrency(as: right)
        return Money(minorUnits: left.minorUnits - right.minorUnits, currency: left.currency)
    }

    public static func * (amount: Money, count: Int) -> Money {
        Money(minorUnits: amount.minorUnits * Int64(count), currency: amount.currency)
    }

    /// The sum of amounts of `currency`; zero of it for none.
    public static func sum(_ amounts: some Sequence<Money>, currency: Currency) -> Money {
        amounts.reduce(.zero(currency), +)
    }

    private func requireSameCurrency(as other: Money) {
        precondition(currency == other.currency, "amounts of \(currency.code) and \(other.currency.code) met")
    }
}

extension Money: Comparable {
    public static func < (left: Money, right: Money) -> Bool {
        left.requireSameCurrency(as: right)
        return left.minorUnits < right.minorUnits
    }
}

// MARK: - Text

extension Money {
    /// The amount as exact decimal text without sign of the currency or grouping: `1234.50`, `-0.05`.
    public var decimalText: String {
        let unit = UInt64(currency.minorPerMajor)
        let magnitude = minorUnits.magnitude
        let fraction = String(magnitude % unit)
        let padding = String(
            repeating: "0", count: currency.decimals - min(currency.decimals, fraction.count))
        let sign = minorUnits < 0 ? "-" : ""
        return currency.decimals == 0
            ? "\(sign)\(magnitude)" : "\(sign)\(magnitude / unit).\(padding)\(fraction)"
    }

    /// The amount as people read it: `$1,234.50`, `-$0.05`.
    public var displayText: String {
        let unsigned = Money(minorUnits: minorUnits, currency: currency).decimalText.drop { $0 == "-" }
        let whole = unsigned.prefix { $0 != "." }
        var grouped = ""
        for (offset, digit) in whole.enumerated() {
            if offset > 0, (whole.count - offset) % 3 == 0 { grouped.append(",") }
            grouped.append(digit)
        }
        return "\(minorUnits < 0 ? "-" : "")\(currency.symbol)\(grouped)\(unsigned.dropFirst(whole.count))"
    }

    /// Reads decimal text of any precision and rounds it to the minor unit, half away from zero. For what
    /// other programs wrote (`29.990000000000002`); what a person types is read by
    /// `init(typed:)`.
    public init?(rounding text: some StringProtocol, currency: Currency = .usd) {
        guard let minor = Decimal(machine: text)?.rounded(to: currency.decimals)
        else {
            return nil
        }
        self.init(minorUnits: minor, currency: currency)
    }
}
