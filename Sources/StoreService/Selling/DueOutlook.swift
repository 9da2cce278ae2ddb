import StoreDomain

/// When something is due by the clock.
public struct DueOutlook: Hashable, Sendable {
    /// When the oldest unpaid order can be; nil where none waits.
    public var order: Timestamp?
    /// For so many seconds an order waits that is placed from now on; nil for ever.
    public let patience: Int64?
    /// When prices begin or end; nil where none do.
    public let prices: Timestamp?
}

/// What is due by the clock, whoever asks for it.
public struct DueWork: Sendable {
    private let orders: Orders
    private let products: ProductDesk

    init(orders: Orders, products: ProductDesk) {
        self.orders = orders
        self.products = products
    }

    /// Does all that is due.
    ///
    /// - Returns: when it is time to look again.
    public func look() async throws(StoreError) -> DueOutlook {
        let next = try await products.turnPrices()
        try await orders.cancelDue()
        let (order, patience) = try await orders.nextDue()
        return DueOutlook(order: order, patience: patience, prices: next)
    }

    /// Has the prices begin and end whose time has come.
    public func turnPrices() async throws(StoreError) { _ = try await products.turnPrices() }
}
