import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

/// What is known beforehand is sent in one go: an order costs few ways to the database and back, however large it is.
@Suite struct TripTests {
    private func trips(_ shop: TestShop, _ body: () async throws -> Void) async throws -> Int {
        let before = try await shop.store.database.read { $0.trips }
        try await body()
        // This one reads, too.
        return try await shop.store.database.read { $0.trips } - before - 1
    }

    @Test func orders() async throws {
        let shop = try await TestShop(
            connections: 1, purpose: .server(firstAccountIsAdmin: true, takesPayments: true))
        let counter = try await CounterShop(shop, stock: 1_000, products: 20)
        for number in 0..<3 { try await counter.place(1, key: "warm-\(number)") }
        let small = try await trips(shop) { try await counter.place(1, key: "small") }
        let large = try await trips(shop) {
            _ = try await counter.orders.place(
                OrderDraft(lines: (1...20).map { try OrderDraft.Line(productID: $0, quantity: 2) }),
                key: .of("large"), as: counter.customer)
        }
        #expect(small == large && small <= 6)
    }

    @Test func pages() async throws {
        let shop = try await TestShop(connections: 1)
        _ = try await CounterShop(shop)
        for _ in 0..<3 { _ = try await shop.services.catalog.page(ProductQuery(), at: .first, perPage: 20) }
        let page = try await trips(shop) {
            _ = try await shop.services.catalog.page(ProductQuery(), at: .first, perPage: 20)
        }
        // One for the page, one for the end of reading it, which nobody waits for.
        #expect(page == 2)
    }

    @Test func whatFailsInABatchIsToldAndLeavesNothingBehind() async throws {
        let database = try await TestDatabase(isEmpty: true)
        try database.psql("CREATE TABLE number (value INTEGER CHECK (value < 10))")
        let pool = PostgresDatabase(database.address, connections: 1)
        defer { pool.close() }
        for round in 0..<5 {
            await #expect(throws: StoreError.self) {
                try await pool.write { db in
                    db.later("INSERT INTO number VALUES ($1)", [1])
                    db.later("INSERT INTO number VALUES ($1)", [99])
                    db.later("INSERT INTO number VALUES ($1) -- \(round)", [2])
                }
            }
        }
        let found = try await pool.write { db in
            let question = db.ask("SELECT COUNT(*) FROM number")
            db.later("INSERT INTO number VALUES ($1)", [3])
            let values = try db.values(Int.self, "SELECT value FROM number")
            return (values: values, before: try db.value(Int.self, question))
        }
        #expect(found.values == [3] && found.before == 0)
        #expect(try database.psql("SELECT COUNT(*) FROM number") == "1")
    }

    /// Nothing that every order asks is answered by looking through all orders.
    @Test func whatIsDueIsFoundThroughAnIndex() async throws {
        let shop = try await TestShop(connections: 1)
        _ = try await CounterShop(shop)
        try shop.database.psql(
            """
            INSERT INTO orders (user_id, subtotal, total, created_at)
            SELECT 1, 1, 1, now() AT TIME ZONE 'UTC' + number * interval '1 second'
            FROM generate_series(1, 5000) AS number;
            ANALYZE orders
            """)
        let expiry = try #require(OrderExpiry(ShopPolicy(), at: Timestamp(seconds: 0)))
        let read = try await shop.store.database.read { db in
            // The plan of a statement that is run often is one for all arguments.
            for _ in 0..<12 {
                guard try !OrderRows(db: db).hasDue(expiry) else { return nil as Int? }
            }
            return try db.value(
                Int.self, "SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'orders'")
        }
        #expect(read == 0)
    }
}
