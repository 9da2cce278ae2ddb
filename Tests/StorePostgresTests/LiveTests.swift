import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

@Suite("Servers on one database hear of each other", .serialized, .timeLimit(.minutes(20)))
struct LiveTests {
    @Test("Every promise", arguments: LiveContract.cases)
    func promise(promise: LiveContract.Case) async throws {
        try await promise.run { clock in
            let two = try await TwoServers(clock)
            return LiveContract.Two(
                near: two.near.services.services, far: two.far.services.services, namesChanges: true,
                hub: try #require(two.near.services.changes as? ChangeHub), held: two)
        }
    }

    @Test("Whatever is told arrives as it was, and always fits into a notice")
    func text() {
        let many = ShopChanges(
            stock: .some(Set((1...200).map { Int64(Int32.max) - $0 })),
            orders: .some(
                Set((1...200).map { TouchedOrder(id: Int64(Int32.max) - $0, userID: Int64(Int32.max)) })))
        for changes in [
            ShopChanges(), .everything, many, ShopChanges(catalogue: true), ShopChanges(stock: .any),
            ShopChanges(stock: .some([1, 20]), orders: .some([TouchedOrder(id: 3, userID: nil)])),
            ShopChanges(orders: .some([TouchedOrder(id: 3, userID: 4), TouchedOrder(id: 5, userID: 4)])),
            ShopChanges(discounts: true, accounts: .some([1, 2]), shifts: .some([3]), parked: true),
            ShopChanges(accounts: .any, shifts: .any),
        ] {
            #expect(ShopChanges(notice: changes.notice) == changes)
            #expect(changes.notice.utf8.count < 8_000)
        }
        for strange in ["x1", "s1,x", "o1", "o1:x", "c1", "s1 later", "ax", "t1;2", "p1"] {
            #expect(ShopChanges(notice: strange).isEverything, "\(strange)")
        }
    }

    /// What somebody in psql does to a shop with an order (1) of Bob's, and what its servers must hear of it.
    static let written: [(statement: String, notice: String)] = [
        ("UPDATE products SET price = 7 WHERE id = 1", "c"),
        ("UPDATE products SET stock = 7 WHERE id < 3", "s1,2"),
        ("UPDATE products SET stock = stock, updated_at = now() WHERE id = 1", ""),
        ("UPDATE products SET stock = 1 WHERE id = 99", ""),
        ("INSERT INTO products (name, price) VALUES ('New', 1)", "c"),
        ("DELETE FROM products WHERE id = 3", "c"),
        ("UPDATE products SET stock = 8", "s1,2,3"),
        (
            "INSERT INTO products (name, price) SELECT 'P' || n, 1 FROM generate_series(1, 300) n; UPDATE products SET stock = 9",
            "c"
        ),
        ("UPDATE orders SET note = 'Call' WHERE id = 1", "o1:2"),
        ("UPDATE order_items SET override_reason = 'Gift' WHERE order_id = 1", "o1:2"),
        ("INSERT INTO orders (user_id, subtotal, total) VALUES (NULL, 1, 1)", "o2:"),
        ("INSERT INTO orders (user_id, subtotal, total) SELECT 2, 1, 1 FROM generate_series(1, 300)", "o*"),
        (
            "INSERT INTO payment (order_id, method_id, amount, created_at) VALUES (1, 'online', 1, now())",
            "o* t*"
        ),
        ("UPDATE users SET role = 'staff' WHERE id = 2", "a2"),
        ("UPDATE role SET grants = grants WHERE name = 'staff'", "a*"),
        ("UPDATE discount SET active = false", "d"),
        ("UPDATE payment_method SET active = false WHERE id = 'card'", "c"),
        ("INSERT INTO policy SELECT 2, content, NULL, now() FROM policy", "c"),
        ("INSERT INTO shift (till, opened_by, opened_at, float_amount) VALUES ('9', 1, now(), 0)", "t1"),
        ("TRUNCATE parked_sale", "p"), ("TRUNCATE cash_movement", "t*"),
        ("BEGIN; UPDATE products SET stock = 3 WHERE id = 1; ROLLBACK", ""),
        ("BEGIN; SET LOCAL storefront.own = 'on'; UPDATE products SET stock = 3 WHERE id = 1; COMMIT", ""),
    ]

    @Test(
        "What others write is told by the database, with its ids, and what servers write is told by them alone",
        arguments: written)
    func strangers(statement: String, notice: String) async throws {
        let shop = try await TestShop()
        let counter = try await CounterShop(shop)
        try await counter.place(1, key: "one")
        let ear = try NoticeEar(shop.database)
        try await counter.place(2, key: "two")
        try shop.database.psql(statement)
        let heard = try ear.heard()
        // The second order took the id 2.
        let expected = notice == "o2:" ? "o3:" : notice
        #expect(heard == ShopChanges(notice: expected), "\(heard)")
    }

    @Test("A server hears what somebody in psql does to the shop")
    func psql() async throws {
        let two = try await TwoServers(TestClock())
        let heard = HeardChanges()
        two.near.services.changes.observe { heard.hear($0) }
        let mug = try await two.far.services.services.catalog.add(
            ProductDraft(name: "Mug", price: Money(typed: "5.00")), as: .operatorOfStore)
        await heard.until(\.catalogue)
        heard.forget()
        try two.database.psql("UPDATE products SET stock = 4 WHERE id = \(mug.id)")
        await heard.until { $0.touches(product: mug.id) }
        #expect(!heard.all.catalogue, "of a stock alone")
    }

    @Test("A connection that was cut is made again, and what happened meanwhile may be anything")
    func cut() async throws {
        let two = try await TwoServers(TestClock())
        let heard = HeardChanges()
        let changes = try #require(two.near.services.services.changes)
        let hub = try #require(two.near.services.changes as? ChangeHub)
        let before = hub.listenerCount
        let ear = Task { await changes.follow(as: .operatorOfStore) { heard.hear($0) } }
        while hub.listenerCount == before { try await Task.sleep(for: .milliseconds(1)) }
        for _ in 0..<3 {
            heard.forget()
            try two.database.psql(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND application_name LIKE '%changes'
                """)
            await heard.until(\.isEverything)
        }
        heard.forget()
        let mug = try await two.far.services.services.catalog.add(
            ProductDraft(name: "Mug", price: Money(typed: "5.00")), as: .operatorOfStore)
        await heard.until { $0.touches(product: mug.id) }
        ear.cancel()
        await ear.value
    }

    @Test("What is still to be told is told before the store is closed")
    func closing() async throws {
        let two = try await TwoServers(TestClock())
        let heard = HeardChanges()
        two.near.services.changes.observe { heard.hear($0) }
        _ = try await two.far.services.services.catalog.add(
            ProductDraft(name: "Mug", price: Money(typed: "5.00")), as: .operatorOfStore)
        two.far.close()
        await heard.until(\.catalogue)
    }

    @Test("A probe says whether what is told over one address is heard at another")
    func probe() async throws {
        let (one, other) = (try await TestDatabase(), try await TestDatabase())
        #expect(try ChangeProbe.hears(at: one.address, from: one.address))
        #expect(try !ChangeProbe.hears(at: one.address, from: other.address))
    }
}

/// Two stores on one database, as two servers have them; the first hears the other by now.
private final class TwoServers: Sendable {
    let database: TestDatabase
    let near: PostgresStore
    let far: PostgresStore

    init(_ clock: TestClock) async throws {
        let database = try await TestDatabase()
        self.database = database
        func open() async throws -> PostgresStore {
            try await PostgresStore(
                database.address, connections: 2,
                seed: StoreSeed(policy: ShopPolicy(), isDemo: true, uuid: "a-store", now: clock.now()),
                purpose: .till(), clock: clock, zones: TestZones(), cart: MemoryCart(), hasher: PlainHasher(),
                changesAt: database.address)
        }
        near = try await open()
        far = try await open()
        let heard = HeardChanges()
        near.services.changes.observe { heard.hear($0) }
        await heard.until(\.isEverything)
    }

    deinit {
        near.close()
        far.close()
    }
}
