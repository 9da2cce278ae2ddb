/// Splitting amounts to the minor unit, so that the parts add up exactly.
public enum AmountSplit {
    /// Splits an amount over weights by the largest remainder; ties go to the larger weight, then to the
    /// earlier part.
    ///
    /// - Parameter weights: 0 or more each. Where all are 0, every part is 0 and `amount` must be 0.
    public static func parts(of amount: Money, over weights: [Money]) -> [Money] {
        let sum = weights.reduce(Int128(0)) { $0 + Int128($1.minorUnits) }
        guard sum > 0, !amount.isZero else { return weights.map { .zero($0.currency) } }
        let isNegative = amount.isNegative
        let total = Int128(amount.minorUnits.magnitude)
        var parts = weights.map { total * Int128($0.minorUnits) / sum }
        var rest = total - parts.reduce(0, +)
        let order = weights.indices.sorted { left, right in
            let (first, second) = (
                total * Int128(weights[left].minorUnits) % sum,
                total * Int128(weights[right].minorUnits) % sum
            )
            if first != second { return first > second }
            if weights[left] != weights[right] { return weights[left] > weights[right] }
            return left < right
        }
        for index in order where rest > 0 {
            parts[index] += 1
            rest -= 1
        }
        return parts.map {
            Money(minorUnits: Int64(isNegative ? -$0 : $0), currency: amount.currency)
        }
    }

    /// `amount` × `count` / `quantity`, rounded half away from zero.
    ///
    /// - Parameters:
    ///   - count: 0…`quantity`
    ///   - quantity: 1 or more
    public static func share(of amount: Money, units count: Int, among quantity: Int) -> Money {
        guard let rate = Rate(numerator: Int64(count), denominator: Int64(quantity)) else {
            return .zero(amount.currency)
        }
        return rate.share(of: amount)
    }

    /// The part of `amount` that `count` more units stand for when `before` units were taken already. All
    /// units together give `amount`, in whatever steps.
    public static func share(of amount: Money, units count: Int, after before: Int, among quantity: Int)
        -> Money
    {
        share(of: amount, units: before + count, among: quantity)
            - share(of: amount, units: before, among: quantity)
    }
}
