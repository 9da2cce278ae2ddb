/// The rules of gift cards and store credit beside selling and refunding, as pure functions.
public enum GiftCards {
    /// Until when a card is good that is issued now; nil for ever.
    public static func expiry(_ policy: ShopPolicy, at now: Timestamp) -> Timestamp? {
        policy.cardDays > 0 ? now.advanced(bySeconds: 86_400 * Int64(policy.cardDays)) : nil
    }

    /// The cards that a sale sells.
    ///
    /// - Throws: `invalid` for a card without a code.
    static func sell(_ cards: [GiftCardSale], shiftID: Int64?, _ policy: ShopPolicy, at now: Timestamp)
        throws(StoreError) -> Changes
    {
        var changes = Changes()
        for card in cards {
            guard let code = card.code else {
                throw .invalid([FieldProblem("gift_cards", "must each have a code")])
            }
            let amount = Money(minorUnits: card.amountMinor, currency: policy.currency)
            var movement = NewCardMovement(
                card: .new(changes.newCards.count), kind: .issue, amount: amount, left: amount)
            movement.order = .new
            movement.shiftID = shiftID
            changes.newCards.append(NewGiftCard(code: code, expiresAt: expiry(policy, at: now)))
            changes.cardMovements.append(movement)
            changes.journal.append(
                JournalEntry(
                    .cardIssued,
                    ["order": .null, "card": .text(code.lastFour), "amount": .minor(amount)]))
        }
        return changes
    }

    /// A card without a sale.
    public static func issue(_ issue: GiftCardIssue, _ policy: ShopPolicy, at now: Timestamp) -> Changes {
        var changes = Changes()
        changes.newCards = [
            NewGiftCard(code: issue.code, name: issue.name, expiresAt: expiry(policy, at: now))
        ]
        var movement = NewCardMovement(
            card: .new(0), kind: .issue, amount: issue.amount, left: issue.amount)
        movement.reason = issue.reason
        changes.cardMovements = [movement]
        changes.journal = [
            JournalEntry(
                .cardIssued,
                [
                    "card": .text(issue.code.lastFour), "amount": .minor(issue.amount),
                    "reason": .text(issue.reason),
                ])
        ]
        return changes
    }

    /// What is left on cards falls to the shop.
    public static func expire(_ cards: [GiftCard], reason: String?) -> Changes {
        var changes = Changes()
        for card in cards where !card.balance.isZero {
            let zero = Money.zero(card.balance.currency)
            var movement = NewCardMovement(
                card: .standing(card.id), kind: .expire, amount: zero - card.balance, left: zero)
            movement.reason = reason
            changes.cardMovements.append(movement)
            changes.journal.append(
                JournalEntry(
                    .cardExpired,
                    [
                        "card": .integer(card.id), "amount": .minor(card.balance),
                        "reason": .optional(reason),
                    ]))
        }
        return changes
    }

    /// What one customer's credit holds becomes another's, and is good for as long as either was.
    public static func move(_ credit: GiftCard, of id: Int64, to other: GiftCard, of kept: Int64) -> Changes {
        var changes = Changes()
        guard !credit.balance.isZero else { return changes }
        let zero = Money.zero(credit.balance.currency)
        var out = NewCardMovement(
            card: .standing(credit.id), kind: .expire, amount: zero - credit.balance, left: zero)
        out.reason = "Merged into customer \(kept)"
        var into = NewCardMovement(
            card: .standing(other.id), kind: .issue, amount: credit.balance,
            left: other.balance + credit.balance)
        into.reason = "Merged from customer \(id)"
        let ends = [credit.expiresAt, other.expiresAt].compactMap(\.self)
        into.renewal = NewCardMovement.Renewal(until: ends.count == 2 ? ends.max() : nil)
        changes.cardMovements = [out, into]
        return changes
    }

    /// The ledger's entries of the payments that were taken from cards.
    static func redeem(_ payments: [Payment], of order: Changes.OrderReference, shiftID: Int64?)
        -> [NewCardMovement]
    {
        payments.enumerated().compactMap { place, payment in
            guard let card = payment.card, !payment.amount.isZero else { return nil }
            var movement = NewCardMovement(
                card: .standing(card.id), kind: .redeem,
                amount: .zero(payment.amount.currency) - payment.amount,
                left: card.left)
            movement.order = order
            movement.payment = place
            movement.shiftID = shiftID
            return movement
        }
    }
}
