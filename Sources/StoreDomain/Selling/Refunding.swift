/// The rules of giving goods and money back, as pure functions.
///
/// 0 ≤ Σ returned ≤ sold for every line; all units of a line together give back what it cost, to the minor
/// unit, in whatever steps. Money goes back to the tenders it came by, the newest first, each up to what is
/// left of it.
public enum Refunding {
    /// What the figures of a refund depend on beside its order: a screen has it as well as a store.
    public struct Basis: Sendable {
        /// The refunds that the order had before.
        public let earlier: [Refund]
        /// Every method of the shop.
        public let methods: [PaymentMethod]
        public let rounding: CashRounding
        public let principal: Principal

        public init(
            earlier: [Refund], methods: [PaymentMethod], rounding: CashRounding, principal: Principal
        ) {
            self.earlier = earlier
            self.methods = methods
            self.rounding = rounding
            self.principal = principal
        }
    }

    /// What a refund looks at beside its order.
    public struct Facts: Sendable {
        public let basis: Basis
        public let operatorID: Int64
        public let till: String
        /// The shift that is open at `till`.
        public let shiftID: Int64?
        /// The shift in which the order was paid.
        public let paidInShiftID: Int64?
        /// The till's series of refunds and its last position.
        public let numbers: (series: NumberSeries, last: Int)
        /// The products of the order that are counted.
        public let tracked: Set<Int64>
        /// The cards that the order sold or was paid with.
        public let cards: CardFacts
        public let now: Timestamp

        public init(
            basis: Basis, operatorID: Int64, till: String, shiftID: Int64?, paidInShiftID: Int64? = nil,
            numbers: (series: NumberSeries, last: Int), tracked: Set<Int64>, cards: CardFacts? = nil,
            now: Timestamp
        ) {
            self.basis = basis
            self.operatorID = operatorID
            self.till = till
            self.shiftID = shiftID
            self.paidInShiftID = paidInShiftID
            self.numbers = numbers
            self.tracked = tracked
            self.cards = cards ?? CardFacts(shiftID: shiftID, now: now)
            self.now = now
        }
    }

    // MARK: - Figures

    /// What giving lines back comes to, before anybody is asked for a reason or an approval code.
    ///
    /// - Parameters:
    ///   - back: each line at most once, with 1 or more.
    ///   - cards: gift cards that the sale sold, each at most once.
    ///   - methodID: how the money goes back; nil for the tenders it came by.
    /// - Throws: `wrongStatus` for an order that is not paid, `notFound`, `notReturnable`, `notAllowed`,
    ///   `paymentRefused`.
    public static func figures(
        _ back: [RefundDraft.Line], cards: [GiftCardBack] = [], by methodID: String?, of order: Order,
        _ basis: Basis
    ) throws(StoreError) -> RefundFigures {
        guard order.status == .paid || order.status == .partiallyRefunded else {
            throw .wrongStatus(orderID: order.id, status: order.status)
        }
        let lines = try lines(back, of: order)
        let amount = Money.sum(lines.map(\.amount), currency: order.total.currency)
        let left = order.total - order.refunded
        guard amount <= left else { throw .paymentRefused(.moreThanDue(due: left)) }
        let forCards = try order.amount(of: cards)
        // In however many steps a sale comes back, the limit is for all of it.
        try basis.principal.require(.refund, amount: order.refunded + amount + forCards)
        let isWhole = returnsAll(back, of: order) && order.returnsAll(cards)
        return RefundFigures(
            lines: lines,
            tenders: try tenders(amount + forCards, isWhole: isWhole, methodID: methodID, order, basis),
            amount: amount, giftCards: forCards, isWhole: isWhole)
    }

