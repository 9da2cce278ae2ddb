import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

@Suite(
    "Behind a pooler that gives every transaction another session, a store keeps its contracts", .serialized,
    .enabled(if: TestPooler.path != nil), .timeLimit(.minutes(20)))
struct PoolerTests {
    @Test("Every promise of orders and payments")
    func promises() async throws {
        let cluster = try PostgresCluster.shared.get()
        let pooler = try TestPooler(cluster, sessions: 3)
        defer { pooler.stop() }
        for promise in OrderContract.cases + PaymentContract.cases + ExpiryContract.cases {
            try await promise.run { options, clock in
                let database = try await TestDatabase(isShared: true)
                let store = try await TestShop(
                    isDemo: options.isDemo, policy: options.policy, clock: clock, connections: 2,
                    in: database,
                    through: pooler.address(database.name))
                return MadeStore(services: store.store.services.services, held: store)
            }
        }
    }

    @Test("It is found out, and told; straight to the server nothing stands in between")
    func isTold() async throws {
        let database = try await TestDatabase()
        let pooler = try TestPooler(database.cluster, sessions: 2)
        defer { pooler.stop() }
        #expect(try await PostgresReport(pooler.address(database.name)).isPooled)
        #expect(try await !PostgresReport(database.address).isPooled)
    }

    @Test("What a transaction relies on holds in whatever session it runs")
    func settings() async throws {
        let database = try await TestDatabase()
        try database.psql("ALTER DATABASE \(database.name) SET synchronous_commit = off")
        try database.psql("ALTER DATABASE \(database.name) SET TimeZone = 'Asia/Tokyo'")
        let pooler = try TestPooler(database.cluster, sessions: 1)
        defer { pooler.stop() }
        let pool = PostgresDatabase(pooler.address(database.name), connections: 1)
        defer { pool.close() }
        for _ in 0..<4 {
            let found = try await pool.write { db in
                try db.row(
                    """
                    SELECT current_setting('synchronous_commit'), current_setting('TimeZone'),
                        current_setting('statement_timeout')
                    """
                ) { [try $0.next(String.self), try $0.next(String.self), try $0.next(String.self)] }
            }
            #expect(found == ["on", "UTC", "10s"])
        }
    }
}
