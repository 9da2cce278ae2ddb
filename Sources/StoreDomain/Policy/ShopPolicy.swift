/// The rules of a shop that its owner sets: the store keeps them, by versions; settings seed a new store.
public struct ShopPolicy: Hashable, Sendable, Codable {
    public var shopName: String
    /// Fixed when the store is made.
    public var currency: Currency
    public var taxes: TaxTable
    public var taxMode: TaxMode
    public var taxBase: TaxBase
    /// What the tax is called on paper.
    public var taxName: String
    /// What stands before the shop's tax number on paper.
    public var taxNumberName: String
    /// The shop's own tax number, for paper; empty where it has none.
    public var taxNumber: String
    /// Whether paper says of each line which rate it is taxed at, where there are several.
    public var marksRates: Bool
    public var cashRounding: CashRounding
    /// Cash of more than this many times what is due is asked about before it is taken; 0 never.
    public var cashAskAbove: Int
    /// At this stock or below, a product counts as low.
    public var lowStock: Int
    /// What a till does when more is sold than there is on the books.
    public var belowZero: BelowZero
    /// After this many minutes an unpaid order is cancelled; 0 never.
    public var pendingMinutes: Int
    /// For this many minutes after its payment screen was seen open, an unpaid order is not cancelled.
    public var graceMinutes: Int
    /// By how much a drawer's count may be off without a reason.
    public var shiftTolerance: Money
    /// An IANA name such as `Europe/Zurich`: the zone in which the shop counts its days.
    public var timeZone: String
    /// How the labels of the shop's scales are made up; none at first, as many shops print codes of these prefixes
    /// for goods without a weight.
    public var scaleLabels: [ScaleLabelFormat]
    /// Lines above and below every receipt: the shop's address, its tax number, thanks.
    public var receiptHeader: [String]
    public var receiptFooter: [String]
    /// After this many days a gift card expires; 0 never.
    public var cardDays: Int

    public init(
        shopName: String = "Storefront", currency: Currency = .usd, taxes: TaxTable = .standard,
        taxMode: TaxMode = .added, taxBase: TaxBase = .beforeDiscount, taxName: String = "Tax",
        taxNumberName: String = "Tax number", taxNumber: String = "", marksRates: Bool = false,
        cashRounding: CashRounding = .none, cashAskAbove: Int = ShopPolicy.standardCashAskAbove,
        lowStock: Int = 5, belowZero: BelowZero = .ask, pendingMinutes: Int = 60,
        graceMinutes: Int = 15, shiftTolerance: Money? = nil,
        timeZone: String = ShopZone.utcName, scaleLabels: [ScaleLabelFormat] = [],
        receiptHeader: [String] = [], receiptFooter: [String] = [], cardDays: Int = 0
    ) {
        self.shopName = shopName
        self.currency = currency
        self.taxes = taxes
        self.taxMode = taxMode
        self.taxBase = taxBase
        self.taxName = taxName
        self.taxNumberName = taxNumberName
        self.taxNumber = taxNumber
        self.marksRates = marksRates
        self.cashRounding = cashRounding
        self.cashAskAbove = cashAskAbove
        self.lowStock = lowStock
        self.belowZero = belowZero
        self.pendingMinutes = pendingMinutes
        self.graceMinutes = graceMinutes
        self.shiftTolerance = shiftTolerance ?? .zero(currency)
        self.timeZone = timeZone
        self.scaleLabels = scaleLabels
        self.receiptHeader = receiptHeader
        self.receiptFooter = receiptFooter
        self.cardDays = cardDays
    }
}

extension ShopPolicy {
    /// The same rules for a new store of another currency.
    package func priced(in currency: Currency) -> ShopPolicy {
        var policy = self
        policy.currency = currency
        policy.shiftTolerance = Money(minorUnits: shiftTolerance.minorUnits, currency: currency)
        return policy
    }

    /// How many times what is due a new store takes in cash without asking.
    public static let standardCashAskAbove = 10

    /// Reads a policy that an earlier build stored: what that build did not know is as in a new store.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let currency = try values.decode(Currency.self, forKey: .currency)
        let new = ShopPolicy(currency: currency)
        func value<Value: Decodable>(_ key: CodingKeys, _ fallback: Value) throws -> Value {
            try values.decodeIfPresent(Value.self, forKey: key) ?? fallback
        }
        self.init(
            shopName: try value(.shopName, new.shopName), currency: currency,
            taxes: try value(.taxes, new.taxes), taxMode: try value(.taxMode, new.taxMode),
            taxBase: try value(.taxBase, new.taxBase), taxName: try value(.taxName, new.taxName),
            taxNumberName: try value(.taxNumberName, new.taxNumberName),
            taxNumber: try value(.taxNumber, new.taxNumber),
            marksRates: try value(.marksRates, new.marksRates),
            cashRounding: try value(.cashRounding, new.cashRounding),
            cashAskAbove: try value(.cashAskAbove, new.cashAskAbove),
            lowStock: try value(.lowStock, new.lowStock),
            belowZero: try value(.belowZero, new.belowZero),
            pendingMinutes: try value(.pendingMinutes, new.pendingMinutes),
            graceMinutes: try value(.graceMinutes, new.graceMinutes),
            shiftTolerance: try value(.shiftTolerance, new.shiftTolerance),
            timeZone: try value(.timeZone, new.timeZone),
            scaleLabels: try value(.scaleLabels, new.scaleLabels),
            receiptHeader: try value(.receiptHeader, new.receiptHeader),
            receiptFooter: try value(.receiptFooter, new.receiptFooter),
            cardDays: try value(.cardDays, new.cardDays))
    }
}

/// What the tax is taken of.
public enum TaxBase: String, Hashable, Sendable, Codable, CaseIterable {
    /// The amount before the order's discount. Only for prices without tax.
    case beforeDiscount = "before-discount"
    /// The amount less the discount.
    case afterDiscount = "after-discount"
}

/// A policy as it was in force from a time on.
public struct PolicyVersion: Hashable, Sendable, Codable {
    /// Counted from 1, the policy that the store was made with.
    public let number: Int
    public let policy: ShopPolicy
    public let at: Timestamp
    /// Who set it; nil for the store's operator.
    public let by: Int64?

    public init(number: Int, policy: ShopPolicy, at: Timestamp, by: Int64?) {
        self.number = number
        self.policy = policy
        self.at = at
        self.by = by
    }
}

/// When unpaid orders are due to be cancelled.
public struct OrderExpiry: Hashable, Sendable {
    /// Placed before then.
    public let placedBefore: Timestamp
    /// And their payment screen not seen open since then.
    public let openedBefore: Timestamp

    /// nil where orders wait for ever.
    public init?(_ policy: ShopPolicy, at now: Timestamp) {
        guard policy.pendingMinutes > 0 else { return nil }
        placedBefore = now.advanced(bySeconds: -60 * Int64(policy.pendingMinutes))
        openedBefore = now.advanced(bySeconds: -60 * Int64(policy.graceMinutes))
    }
}
