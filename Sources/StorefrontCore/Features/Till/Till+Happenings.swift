import StoreDomain

extension Desk {
    /// What whoever sells at a till has done to a sale that the report of the shift counts: goods that were cleared
    /// before they were paid, and parts of the payment that were taken back.
    ///
    /// - Parameters:
    ///   - before: the basket before the change.
    ///   - quote: what it came to, where that was known.
    func happenings(since before: Cart, _ quote: Money?) -> [Step] {
        // Training stands on no report.
        guard sellsAtTill, !before.terms.isTraining else { return [] }
        var happenings: [TillHappening] = []
        if basket.cart.isEmpty, !before.isEmpty {
            let listed = Money.sum(
                before.lines.map { $0.unitPrice(currency) * $0.quantity }, currency: currency)
            happenings.append(.abandoned(pieces: before.pieces, amount: quote ?? listed))
        }
        var left = basket.cart.terms.tenders
        for tender in before.terms.tenders {
            if let index = left.firstIndex(of: tender) {
                left.remove(at: index)
            } else {
                happenings.append(
                    .tenderTakenBack(
                        methodID: tender.methodID ?? "",
                        amount: Money(minorUnits: tender.amountMinor ?? 0, currency: currency)))
            }
        }
        return happenings.map { .ask(.till(.note($0, till: context.till))) }
    }
}
