import StoreDomain
import StoreService

extension PostgresTransaction: SalesTransaction {
    private var sums: SalesSumRows { SalesSumRows(db: db) }
    private var orderRows: OrderRows { OrderRows(db: db) }

    func salesAreCounted() throws -> Bool {
        try db.value(Bool.self, "SELECT sales_counted FROM store") ?? false
    }

    func add(_ sums: [SalesSum]) { self.sums.add(sums) }
    func sums(_ query: SalesQuery) throws -> [SalesSum] { try sums.sums(query) }

    func tryToHoldCategories() throws -> Bool {
        try db.value(Bool.self, db.tryToHold("sums of categories")) == true
    }

    func categoryChanges() throws -> Int64 {
        try db.value(Int64.self, "SELECT COUNT(*) FROM category_change") ?? 0
    }

    func clearSums(_ dimension: SalesDimension, _ day: ShopDay) throws {
        try db.run(
            "DELETE FROM sales_sum WHERE dimension = $1::int AND day = $2::int",
            [dimension.rawValue, day.number])
    }

    // Whoever has added something is waited for, whoever will add waits.
    func clearSums() throws {
        try db.run("LOCK TABLE sales_sum IN EXCLUSIVE MODE")
        try db.run("DELETE FROM sales_sum")
        try db.run("DELETE FROM sales_waiting")
    }

    func setSalesCounted() throws { try db.run("UPDATE store SET sales_counted = TRUE") }

    func paidOrders(after id: Int64, limit: Int) throws -> [(order: Order, cashier: Int64?)] {
        try orderRows.paid(after: id, limit: limit)
    }

    func refundedOrders(after id: Int64, limit: Int) throws -> [Order] {
        try orderRows.refunded(after: id, limit: limit)
    }

    func looseReturns(after id: Int64, limit: Int) throws -> [Int64] {
        try db.values(
            Int64.self,
            "SELECT refund_id FROM loose_return WHERE refund_id > $1 ORDER BY refund_id LIMIT $2::bigint",
            [id, limit])
    }

    func holdWaitingSales() { db.hold("waiting sales") }

    func waitingSales() throws -> WaitingSales {
        let (sales, refunds) = try sums.waiting()
        var waiting = WaitingSales()
        waiting.orders = try orderRows.paid(ids: sales)
        for (id, orderID) in refunds {
            if let orderID {
                if let order = try orderRows.order(orderID, locks: false) {
                    waiting.refunds.append((id, order))
                }
            } else {
                waiting.returns.append(id)
            }
        }
        return waiting
    }

    func clearWaiting(_ sales: WaitingSales) {
        sums.clearWaiting(
            sales: sales.orders.map(\.order.id), refunds: sales.refunds.map(\.id) + sales.returns)
    }
}

extension PostgresDatabase {
    /// Makes the sums of a store that has none: one of a version that kept none, or that was filled otherwise than by
    /// selling.
    func countSales(_ identity: ShopIdentity, zones: any ZoneSource) async throws(StoreError) {
        let areCounted = try await read { db in
            try db.value(Bool.self, "SELECT sales_counted FROM store")
        }
        guard areCounted == false else { return }
        try await write { db in
            try db.script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
            let transaction = PostgresTransaction(
                db: db, identity: identity, cache: StoredValueCache(), chain: "", locks: false)
            try db.run("LOCK TABLE sales_sum IN EXCLUSIVE MODE")
            // Another program may have been faster.
            guard try !transaction.salesAreCounted() else { return }
            try SalesCount.make(transaction, zones: zones)
        }
    }
}
