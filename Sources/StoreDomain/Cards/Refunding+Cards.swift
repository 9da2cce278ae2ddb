// Gift cards in refunds: those that were sold come back, and what was paid with one goes back on it.

extension Order {
    /// Every gift card that it sold with what was not given back for it yet, as voiding the sale takes them back.
    public var allCards: [GiftCardBack] {
        giftCards.compactMap { card in
            let left = card.amount - card.returned
            return left.minorUnits > 0 ? GiftCardBack(cardID: card.id, amount: left) : nil
        }
    }

    /// Every gift card that it sold on which something is left, with as much of it as can be given back.
    public var refundableCards: [GiftCardBack] {
        giftCards.filter { $0.refundable.minorUnits > 0 }.map {
            GiftCardBack(cardID: $0.id, amount: $0.refundable)
        }
    }

    /// What is given for gift cards.
    ///
    /// - Throws: `notFound` for a card that the order did not sell, `paymentRefused` for more than is on it or was
    ///   paid for it.
    func amount(of cards: [GiftCardBack]) throws(StoreError) -> Money {
        var sum = Money.zero(total.currency)
        for back in cards {
            guard let card = giftCards.first(where: { $0.id == back.cardID }) else {
                throw .notFound(.giftCard(back.cardID))
            }
            guard back.amount.minorUnits > 0 else { throw .paymentRefused(.noAmount) }
            guard back.amount <= card.refundable else {
                throw .paymentRefused(.cardHolds(left: card.refundable))
            }
            sum = sum + back.amount
        }
        return sum
    }

    func returnsAll(_ cards: [GiftCardBack]) -> Bool {
        giftCards.allSatisfy { card in
            let back = cards.first { $0.cardID == card.id }?.amount ?? .zero(total.currency)
            return card.amount - card.returned == back
        }
    }
}

extension Refunding {
    /// What giving back looks at of gift cards.
    public struct CardFacts: Sendable {
        /// The cards that the order sold or was paid with, by id.
        public let cards: [Int64: GiftCard]
        /// Until when a card is good that is issued now; nil for ever.
        public let expireAt: Timestamp?
        /// The shift that is open where it comes back.
        public let shiftID: Int64?
        public let now: Timestamp

        public init(
            cards: [Int64: GiftCard] = [:], expireAt: Timestamp? = nil, shiftID: Int64?, now: Timestamp
        ) {
            self.cards = cards
            self.expireAt = expireAt
            self.shiftID = shiftID
            self.now = now
        }
    }
}

extension Changes {
    /// Takes sold cards back, and puts money back on the cards that had paid.
    mutating func move(
        _ cards: [GiftCardBack], back tenders: [Refund.Tender], reason: String, of order: Order,
        _ facts: Refunding.CardFacts
    ) throws(StoreError) {
        var balances = CardBalances()
        func movement(
            _ kind: GiftCardMovementKind, _ amount: Money, _ id: Int64, renews: Bool = false
        ) throws(StoreError) -> NewCardMovement {
            guard let card = facts.cards[id] else { throw .notFound(.giftCard(id)) }
            var movement = NewCardMovement(
                card: .standing(id), kind: kind, amount: amount, left: balances.move(amount, on: card))
            guard !movement.left.isNegative else {
                throw .paymentRefused(.cardHolds(left: card.balance))
            }
            movement.order = .standing(order.id)
            movement.isOfRefund = true
            movement.shiftID = facts.shiftID
            movement.reason = reason
            if renews, card.isExpired(at: facts.now) {
                movement.renewal = NewCardMovement.Renewal(until: facts.expireAt)
            }
            return movement
        }
        // Money goes back on cards before any is taken back: one may have paid for itself.
        for tender in tenders {
            guard let payment = order.payments.first(where: { $0.id == tender.paymentID }),
                let card = payment.card
            else { continue }
            // What goes back to a card can be spent, also where the card has expired; what pays again is spent.
            cardMovements.append(
                try movement(.refund, tender.amount, card.id, renews: !tender.isMoved))
        }
        for back in cards {
            cardMovements.append(
                try movement(.takeBack, .zero(back.amount.currency) - back.amount, back.cardID))
        }
    }
}
