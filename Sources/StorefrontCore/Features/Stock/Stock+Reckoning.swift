import StoreDomain

extension StockState: Reckoned {
    /// Why so many of the selected product are to be ordered; why a stock is what it is, in sums of its movements.
    public func reckoning(_ desk: Desk) -> Reckoning? {
        if case .explained(let explanation) = stage { return explanation.reckoning }
        guard case .low = stage, let selected else { return nil }
        let (low, sold, there) = (desk.policy.lowStock, selected.sold, selected.product.stock.count ?? 0)
        let wanted = max(sold, low + 1)
        let why =
            sold > low
            ? "what \(LowStock.days) days sell" : "one more than the \(low.grouped) that count as low"
        return Reckoning(
            title: selected.product.name,
            rows: [
                Reckoning.Row(
                    "On the books", "\(there.grouped)", how: "Enter shows the movements that came to it"),
                Reckoning.Row(
                    "Sold", "\(sold.grouped)", how: "in the last \(LowStock.days) days, less what came back"),
                Reckoning.Row(
                    "To order", "\(selected.proposal(low: low).grouped)",
                    how: "\(wanted.grouped), which is \(why), \u{2212} \(there.grouped)", isTotal: true),
            ])
    }
}

extension StockExplanation {
    /// What there was at first, what each kind of movement came to, and what that makes.
    fileprivate var reckoning: Reckoning? {
        guard let start, let count = product.stock.count else { return nil }
        let kinds = StockMovementKind.allCases.compactMap { kind -> Reckoning.Row? in
            let own = movements.filter { $0.kind == kind }
            guard !own.isEmpty else { return nil }
            let sum = own.reduce(0) { $0 + $1.quantity }
            return Reckoning.Row(
                kind.rawValue, sum > 0 ? "+\(sum.grouped)" : sum.grouped, how: own.count.counted("movement"))
        }
        return Reckoning(
            title: product.name,
            rows: [
                Reckoning.Row(
                    "At first", start.grouped,
                    how: isCut ? "before the movements that are shown" : "before the first movement")
            ] + kinds + [
                Reckoning.Row("On the books", count.grouped, how: "the sum of these", isTotal: true)
            ])
    }
}
