import StoreDomain

/// Gift cards and store credit at the till: selling them, paying with them, seeing what is on them.
extension TillState {
    // MARK: - Selling

    /// Sells a gift card of so much; nothing takes the last one out again.
    mutating func sellGiftCard(_ amount: Money, _ desk: inout Desk) -> [Step] {
        guard allows(.issueGiftCards, &desk) else { return [] }
        let cards = desk.basket.cart.terms.giftCards
        guard !amount.isZero else {
            guard !cards.isEmpty else { return refuse("No gift card is in this sale") }
            return changeTerms(&desk) { $0.giftCards.removeLast() }
        }
        guard cards.count < GiftCardSale.most else {
            return refuse("One sale has at most \(GiftCardSale.most) gift cards")
        }
        guard GiftCardSale.range.contains(amount.minorUnits) else {
            return refuse("\(amount.displayText) is more than a gift card can hold")
        }
        return changeTerms(&desk) { $0.giftCards.append(amount.minorUnits) }
    }

    // MARK: - Paying

    /// The code of the card comes next.
    mutating func beginGiftCard(_ amount: Money?, _ due: Money, _ desk: inout Desk) -> [Step] {
        guard method(.giftCard) != nil else { return refuse("Gift cards are not taken here") }
        guard let part = part(amount, of: due) else { return [] }
        setLine(mode: .cardCode(pays: true, part.minor))
        return []
    }

    mutating func payByCredit(_ amount: Money?, _ due: Money, _ desk: inout Desk) -> [Step] {
        guard method(.storeCredit) != nil else { return refuse("Store credit is not taken here") }
        guard let customer = desk.basket.cart.terms.customer else {
            return refuse("Store credit is a customer\u{2019}s: w names the customer")
        }
        guard let part = part(amount, of: due) else { return [] }
        setLine()
        return [.ask(.till(.value(.credit(of: customer.id), part: part.minor, pays: true)))]
    }

    /// How much is asked of a card, nil for all that is due; refuses what cannot be.
    private mutating func part(_ amount: Money?, of due: Money) -> (minor: Int64?, Void)? {
        if let amount {
            guard amount <= due else {
                refuse("Only \(due.displayText) is left to pay")
                return nil
            }
            guard !amount.isZero else {
                refuse("The amount must be more than nothing")
                return nil
            }
        }
        return (amount == due ? nil : amount?.minorUnits, ())
    }

    /// What was scanned or typed as a card's code.
    mutating func takeCode(pays: Bool, _ part: Int64?, _ desk: inout Desk) -> [Step] {
        guard let code = GiftCardCode(line.text) else {
            return refuse(
                line.text.cleanText.isEmpty
                    ? "Scan the gift card, or type its code"
                    : TillEntry.Problem.giftCardCode(line.text).sentence)
        }
        return [.ask(.till(.value(.card(code), part: part, pays: pays)))]
    }

    /// What is on a card or a customer's credit: it pays as much as that is, or is told.
    mutating func found(
        _ card: GiftCard, _ source: TillRequest.ValueSource, part: Int64?, pays: Bool, _ desk: inout Desk
    ) -> [Step] {
        setLine()
        guard pays else {
            desk.say(.info, "\(card.title): \(card.balance.displayText) is left on it")
            return []
        }
        guard let due = due(desk), due.minorUnits > 0 else { return refuse("Nothing is left to pay") }
        let (kind, code): (PaymentKind, GiftCardCode?) =
            switch source {
            case .card(let code): (.giftCard, code)
            case .credit: (.storeCredit, nil)
            }
        guard let method = method(kind) else { return refuse("That way to pay is not taken here") }
        // Parts of this sale that it pays already.
        let agreed = desk.basket.cart.terms.tenders.filter { $0.methodID == method.id && $0.cardCode == code }
        let left = agreed.reduce(card.balance) {
            $0 - Money(minorUnits: $1.amountMinor ?? 0, currency: desk.currency)
        }
        guard left.minorUnits > 0 else { return refuse("Nothing is left on it") }
        let wanted = part.map { Money(minorUnits: $0, currency: desk.currency) } ?? due
        let amount = min(wanted, due, left)
        desk.say(
            .info,
            "\(card.title): \(amount.displayText) of \(left.displayText), \((left - amount).displayText) is left on it"
        )
        return take(
            PaymentRequest(
                methodID: method.id, amountMinor: amount == due ? nil : amount.minorUnits, cardCode: code),
            &desk)
    }

    // MARK: - Asking

    /// What is on a card, or on the credit of the customer.
    mutating func balance(_ code: GiftCardCode?, _ desk: inout Desk) -> [Step] {
        setLine()
        if let code { return [.ask(.till(.value(.card(code), part: nil, pays: false)))] }
        guard let customer = desk.basket.cart.terms.customer else {
            setLine(mode: .cardCode(pays: false, nil))
            return []
        }
        return [.ask(.till(.value(.credit(of: customer.id), part: nil, pays: false)))]
    }
}
