/// A discount given by hand.
public enum ManualDiscount: Hashable, Sendable, Codable {
    /// 0…100 %
    case percent(Rate)
    case amount(Money)

    /// What it takes off, 0…`gross`.
    public func amount(off gross: Money) -> Money {
        switch self {
        case .percent(let rate): min(gross, rate.share(of: gross))
        case .amount(let amount): min(gross, max(.zero(gross.currency), amount))
        }
    }

    /// Its share of `gross`, for limits; 0 of nothing.
    public func share(of gross: Money) -> Rate {
        switch self {
        case .percent(let rate): rate
        case .amount: Rate(amount(off: gross), of: gross)
        }
    }
}

/// Another price than the listed one, with its reason.
public struct PriceOverride: Hashable, Sendable, Codable {
    /// 0 or more.
    public let price: Money
    /// 1…200 characters.
    public let reason: String

    /// - Throws: `invalid`.
    public init(price: Money, reason: String) throws(StoreError) {
        guard (0...Product.maximumPriceMinor).contains(price.minorUnits) else {
            throw .invalid([FieldProblem("price", "must be 0.00 to 99999999.99")])
        }
        self.price = price
        self.reason = try Reason.checked(reason)
    }
}

/// What a till sells: lines, discounts and tenders, placed and settled at once.
public struct SaleDraft: Hashable, Sendable, Codable {
    public struct Line: Hashable, Sendable, Codable {
        public let productID: Int64
        /// `Quantity.range`
        public let quantity: Int
        /// The code of a scale's label, which says what one piece weighs or costs.
        public let label: String?
        public let override: PriceOverride?
        public let discount: ManualDiscount?
        /// Who sells knows that there is not so much of it on the books.
        public var sellsBelowZero: Bool { below ?? false }
        private let below: Bool?

        /// - Throws: `invalid` for a quantity out of range.
        public init(
            productID: Int64, quantity: Int, label: String? = nil, override: PriceOverride? = nil,
            discount: ManualDiscount? = nil, sellsBelowZero: Bool = false
        ) throws(StoreError) {
            try Quantity.check(quantity)
            self.productID = productID
            self.quantity = quantity
            self.label = label
            self.override = override
            self.discount = discount
            below = sellsBelowZero ? true : nil
        }
    }

    public let till: String
    public let lines: [Line]
    /// Trimmed; nil when blank. Counts only without `discount`.
    public let discountCode: String?
    /// A discount on the whole sale, given by hand.
    public let discount: ManualDiscount?
    public let exemption: TaxExemption?
    /// The customer's account; nil for a walk-in customer.
    public let customerID: Int64?
    /// 0…200 characters; nil when blank.
    public let note: String?
    /// What the customer saw.
    public let agreement: PriceAgreement?
    public let tenders: [PaymentRequest]
    /// Goods of an earlier sale that come back in the same document: an exchange. What they are worth pays for the
    /// lines; what is left of it goes back by its `methodID`, or by the tenders it came by.
    public let back: RefundDraft?
    /// Nothing is sold: somebody learns to.
    public var isTraining: Bool { training ?? false }
    private let training: Bool?
    /// nil for none, so that drafts of before there were any can be read.
    private let soldCards: [GiftCardSale]?

    /// Gift cards that are sold with the goods, or alone.
    public var giftCards: [GiftCardSale] { soldCards ?? [] }

