/// What is asked for when goods come back.
public struct RefundDraft: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        /// An `OrderItem.id` of the order.
        public let itemID: Int64
        /// 1 or more.
        public let quantity: Int
        /// Whether the goods can be sold again; otherwise they are booked as a loss.
        public let restocks: Bool

        public init(itemID: Int64, quantity: Int, restocks: Bool = true) {
            self.itemID = itemID
            self.quantity = quantity
            self.restocks = restocks
        }
    }

    public let orderID: Int64
    public let lines: [Line]
    /// 1…200 characters.
    public let reason: String
    /// The method that the money goes back by; nil for the tenders it came by. Another one needs
    /// `refundOtherwise`.
    public let methodID: String?
    /// What the card terminal printed for the refund, where money goes back to a card.
    public let approvalCode: String?
    /// What was said to go back, tax included; nil where nobody was told a figure.
    public let agreed: Money?
    /// Gift cards of the sale that come back, each at most once.
    public let cards: [GiftCardBack]

    /// - Throws: `invalid` without lines and cards, for a quantity below 1, an item or a card named twice, or no
    ///   reason.
    public init(
        orderID: Int64, lines: [Line], reason: String, methodID: String? = nil, approvalCode: String? = nil,
        agreed: Money? = nil, cards: [GiftCardBack] = []
    ) throws(StoreError) {
        guard !lines.isEmpty || !cards.isEmpty, lines.allSatisfy({ $0.quantity > 0 }),
            Set(lines.map(\.itemID)).count == lines.count, Set(cards.map(\.cardID)).count == cards.count
        else {
            throw .invalid([FieldProblem("lines", "must name each returned line once, with 1 or more")])
        }
        self.orderID = orderID
        self.lines = lines
        self.reason = try Reason.checked(reason)
        self.methodID = methodID
        self.approvalCode = approvalCode
        self.agreed = agreed
        self.cards = cards
    }

    /// One text for one content.
    public var fingerprintText: String {
        let items = lines.map { "\($0.itemID)x\($0.quantity)\($0.restocks ? "" : "!")" }
        let back =
            cards.isEmpty
            ? "" : "#" + cards.map { "\($0.cardID)x\($0.amount.minorUnits)" }.joined(separator: ",")
        let start =
            "refund|\(orderID)|\(items.joined(separator: ","))\(back)|\(methodID ?? "")|\(approvalCode ?? "")|\(reason)"
        return agreed.map { "\(start)|\($0.minorUnits)" } ?? start
    }
}

/// What is asked for when a whole sale is taken back in the shift in which it was sold.
public struct VoidDraft: Hashable, Sendable, Codable {
    public let orderID: Int64
    /// 1…200 characters.
    public let reason: String
    /// What the card terminal printed for the reversal, where money goes back to a card.
    public let approvalCode: String?

    /// - Throws: `invalid` without a reason.
    public init(orderID: Int64, reason: String, approvalCode: String? = nil) throws(StoreError) {
        self.orderID = orderID
        self.reason = try Reason.checked(reason)
        self.approvalCode = approvalCode
    }

    /// One text for one content.
    public var fingerprintText: String { "void|\(orderID)|\(approvalCode ?? "")|\(reason)" }
}

/// Why money goes back.
public enum RefundKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// Goods came back.
    case refund
    /// The whole sale was taken back in the shift in which it was sold.
    case void
}

/// Goods that came back and the money that was given for them: a document of its own.
public struct Refund: Hashable, Sendable, Codable, Identifiable {
    public struct Line: Hashable, Sendable, Codable {
        public let itemID: Int64
        public let quantity: Int
        /// What is given back for it, tax included, 0 or more.
        public let amount: Money
        /// The tax in `amount`.
        public let tax: Money
        public let restocks: Bool

        public init(itemID: Int64, quantity: Int, amount: Money, tax: Money, restocks: Bool) {
            self.itemID = itemID
            self.quantity = quantity
            self.amount = amount
            self.tax = tax
            self.restocks = restocks
        }
    }

    /// Money that goes back by one method.
    public struct Tender: Hashable, Sendable, Codable {
        /// The payment it goes back to; nil where it goes another way.
        public let paymentID: Int64?
        public let method: PaymentMethod
        /// More than 0.
        public let amount: Money
        public let approvalCode: String?
        /// Whether it stays here and pays what was taken in exchange, so that nobody hands it out.
        public let isMoved: Bool

        public init(
            paymentID: Int64?, method: PaymentMethod, amount: Money, approvalCode: String? = nil,
            isMoved: Bool = false
        ) {
            self.paymentID = paymentID
            self.method = method
            self.amount = amount
            self.approvalCode = approvalCode
            self.isMoved = isMoved
        }
    }

    public private(set) var id: Int64
    public let orderID: Int64
    public let number: DocumentNumber?
    public let lines: [Line]
    public let reason: String
    public let tenders: [Tender]
    /// Σ `lines`.
    public let amount: Money
    /// What was given for gift cards that came back: no part of `amount`, as they were no turnover.
    public let giftCards: Money
    /// What cash rounding adds. Σ tenders = amount + gift cards + rounding.
    public let rounding: Money
    /// Who gave the money back.
    public let operatorID: Int64
    public let till: String
    public let at: Timestamp
    public let kind: RefundKind
    /// On whose figures it counts: who sold it for a void, else `operatorID`.
    public let bookedOn: Int64
    /// The sale that the goods were exchanged in: the document that this is a part of, so that it has no number
    /// of its own. nil for a refund by itself.
    public private(set) var exchangeID: Int64?
    /// How the journal's record of it begins; nil before it is stored, and where the service does not tell.
    public private(set) var journalMark: String?

    public init(
        id: Int64, orderID: Int64, number: DocumentNumber?, lines: [Line], reason: String, tenders: [Tender],
        amount: Money, giftCards: Money? = nil, rounding: Money, operatorID: Int64, till: String,
        at: Timestamp, kind: RefundKind = .refund, bookedOn: Int64? = nil, exchangeID: Int64? = nil,
        journalMark: String? = nil
    ) {
        self.exchangeID = exchangeID
        self.journalMark = journalMark
        self.id = id
        self.orderID = orderID
        self.number = number
        self.lines = lines
        self.reason = reason
        self.tenders = tenders
        self.amount = amount
        self.giftCards = giftCards ?? .zero(amount.currency)
        self.rounding = rounding
        self.operatorID = operatorID
        self.till = till
        self.at = at
        self.kind = kind
        self.bookedOn = bookedOn ?? operatorID
    }

    /// The same refund with the id that its engine gave.
    public func with(id: Int64) -> Refund {
        var copy = self
        copy.id = id
        return copy
    }

    /// The same refund as a part of an exchange.
    public func with(exchangeID: Int64) -> Refund {
        var copy = self
        copy.exchangeID = exchangeID
        return copy
    }

    /// The same refund with how the journal's record of it begins.
    public func with(journalMark: String) -> Refund {
        var copy = self
        copy.journalMark = journalMark
        return copy
    }
}
