/// What is to be paid in cash, and what a till makes of the cash that is given for it.
public struct CashDue: Hashable, Sendable {
    /// The total as coins can make it.
    public let amount: Money
    private let total: Money
    private let askAbove: Int

    public init(_ total: Money, _ policy: ShopPolicy) {
        self.total = total
        amount = policy.cashRounding.rounded(total)
        askAbove = policy.cashAskAbove
    }

    /// How many round amounts are offered.
    public static let offers = 3

    /// The round amounts above what is due that take the fewest notes, the smallest first; at most `offers`.
    public var likely: [Money] {
        let currency = amount.currency
        let due = amount.minorUnits
        guard due > 0 else { return [] }
        let above = currency.notes.compactMap { note -> Int64? in
            let size = note * currency.minorPerMajor
            let rounded = (due / size + (due % size == 0 ? 0 : 1)) * size
            return rounded > due ? rounded : nil
        }
        let fewest = Set(above).sorted { (noteCount($0), $0) < (noteCount($1), $1) }.prefix(Self.offers)
        return fewest.sorted().map { Money(minorUnits: $0, currency: currency) }
    }

    /// The change of what was given; negative for what is missing. Coins that are exactly the unrounded total are
    /// taken as they are.
    public func change(of given: Money) -> Money {
        given == total ? .zero(total.currency) : given - amount
    }

    /// Whether that much cash is so far above what is due that it is asked about before it is taken: more than the
    /// policy's `cash.askAbove` times as much, and none of the likely amounts.
    public func isDoubtful(_ given: Money) -> Bool {
        guard askAbove > 0 else { return false }
        let (limit, isHuge) = amount.minorUnits.multipliedReportingOverflow(by: Int64(askAbove))
        return !isHuge && given.minorUnits > limit && !likely.contains(given)
    }

    /// How many notes make up an amount of whole notes.
    private func noteCount(_ minor: Int64) -> Int64 {
        var (rest, count) = (minor, Int64(0))
        for note in amount.currency.notes.reversed() {
            let size = note * amount.currency.minorPerMajor
            count += rest / size
            rest %= size
        }
        return count
    }
}
