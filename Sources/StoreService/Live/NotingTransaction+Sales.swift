import StoreDomain

// The sums tell nothing that the documents behind them do not.
extension NotingTransaction: SalesTransaction {
    func salesAreCounted() throws -> Bool { try tx.salesAreCounted() }
    func add(_ sums: [SalesSum]) throws { try tx.add(sums) }
    func sums(_ query: SalesQuery) throws -> [SalesSum] { try tx.sums(query) }
    func holdCategories() throws { try tx.holdCategories() }
    func forgetCategories(of days: Set<ShopDay>) throws { try tx.forgetCategories(of: days) }
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

    func waitingSales() throws -> WaitingSales { try tx.waitingSales() }
    func clearWaiting(_ sales: WaitingSales) throws { try tx.clearWaiting(sales) }
}
