/// What an exchange comes to: goods of an earlier sale back, others taken, one amount.
///
/// What the goods back are worth pays for what is taken. That money stays where it is: each tender of the earlier
/// sale is moved, as it is, to the new one, and only the difference is paid or handed out. Both sides add up by
/// themselves: Σ payments of the sale = its total + its rounding, Σ tenders of the goods back = what they are worth.
public struct ExchangeFigures: Hashable, Sendable, Codable {
    /// What the goods back come to, as if they came back alone.
    public let back: RefundFigures
    /// What is taken comes to that much.
    public let total: Money
    /// How `back` is given: what is handed out first, then what is moved. Without the approval codes.
    public let tenders: [Refund.Tender]

    /// Above zero what is still to be paid, below what is handed out, both before cash is rounded.
    public var amount: Money { total - back.given }
    /// What is handed out, as coins can make it.
    public var handedOut: Money { sum { !$0.isMoved } }
    /// What stays and pays for what is taken.
    public var moved: Money { sum { $0.isMoved } }
    /// What rounding the cash that is handed out adds to the sale; 0 where something is still to be paid.
    public var rounding: Money { amount.isNegative ? moved - total : .zero(total.currency) }
    /// Whether a card terminal has to be asked for what is handed out.
    public var needsApproval: Bool { tenders.contains { !$0.isMoved && $0.needsApproval } }

    private func sum(_ isWanted: (Refund.Tender) -> Bool) -> Money {
        .sum(tenders.filter(isWanted).map(\.amount), currency: total.currency)
    }

    /// - Parameters:
    ///   - back: of the earlier sale, its money going to the tenders it came by.
    ///   - method: how the difference is handed out; nil for the tenders it came by, the newest first.
    public init(of total: Money, for back: RefundFigures, by method: PaymentMethod?, rounding: CashRounding) {
        self.back = back
        self.total = total
        let due = total - back.given
        var tenders: [Refund.Tender] = []
        var left = Money.zero(total.currency) - due
        if let method, due.isNegative {
            let part = min(method.kind == .cash ? rounding.rounded(left) : left, back.given)
            if part.minorUnits > 0 {
                tenders.append(Refund.Tender(paymentID: nil, method: method, amount: part))
            }
            left = part
        }
        var moved: [Refund.Tender] = []
        for tender in back.tenders {
            let isCash = method == nil && tender.method.kind == .cash
            let wanted = max(.zero(total.currency), isCash ? rounding.rounded(left) : left)
            let part = min(tender.amount, wanted)
            left = part == wanted ? .zero(total.currency) : left - part
            if method == nil, part.minorUnits > 0 {
                tenders.append(
                    Refund.Tender(paymentID: tender.paymentID, method: tender.method, amount: part))
            }
            let rest = tender.amount - part
            guard rest.minorUnits > 0 else { continue }
            moved.append(
                Refund.Tender(
                    paymentID: tender.paymentID, method: tender.method, amount: rest, isMoved: true))
        }
        self.tenders = tenders + moved
    }

    /// The payments that the moved money makes, the oldest first. There is always one, as it is by its payments
    /// that a sale tells what it is part of. What a card of the shop had paid goes back on the card, and what stays
    /// of it is taken from there again.
    ///
    /// - Parameter cards: those that the earlier sale was paid with, by id.
    func payments(of earlier: Order, cards: [Int64: GiftCard], at now: Timestamp) -> [Payment] {
        func payment(of tender: Refund.Tender) -> Payment? {
            earlier.payments.first { $0.id == tender.paymentID }
        }
        var balances = CardBalances()
        for tender in tenders {
            guard let card = payment(of: tender)?.card.flatMap({ cards[$0.id] }) else { continue }
            _ = balances.move(tender.amount, on: card)
        }
        let moved = tenders.filter(\.isMoved).reversed().compactMap { tender -> Payment? in
            guard let payment = payment(of: tender) else { return nil }
            let card = payment.card.flatMap { cards[$0.id] }.map { card in
                PaymentCard(
                    id: card.id, lastFour: card.lastFour,
                    left: balances.move(.zero(total.currency) - tender.amount, on: card))
            }
            return payment.moved(tender.amount, from: card, at: now)
        }
        guard moved.isEmpty else { return moved }
        return earlier.payments.suffix(1).map { $0.moved(.zero(total.currency), from: nil, at: now) }
    }
}

extension Payment {
    /// A part of this payment, as a payment of what is taken in exchange.
    ///
    /// - Parameter card: what is on the card that it was taken from; nil for anything else.
    func moved(_ amount: Money, from card: PaymentCard?, at now: Timestamp) -> Payment {
        Payment(
            method: method, amount: amount, approvalCode: approvalCode, card: card, paidAt: now,
            movedFrom: id)
    }
}

extension Selling {
    /// What an exchange looks at beside the sale.
    public struct ExchangeFacts: Sendable {
        /// The earlier sale.
        public let order: Order
        public let basis: Refunding.Basis
        /// The products of the earlier sale that are counted.
        public let tracked: Set<Int64>
        /// The cards that the earlier sale sold or was paid with.
        public let cards: Refunding.CardFacts

        public init(
            order: Order, basis: Refunding.Basis, tracked: Set<Int64>, cards: Refunding.CardFacts
        ) {
            self.order = order
            self.basis = basis
            self.tracked = tracked
            self.cards = cards
        }
    }

