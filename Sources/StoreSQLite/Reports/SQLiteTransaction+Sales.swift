import GRDB
import StoreDomain
import StoreService

extension SQLiteTransaction: SalesTransaction {
    private var sums: SalesSumRecord { SalesSumRecord(db: db) }

    func salesAreCounted() throws -> Bool {
        if let areCounted = known.salesAreCounted { return areCounted }
        let areCounted = try db.value(Bool.self, "SELECT sales_counted FROM store") ?? false
        known.salesAreCounted = areCounted
        return areCounted
    }

    func add(_ sums: [SalesSum]) throws {
        guard try salesAreCounted() else { return }
        try self.sums.add(sums)
    }

    func sums(_ query: SalesQuery) throws -> [SalesSum] { try sums.sums(query) }
    func clearSums() throws { try db.run("DELETE FROM sales_sum") }

    // One transaction writes at a time.
    func tryToHoldCategories() -> Bool { true }

    func categoryChanges() throws -> Int64 {
        try db.value(Int64.self, "SELECT category_changes FROM store") ?? 0
    }

    func clearSums(_ dimension: SalesDimension, _ day: ShopDay) throws {
        try db.run("DELETE FROM sales_sum WHERE dimension = ? AND day = ?", [dimension.rawValue, day.number])
    }

    func setSalesCounted() throws {
        try db.run("UPDATE store SET sales_counted = 1")
        known.salesAreCounted = true
    }

    func paidOrders(after id: Int64, limit: Int) throws -> [(order: Order, cashier: Int64?)] {
        try orders.paid(after: id, limit: limit)
    }

    func refundedOrders(after id: Int64, limit: Int) throws -> [Order] {
        try orders.refunded(after: id, limit: limit)
    }

    func looseReturns(after id: Int64, limit: Int) throws -> [Int64] {
        try db.list(
            "SELECT refund_id FROM loose_return WHERE refund_id > ? ORDER BY refund_id LIMIT ?", [id, limit]
        ) { $0.next() }
    }
}

extension StoreDatabase {
    /// Makes the sums of a store that has none: one of a version that kept none, or that was filled otherwise than by
    /// selling.
    func countSales(_ currency: Currency, zones: any ZoneSource) throws(StoreError) {
        let areCounted = try readBlocking { try $0.value(Bool.self, "SELECT sales_counted FROM store") }
        guard areCounted == false else { return }
        try writeBlocking { db -> Void in
            let transaction = SQLiteTransaction(
                db: db, currency: currency, cache: StoredValueCache(), known: KnownFacts())
            // Another program may have been faster.
            guard try !transaction.salesAreCounted() else { return }
            try SalesCount.make(transaction, zones: zones)
        }
    }
}