    /// - Throws: `emptyOrder`; `invalid` for more than `Order.maximumLines` lines, a product beyond 9,999 in
    ///   all, a till without a name, a code beside a discount by hand, or a note beyond 200 characters.
    public init(
        till: String, lines: [Line], discountCode: String? = nil, discount: ManualDiscount? = nil,
        exemption: TaxExemption? = nil, customerID: Int64? = nil, note: String? = nil,
        agreement: PriceAgreement? = nil, tenders: [PaymentRequest] = [], back: RefundDraft? = nil,
        isTraining: Bool = false, giftCards: [GiftCardSale] = []
    ) throws(StoreError) {
        guard !lines.isEmpty || !giftCards.isEmpty else { throw .emptyOrder }
        try GiftCardSale.check(giftCards)
        var problems: [FieldProblem] = []
        if lines.count > Order.maximumLines {
            problems.append(FieldProblem("items", "must be at most \(Order.maximumLines)"))
        }
        if !Till.isName(till) {
            problems.append(FieldProblem("till", "must be 1 to 20 lower-case letters or digits"))
        }
        let code = discountCode?.cleanText
        if code?.isEmpty == false, discount != nil {
            problems.append(FieldProblem("discount", "must be a code or given by hand, not both"))
        }
        let trimmed = note?.cleanText
        if let trimmed, trimmed.count > 200 {
            problems.append(FieldProblem("note", "must be at most 200 characters"))
        }
        if let agreement, agreement.unitPrices.count != lines.count {
            problems.append(FieldProblem("agreement", "must have a price for each line"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        self.till = till
        self.lines = lines
        self.discountCode = code?.isEmpty == false ? code : nil
        self.discount = discount
        self.exemption = exemption
        self.customerID = customerID
        self.note = trimmed?.isEmpty == false ? trimmed : nil
        self.agreement = agreement
        self.tenders = tenders
        self.back = back
        training = isTraining ? true : nil
        soldCards = giftCards.isEmpty ? nil : giftCards
        let demand = lines.reduce(into: [Int64: Int]()) { $0[$1.productID, default: 0] += $1.quantity }
        for quantity in demand.values { try Quantity.check(quantity) }
    }

    /// One text for one content.
    public var fingerprintText: String {
        let items = lines.map { line in
            let price = line.override.map { "@\($0.price.minorUnits)" } ?? ""
            let off = line.discount.map { "-\($0.fingerprintText)" } ?? ""
            let label = line.label.map { "~\($0)" } ?? ""
            let below = line.sellsBelowZero ? "!" : ""
            return "\(line.productID)x\(line.quantity)\(label)\(price)\(off)\(below)"
        }
        let paid = tenders.map { "\($0.contentText)|\($0.amountMinor.map(String.init) ?? "")" }
        let parts = [
            isTraining ? "training" : "sale", till, items.joined(separator: ","),
            discountCode.map(Discount.key) ?? "",
            discount?.fingerprintText ?? "", exemption?.taxNumber ?? "", customerID.map(String.init) ?? "",
            note ?? "", agreement?.fingerprintText ?? "", paid.joined(separator: ","),
        ]
        let cards = giftCards.isEmpty ? [] : [giftCards.map(\.fingerprintText).joined(separator: ",")]
        return (parts + (back.map { [$0.fingerprintText] } ?? []) + cards).joined(separator: "|")
    }
}

extension SaleDraft {
    /// The same draft with a code for each gift card that has none.
    public func withCodes(_ ids: any IDSource) throws(StoreError) -> SaleDraft {
        guard giftCards.contains(where: { $0.code == nil }) else { return self }
        return try SaleDraft(
            till: till, lines: lines, discountCode: discountCode, discount: discount, exemption: exemption,
            customerID: customerID, note: note, agreement: agreement, tenders: tenders, back: back,
            isTraining: isTraining,
            giftCards: giftCards.map {
                GiftCardSale(amountMinor: $0.amountMinor, code: $0.code ?? ids.giftCardCode())
            })
    }

    /// What the gift cards cost.
    func giftCardsTotal(_ currency: Currency) -> Money {
        .sum(giftCards.map { Money(minorUnits: $0.amountMinor, currency: currency) }, currency: currency)
    }
}

extension ManualDiscount {
    fileprivate var fingerprintText: String {
        switch self {
        case .percent(let rate): "\(rate.numerator)/\(rate.denominator)"
        case .amount(let amount): String(amount.minorUnits)
        }
    }
}

extension Rate {
    /// `part` as a share of `whole`; 0 of nothing, and never below 0.
    public init(_ part: Money, of whole: Money) {
        self =
            whole.minorUnits > 0
            ? Rate(numerator: max(0, part.minorUnits), denominator: whole.minorUnits) ?? .zero : .zero
    }
}
