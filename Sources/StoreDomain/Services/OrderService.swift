/// Orders. Everything needs a session.
public protocol OrderService: Sendable {
    /// Prices and stores an order and takes its stock, all or nothing. The same key and content give the same
    /// order.
    ///
    /// - Throws: `priceChanged` when the draft carries an agreement and the store arrives at other figures;
    ///   `notFound` (product), `insufficientStock`, `keyReused`, `keyBusy`; `perhapsPlaced` where the other
    ///   side knows no keys and an earlier try with this one may have placed an order.
    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order

    /// The order that `place` made under a key, whatever became of it; nil when there is none. Places nothing.
    ///
    /// - Throws: `perhapsPlaced` where the other side knows no keys and has an order that may be this one.
    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order?

    /// - Throws: `notAllowed` for everybody's orders without `seeAllOrders`.
    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage

    /// - Throws: `notFound`, also for another's order without `seeAllOrders`.
    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order

    /// Cancels a pending order and gives its stock back. Cancelling twice is cancelling once.
    ///
    /// - Throws: `notFound`, `wrongStatus`.
    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order

    /// What was paid less what was refunded on each of the shop's last days, by the day on which the money moved,
    /// the oldest first, today last.
    ///
    /// - Parameter days: 1…366
    /// - Throws: `notAllowed` without `seeAllOrders`; `unsupported` where the other side does not count it.
    func dailySales(days: Int, as principal: Principal) async throws(StoreError) -> [DaySales]
}
