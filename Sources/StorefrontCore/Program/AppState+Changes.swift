import StoreDomain

/// Looking again at what others may have changed. One way for all that tells of it: somebody's change, a window that
/// has the focus again, a person who is back. What was typed and selected stays; what is under way comes first.
extension AppState {
    /// Whether a screen on the way shows what others can change.
    public var showsTheShop: Bool { way.contains { $0.feature.showsTheShop } }

    /// Remembers that something may have changed. It is looked at as soon as nothing is being loaded.
    mutating func hear(of changes: ShopChanges) { unseen.merge(changes) }

    /// Loads again what is in sight and may have changed, once nothing is under way: a load that was begun is not
    /// overtaken by the next one, however much others change, and nothing changes under a key that waits for an
    /// answer.
    mutating func lookAtChanges() -> [Effect] {
        guard !unseen.isEmpty, ending == .no, !desk.requests.isBusy else { return [] }
        let changes = unseen
        unseen = ShopChanges()
        return tell(.changedElsewhere(changes)) + apply(asked(by: changes))
    }

    /// What the program itself looks at again: the rules, the cart and its price, and who is there.
    private mutating func asked(by changes: ShopChanges) -> [Step] {
        var steps: [Step] = []
        if changes.catalogue, showsTheShop { steps.append(.ask(.program(.policy))) }
        if case .user(let session) = desk.principal, changes.touches(account: session.user.id) {
            steps.append(.ask(.program(.account(session))))
        }
        if desk.basket.cart.lines.contains(where: { changes.touches(product: $0.productID) }) {
            steps += desk.basket.compare()
        }
        if changes.approvals, desk.isStaffed {
            steps.append(.ask(.staff(.approvals)))
            if let held = heldApproval { steps.append(.ask(.staff(.look(held.approval.id)))) }
        }
        if changes.discounts, desk.basket.cart.discountCode != nil { steps += desk.quoteBasket() }
        return steps
    }
}
