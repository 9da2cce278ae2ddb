/// The rules of giving goods and money back, as pure functions.
///
/// 0 ≤ Σ returned ≤ sold for every line; all units of a line together give back what it cost, to the minor
/// unit, in whatever steps. Money goes back to the tenders it came by, the newest first, each up to what is
/// left of it.
public enum Refunding {
    /// What a refund looks at beside its order.
    public struct Facts: Sendable {
        /// The refunds that the order had before.
        public let earlier: [Refund]
        /// Every method of the shop.
        public let methods: [PaymentMethod]
        public let rounding: CashRounding
        public let principal: Principal
        public let operatorID: Int64
        public let till: String
        public let shiftID: Int64?
        /// The till's series of refunds and its last position.
        public let numbers: (series: NumberSeries, last: Int)
        /// The products of the order that are counted.
        public let tracked: Set<Int64>
        public let now: Timestamp

        public init(
            earlier: [Refund], methods: [PaymentMethod], rounding: CashRounding, principal: Principal,
            operatorID: Int64, till: String, shiftID: Int64?, numbers: (series: NumberSeries, last: Int),
            tracked: Set<Int64>, now: Timestamp
        ) {
            self.earlier = earlier
            self.methods = methods
            self.rounding = rounding
            self.principal = principal
            self.operatorID = operatorID
            self.till = till
            self.shiftID = shiftID
            self.numbers = numbers
            self.tracked = tracked
            self.now = now
        }
    }

    /// - Throws: `wrongStatus` for an order that is not paid, `notFound`, `notReturnable`, `notAllowed`,
    ///   `paymentRefused`.
    public static func refund(_ draft: RefundDraft, of order: Order, _ facts: Facts) throws(StoreError)
        -> Changes
    {
        guard order.status == .paid || order.status == .partiallyRefunded else {
            throw .wrongStatus(orderID: order.id, status: order.status)
        }
        let lines = try lines(draft, of: order)
        let amount = Money.sum(lines.map(\.amount), currency: order.total.currency)
        let left = order.total - order.refunded
        guard amount <= left else { throw .paymentRefused(.moreThanDue(due: left)) }
        try facts.principal.require(.refund, amount: amount)
        let isWhole = returnsAll(draft, of: order)
        let tenders = try tenders(amount, isWhole: isWhole, draft, order, facts)
        let given = Money.sum(tenders.map(\.amount), currency: amount.currency)
        let number = DocumentNumber(series: facts.numbers.series, position: facts.numbers.last + 1)

        var changes = Changes()
        changes.numbers[facts.numbers.series] = number.position
        changes.newRefund = NewRefund(
            Refund(
                id: 0, orderID: order.id, number: number, lines: lines, reason: draft.reason,
                tenders: tenders, amount: amount, rounding: given - amount, operatorID: facts.operatorID,
                till: facts.till, at: facts.now),
            shiftID: facts.shiftID)
        changes.orders = [
            OrderChange(
                .standing(order.id), status: isWhole ? .refunded : .partiallyRefunded, refunded: amount,
                returned: Dictionary(uniqueKeysWithValues: draft.lines.map { ($0.itemID, $0.quantity) }))
        ]
        changes.movements = movements(draft, of: order, facts.tracked)
        changes.journal = [entry(order, lines, tenders, number: number, reason: draft.reason)]
        return changes
    }

    // MARK: - Lines

    private static func lines(_ draft: RefundDraft, of order: Order) throws(StoreError) -> [Refund.Line] {
        let bases = order.items.map { $0.total - $0.lineDiscount - $0.orderDiscount }
        let exempted = AmountSplit.parts(of: order.exempted, over: bases)
        var lines: [Refund.Line] = []
        for line in draft.lines {
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
            let onTop =
                switch order.taxMode {
                case .added: item.tax
                case .included: Money.zero(item.tax.currency)
                }
            // One share of what was paid, so that rounding never makes a unit worth less than nothing.
            let paid = bases[index] - exempted[index] + onTop
            lines.append(
                Refund.Line(
                    itemID: item.id, quantity: line.quantity, amount: share(paid), tax: share(item.tax),
                    restocks: line.restocks))
        }
        return lines
    }

