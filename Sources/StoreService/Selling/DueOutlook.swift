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
        try await orders.cancelDue()
        let (order, patience) = try await orders.nextDue()
        let prices = try await products.turnPrices()
        return DueOutlook(order: order, patience: patience, prices: prices)
    }

    /// Has the prices begin and end whose time has come. Where the store cannot be written just now, the next program
    /// does.
    public func turnPricesIfPossible() async throws(StoreError) {
        try await whereWritable { () throws(StoreError) in _ = try await products.turnPrices() }
    }
}
