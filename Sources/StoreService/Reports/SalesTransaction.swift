import StoreDomain

/// The sums that are kept with each sale, and the documents that they are made of.
public protocol SalesTransaction: ShopTransaction {
    /// Whether every document is in the sums. As long as not, none is added: all are counted together.
    func salesAreCounted() throws -> Bool
    /// Adds to the sums, where they are kept.
    func add(_ sums: [SalesSum]) throws
    func sums(_ query: SalesQuery) throws -> [SalesSum]

    /// How often products have changed their category, as far as that is committed.
    func categoryChanges() throws -> Int64
    /// Nobody else keeps sums of categories until the transaction ends; false, at once, where somebody does just now.
    func tryToHoldCategories() throws -> Bool
    /// Takes away the sums of a dimension on a day, or in a month by its first day.
    func clearSums(_ dimension: SalesDimension, _ day: ShopDay) throws

    /// Takes all sums away. Nobody else adds any until the transaction ends.
    func clearSums() throws
    /// From now on every document is added to the sums.
    func setSalesCounted() throws

    /// Orders that were paid, with who took their last payment: behind `id`, by id, at most `limit`.
    func paidOrders(after id: Int64, limit: Int) throws -> [(order: Order, cashier: Int64?)]
    /// Orders of which something came back: as `paidOrders`.
    func refundedOrders(after id: Int64, limit: Int) throws -> [Order]
    /// The ids of returns without a receipt behind `id`, in their order, at most `limit`.
    func looseReturns(after id: Int64, limit: Int) throws -> [Int64]

    /// Nobody else counts what waits until the transaction ends: what is counted twice would be wrong for good.
    func holdWaitingSales() throws
    /// Documents that somebody else wrote and nobody has counted: a program of the version before, or another service.
    func waitingSales() throws -> WaitingSales
    /// They are counted.
    func clearWaiting(_ sales: WaitingSales) throws
}

extension SalesTransaction {
    /// None, where nobody else writes.
    public func holdWaitingSales() throws {}
    public func waitingSales() throws -> WaitingSales { WaitingSales() }
    public func clearWaiting(_ sales: WaitingSales) throws {}
}

/// Documents that are not in the sums yet.
public struct WaitingSales: Sendable {
    /// With who took the last payment.
    public var orders: [(order: Order, cashier: Int64?)] = []
    /// The ids of refunds with their sales.
    public var refunds: [(id: Int64, order: Order)] = []
    /// The ids of returns without a receipt.
    public var returns: [Int64] = []

    public init() {}

    public var isEmpty: Bool { orders.isEmpty && refunds.isEmpty && returns.isEmpty }
}
