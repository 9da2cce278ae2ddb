import GRDB
import StoreDomain
import StoreService
import Synchronization
import Testing

@testable import StoreSQLite

@Suite(
    "What an order costs the database does not grow with its lines, nor a page with its orders", .serialized)
struct OrderStatementsTests {
    /// Counts the statements of a connection, those of triggers aside.
    private final class Count: Sendable {
        private let count = Mutex(0)
        var value: Int { count.withLock { $0 } }

        func begin(_ db: Database) {
            db.trace { [self] event in
                if case .statement(let statement) = event, !statement.sql.hasPrefix("--") {
                    count.withLock { $0 += 1 }
                }
            }
        }
    }

    /// How many statements `body` runs on the connection that writes.
    private func written(_ store: TestStore, _ body: () async throws -> Void) async throws -> Int {
        let count = Count()
        try store.database.withWriter { count.begin($0) }
        try await body()
        try store.database.withWriter { $0.trace(options: []) }
        return count.value
    }

    private func draft(lines: Int) throws -> OrderDraft {
        try OrderDraft(
            lines: (0..<lines).map { try OrderDraft.Line(productID: Int64(1 + $0 % 3), quantity: 2) },
            discountCode: "SAVE10")
    }

    @Test("Placing, paying, cancelling and expiring take the same statements for 1 line and for 500")
    func lines() async throws {
        let store = try await TestStore(stock: 10_000)
        // The first orders load what does not change from one to the next. None is left, so that each expiry finds one.
        let first = try await store.place(key: "first")
        _ = try await store.orders.cancel(first.id, as: store.customer)
        try await store.pay(store.place(key: "second"), key: "second")
        var counts: [[Int]] = []
        for lines in [1, 500] {
            var steps: [Int] = []
            // Whether any order is due is looked up again after one has been.
            let before = try await store.place(key: "before-\(lines)")
            _ = try await store.orders.cancel(before.id, as: store.customer)
            for (index, end) in ["pay", "cancel", "expire"].enumerated() {
                let key = try IdempotencyKey.of("\(lines)-\(index)")
                let draft = try draft(lines: lines)
                let placing = try await written(store) {
                    _ = try await store.orders.place(draft, key: key, as: store.customer)
                }
                let order = try #require(
                    try await store.orders.order(placedUnder: key, as: store.customer))
                #expect(order.items.count == lines)
                let ending = try await written(store) {
                    switch end {
                    case "pay": try await store.pay(order, key: "\(lines)")
                    case "cancel": _ = try await store.orders.cancel(order.id, as: store.customer)
                    default:
                        store.clock.advance(bySeconds: 7_200)
                        _ = try await store.orders.orders(OrderQuery(), as: store.customer)
                    }
                }
                steps += [placing, ending]
            }
            counts.append(steps)
        }
        #expect(counts[0] == counts[1])
        // BEGIN and COMMIT, and what tells that the lock is ours, are among them.
        #expect(counts[0].allSatisfy { (5...24).contains($0) }, "\(counts[0])")
        #expect(try await store.violations() == [])
    }

    @Test("A till's sale and its refund take the same statements for 1 line and for 100")
    func till() async throws {
        let store = try await TestStore(stock: 10_000)
        let counter = try #require(store.services.counter)
        let first = try await store.sell(1, 1, key: "first")
        try await store.refund(first, try #require(first.items.first), restocks: true, key: "first-back")
        var counts: [[Int]] = []
        for lines in [1, 100] {
            let draft = try SaleDraft(
                till: Till.standard,
                lines: (0..<lines).map {
                    try SaleDraft.Line(productID: Int64(1 + $0 % 3), quantity: 2)
                }, tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000)])
            let key = try IdempotencyKey.of("sale-\(lines)")
            let selling = try await written(store) {
                _ = try await counter.till.sell(draft, key: key, as: store.admin)
            }
            let order = try await counter.till.sell(draft, key: key, as: store.admin)
            let refund = try RefundDraft(
                orderID: order.id,
                lines: order.items.map { RefundDraft.Line(itemID: $0.id, quantity: 1) }, reason: "Too many")
            let refunding = try await written(store) {
                _ = try await counter.refunds.refund(
                    refund, till: Till.standard, key: .of("refund-\(lines)"), as: store.admin)
            }
            counts.append([selling, refunding])
        }
        #expect(counts[0] == counts[1])
        #expect(try await store.violations() == [])
    }

    @Test("Sales of a day and orders that are due are found through indexes")
    func plans() async throws {
        let store = try await TestStore()
        func plan(_ sql: String, _ arguments: StatementArguments) async throws -> [String] {
            try await store.database.read { db in
                try Row.fetchAll(db, sql: "EXPLAIN QUERY PLAN \(sql)", arguments: arguments).map {
                    $0["detail"]
                }
            }
        }
        let sales = try await plan(OrderRecord.salesSQL, ["[[1,2]]"])
        #expect(
            sales.filter { $0.contains("payment") }.allSatisfy { $0.contains("COVERING INDEX payment_time") })
        #expect(sales.contains { $0.contains("SEARCH refund USING COVERING INDEX refund_time") }, "\(sales)")
        let due = try await plan("SELECT 1 FROM orders WHERE \(OrderRecord.isDue)", [1, 2])
        #expect(due.allSatisfy { $0.contains("orders_status (status=? AND created_at<?)") }, "\(due)")
    }

    @Test("A page of 40 orders takes the statements of a page of 1")
    func pages() async throws {
        let store = try await TestStore()
        for number in 0..<40 { try await store.place(key: "k\(number)") }
        let counts = try [1, 40].map { perPage in
            try store.database.readBlocking { db in
                let count = Count()
                count.begin(db)
                defer { db.trace(options: []) }
                let page = try OrderRecord(db: db, currency: .usd).page(OrderQuery(perPage: perPage), of: nil)
                #expect(page.orders.count == perPage && page.orders.allSatisfy { $0.items.count == 1 })
                return count.value
            }
        }
        #expect(counts[0] == counts[1])
        #expect((2...4).contains(counts[0]))
    }
}
