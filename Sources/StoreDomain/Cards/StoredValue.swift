/// What the gift cards and the credit that tenders name hold, before any of them is taken.
public struct StoredValue: Sendable {
    public var cards: [GiftCardCode: GiftCard]
    /// The customer's; nil without a customer or without credit.
    public var credit: GiftCard?

    public init(cards: [GiftCardCode: GiftCard] = [:], credit: GiftCard? = nil) {
        self.cards = cards
        self.credit = credit
    }

    /// The card that a tender pays with.
    ///
    /// - Throws: `paymentRefused`.
    func card(of tender: PaymentRequest, by method: PaymentMethod, at now: Timestamp) throws(StoreError)
        -> GiftCard
    {
        let found: GiftCard?
        if method.kind == .storeCredit {
            guard let credit else { throw .paymentRefused(.noCredit) }
            found = credit
        } else {
            guard let code = tender.cardCode else { throw .paymentRefused(.cardCodeMissing) }
            found = cards[code]
        }
        guard let card = found else { throw .paymentRefused(.cardUnknown) }
        guard !card.isExpired(at: now) else { throw .paymentRefused(.cardExpired) }
        return card
    }
}

/// Balances while one document takes from them and puts back.
struct CardBalances {
    private var balances: [Int64: Money] = [:]

    func balance(of card: GiftCard) -> Money { balances[card.id] ?? card.balance }

    /// - Returns: the balance behind it.
    mutating func move(_ amount: Money, on card: GiftCard) -> Money {
        let left = balance(of: card) + amount
        balances[card.id] = left
        return left
    }
}

/// A card to be made.
public struct NewGiftCard: Hashable, Sendable {
    /// nil for store credit.
    public let code: GiftCardCode?
    /// Whose credit it is.
    public let accountID: Int64?
    public let name: String?
    public let expiresAt: Timestamp?

    public init(code: GiftCardCode?, accountID: Int64? = nil, name: String? = nil, expiresAt: Timestamp?) {
        self.code = code
        self.accountID = accountID
        self.name = name
        self.expiresAt = expiresAt
    }
}

/// An entry of a card's ledger to be stored.
public struct NewCardMovement: Hashable, Sendable {
    public enum Card: Hashable, Sendable {
        case standing(Int64)
        /// The one at this place of `Changes.newCards`.
        case new(Int)
    }

    public let card: Card
    public let kind: GiftCardMovementKind
    public let amount: Money
    public let left: Money
    public var order: Changes.OrderReference?
    /// The place of its payment in `Changes.payments`.
    public var payment: Int?
    /// Whether it belongs to the refund of the same changes.
    public var isOfRefund = false
    public var shiftID: Int64?
    public var reason: String?
    /// Until when the card is good from now on; nil leaves that as it is.
    public var renewal: Renewal?

    /// nil for ever.
    public struct Renewal: Hashable, Sendable {
        public let until: Timestamp?

        public init(until: Timestamp?) { self.until = until }
    }

    public init(card: Card, kind: GiftCardMovementKind, amount: Money, left: Money) {
        self.card = card
        self.kind = kind
        self.amount = amount
        self.left = left
    }
}
