import StoreDomain

extension GiftCardsState: Reckoned {
    /// A card's balance, movement by movement.
    public func reckoning(_ desk: Desk) -> Reckoning? {
        guard let history else { return nil }
        let steps = history.movements.map { movement in
            Reckoning.Row(
                [movement.kind.word, movement.number?.text].compactMap(\.self).joined(separator: " "),
                movement.amount,
                how: ["\(movement.left.displayText) left", movement.reason].compactMap(\.self)
                    .joined(separator: "; "))
        }
        return Reckoning(
            title: history.card.title,
            rows: steps + [
                Reckoning.Row(
                    "Balance", history.card.balance, how: "the sum of \(steps.count.counted("movement"))",
                    isTotal: true)
            ])
    }
}
