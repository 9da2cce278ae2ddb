/// What is asked for when goods come back without a receipt. The money is worked out from the goods: nobody says
/// what was paid for them.
public struct LooseReturnDraft: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public let productID: Int64
        /// `Quantity.range`
        public let quantity: Int
        /// Whether the goods can be sold again; otherwise they are booked as a loss.
        public let restocks: Bool

        public init(productID: Int64, quantity: Int, restocks: Bool = true) {
            self.productID = productID
            self.quantity = quantity
            self.restocks = restocks
        }
    }

    public let till: String
    public let lines: [Line]
    /// 1…200 characters.
    public let reason: String
    /// Who brings the goods, 1…100 characters.
    public let name: String
    /// Whose credit the money becomes; nil for a card with a code.
    public let customerID: Int64?
    /// Another way in which the money goes back, which needs `refundOtherwise`; nil for store credit.
    public let methodID: String?
    /// The code of the card that is made, made and kept by the caller before the first try.
    public let code: GiftCardCode?
    /// What the card terminal printed, where money goes to a card.
    public let approvalCode: String?
    /// What was said to go back, tax included; nil where nobody was told a figure.
    public let agreed: Money?

    /// - Throws: `invalid`.
    public init(
        till: String, lines: [Line], reason: String, name: String, customerID: Int64? = nil,
        methodID: String? = nil, code: GiftCardCode? = nil, approvalCode: String? = nil, agreed: Money? = nil
    ) throws(StoreError) {
        try Self.check(lines)
        guard Till.isName(till) else {
            throw .invalid([FieldProblem("till", "must be 1 to 20 lower-case letters or digits")])
        }
        let name = name.cleanText
        guard (1...100).contains(name.count) else {
            throw .invalid([FieldProblem("name", "must be 1 to 100 characters")])
        }
        self.till = till
        self.lines = lines
        self.reason = try Reason.checked(reason)
        self.name = name
        self.customerID = customerID
        self.methodID = methodID
        self.code = code
        self.approvalCode = approvalCode
        self.agreed = agreed
    }

    /// - Throws: `invalid` for lines that no return has.
    public static func check(_ lines: [Line]) throws(StoreError) {
        guard (1...Order.maximumLines).contains(lines.count),
            Set(lines.map(\.productID)).count == lines.count
        else {
            throw .invalid([FieldProblem("lines", "must name each product once, 1 to \(Order.maximumLines)")])
        }
        for line in lines { try Quantity.check(line.quantity) }
    }

    /// One text for one content.
    public var fingerprintText: String {
        let items = lines.map { "\($0.productID)x\($0.quantity)\($0.restocks ? "" : "!")" }
        return [
            "return", till, items.joined(separator: ","), reason, name, customerID.map(String.init) ?? "",
            methodID ?? "", code?.text ?? "", approvalCode ?? "",
            agreed.map { String($0.minorUnits) } ?? "",
        ].joined(separator: "|")
    }
}

/// What goods without a receipt are worth: the lowest price of thirty days for each.
public struct LooseReturnFigures: Hashable, Sendable, Codable {
    public let lines: [LooseReturn.Line]
    /// Σ `lines`, tax included.
    public let amount: Money

    public init(lines: [LooseReturn.Line]) {
        self.lines = lines
        amount = .sum(lines.map(\.amount), currency: lines.first?.amount.currency ?? .usd)
    }

    public var tax: Money { .sum(lines.map(\.tax), currency: amount.currency) }
}

/// Goods that came back without a receipt: a document of its own, with a number of the refunds' series.
public struct LooseReturn: Hashable, Sendable, Codable, Identifiable {
    public struct Line: Hashable, Sendable, Codable {
        public let productID: Int64
        public let name: String
        public let sku: String?
        public let quantity: Int
        /// What one of them is taken back for, as prices are kept: with or without tax.
        public let unitPrice: Money
        /// What is given for it, tax included.
        public let amount: Money
        /// The tax in `amount`.
        public let tax: Money
        public let taxRate: Rate
        public let taxClass: String?
        public let restocks: Bool

        public init(
            productID: Int64, name: String, sku: String?, quantity: Int, unitPrice: Money, amount: Money,
            tax: Money, taxRate: Rate, taxClass: String?, restocks: Bool
        ) {
            self.productID = productID
            self.name = name
            self.sku = sku
            self.quantity = quantity
            self.unitPrice = unitPrice
            self.amount = amount
            self.tax = tax
            self.taxRate = taxRate
            self.taxClass = taxClass
            self.restocks = restocks
        }
    }

    public let id: Int64
    public let number: DocumentNumber
    public let lines: [Line]
    public let reason: String
    public let name: String
    public let customerID: Int64?
    public let tenders: [Refund.Tender]
    /// Σ `lines`.
    public let amount: Money
    /// Σ tenders = amount + rounding.
    public let rounding: Money
    /// The card that the money went on; nil where it went another way.
    public let card: GiftCard?
    /// Of a card that was made for it, only in the answer to the return: nobody can be told it later.
    public let code: GiftCardCode?
    public let operatorID: Int64
    public let till: String
    public let at: Timestamp

    public init(
        id: Int64, number: DocumentNumber, lines: [Line], reason: String, name: String, customerID: Int64?,
        tenders: [Refund.Tender], amount: Money, rounding: Money, card: GiftCard? = nil,
        code: GiftCardCode? = nil, operatorID: Int64, till: String, at: Timestamp
    ) {
        self.id = id
        self.number = number
        self.lines = lines
        self.reason = reason
        self.name = name
        self.customerID = customerID
        self.tenders = tenders
        self.amount = amount
        self.rounding = rounding
        self.card = card
        self.code = code
        self.operatorID = operatorID
        self.till = till
        self.at = at
    }

    /// The same return with the id that its engine gave.
    public func with(id: Int64) -> LooseReturn { with(id: id, card: card, code: code) }

    /// The same return with the card that its money went on.
    public func with(card: GiftCard?, code: GiftCardCode?) -> LooseReturn {
        with(id: id, card: card, code: code)
    }

    private func with(id: Int64, card: GiftCard?, code: GiftCardCode?) -> LooseReturn {
        LooseReturn(
            id: id, number: number, lines: lines, reason: reason, name: name, customerID: customerID,
            tenders: tenders, amount: amount, rounding: rounding, card: card, code: code,
            operatorID: operatorID, till: till, at: at)
    }
}

/// A return without a receipt to be stored.
public struct NewLooseReturn: Hashable, Sendable {
    public let document: LooseReturn
    public let shiftID: Int64?
    public let key: IdempotencyKey
    /// What was asked for, as text: the same for the same request.
    public let content: String

    public init(_ document: LooseReturn, shiftID: Int64?, key: IdempotencyKey, content: String) {
        self.document = document
        self.shiftID = shiftID
        self.key = key
        self.content = content
    }
}

/// What stands under the key of a return without a receipt.
public struct KeptReturn: Hashable, Sendable {
    public let isSameContent: Bool
    public let id: Int64

    public init(isSameContent: Bool, id: Int64) {
        self.isSameContent = isSameContent
        self.id = id
    }
}
