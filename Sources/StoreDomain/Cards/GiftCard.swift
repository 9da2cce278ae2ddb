/// Money that a shop owes to whoever shows a card's code, or to a customer. Its balance is the sum of its movements
/// and never below zero.
public struct GiftCard: Hashable, Sendable, Codable, Identifiable {
    /// Whose it is.
    public enum Holder: Hashable, Sendable, Codable {
        /// Whoever has the code, of which these are the last four characters.
        case bearer(lastFour: String)
        /// The customer with this account: store credit, without a code.
        case account(Int64)
    }

    public let id: Int64
    public let holder: Holder
    /// Who it was made out to: the customer's name, or the name on a return without a receipt.
    public let name: String?
    public let balance: Money
    /// From then on it pays nothing; nil for never.
    public let expiresAt: Timestamp?
    public let createdAt: Timestamp

    public init(
        id: Int64, holder: Holder, name: String?, balance: Money, expiresAt: Timestamp?, createdAt: Timestamp
    ) {
        self.id = id
        self.holder = holder
        self.name = name
        self.balance = balance
        self.expiresAt = expiresAt
        self.createdAt = createdAt
    }

    public func isExpired(at now: Timestamp) -> Bool { expiresAt.map { $0 <= now } ?? false }

    /// nil for store credit.
    public var lastFour: String? {
        switch holder {
        case .bearer(let lastFour): lastFour
        case .account: nil
        }
    }

    /// "Gift card …ABCD", "Store credit of Ann".
    public var title: String {
        switch holder {
        case .bearer(let lastFour): GiftCard.title(lastFour)
        case .account: name.map { "Store credit of \($0)" } ?? "Store credit"
        }
    }

    /// What a card is called whose code ends so.
    public static func title(_ lastFour: String) -> String { "Gift card \u{2026}\(lastFour)" }
}

/// What happened to a card.
public enum GiftCardMovementKind: String, Hashable, Sendable, Codable, CaseIterable {
    /// It was sold, or given by the shop.
    case issue
    /// It paid.
    case redeem
    /// Money went back on it, or on a new one.
    case refund
    /// It was given back, and with it what was paid for it.
    case takeBack = "take-back"
    /// What was left on it fell to the shop.
    case expire

    public var word: String {
        switch self {
        case .issue: "issued"
        case .redeem: "paid with"
        case .refund: "refunded to"
        case .takeBack: "taken back"
        case .expire: "expired"
        }
    }
}

/// An entry in the ledger of a card. It is never changed.
public struct GiftCardMovement: Hashable, Sendable, Codable, Identifiable {
    public let id: Int64
    public let kind: GiftCardMovementKind
    /// Below zero for what leaves the card.
    public let amount: Money
    /// The balance behind it.
    public let left: Money
    /// The sale that sold the card or was paid with it, or of which something came back.
    public let orderID: Int64?
    /// The receipt's or refund's number.
    public let number: DocumentNumber?
    /// Who did it; nil for the store's operator.
    public let by: Int64?
    public let reason: String?
    public let at: Timestamp

    public init(
        id: Int64, kind: GiftCardMovementKind, amount: Money, left: Money, orderID: Int64?,
        number: DocumentNumber?, by: Int64?, reason: String?, at: Timestamp
    ) {
        self.id = id
        self.kind = kind
        self.amount = amount
        self.left = left
        self.orderID = orderID
        self.number = number
        self.by = by
        self.reason = reason
        self.at = at
    }
}

/// A card with all that happened to it, in its order.
public struct GiftCardHistory: Hashable, Sendable, Codable {
    public let card: GiftCard
    public let movements: [GiftCardMovement]

    public init(card: GiftCard, movements: [GiftCardMovement]) {
        self.card = card
        self.movements = movements
    }
}

/// A card that a sale sold.
public struct SoldGiftCard: Hashable, Sendable, Codable, Identifiable {
    /// The card's.
    public let id: Int64
    public let lastFour: String
    /// What was paid for it.
    public let amount: Money
    /// How much of that went back for the card.
    public let returned: Money
    /// What is on it now.
    public let balance: Money
    /// Only in the answer to the sale: nobody can be told it later.
    public let code: GiftCardCode?

    public init(
        id: Int64, lastFour: String, amount: Money, returned: Money? = nil, balance: Money? = nil,
        code: GiftCardCode? = nil
    ) {
        self.id = id
        self.lastFour = lastFour
        self.amount = amount
        self.returned = returned ?? .zero(amount.currency)
        self.balance = balance ?? amount
        self.code = code
    }

    /// What can still be given back for it: no more than is on it.
    public var refundable: Money { max(.zero(amount.currency), min(amount - returned, balance)) }

    public func with(code: GiftCardCode?) -> SoldGiftCard {
        SoldGiftCard(
            id: id, lastFour: lastFour, amount: amount, returned: returned, balance: balance, code: code)
    }
}

/// The card that a payment was taken from.
public struct PaymentCard: Hashable, Sendable, Codable {
    public let id: Int64
    /// nil for store credit.
    public let lastFour: String?
    /// What was left on it.
    public let left: Money

    public init(id: Int64, lastFour: String?, left: Money) {
        self.id = id
        self.lastFour = lastFour
        self.left = left
    }
}