    private static func returnsAll(_ draft: RefundDraft, of order: Order) -> Bool {
        let back = Dictionary(uniqueKeysWithValues: draft.lines.map { ($0.itemID, $0.quantity) })
        return order.items.allSatisfy { $0.returnable == back[$0.id] ?? 0 }
    }

    private static func movements(_ draft: RefundDraft, of order: Order, _ tracked: Set<Int64>)
        -> [NewMovement]
    {
        draft.lines.flatMap { line -> [NewMovement] in
            guard let item = order.items.first(where: { $0.id == line.itemID }),
                tracked.contains(item.productID)
            else { return [] }
            let back = NewMovement(
                productID: item.productID, kind: .return, quantity: line.quantity,
                order: .standing(order.id), reason: draft.reason)
            let loss = NewMovement(
                productID: item.productID, kind: .loss, quantity: -line.quantity, reason: draft.reason)
            return line.restocks ? [back] : [back, loss]
        }
    }

    // MARK: - Money

    private static func tenders(
        _ amount: Money, isWhole: Bool, _ draft: RefundDraft, _ order: Order, _ facts: Facts
    ) throws(StoreError) -> [Refund.Tender] {
        if let methodID = draft.methodID {
            guard let method = facts.methods.first(where: { $0.id == methodID }) else {
                throw .paymentRefused(.methodNotTaken)
            }
            guard amount.minorUnits > 0 else { return [] }
            // Back by the one method that everything came by is no other way.
            if order.payments.contains(where: { $0.method.id != methodID }) {
                try facts.principal.require(.refundOtherwise)
            }
            let due = method.kind == .cash ? facts.rounding.rounded(amount) : amount
            return [try tender(nil, method, due, draft)]
        }
        var tenders: [Refund.Tender] = []
        // What went back another way before is not given back again.
        let completes = isWhole && !facts.earlier.flatMap(\.tenders).contains { $0.paymentID == nil }
        var due = amount
        for payment in order.payments.reversed() {
            let back = facts.earlier.flatMap(\.tenders).filter { $0.paymentID == payment.id }.map(\.amount)
            let left = payment.amount - .sum(back, currency: amount.currency)
            let wanted = payment.method.kind == .cash ? facts.rounding.rounded(due) : due
            let part = completes ? left : min(left, wanted)
            // What rounding leaves over is no debt to an older tender.
            due = part == wanted ? .zero(amount.currency) : due - part
            guard part.minorUnits > 0 else { continue }
            tenders.append(try tender(payment.id, payment.method, part, draft))
        }
        return tenders
    }

    private static func tender(
        _ paymentID: Int64?, _ method: PaymentMethod, _ amount: Money, _ draft: RefundDraft
    ) throws(StoreError) -> Refund.Tender {
        var code: String?
        switch method.kind {
        case .externalCard:
            code = try PaymentRequest(methodID: method.id, approvalCode: draft.approvalCode).checkedCode()
        case .cash, .simulatedCard, .online: break
        }
        return Refund.Tender(paymentID: paymentID, method: method, amount: amount, approvalCode: code)
    }

    private static func entry(
        _ order: Order, _ lines: [Refund.Line], _ tenders: [Refund.Tender], number: DocumentNumber,
        reason: String
    ) -> JournalEntry {
        JournalEntry(
            .refund,
            [
                "order": .integer(order.id), "number": .text(number.text), "reason": .text(reason),
                "lines": .array(
                    lines.map { line in
                        .array([
                            .integer(line.itemID), .integer(Int64(line.quantity)), .minor(line.amount),
                        ])
                    }),
                "tenders": .array(
                    tenders.map { tender in
                        .object([
                            "method": .text(tender.method.id), "amount": .minor(tender.amount),
                            "approval": .optional(tender.approvalCode),
                        ])
                    }),
            ])
    }
}
