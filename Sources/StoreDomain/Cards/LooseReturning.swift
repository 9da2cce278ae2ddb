/// The rules of taking goods back without a receipt, as pure functions.
public enum LooseReturning {
    /// How far back the lowest price is looked for.
    public static let days: Int64 = 30

    /// What a return without a receipt looks at.
    public struct Facts: Sendable {
        public let policy: ShopPolicy
        /// What is known of the products, on sale or not.
        public let offers: [Int64: Offer]
        /// The lowest price at which each was listed when it was sold within `days`; none was sold of those missing.
        public let lowest: [Int64: Money]
        public let methods: [PaymentMethod]
        public let principal: Principal
        public let operatorID: Int64
        /// The customer's credit; nil without a customer or without credit so far.
        public let credit: GiftCard?
        /// The customer's name; nil without a customer.
        public let customer: String?
        public let shiftID: Int64?
        public let numbers: (series: NumberSeries, last: Int)
        public let now: Timestamp

        public init(
            policy: ShopPolicy, offers: [Int64: Offer], lowest: [Int64: Money], methods: [PaymentMethod],
            principal: Principal, operatorID: Int64, credit: GiftCard?, customer: String?, shiftID: Int64?,
            numbers: (series: NumberSeries, last: Int), now: Timestamp
        ) {
            self.policy = policy
            self.offers = offers
            self.lowest = lowest
            self.methods = methods
            self.principal = principal
            self.operatorID = operatorID
            self.credit = credit
            self.customer = customer
            self.shiftID = shiftID
            self.numbers = numbers
            self.now = now
        }
    }

    /// What goods are worth that come back without a receipt.
    ///
    /// - Parameters:
    ///   - offers: what is known of their products.
    ///   - lowest: the lowest price of those that were sold in the last thirty days.
    /// - Throws: `notFound`.
    public static func figures(
        _ back: [LooseReturnDraft.Line], offers: [Int64: Offer], lowest: [Int64: Money], policy: ShopPolicy,
        at now: Timestamp
    ) throws(StoreError) -> LooseReturnFigures {
        var lines: [SaleLine] = []
        for line in back {
            guard let offer = offers[line.productID] else { throw .notFound(.product(line.productID)) }
            let price = lowest[line.productID].map { min($0, offer.price) } ?? offer.price
            lines.append(
                SaleLine(
                    productID: offer.productID, name: offer.name, sku: offer.sku, quantity: line.quantity,
                    unitPrice: price, listPrice: offer.price, taxClass: offer.taxClass))
        }
        let priced = PricedSale(lines, discount: .code(.none), policy: policy, at: now)
        return LooseReturnFigures(
            lines: zip(back, priced.lines).map { back, priced in
                let onTop = policy.taxMode == .added ? priced.tax : .zero(policy.currency)
                return LooseReturn.Line(
                    productID: back.productID, name: priced.line.name, sku: priced.line.sku,
                    quantity: back.quantity, unitPrice: priced.line.unitPrice,
                    amount: priced.line.gross + onTop, tax: priced.tax, taxRate: priced.taxRate,
                    taxClass: priced.line.taxClass, restocks: back.restocks)
            })
    }

    /// Takes the goods back.
    ///
    /// - Throws: as `figures`, and `notAllowed`, `paymentRefused`, `invalid` for a card without a code.
    public static func take(_ draft: LooseReturnDraft, key: IdempotencyKey, _ facts: Facts)
        throws(StoreError) -> Changes
    {
        try facts.principal.require(.refundWithoutReceipt)
        let figures = try figures(
            draft.lines, offers: facts.offers, lowest: facts.lowest, policy: facts.policy, at: facts.now)
        let method = try method(draft, facts)
        let given = method.kind == .cash ? facts.policy.cashRounding.rounded(figures.amount) : figures.amount
        if let agreed = draft.agreed, agreed != given { throw .paymentRefused(.comesTo(given)) }
        var changes = Changes()
        var tenders: [Refund.Tender] = []
        if given.minorUnits > 0 {
            let tender = Refund.Tender(paymentID: nil, method: method, amount: given)
            tenders = [try tender.approved(by: draft.approvalCode)]
            if method.kind.isStoredValue { try changes.credit(given, draft, method, facts) }
        }
        let number = DocumentNumber(series: facts.numbers.series, position: facts.numbers.last + 1)
        let document = LooseReturn(
            id: 0, number: number, lines: figures.lines, reason: draft.reason, name: draft.name,
            customerID: draft.customerID, tenders: tenders, amount: figures.amount,
            rounding: given - figures.amount, operatorID: facts.operatorID, till: draft.till, at: facts.now)
        changes.numbers[facts.numbers.series] = number.position
        changes.looseReturn = NewLooseReturn(
            document, shiftID: facts.shiftID, key: key, content: draft.fingerprintText)
        changes.movements = movements(draft, number, facts.offers)
        changes.journal.append(document.entry)
        return changes
    }

