import StoreDomain
import StoreService

extension MemoryTransaction {
    func giftCard(code: GiftCardCode) -> GiftCard? {
        store.cards.values.first { $0.code == code }.map { named($0.card) }
    }

    func giftCard(_ id: Int64) -> GiftCard? { store.cards[id].map { named($0.card) } }

    func credit(of accountID: Int64) -> GiftCard? {
        store.cards.values.first { $0.card.holder == .account(accountID) }.map { named($0.card) }
    }

    func giftCards(_ query: GiftCardQuery) -> [GiftCard] {
        let text = query.text?.cleanText.lowercased()
        let found = store.cards.values.map { named($0.card) }.filter { card in
            guard !query.withBalance || !card.balance.isZero else { return false }
            guard let text else { return true }
            return card.lastFour?.lowercased().hasSuffix(text) == true
                || card.name?.lowercased().hasPrefix(text) == true
        }
        return Array(found.sorted { $0.id > $1.id }.prefix(query.limit))
    }

    func expiredCards(by now: Timestamp, limit: Int) -> [GiftCard] {
        let found = store.cards.values.map(\.card).filter { $0.isExpired(at: now) && !$0.balance.isZero }
        return Array(found.sorted { $0.id < $1.id }.prefix(limit))
    }

    func cardMovements(of cardID: Int64) -> [GiftCardMovement] {
        store.cardMovements.filter { $0.cardID == cardID }.map(\.movement)
    }

    /// Store credit is called by its account.
    private func named(_ card: GiftCard) -> GiftCard {
        guard case .account(let id) = card.holder else { return card }
        return card.with(name: store.accounts[id]?.user.name)
    }

    /// The order with the cards that it sold as they are now.
    func withCards(_ order: Order) -> Order {
        let sold = store.cardMovements.filter {
            $0.movement.orderID == order.id && $0.movement.kind == .issue
        }
        let currency = store.identity.currency
        return order.with(
            giftCards: sold.compactMap { issue in
                guard let card = store.cards[issue.cardID]?.card, let lastFour = card.lastFour else {
                    return nil
                }
                let back = store.cardMovements.filter {
                    $0.cardID == issue.cardID && $0.movement.kind == .takeBack
                }
                return SoldGiftCard(
                    id: card.id, lastFour: lastFour, amount: issue.movement.amount,
                    returned: .zero(currency) - .sum(back.map(\.movement.amount), currency: currency),
                    balance: card.balance)
            })
    }

    // MARK: - Returns without a receipt

    func lowestPrices(of productIDs: [Int64], since: Timestamp) -> [Int64: Money] {
        let items = store.orders.values.filter { $0.createdAt >= since && $0.status != .cancelled }
            .flatMap(\.items).filter { productIDs.contains($0.productID) }
        return Dictionary(items.map { ($0.productID, $0.listPrice ?? $0.unitPrice) }) { min($0, $1) }
    }

    func looseReturn(_ id: Int64) -> LooseReturn? {
        store.looseReturns[id].map { found in
            let card = store.cardMovements.first { $0.refundID == id }.flatMap { giftCard($0.cardID) }
            return found.with(card: card, code: nil)
        }
    }

    func looseReturn(_ number: DocumentNumber) -> LooseReturn? {
        store.looseReturns.values.first { $0.number == number }.flatMap { looseReturn($0.id) }
    }

    func keptReturn(_ key: IdempotencyKey, userID: Int64, content: String) -> KeptReturn? {
        store.returnKeys[MemoryStore.ReturnKey(key: key, userID: userID)].map {
            KeptReturn(isSameContent: $0.content == content, id: $0.id)
        }
    }

    // MARK: - Changes

    func insert(_ new: NewLooseReturn) -> Int64 {
        let id = store.newID(.refund)
        store.looseReturns[id] = new.document.with(id: id)
        store.shiftOfRefund[id] = new.shiftID
        store.returnKeys[MemoryStore.ReturnKey(key: new.key, userID: new.document.operatorID)] = (
            new.content, id
        )
        return id
    }

    func insert(_ new: NewGiftCard, at now: Timestamp) -> Int64 {
        let id = store.newID(.card)
        let holder: GiftCard.Holder =
            new.accountID.map { .account($0) } ?? .bearer(lastFour: new.code?.lastFour ?? "")
        store.cards[id] = MemoryStore.StoredCard(
            card: GiftCard(
                id: id, holder: holder, name: new.name, balance: .zero(store.identity.currency),
                expiresAt: new.expiresAt, createdAt: now), code: new.code)
        return id
    }

    func insert(
        _ new: NewCardMovement, of cardID: Int64, orderID: Int64?, number: DocumentNumber?, refundID: Int64?,
        by: Int64?, at now: Timestamp
    ) {
        guard let stored = store.cards[cardID] else { return }
        store.cards[cardID]?.card = stored.card.with(
            balance: stored.card.balance + new.amount,
            expiresAt: new.renewal.map(\.until) ?? stored.card.expiresAt)
        store.cardMovements.append(
            MemoryStore.StoredCardMovement(
                movement: GiftCardMovement(
                    id: store.newID(.movement), kind: new.kind, amount: new.amount, left: new.left,
                    orderID: orderID, number: number, by: by, reason: new.reason, at: now),
                cardID: cardID, refundID: refundID, shiftID: new.shiftID))
    }
}

extension GiftCard {
    fileprivate func with(name: String?) -> GiftCard {
        GiftCard(
            id: id, holder: holder, name: name, balance: balance, expiresAt: expiresAt, createdAt: createdAt)
    }

    fileprivate func with(balance: Money, expiresAt: Timestamp?) -> GiftCard {
        GiftCard(
            id: id, holder: holder, name: name, balance: balance, expiresAt: expiresAt, createdAt: createdAt)
    }
}

extension GiftCardMovement {
    /// Whether it sold the card, or took it back.
    var isOfSoldCard: Bool {
        switch kind {
        case .issue, .takeBack: orderID != nil
        case .redeem, .refund, .expire: false
        }
    }
}