    /// What voiding a sale gives back: everything.
    ///
    /// - Throws: `wrongStatus` for an order that is not paid or of which something came back, `notAllowed`.
    public static func voidFigures(of order: Order, as principal: Principal) throws(StoreError)
        -> RefundFigures
    {
        guard order.status == .paid else { throw .wrongStatus(orderID: order.id, status: order.status) }
        try principal.require(.voidSales)
        let lines = try lines(order.allReturnable, of: order)
        let forCards = try order.amount(of: order.allCards)
        return RefundFigures(
            lines: lines,
            tenders: order.payments.reversed().filter { $0.amount.minorUnits > 0 }.map {
                Refund.Tender(paymentID: $0.id, method: $0.method, amount: $0.amount)
            },
            amount: Money.sum(lines.map(\.amount), currency: order.total.currency), giftCards: forCards,
            isWhole: true)
    }

    // MARK: - Documents

    /// - Throws: as `figures`, and `paymentRefused` without the approval code that a card needs, or for another
    ///   amount than the one that was agreed to.
    public static func refund(_ draft: RefundDraft, of order: Order, _ facts: Facts) throws(StoreError)
        -> Changes
    {
        let figures = try figures(
            draft.lines, cards: draft.cards, by: draft.methodID, of: order, facts.basis)
        if let agreed = draft.agreed, agreed != figures.given {
            throw .paymentRefused(.comesTo(figures.given))
        }
        return try changes(
            .refund, figures, draft.lines, draft.cards, reason: draft.reason,
            approvalCode: draft.approvalCode, bookedOn: facts.operatorID, order, facts)
    }

    /// - Throws: as `voidFigures`; `noShift` where none is open at the till, `otherShift` where the sale is not
    ///   of the open one, `paymentRefused` without the approval code that a card needs.
    public static func void(_ draft: VoidDraft, of order: Order, _ facts: Facts) throws(StoreError)
        -> Changes
    {
        let figures = try voidFigures(of: order, as: facts.basis.principal)
        guard let shiftID = facts.shiftID else { throw .noShift(till: facts.till) }
        guard order.till == facts.till, facts.paidInShiftID == shiftID else {
            throw .otherShift(orderID: order.id, till: facts.till)
        }
        return try changes(
            .void, figures, order.allReturnable, order.allCards, reason: draft.reason,
            approvalCode: draft.approvalCode, bookedOn: order.operatorID ?? facts.operatorID, order, facts)
    }

    private static func changes(
        _ kind: RefundKind, _ figures: RefundFigures, _ back: [RefundDraft.Line], _ cards: [GiftCardBack],
        reason: String, approvalCode: String?, bookedOn: Int64, _ order: Order, _ facts: Facts
    ) throws(StoreError) -> Changes {
        var tenders: [Refund.Tender] = []
        for tender in figures.tenders { tenders.append(try tender.approved(by: approvalCode)) }
        let number = DocumentNumber(series: facts.numbers.series, position: facts.numbers.last + 1)
        let refund = Refund(
            id: 0, orderID: order.id, number: number, lines: figures.lines, reason: reason, tenders: tenders,
            amount: figures.amount, giftCards: figures.giftCards, rounding: figures.rounding,
            operatorID: facts.operatorID, till: facts.till, at: facts.now, kind: kind, bookedOn: bookedOn)

        var changes = Changes()
        changes.numbers[facts.numbers.series] = number.position
        changes.newRefund = NewRefund(refund, shiftID: facts.shiftID)
        changes.orders = [
            OrderChange(
                .standing(order.id), status: figures.isWhole ? .refunded : .partiallyRefunded,
                refunded: figures.amount,
                returned: Dictionary(uniqueKeysWithValues: back.map { ($0.itemID, $0.quantity) }))
        ]
        changes.movements = movements(back, reason: reason, of: order, facts.tracked)
        try changes.move(cards, back: tenders, reason: reason, of: order, facts.cards)
        changes.journal = [refund.entry(number)]
        return changes
    }

    // MARK: - Lines

