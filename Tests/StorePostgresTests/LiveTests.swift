import PostgresTesting
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StorePostgres

@Suite("Servers on one database hear of each other", .serialized, .timeLimit(.minutes(5)))
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
        ] {
            #expect(ShopChanges(notice: changes.notice) == changes)
            #expect(changes.notice.utf8.count < 8_000)
        }
        for strange in ["x1", "s1,x", "o1", "o1:x", "c1", "s1 later"] {
            #expect(ShopChanges(notice: strange).isEverything, "\(strange)")
        }
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
