import Foundation
import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

@Suite("A database may go away and come back", .timeLimit(.minutes(20)))
struct LostDatabaseTests {
    private func storageKind(_ body: () async throws -> Void) async -> StorageFault.Kind? {
        do {
            try await body()
            return nil
        } catch let StoreError.storage(fault) { return fault.kind } catch {
            Issue.record(error)
            return nil
        }
    }

    @Test("Connections that died are replaced unseen")
    func connectionsDie() async throws {
        let shop = try await TestShop(connections: 2)
        let counter = try await CounterShop(shop)
        for round in 0..<5 {
            try shop.database.psql(
                """
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid()
                """)
            let order = try await counter.place(1, key: "k\(round)")
            #expect(try await counter.orders.order(order.id, as: counter.customer) == order)
        }
        #expect(try await shop.violations() == [])
    }

    @Test("Tables that change under prepared statements are read anew")
    func tablesChange() async throws {
        let shop = try await TestShop(connections: 1)
        for _ in 0..<4 { _ = try await shop.services.catalog.categories() }
        #expect(try shop.database.psql("ALTER TABLE category ALTER COLUMN name TYPE VARCHAR(120)") == "")
        #expect(try await shop.services.catalog.categories().isEmpty)
    }

    @Test("Where nobody is let in, requests are refused; later they go well")
    func comesBack() async throws {
        let shop = try await TestShop(connections: 2)
        let counter = try await CounterShop(shop)
        let (cluster, name) = (shop.database.cluster, shop.database.name)
        try cluster.psql("postgres", "ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
        try cluster.psql(
            "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
        #expect(await storageKind { _ = try await counter.place(1, key: "k") } == .unreachable)
        #expect(await storageKind { _ = try await shop.services.catalog.categories() } == .unreachable)
        try cluster.psql("postgres", "ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
        try await counter.place(1, key: "k")
        #expect(try await shop.violations() == [])
    }

    @Test("A server that is cut off while it commits, and has not, does it once more")
    func cutOffBeforeCommit() async throws {
        let shop = try await TestShop(connections: 1)
        let counter = try await CounterShop(shop)
        try shop.database.psql(
            """
            CREATE SEQUENCE cuts;
            CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                IF nextval('cuts') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
                RETURN NULL;
            END $$;
            CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON orders DEFERRABLE INITIALLY DEFERRED
            FOR EACH ROW EXECUTE FUNCTION cut();
            """)
        let order = try await counter.place(1, key: "k")
        #expect(try shop.database.psql("SELECT last_value > 1 FROM cuts") == "t")
        #expect(try shop.database.psql("SELECT COUNT(*), MAX(id) FROM orders") == "1|\(order.id)")
        #expect(try await shop.violations() == [])
    }

    @Test("A server that is cut off when it has committed finds that out, and does it once")
    func cutOffBehindCommit() async throws {
        let cluster = try PostgresCluster()
        defer { cluster.stop() }
        let name = try cluster.makeDatabase()
        let clock = TestClock()
        let store = try await PostgresStore(
            cluster.address(name), connections: 1,
            seed: StoreSeed(policy: ShopPolicy(), isDemo: true, uuid: "a-store", now: clock.now()),
            purpose: .till(), clock: clock, zones: TestZones(), cart: MemoryCart(), hasher: PlainHasher())
        defer { store.close() }
        let services = store.services.services
        let admin = Principal.user(
            try await services.auth.register(
                Registration(email: "a@example.com", name: "A", password: Secret("storefront-demo"))))
        let product = try await services.catalog.add(
            ProductDraft(name: "Mug", price: Money(minorUnits: 100), stock: .counted(5)), as: admin)
        // Whoever commits from now on waits for a standby that does not exist, with the order on disk.
        try cluster.psql(
            "postgres", "ALTER SYSTEM SET synchronous_standby_names = 'nobody'")
        try cluster.psql("postgres", "SELECT pg_reload_conf()")
        async let placed = services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: product.id, quantity: 1)]), key: .of("k"), as: admin
        )
        while try cluster.psql(
            "postgres", "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'") != "1"
        {}
        try cluster.psql("postgres", "ALTER SYSTEM RESET synchronous_standby_names")
        try cluster.psql(
            "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
        try cluster.psql("postgres", "SELECT pg_reload_conf()")
        let order = try await placed
        #expect(try cluster.psql(name, "SELECT COUNT(*), MAX(id) FROM orders") == "1|\(order.id)")
        #expect(try cluster.psql(name, "SELECT stock FROM products") == "4")
        #expect(try await PostgresVerifier(store.database).verify() == [])
    }

    @Test("Who finds every connection taken waits no longer than told")
    func waitingIsBounded() async throws {
        let database = try await TestDatabase(isEmpty: true)
        var limits = PostgresLimits()
        limits.waiting = .milliseconds(50)
        let pool = PostgresDatabase(database.address, connections: 1, limits: limits)
        defer { pool.close() }
        let goOn = DispatchSemaphore(value: 0)
        let (isHeld, held) = AsyncStream<Void>.makeStream()
        async let first = pool.read { _ in
            held.finish()
            goOn.wait()
            return 1
        }
        for await _ in isHeld {}
        #expect(await storageKind { _ = try await pool.read { _ in 2 } } == .busy)
        goOn.signal()
        #expect(try await first == 1)
        #expect(try await pool.read { _ in 3 } == 3)
    }
}
