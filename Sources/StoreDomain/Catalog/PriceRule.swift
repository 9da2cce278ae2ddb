/// How many prices change at once: by a percentage or an amount, then rounded.
public struct PriceRule: Hashable, Sendable, Codable {
    public enum Change: Hashable, Sendable, Codable {
        case raise(Rate)
        case cut(Rate)
        /// Below zero for a cut.
        case add(Money)
    }

    /// What a new price ends with.
    public enum Ending: String, Hashable, Sendable, Codable, CaseIterable {
        /// Any: rounded to the smallest unit.
        case none
        case whole = ".00"
        case ninetyNine = ".99"
        case ninetyFive = ".95"

        /// The part behind the point, of hundredths; nil where any will do.
        fileprivate var hundredths: Int64? {
            switch self {
            case .none: nil
            case .whole: 0
            case .ninetyNine: 99
            case .ninetyFive: 95
            }
        }
    }

    public let change: Change
    public let ending: Ending

    /// - Throws: `invalid` for a cut of more than everything, and for an ending in a currency without hundredths.
    public init(_ change: Change, ending: Ending = .none, currency: Currency) throws(StoreError) {
        if case .cut(let rate) = change, rate.numerator > rate.denominator {
            throw .invalid([FieldProblem("percent", "must not cut more than 100 %")])
        }
        guard ending == .none || currency.decimals == 2 else {
            throw .invalid([FieldProblem("rounding", "is for currencies with two decimals")])
        }
        self.change = change
        self.ending = ending
    }

    /// Reads "5", "+5%", "-10 %" as a percentage, and "0.50", "-1.00" with `isAmount` as an amount.
    ///
    /// - Throws: `invalid` that names `percent` or `amount`.
    public init(typed text: String, isAmount: Bool, ending: Ending, currency: Currency) throws(StoreError) {
        let clean = text.cleanText
        let isCut = clean.hasPrefix("-") || clean.hasPrefix("\u{2212}")
        let digits = String(isCut || clean.hasPrefix("+") ? clean.dropFirst() : clean[...]).trimmedText
        let change: Change
        if isAmount {
            do {
                let amount = try Money(typed: digits, currency: currency)
                change = .add(isCut ? .zero(currency) - amount : amount)
            } catch { throw .invalid([FieldProblem("amount", error.message)]) }
        } else {
            do {
                let bare = digits.hasSuffix("%") ? String(digits.dropLast()).trimmedText : digits
                let rate = try Rate(typedPercent: bare)
                change = isCut ? .cut(rate) : .raise(rate)
            } catch { throw .invalid([FieldProblem("percent", error.percentMessage)]) }
        }
        try self.init(change, ending: ending, currency: currency)
    }

    /// The new price: rounded once, half away from zero, then to the nearest price with the ending, of two as near the
    /// higher. What costs something goes on costing something; what is free stays free under a percentage.
    ///
    /// - Throws: `invalid` for one that comes below zero or above the most that a price can be.
    public func price(after old: Money) throws(StoreError) -> Money {
        let raw: Money
        switch change {
        case .raise(let rate): raw = old + rate.share(of: old)
        case .cut(let rate): raw = old - rate.share(of: old)
        case .add(let amount): raw = old + amount
        }
        guard !raw.isNegative else {
            throw .invalid([FieldProblem("price", "of \(old.displayText) would come below zero")])
        }
        guard !raw.isZero || !old.isZero else { return old }
        let minor = ended(raw.minorUnits)
        guard minor <= Product.maximumPriceMinor else {
            throw .invalid([FieldProblem("price", "of \(old.displayText) would be too large")])
        }
        return Money(minorUnits: minor, currency: old.currency)
    }

    private func ended(_ minor: Int64) -> Int64 {
        guard let end = ending.hundredths else { return max(1, minor) }
        let floor = minor < end ? end - 100 : (minor - end) / 100 * 100 + end
        let nearest = minor - floor < 100 - (minor - floor) ? floor : floor + 100
        return max(end == 0 ? 100 : end, nearest)
    }

    /// "+5 %, to .95", "−1.00"
    public var words: String {
        let what =
            switch change {
            case .raise(let rate): "+\(rate.percentText)"
            case .cut(let rate): "\u{2212}\(rate.percentText)"
            case .add(let amount):
                amount.isNegative
                    ? "\u{2212}\((Money.zero(amount.currency) - amount).displayText)"
                    : "+\(amount.displayText)"
            }
        return ending == .none ? what : "\(what), to \(ending.rawValue)"
    }
}
