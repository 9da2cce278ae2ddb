import StoreDomain

// Selling more than there is on the books: the till asks, or the shop has said that it need not.
extension AppState {
    /// Asks at the till about what is short, or sells it where the shop allows that. Elsewhere nobody sells more than
    /// there is.
    mutating func offerBelowZero() -> [Effect] {
        guard let short = desk.basket.short, !short.isAsked else { return [] }
        guard case .till = screen, desk.sellsAtTill else {
            desk.basket.short = nil
            return []
        }
        switch desk.policy.belowZero {
        case .refuse:
            desk.basket.short = nil
            return []
        case .allow: return apply(desk.sellBelowZero())
        case .ask:
            desk.basket.short?.isAsked = true
            desk.say(.warning, desk.belowZeroQuestion(short))
            return []
        }
    }
}

extension Desk {
    /// "Only 2 of Walnut board on the books: y sells 3 anyway"
    func belowZeroQuestion(_ short: Basket.Short) -> String {
        let count = max(0, short.line.knownStock.count ?? 0)
        let books = count == 0 ? "None of" : "Only \(count) of"
        return "\(books) \(short.line.name) on the books: y sells \(short.wanted) anyway"
    }

    /// Makes it as many as were wanted. Whoever may neither do that nor ask for it is told so; what somebody else has
    /// to approve the store asks for when it is sold.
    mutating func sellBelowZero() -> [Step] {
        guard let short = basket.short else { return [] }
        let mayAsk = user?.role.mayAsk(for: .sellBelowZero) ?? false
        guard policy.belowZero == .allow || principal.allows(.sellBelowZero) || mayAsk else {
            basket.short = nil
            say(StoreError.notAllowed(.sellBelowZero))
            return []
        }
        let steps = change(.sellBelowZero(short.line, short.wanted))
        basket.current = short.line.id
        status = StatusMessage(
            .warning,
            "\(short.line.name): \(basket.cart.quantity(of: short.line.id)) sold, more than on the books; it is to be counted",
            isDone: true)
        return steps
    }
}