    private static func lines(_ back: [RefundDraft.Line], of order: Order) throws(StoreError)
        -> [Refund.Line]
    {
        let paid = order.paidByLine
        var lines: [Refund.Line] = []
        for line in back {
            guard let index = order.items.firstIndex(where: { $0.id == line.itemID }) else {
                throw .notFound(.orderItem(line.itemID))
            }
            let item = order.items[index]
            guard line.quantity <= item.returnable else {
                throw .notReturnable(name: item.productName, left: item.returnable)
            }
            func share(_ amount: Money) -> Money {
                AmountSplit.share(
                    of: amount, units: line.quantity, after: item.returned, among: item.quantity)
            }
            // One share of what was paid, so that rounding never makes a unit worth less than nothing.
            lines.append(
                Refund.Line(
                    itemID: item.id, quantity: line.quantity, amount: share(paid[index]),
                    tax: share(item.tax), restocks: line.restocks))
        }
        return lines
    }

    private static func returnsAll(_ lines: [RefundDraft.Line], of order: Order) -> Bool {
        let back = Dictionary(uniqueKeysWithValues: lines.map { ($0.itemID, $0.quantity) })
        return order.items.allSatisfy { $0.returnable == back[$0.id] ?? 0 }
    }

    static func movements(
        _ lines: [RefundDraft.Line], reason: String, of order: Order, _ tracked: Set<Int64>
    ) -> [NewMovement] {
        lines.flatMap { line -> [NewMovement] in
            guard let item = order.items.first(where: { $0.id == line.itemID }),
                tracked.contains(item.productID)
            else { return [] }
            let back = NewMovement(
                productID: item.productID, kind: .return, quantity: line.quantity,
                order: .standing(order.id), reason: reason, isOfRefund: true)
            let loss = NewMovement(
                productID: item.productID, kind: .loss, quantity: -line.quantity, reason: reason,
                isOfRefund: true)
            return line.restocks ? [back] : [back, loss]
        }
    }

    // MARK: - Money

    private static func tenders(
        _ amount: Money, isWhole: Bool, methodID: String?, _ order: Order, _ basis: Basis
    ) throws(StoreError) -> [Refund.Tender] {
        if let methodID {
            guard let method = basis.methods.first(where: { $0.id == methodID }) else {
                throw .paymentRefused(.methodNotTaken)
            }
            // What is on a card goes back to the same card, not to another.
            guard method.kind != .giftCard, method.kind != .storeCredit else {
                throw .paymentRefused(.methodNotTaken)
            }
            guard amount.minorUnits > 0 else { return [] }
            // Back by the one method that everything came by is no other way.
            guard order.payments.contains(where: { $0.method.id != methodID }) else {
                return try tenders(amount, isWhole: isWhole, methodID: nil, order, basis)
            }
            try basis.principal.require(.refundOtherwise)
            let currency = amount.currency
            let left =
                Money.sum(order.payments.map(\.amount), currency: currency)
                - .sum(basis.earlier.flatMap(\.tenders).map(\.amount), currency: currency)
            let due =
                method.kind == .cash
                ? min(basis.rounding.rounded(amount), basis.rounding.rounded(left)) : amount
            return due.minorUnits > 0 ? [Refund.Tender(paymentID: nil, method: method, amount: due)] : []
        }
        let given = basis.earlier.flatMap(\.tenders)
        var tenders: [Refund.Tender] = []
        // What went back another way before is not given back again.
        let completes = isWhole && !given.contains { $0.paymentID == nil }
        var due = amount
        for payment in order.payments.reversed() {
            let back = given.filter { $0.paymentID == payment.id }.map(\.amount)
            let left = payment.amount - .sum(back, currency: amount.currency)
            let wanted = payment.method.kind == .cash ? basis.rounding.rounded(due) : due
            let part = completes ? left : min(left, wanted)
            // What rounding leaves over is no debt to an older tender.
            due = part == wanted ? .zero(amount.currency) : due - part
            guard part.minorUnits > 0 else { continue }
            tenders.append(Refund.Tender(paymentID: payment.id, method: payment.method, amount: part))
        }
        return tenders
    }
}

/// What a refund comes to, line by line and tender by tender.
public struct RefundFigures: Hashable, Sendable, Codable {
    public let lines: [Refund.Line]
    /// Without the approval codes, which nobody was asked for yet.
    public let tenders: [Refund.Tender]
    /// Σ `lines`.
    public let amount: Money
    /// What is given for gift cards that come back.
    public let giftCards: Money
    /// Whether nothing is left of the sale afterwards.
    public let isWhole: Bool

