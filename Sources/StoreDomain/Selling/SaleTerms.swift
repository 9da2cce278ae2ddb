/// What whoever sells adds to the goods of a sale by hand. A value of a cart, so that undo takes it back.
public struct SaleTerms: Hashable, Sendable, Codable {
    /// On the whole sale; a discount code does not count beside it.
    public var discount: ManualDiscount?
    public var customer: SaleCustomer?
    /// 1…200 characters.
    public var note: String?
    public var exemption: TaxExemption?
    /// Parts of the payment that were agreed on, in their order: what is left is still to be paid.
    public var tenders: [PaymentRequest]
    /// Goods of an earlier sale that come back with it; nil for a sale that is no exchange.
    public var back: SaleReturn?

    /// Somebody learns: what is sold here is sold to nobody. It stays when a sale is made.
    public var isTraining: Bool {
        get { training ?? false }
        set { training = newValue ? true : nil }
    }
    private var training: Bool?

    /// nil for none, so that baskets of before there were any can be read.
    private var soldCards: [Int64]?

    /// What the gift cards that are sold are of, in minor units.
    public var giftCards: [Int64] {
        get { soldCards ?? [] }
        set { soldCards = newValue.isEmpty ? nil : newValue }
    }

    public init(
        discount: ManualDiscount? = nil, customer: SaleCustomer? = nil, note: String? = nil,
        exemption: TaxExemption? = nil, tenders: [PaymentRequest] = [], back: SaleReturn? = nil,
        isTraining: Bool = false, giftCards: [Int64] = []
    ) {
        self.back = back
        self.discount = discount
        self.customer = customer
        self.note = note
        self.exemption = exemption
        self.tenders = tenders
        training = isTraining ? true : nil
        soldCards = giftCards.isEmpty ? nil : giftCards
    }

    /// What the gift cards cost.
    public func giftCardsTotal(_ currency: Currency) -> Money {
        .sum(giftCards.map { Money(minorUnits: $0, currency: currency) }, currency: currency)
    }

    /// The sum of the parts that were agreed on.
    public func tendered(_ currency: Currency) -> Money {
        .sum(tenders.map { Money(minorUnits: $0.amountMinor ?? 0, currency: currency) }, currency: currency)
    }
}

/// A customer with an account, as a till knows one.
public struct SaleCustomer: Hashable, Sendable, Codable {
    public let id: Int64
    public let name: String
    public let email: String

    public init(id: Int64, name: String, email: String) {
        self.id = id
        self.name = name
        self.email = email
    }

    public init(_ user: User) { self.init(id: user.id, name: user.name, email: user.email) }
}
