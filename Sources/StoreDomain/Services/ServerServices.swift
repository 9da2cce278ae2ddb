/// The account behind an access token, and tokens that no longer count. Known to every server of one store,
/// and after a restart.
public protocol TokenService: Sendable {
    /// The account `id` as it is now.
    ///
    /// - Parameters:
    ///   - tokenID: what tells the token that names the account from every other.
    ///   - issuedAt: when the token was made.
    /// - Throws: `signInRequired` when the token was revoked, alone or with all that the account had then, or the
    ///   account is gone.
    func user(_ id: Int64, tokenID: String, issuedAt: Timestamp) async throws(StoreError) -> User

    /// Ends a token for good. It is remembered until it would have run out by itself.
    func revoke(tokenID: String, until expiry: Timestamp) async throws(StoreError)
}

/// An answer to a request that has its effect once.
public struct KeptAnswer: Hashable, Sendable {
    public let bytes: [UInt8]
    /// True when the request was made before, and this is what was answered then.
    public let isReplay: Bool

    public init(bytes: [UInt8], isReplay: Bool) {
        self.bytes = bytes
        self.isReplay = isReplay
    }
}

/// Orders and payments whose first answer is kept, in the same transaction as what it tells of, and given
/// again to the byte for the same key.
///
/// `answer` puts an order into bytes. It is called within the transaction, so it must be quick and must not
/// call a service.
public protocol AnsweringService: Sendable {
    /// Places as `OrderService.place` does.
    ///
    /// - Parameter answer: is told why the discount code that was asked for did not count, too.
    func place(
        _ draft: OrderDraft, key: IdempotencyKey, as principal: Principal,
        answer: @escaping @Sendable (Order, DiscountProblem?) -> [UInt8]
    ) async throws(StoreError) -> KeptAnswer

    /// Pays as `PaymentService.pay` does.
    func pay(
        _ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal,
        answer: @escaping @Sendable (Order) -> [UInt8]
    ) async throws(StoreError) -> KeptAnswer
}

/// How long a sign-in at a server counts.
public enum TokenLifetime {
    public static let seconds: Int64 = 3600
}
