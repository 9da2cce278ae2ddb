/// How tenders settle an amount: each checked, cash rounded, change worked out.
///
/// Σ payments = amount + rounding. Only what is paid in cash is rounded; coins that are exactly the unrounded
/// sum are taken as they are. Change is only ever of cash.
public struct Settlement: Hashable, Sendable {
    public let payments: [Payment]
    /// What cash rounding adds; negative where it takes off.
    public let rounding: Money

    /// - Throws: `paymentRefused` for a tender that is missing something, too much or too little;
    ///   `notAllowed` for a method that the principal may not take.
    public init(
        of amount: Money, by tenders: [PaymentRequest], methods: [PaymentMethod], rounding rule: CashRounding,
        principal: Principal, value: StoredValue = StoredValue(), at now: Timestamp
    ) throws(StoreError) {
        var due = amount
        var rounding = Money.zero(amount.currency)
        var payments: [Payment] = []
        var balances = CardBalances()
        guard !tenders.isEmpty else { throw .paymentRefused(.methodNotChosen) }
        for tender in tenders {
            let method = try Settlement.method(tender.methodID, among: methods)
            guard principal.allows(method.permission) else { throw .notAllowed(method.permission) }
            if method.kind.isStoredValue {
                let card = try value.card(of: tender, by: method, at: now)
                let payment = try tender.settle(due: due, by: method, from: card, &balances, at: now)
                payments.append(payment)
                due = due - payment.amount
                continue
            }
            let (payment, rounded) = try tender.settle(
                due: due, by: method, rounding: rule, isLast: payments.count == tenders.count - 1, at: now)
            payments.append(payment)
            rounding = rounding + rounded
            due = due + rounded - payment.amount
        }
        guard due.isZero else { throw .paymentRefused(.tooLittle(missing: due)) }
        self.payments = payments
        self.rounding = rounding
    }

    /// The method that a tender names; the demo shop's card, or online, where it names none.
    private static func method(_ id: String?, among methods: [PaymentMethod]) throws(StoreError)
        -> PaymentMethod
    {
        if let id {
            guard let method = methods.first(where: { $0.id == id }) else {
                throw .paymentRefused(.methodNotTaken)
            }
            return method
        }
        guard
            let method = methods.first(where: { $0.kind == .simulatedCard })
                ?? methods.first(where: { $0.kind == .online })
        else { throw .paymentRefused(.methodNotChosen) }
        return method
    }

    func entry(order: CanonicalJSON, total: Money, number: DocumentNumber?) -> JournalEntry {
        let tenders = payments.map { payment in
            CanonicalJSON.object([
                "method": .text(payment.method.id), "amount": .minor(payment.amount),
                "approval": .optional(payment.approvalCode), "card": .optional(payment.card?.lastFour),
            ])
        }
        return JournalEntry(
            .orderPaid,
            [
                "order": order, "total": .minor(total), "rounding": .minor(rounding),
                "number": .optional(number?.text), "tenders": .array(tenders),
            ])
    }
}

extension PaymentRequest {
    /// The payment that this tender makes of what is due, and the rounding that cash brings with it.
    ///
    /// - Throws: `paymentRefused`.
    func settle(
        due: Money, by method: PaymentMethod, rounding rule: CashRounding, isLast: Bool, at now: Timestamp
    )
        throws(StoreError) -> (payment: Payment, rounding: Money)
    {
        let zero = Money.zero(due.currency)
        let asked = amountMinor.map { Money(minorUnits: $0, currency: due.currency) }
        if let asked, asked.minorUnits <= 0 { throw .paymentRefused(.noAmount) }
        switch method.kind {
        case .cash:
            guard let tenderedMinor, tenderedMinor >= 0 else { throw .paymentRefused(.cashNotNamed) }
            guard tenderedMinor <= 100 * Product.maximumPriceMinor else {
                throw .paymentRefused(.tooMuchCash)
            }
            let given = Money(minorUnits: tenderedMinor, currency: due.currency)
            let part = asked ?? due
            // Cash that pays only a part is taken as it is: what is left is settled by another tender.
            let isRest = part == due && isLast
            let isExact = given == due
            let wanted = isRest && !isExact ? rule.rounded(due) : part
            guard given >= wanted else { throw .paymentRefused(.tooLittle(missing: wanted - given)) }
            guard wanted <= due || isRest else { throw .paymentRefused(.moreThanDue(due: due)) }
            let payment = Payment(
                method: method, amount: wanted, tendered: given, change: given - wanted, paidAt: now)
            return (payment, isRest ? wanted - due : zero)
        case .externalCard:
            let amount = try part(asked, of: due)
            return (
                Payment(method: method, amount: amount, approvalCode: try checkedCode(), paidAt: now), zero
            )
        case .simulatedCard, .online, .giftCard, .storeCredit:
            return (Payment(method: method, amount: try part(asked, of: due), paidAt: now), zero)
        }
    }

    /// The payment that is taken from a card: so much, or as much of what is due as is on it.
    ///
    /// - Throws: `paymentRefused`.
    fileprivate func settle(
        due: Money, by method: PaymentMethod, from card: GiftCard, _ balances: inout CardBalances,
        at now: Timestamp
    ) throws(StoreError) -> Payment {
        let balance = balances.balance(of: card)
        let asked = amountMinor.map { Money(minorUnits: $0, currency: due.currency) }
        let amount = try part(asked ?? min(due, balance), of: due)
        guard amount.minorUnits > 0 || due.isZero else {
            throw .paymentRefused(asked == nil ? .cardHolds(left: balance) : .noAmount)
        }
        guard amount <= balance else { throw .paymentRefused(.cardHolds(left: balance)) }
        let left = balances.move(.zero(due.currency) - amount, on: card)
        return Payment(
            method: method, amount: amount,
            card: PaymentCard(id: card.id, lastFour: card.lastFour, left: left),
            paidAt: now)
    }

    private func part(_ asked: Money?, of due: Money) throws(StoreError) -> Money {
        let amount = asked ?? due
        guard amount <= due else { throw .paymentRefused(.moreThanDue(due: due)) }
        return amount
    }

    /// The approval code, trimmed: 1…32 letters, digits and `-`.
    ///
    /// - Throws: `paymentRefused`.
    func checkedCode() throws(StoreError) -> String {
        let code = approvalCode?.cleanText ?? ""
        guard !code.isEmpty else { throw .paymentRefused(.approvalCodeMissing) }
        let allowed = code.utf8.allSatisfy {
            $0.isDigit || $0 == 0x2D || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
        }
        guard code.utf8.count <= 32, allowed else { throw .paymentRefused(.approvalCodeUnusable) }
        return code
    }
}