    public init(
        lines: [Refund.Line], tenders: [Refund.Tender], amount: Money, giftCards: Money? = nil, isWhole: Bool
    ) {
        self.lines = lines
        self.tenders = tenders
        self.amount = amount
        self.giftCards = giftCards ?? .zero(amount.currency)
        self.isWhole = isWhole
    }

    /// Σ `tenders`: what the customer gets.
    public var given: Money { Money.sum(tenders.map(\.amount), currency: amount.currency) }
    /// What cash rounding adds; negative where it takes off.
    public var rounding: Money { given - amount - giftCards }
    /// Whether a card terminal has to be asked.
    public var needsApproval: Bool { tenders.contains(where: \.needsApproval) }
}

extension Order {
    /// What was paid for each line, tax included: what all its units together give back.
    public var paidByLine: [Money] {
        let bases = items.map { $0.total - $0.lineDiscount - $0.orderDiscount }
        let exempted = exemptedByLine(bases)
        return items.indices.map { index in
            let onTop =
                switch taxMode {
                case .added: items[index].tax
                case .included: Money.zero(total.currency)
                }
            return bases[index] - exempted[index] + onTop
        }
    }

    /// What each line cost less than its price as no tax was asked for: once a rate, as when it was sold.
    private func exemptedByLine(_ bases: [Money]) -> [Money] {
        guard !exempted.isZero else { return bases.map { _ in .zero(total.currency) } }
        var parts = bases.map { _ in Money.zero(total.currency) }
        for (rate, indices) in Dictionary(grouping: items.indices, by: { items[$0].taxRate }) {
            let shares = indices.map { bases[$0] }
            let part = rate?.partIncluded(in: .sum(shares, currency: total.currency)) ?? .zero(total.currency)
            for (index, share) in zip(indices, AmountSplit.parts(of: part, over: shares)) {
                parts[index] = share
            }
        }
        // Where the lines do not tell their rates, it is split over all of them.
        let isWhole = Money.sum(parts, currency: total.currency) == exempted
        return isWhole ? parts : AmountSplit.parts(of: exempted, over: bases)
    }

    /// Every unit that did not come back yet, for the shelf.
    public var allReturnable: [RefundDraft.Line] {
        items.filter { $0.returnable > 0 }.map { RefundDraft.Line(itemID: $0.id, quantity: $0.returnable) }
    }
}

extension Refund.Tender {
    /// Whether the card terminal prints an approval code for it.
    public var needsApproval: Bool {
        switch method.kind {
        case .externalCard: true
        case .cash, .simulatedCard, .online, .giftCard, .storeCredit: false
        }
    }

    /// - Throws: `paymentRefused` for a card without a usable code.
    func approved(by code: String?) throws(StoreError) -> Refund.Tender {
        guard needsApproval, !isMoved else { return self }
        let code = try PaymentRequest(methodID: method.id, approvalCode: code).checkedCode()
        return Refund.Tender(paymentID: paymentID, method: method, amount: amount, approvalCode: code)
    }
}

extension Refund {
    fileprivate func entry(_ number: DocumentNumber) -> JournalEntry {
        var data: [String: CanonicalJSON] = [
            "order": .integer(orderID), "number": .text(number.text), "reason": .text(reason),
            "lines": .array(
                lines.map { line in
                    .array([.integer(line.itemID), .integer(Int64(line.quantity)), .minor(line.amount)])
                }),
            "tenders": .array(
                tenders.map { tender in
                    .object([
                        "method": .text(tender.method.id), "amount": .minor(tender.amount),
                        "approval": .optional(tender.approvalCode),
                    ])
                }),
        ]
        switch kind {
        case .refund: return JournalEntry(.refund, data)
        case .void:
            data["seller"] = .integer(bookedOn)
            return JournalEntry(.saleVoided, data)
        }
    }
}
