import Foundation
import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

/// Real faults under load: what was acknowledged is there, once, and the books balance.
@Suite(
    "Whatever happens to the database, nothing is lost and nothing is there twice", .serialized,
    .timeLimit(.minutes(20)))
struct FaultTests {
    /// Two servers on one database.
    private struct Shop {
        let stores: [PostgresStore]
        let counter: CounterShop
        let load: OrderLoad

        init(_ address: PostgresAddress) async throws {
            let clock = TestClock()
            var stores: [PostgresStore] = []
            for _ in 0..<2 {
                stores.append(
                    try await PostgresStore(
                        address, connections: 4,
                        seed: StoreSeed(
                            policy: ShopPolicy(), isDemo: true, uuid: "a-store", now: clock.now()),
                        purpose: .server(firstAccountIsAdmin: true, takesPayments: true), clock: clock,
                        zones: TestZones(), cart: MemoryCart(), hasher: PlainHasher()))
            }
            self.stores = stores
            counter = try await CounterShop(stores[0].services.services, stock: 1_000_000)
            load = OrderLoad(counter, on: stores.map(\.services.services))
        }

        func close() { for store in stores { store.close() } }

        func check(_ cluster: PostgresCluster, _ name: String) async throws {
            try load.check { try cluster.psql(name, $0) }
            #expect(try await PostgresVerifier(stores[0].database).verify() == [])
            #expect(
                try cluster.psql(
                    name,
                    """
                    SELECT COUNT(*) FROM products WHERE stock <> initial_stock
                        - (SELECT COALESCE(SUM(quantity), 0) FROM order_items WHERE product_id = products.id)
                    """) == "0")
        }
    }

    @Test("A primary is killed and its standby promoted: servers go on by themselves")
    func failover() async throws {
        let primary = try PostgresCluster()
        defer { primary.stop() }
        let standby = try PostgresCluster(.standby(of: primary))
        defer { standby.stop() }
        // From now on a commit is one on both.
        try primary.psql("postgres", "ALTER SYSTEM SET synchronous_standby_names = '*'")
        try primary.psql("postgres", "SELECT pg_reload_conf()")
        while try primary.psql(
            "postgres", "SELECT COUNT(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
            != "1"
        {}
        let name = try primary.makeDatabase()
        let shop = try await Shop(PostgresAddress(uri: PostgresCluster.uri([primary, standby], name)))
        defer { shop.close() }
        try await shop.load.run {
            await shop.load.waitForOrders(40)
            try primary.kill()
            try standby.promote()
            await shop.load.waitForOrders(40)
        }
        try await shop.check(standby, name)
    }

    @Test("A server that crashes and comes back has what it acknowledged")
    func crash() async throws {
        let cluster = try PostgresCluster()
        defer { cluster.stop() }
        let name = try cluster.makeDatabase()
        let shop = try await Shop(cluster.address(name))
        defer { shop.close() }
        try await shop.load.run {
            for _ in 0..<2 {
                await shop.load.waitForOrders(25)
                try cluster.kill()
                try cluster.start()
            }
            await shop.load.waitForOrders(25)
        }
        try await shop.check(cluster, name)
    }

    @Test("Connections that are cut at any moment, also within a COMMIT")
    func cutConnections() async throws {
        let cluster = try PostgresCluster()
        defer { cluster.stop() }
        let name = try cluster.makeDatabase()
        let shop = try await Shop(cluster.address(name))
        defer { shop.close() }
        // A commit takes long enough to be met.
        try cluster.psql("postgres", "ALTER SYSTEM SET commit_delay = 3000")
        try cluster.psql("postgres", "ALTER SYSTEM SET commit_siblings = 0")
        try cluster.psql("postgres", "ALTER SYSTEM SET fsync = on")
        try cluster.psql("postgres", "SELECT pg_reload_conf()")
        try await shop.load.run {
            for _ in 0..<30 {
                await shop.load.waitForOrders(3)
                try cluster.psql(
                    "postgres",
                    """
                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'
                        AND state = 'active' ORDER BY query LIKE '%COMMIT%' DESC LIMIT 3
                    """)
            }
        }
        try await shop.check(cluster, name)
    }

    @Test(
        "A full disk refuses, and when there is room again all is as it was",
        .enabled(if: geteuid() == 0, "a disk is mounted by root alone"))
    func fullDisk() async throws {
        let cluster = try PostgresCluster(.onDisk(megabytes: 96), settings: ["max_wal_size=16MB"])
        defer { cluster.stop() }
        let name = try cluster.makeDatabase()
        let shop = try await Shop(cluster.address(name))
        defer { shop.close() }
        try await shop.load.run {
            await shop.load.waitForOrders(20)
            // All that is left but a little, so that it is orders that fill it.
            try cluster.psql(name, "CREATE TABLE ballast (content TEXT)")
            do {
                for _ in 0..<1_000 {
                    try cluster.psql(
                        name,
                        """
                        INSERT INTO ballast SELECT string_agg(md5(random()::text), '')
                        FROM generate_series(1, 4000), generate_series(1, 8) AS part GROUP BY part
                        """)
                }
                Issue.record("the disk does not fill up")
            } catch {}
            // Whether it refused requests or its server ended, which it does where its WAL has no room.
            try cluster.grow(toMegabytes: 300)
            if (try? cluster.psql(name, "SELECT 1")) == nil {
                try? cluster.kill()
                try cluster.start()
            }
            await shop.load.waitForOrders(20)
        }
        try await shop.check(cluster, name)
    }

    @Test("What became of a transaction is not asked of a server that may have given its number to another")
    func numbersAreOfOneRun() async throws {
        let cluster = try PostgresCluster()
        defer { cluster.stop() }
        func round() throws -> String { try cluster.psql("postgres", PostgresConnection.lookRound) }
        let before = try round().split(separator: "|").last
        #expect(try round().split(separator: "|").last == before)
        try cluster.kill()
        try cluster.start()
        #expect(try round().split(separator: "|").last != before)
    }
}
