import StoreDomain

/// What is looked at between the cart and the payment, so that nobody has to review what is as it was agreed.
struct CheckoutCheck: Hashable, Codable, Sendable {
    /// The price that the buyer saw; nil where none was known yet.
    let seen: PriceBreakdown?
    /// The catalogue said what it has of the cart's lines.
    var hasCompared = false
    /// What the store says that they cost now.
    var price: PriceBreakdown?

    init(seen: PriceBreakdown?) { self.seen = seen }
}

extension CheckoutState {
    /// On the way to the payment, with nothing for a person to do.
    public var isOnTheWay: Bool { check != nil || step == .review && isBusy }

    /// The catalogue was compared with the cart.
    mutating func heardComparison(of products: Set<Int64>, hasFailed: Bool, _ desk: inout Desk) -> [Step] {
        guard check != nil, desk.basket.cart.lines.allSatisfy({ products.contains($0.productID) }) else {
            return []
        }
        if hasFailed { check = nil }
        check?.hasCompared = true
        return goOnToPayment(&desk)
    }

    /// The store said what the cart costs.
    mutating func hear(
        _ answer: Answer<PriceBreakdown>, of what: Basket.Quoted, _ desk: inout Desk
    ) -> [Step] {
        guard check != nil, what == desk.basket.quotable(desk.currency) else { return [] }
        switch answer {
        case .success(let price): check?.price = price
        case .failure: check = nil
        }
        return goOnToPayment(&desk)
    }

    /// Agrees to the price where all is as the buyer saw it; else stays at the review and says why.
    private mutating func goOnToPayment(_ desk: inout Desk) -> [Step] {
        guard let check, check.hasCompared, let price = check.price else { return [] }
        self.check = nil
        if !desk.basket.differences.isEmpty {
            desk.say(.warning, "Prices or stock have changed: look before you go on")
            return []
        }
        if price.codeRefusal != nil {
            desk.say(.warning, "The discount code does not count: look before you go on")
            return []
        }
        if let seen = check.seen, PriceAgreement(seen) != PriceAgreement(price) {
            desk.say(
                .warning, "The total is \(price.total.displayText) now, not \(seen.total.displayText)")
            return []
        }
        return agree(to: price, &desk)
    }
}
