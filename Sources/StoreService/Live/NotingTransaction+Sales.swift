import StoreDomain

// The sums tell nothing that the documents behind them do not.
extension NotingTransaction: SalesTransaction {
    func salesAreCounted() throws -> Bool { try tx.salesAreCounted() }
    func add(_ sums: [SalesSum]) throws { try tx.add(sums) }
    func sums(_ query: SalesQuery) throws -> [SalesSum] { try tx.sums(query) }
    func tryToHoldCategories() throws -> Bool { try tx.tryToHoldCategories() }
    func categoryChanges() throws -> Int64 { try tx.categoryChanges() }
    func clearSums(_ dimension: SalesDimension, _ day: ShopDay) throws { try tx.clearSums(dimension, day) }
    func clearSums() throws { try tx.clearSums() }
    func setSalesCounted() throws { try tx.setSalesCounted() }

    func paidOrders(after id: Int64, limit: Int) throws -> [(order: Order, cashier: Int64?)] {
        try tx.paidOrders(after: id, limit: limit)
    }

    func refundedOrders(after id: Int64, limit: Int) throws -> [Order] {
        try tx.refundedOrders(after: id, limit: limit)
    }

    func looseReturns(after id: Int64, limit: Int) throws -> [Int64] {
        try tx.looseReturns(after: id, limit: limit)
    }

    func holdWaitingSales() throws { try tx.holdWaitingSales() }
    func waitingSales() throws -> WaitingSales { try tx.waitingSales() }
    func clearWaiting(_ sales: WaitingSales) throws { try tx.clearWaiting(sales) }
}
