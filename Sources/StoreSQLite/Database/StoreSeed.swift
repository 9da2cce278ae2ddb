import StoreDomain

/// What a new store is told at its birth and keeps for ever.
public struct StoreSeed: Sendable {
    public let currency: Currency
    public let isDemo: Bool
    /// Tells this store from every other.
    public let uuid: String
    public let now: Timestamp

    public init(currency: Currency, isDemo: Bool = false, uuid: String, now: Timestamp) {
        self.currency = currency
        self.isDemo = isDemo
        self.uuid = uuid
        self.now = now
    }
}
