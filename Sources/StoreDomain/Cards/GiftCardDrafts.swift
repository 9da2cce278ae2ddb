/// A gift card that is to be sold: a line of a sale that is no product, neither turnover nor taxed nor discounted.
public struct GiftCardSale: Hashable, Sendable, Codable {
    /// In minor units, `GiftCardSale.range`
    public let amountMinor: Int64
    /// Made and kept by the caller before the first try, so that a sale whose answer was lost is told it again; nil
    /// until then.
    public let code: GiftCardCode?

    public static let range: ClosedRange<Int64> = 1...Product.maximumPriceMinor
    /// In one sale.
    public static let most = 50

    public init(amountMinor: Int64, code: GiftCardCode? = nil) {
        self.amountMinor = amountMinor
        self.code = code
    }

    /// One text for one content.
    var fingerprintText: String { "\(amountMinor)#\(code?.text ?? "")" }

    /// - Throws: `invalid`.
    static func check(_ cards: [GiftCardSale]) throws(StoreError) {
        guard cards.count <= most else {
            throw .invalid([FieldProblem("gift_cards", "must be at most \(most)")])
        }
        guard cards.allSatisfy({ range.contains($0.amountMinor) }) else {
            throw .invalid([FieldProblem("gift_cards", "must be of 0.01 to 99999999.99 each")])
        }
        let codes = cards.compactMap(\.code)
        guard Set(codes).count == codes.count else {
            throw .invalid([FieldProblem("gift_cards", "must each have a code of its own")])
        }
    }
}

/// A gift card that the shop gives without a sale, as a present or for goodwill.
public struct GiftCardIssue: Hashable, Sendable, Codable {
    public let amount: Money
    /// Made by the caller; asking again with it issues nothing more.
    public let code: GiftCardCode
    /// Who it is made out to, 1…100 characters; nil for nobody.
    public let name: String?
    /// 1…200 characters.
    public let reason: String

    /// - Throws: `invalid`.
    public init(amount: Money, code: GiftCardCode, name: String?, reason: String) throws(StoreError) {
        guard GiftCardSale.range.contains(amount.minorUnits) else {
            throw .invalid([FieldProblem("amount", "must be 0.01 to 99999999.99")])
        }
        let name = name?.cleanText
        if let name, name.count > 100 {
            throw .invalid([FieldProblem("name", "must be at most 100 characters")])
        }
        self.amount = amount
        self.code = code
        self.name = name?.isEmpty == false ? name : nil
        self.reason = try Reason.checked(reason)
    }
}

/// Which gift cards, the latest first.
public struct GiftCardQuery: Hashable, Sendable, Codable {
    /// Only those with something left on them.
    public var withBalance: Bool
    /// Those whose code ends with it, or whose name begins with it, whatever the case; nil for any.
    public var text: String?
    /// 1…500
    public var limit: Int

    public init(withBalance: Bool = false, text: String? = nil, limit: Int = 100) {
        self.withBalance = withBalance
        self.text = text
        self.limit = limit
    }
}

/// A sold gift card that comes back, and how much is given for it.
public struct GiftCardBack: Hashable, Sendable, Codable {
    public let cardID: Int64
    public let amount: Money

    public init(cardID: Int64, amount: Money) {
        self.cardID = cardID
        self.amount = amount
    }
}
