import GRDB
import StoreDomain
import Synchronization
import Testing

@testable import StoreSQLite

@Suite(
    "What an order costs the database does not grow with its lines, nor a page with its orders", .serialized)
struct OrderStatementsTests {
    /// How many statements `body` runs, those of triggers aside.
    private func statements(_ db: Database, _ body: () throws -> Void) throws -> Int {
        let count = Mutex(0)
        db.trace { event in
            if case .statement(let statement) = event, !statement.sql.hasPrefix("--") {
                count.withLock { $0 += 1 }
            }
        }
        defer { db.trace(options: []) }
        try body()
        return count.withLock { $0 }
    }

    @Test("Placing, cancelling and expiring take the same statements for 1 line and for 500")
    func lines() async throws {
        let store = try await TestStore(stock: 10_000)
        let user = try #require(
            try await store.database.read { try AccountRecord.find(2, in: $0)?.user })
        let counts = try [1, 500].map { lines in
            let draft = try OrderDraft(
                lines: (0..<lines).map { try OrderDraft.Line(productID: Int64(1 + $0 % 3), quantity: 2) },
                discountCode: "SAVE10")
            return try store.database.writeBlocking { db in
                let placing = try statements(db) {
                    _ = try OrderPlacement(db: db, policy: ShopPolicy(), now: .test)
                        .place(draft, key: .of("lines-\(lines)"), for: user)
                }
                let expiring = try statements(db) {
                    try OrderCancellation(db: db, now: Timestamp.test.advanced(bySeconds: 7200))
                        .cancelExpired(after: 60)
                }
                #expect(
                    try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM orders WHERE status = 'pending'") == 0)
                return [placing, expiring]
            }
        }
        #expect(counts[0] == counts[1])
        #expect(counts[0].allSatisfy { (1...20).contains($0) })
        #expect(try await store.violations() == [])
    }

    @Test("A page of 40 orders takes the statements of a page of 1")
    func pages() async throws {
        let store = try await TestStore()
        for number in 0..<40 { try await store.place(key: "k\(number)") }
        let counts = try [1, 40].map { perPage in
            try store.database.readBlocking { db in
                try statements(db) {
                    let page = try OrderRecord(currency: .usd)
                        .page(OrderQuery(perPage: perPage), of: nil, in: db)
                    #expect(page.orders.count == perPage && page.orders.allSatisfy { $0.items.count == 1 })
                }
            }
        }
        #expect(counts[0] == counts[1])
        #expect((2...4).contains(counts[0]))
    }
}
