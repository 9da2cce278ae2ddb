/// Where the time comes from. Injected, so that a session can be replayed.
public protocol StoreClock: Sendable {
    func now() -> Timestamp
}

/// Where unguessable and unique values come from. Injected, so that a session can be replayed.
public protocol IDSource: Sendable {
    /// A new key for one order or payment, unique for ever.
    func idempotencyKey() -> IdempotencyKey
}

/// Names one attempt to create an order or take a payment: made and stored by the caller before the first
/// try. 1…255 printable ASCII characters.
public struct IdempotencyKey: Hashable, Sendable, CustomStringConvertible {
    public let text: String

    /// nil when `text` is empty, too long or has anything but printable ASCII.
    public init?(_ text: String) {
        guard (1...255).contains(text.utf8.count), text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            return nil
        }
        self.text = text
    }

    /// 32 hexadecimal digits of 16 random bytes.
    public init(random high: UInt64, _ low: UInt64) {
        func hex(_ value: UInt64) -> String {
            let digits = String(value, radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }
        text = hex(high) + hex(low)
    }

    public var description: String { text }
}

/// The shop's own settings, read once at the start; the same for every service.
public struct ShopPolicy: Hashable, Sendable, Codable {
    public var shopName: String
    public var currency: Currency
    /// Setting `tax.rate`.
    public var taxRate: Rate
    /// Setting `tax.base`.
    public var taxBase: TaxBase
    /// At this stock or below, a product counts as low. Setting `stock.low`.
    public var lowStock: Int
    /// After this many minutes an unpaid order is cancelled; 0 never. Setting `orders.pendingMinutes`.
    public var pendingMinutes: Int

    public init(
        shopName: String = "Storefront", currency: Currency = .usd, taxRate: Rate = .seedTax,
        taxBase: TaxBase = .beforeDiscount, lowStock: Int = 5, pendingMinutes: Int = 60
    ) {
        self.shopName = shopName
        self.currency = currency
        self.taxRate = taxRate
        self.taxBase = taxBase
        self.lowStock = lowStock
        self.pendingMinutes = pendingMinutes
    }
}

/// What the tax is taken of.
public enum TaxBase: String, Hashable, Sendable, Codable, CaseIterable {
    /// The subtotal as it is, as the seed's service does.
    case beforeDiscount = "before-discount"
    /// The subtotal less the discount.
    case afterDiscount = "after-discount"
}

/// How a store that is elsewhere can be reached.
public enum ConnectionState: Hashable, Sendable, Codable {
    case connected
    /// It answers, but takes its time.
    case slow
    /// Nothing has come back since then.
    case offline(since: Timestamp)
}
