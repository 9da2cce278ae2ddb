import StoreDomain

/// What a new store is made with.
public struct StoreSeed: Sendable {
    /// The first version of its policy; its currency is the store's for ever.
    public let policy: ShopPolicy
    public let isDemo: Bool
    /// Tells this store from every other.
    public let uuid: String
    public let now: Timestamp

    public init(policy: ShopPolicy, isDemo: Bool = false, uuid: String, now: Timestamp) {
        self.policy = policy
        self.isDemo = isDemo
        self.uuid = uuid
        self.now = now
    }
}