    private static func method(_ draft: LooseReturnDraft, _ facts: Facts) throws(StoreError)
        -> PaymentMethod
    {
        let own: PaymentKind = draft.customerID == nil ? .giftCard : .storeCredit
        let found = facts.methods.first { method in
            draft.methodID.map { method.id == $0 } ?? (method.kind == own)
        }
        guard let method = found else { throw .paymentRefused(.methodNotTaken) }
        switch method.kind {
        case .giftCard: break
        case .storeCredit: guard draft.customerID != nil else { throw .paymentRefused(.noCredit) }
        case .cash, .externalCard: try facts.principal.require(.refundOtherwise)
        case .simulatedCard, .online: throw .paymentRefused(.methodNotTaken)
        }
        return method
    }

    /// Goods come back without a sale, so that they are booked in as a correction.
    private static func movements(
        _ draft: LooseReturnDraft, _ number: DocumentNumber, _ offers: [Int64: Offer]
    ) -> [NewMovement] {
        draft.lines.flatMap { line -> [NewMovement] in
            guard offers[line.productID]?.stock.isTracked == true else { return [] }
            let reason = "\(number.text): \(draft.reason)"
            let back = NewMovement(
                productID: line.productID, kind: .correction, quantity: line.quantity, reason: reason,
                isOfRefund: true)
            let loss = NewMovement(
                productID: line.productID, kind: .loss, quantity: -line.quantity, reason: reason,
                isOfRefund: true)
            return line.restocks ? [back] : [back, loss]
        }
    }
}

extension Changes {
    /// Puts the money on the customer's credit or on a new card.
    fileprivate mutating func credit(
        _ amount: Money, _ draft: LooseReturnDraft, _ method: PaymentMethod, _ facts: LooseReturning.Facts
    ) throws(StoreError) {
        var movement: NewCardMovement
        if method.kind == .storeCredit, let credit = facts.credit {
            movement = NewCardMovement(
                card: .standing(credit.id), kind: .refund, amount: amount, left: credit.balance + amount)
        } else {
            let isCredit = method.kind == .storeCredit
            if !isCredit, draft.code == nil {
                throw .invalid([FieldProblem("code", "is missing: the money goes on a card")])
            }
            newCards = [
                NewGiftCard(
                    code: isCredit ? nil : draft.code, accountID: isCredit ? draft.customerID : nil,
                    name: isCredit ? facts.customer : draft.name,
                    expiresAt: isCredit ? nil : GiftCards.expiry(facts.policy, at: facts.now))
            ]
            movement = NewCardMovement(card: .new(0), kind: .refund, amount: amount, left: amount)
        }
        movement.isOfRefund = true
        movement.shiftID = facts.shiftID
        movement.reason = draft.reason
        cardMovements = [movement]
    }
}

extension LooseReturn {
    fileprivate var entry: JournalEntry {
        JournalEntry(
            .looseReturn,
            [
                // A customer is known by the number: a name that is erased must stand in no record.
                "number": .text(number.text), "reason": .text(reason),
                "name": customerID == nil ? .text(name) : .null,
                "customer": .optional(customerID), "amount": .minor(amount),
                "lines": .array(
                    lines.map { line in
                        .array([
                            .integer(line.productID), .integer(Int64(line.quantity)), .minor(line.amount),
                        ])
                    }),
                "tenders": .array(
                    tenders.map { tender in
                        .object(["method": .text(tender.method.id), "amount": .minor(tender.amount)])
                    }),
            ])
    }
}