    /// How a sale at a till is paid.
    struct PaidSale {
        let payments: [Payment]
        let rounding: Money
        /// nil for a sale of which nothing comes back.
        let exchange: ExchangeFigures?
    }

    /// - Throws: `paymentRefused`, `notAllowed`; in an exchange as `Refunding.figures`.
    static func paid(_ draft: SaleDraft, _ total: Money, _ sale: SaleFacts) throws(StoreError) -> PaidSale {
        let (facts, payment) = (sale.facts, sale.payment)
        guard let back = draft.back else {
            let settlement = try Settlement(
                of: total, by: draft.tenders, methods: payment.methods, rounding: facts.policy.cashRounding,
                principal: payment.principal, value: payment.value, at: facts.now)
            return PaidSale(payments: settlement.payments, rounding: settlement.rounding, exchange: nil)
        }
        guard let exchange = sale.exchange else { throw .notFound(.order(back.orderID)) }
        // Whoever brings a gift card pays with it.
        guard back.cards.isEmpty else {
            throw .invalid([
                FieldProblem("back", "takes goods: a gift card pays for what is taken, or comes back alone")
            ])
        }
        let figures = try figures(of: total, for: back, exchange)
        if let agreed = back.agreed, agreed != figures.back.given {
            throw .paymentRefused(.comesTo(figures.back.given))
        }
        let moved = figures.payments(of: exchange.order, cards: exchange.cards.cards, at: facts.now)
        guard figures.amount.minorUnits > 0 else {
            guard draft.tenders.isEmpty else {
                throw .paymentRefused(.moreThanDue(due: .zero(total.currency)))
            }
            return PaidSale(payments: moved, rounding: figures.rounding, exchange: figures)
        }
        let settlement = try Settlement(
            of: figures.amount, by: draft.tenders, methods: payment.methods,
            rounding: facts.policy.cashRounding, principal: payment.principal, value: payment.value,
            at: facts.now)
        return PaidSale(
            payments: moved + settlement.payments, rounding: settlement.rounding, exchange: figures)
    }

    /// What an exchange comes to, before anybody is asked for an approval code.
    ///
    /// - Throws: as `Refunding.figures`; `notAllowed` for handing the difference out in another way.
    static func figures(of total: Money, for back: RefundDraft, _ exchange: ExchangeFacts)
        throws(StoreError) -> ExchangeFigures
    {
        let goods = try Refunding.figures(back.lines, by: nil, of: exchange.order, exchange.basis)
        var method: PaymentMethod?
        if let methodID = back.methodID {
            guard let known = exchange.basis.methods.first(where: { $0.id == methodID }) else {
                throw .paymentRefused(.methodNotTaken)
            }
            // What is on a card goes back to the same card, not to another.
            guard !known.kind.isStoredValue else { throw .paymentRefused(.methodNotTaken) }
            if total < goods.given, exchange.order.payments.contains(where: { $0.method.id != methodID }) {
                try exchange.basis.principal.require(.refundOtherwise)
            }
            method = known
        }
        return ExchangeFigures(of: total, for: goods, by: method, rounding: exchange.basis.rounding)
    }

    /// Adds the goods back to the changes of the sale that they are a part of. They have no number of their own.
    ///
    /// - Throws: `paymentRefused` without the approval code that a card needs.
    static func add(
        _ draft: RefundDraft, _ figures: ExchangeFigures, _ sale: SaleFacts, till: String,
        to changes: inout Changes
    ) throws(StoreError) {
        guard let exchange = sale.exchange else { return }
        var tenders: [Refund.Tender] = []
        for tender in figures.tenders { tenders.append(try tender.approved(by: draft.approvalCode)) }
        let refund = Refund(
            id: 0, orderID: exchange.order.id, number: nil, lines: figures.back.lines, reason: draft.reason,
            tenders: tenders, amount: figures.back.amount, rounding: figures.back.rounding,
            operatorID: sale.payment.userID, till: till, at: sale.facts.now)
        changes.newRefund = NewRefund(refund, shiftID: sale.payment.shiftID, exchange: .new)
        changes.orders.append(
            OrderChange(
                .standing(exchange.order.id),
                status: figures.back.isWhole ? .refunded : .partiallyRefunded, refunded: figures.back.amount,
                returned: Dictionary(uniqueKeysWithValues: draft.lines.map { ($0.itemID, $0.quantity) })))
        changes.movements += Refunding.movements(
            draft.lines, reason: draft.reason, of: exchange.order, exchange.tracked)
        changes.journal.append(figures.entry(of: refund))
    }
}

extension ExchangeFigures {
    fileprivate func entry(of refund: Refund) -> JournalEntry {
        JournalEntry(
            .saleExchanged,
            [
                "order": .null, "of": .integer(refund.orderID), "reason": .text(refund.reason),
                "back": .minor(back.given), "taken": .minor(total), "amount": .minor(amount),
                "lines": .array(
                    refund.lines.map { line in
                        .array([
                            .integer(line.itemID), .integer(Int64(line.quantity)), .minor(line.amount),
                        ])
                    }),
                "tenders": .array(
                    refund.tenders.map { tender in
                        .object([
                            "method": .text(tender.method.id), "amount": .minor(tender.amount),
                            "approval": .optional(tender.approvalCode), "moved": .bool(tender.isMoved),
                        ])
                    }),
            ])
    }
}
