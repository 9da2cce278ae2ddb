/// What things cost together, and taking money for them.
public protocol PaymentService: Sendable {
    /// Prices lines with a code as an order placed now would be; takes nothing.
    func quote(_ lines: [PricedLine], discountCode: String?, as principal: Principal) async throws(StoreError)
        -> PriceBreakdown

    /// The ways to pay that this principal may use; none means that orders are paid later, at the counter.
    func methods(as principal: Principal) async throws(StoreError) -> [PaymentMethod]

    /// Tells that somebody is about to pay a pending order: it does not expire within the policy's grace from
    /// now. A payment screen tells it again while it is open.
    ///
    /// - Throws: `notFound`, `wrongStatus`.
    func keepOpen(_ orderID: Int64, as principal: Principal) async throws(StoreError)

    /// Pays a pending order in full. The same key and content give the same answer. An order that expired
    /// meanwhile stands again when its stock allows.
    ///
    /// - Throws: `notFound`, `wrongStatus`, `paymentRefused`, `notAllowed`, `keyReused`, `keyBusy`;
    ///   `paymentStranded` when the order had been cancelled and cannot stand again: the payment is on record.
    func pay(_ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order

    /// Money that was taken for orders that could not stand any more, the latest first. Needs `takePayment`.
    func stranded(as principal: Principal) async throws(StoreError) -> [StrandedPayment]
}

/// Discount codes as an admin manages them. Every method needs `manageDiscounts`.
public protocol DiscountService: Sendable {
    func discounts(as principal: Principal) async throws(StoreError) -> [Discount]
    /// - Throws: `taken` for a code in use.
    func add(_ discount: Discount, as principal: Principal) async throws(StoreError) -> Discount
    /// Ends a code, takes that back, or sets its days.
    ///
    /// - Throws: `notFound`.
    func change(_ code: String, _ change: DiscountChange, as principal: Principal)
        async throws(StoreError) -> Discount
}
