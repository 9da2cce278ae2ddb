import StoreDomain

// What goods cost is told with the stock that moves.
extension NotingTransaction: CostTransaction {
    func costBooks(of productIDs: [Int64]) throws -> [Int64: CostBook] { try tx.costBooks(of: productIDs) }
    func productsToCost(limit: Int) throws -> [Int64] { try tx.productsToCost(limit: limit) }
    func keep(_ averages: [Int64: StockAverage?]) throws { try tx.keep(averages) }
    func latestCost(of productID: Int64) throws -> Money? { try tx.latestCost(of: productID) }

    func soldGoods(of orderIDs: [Int64]) throws -> [Int64: [Int64: SoldGoods]] {
        try tx.soldGoods(of: orderIDs)
    }

    func costsBack(of refundIDs: [Int64]) throws -> [Int64: [Int64: Int64]] {
        try tx.costsBack(of: refundIDs)
    }

    func stockValues(limit: Int) throws -> [StockValue] { try tx.stockValues(limit: limit) }
    func stockTotal() throws -> SalesFigures { try tx.stockTotal() }

    func costHistories(after id: Int64, limit: Int) throws -> [CostHistory] {
        try tx.costHistories(after: id, limit: limit)
    }
}
