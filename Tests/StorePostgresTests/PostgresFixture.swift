import PostgresTesting
import StoreContracts
import StoreDomain
import StorePostgres
import StoreService

/// Stores on PostgreSQL for the service contracts, each in a database of its own.
enum PostgresFixture {
    static let make: StoreMaker = { options, clock in
        let store = try await TestShop(
            isDemo: options.isDemo, policy: options.policy, clock: clock, connections: 2,
            in: TestDatabase(isShared: true))
        return MadeStore(services: store.store.services.services, held: store)
    }
}

/// A store in a database of its own, with hashes that cost nothing; both are gone when it is let go.
final class TestShop: Sendable {
    let database: TestDatabase
    let clock: TestClock
    let store: PostgresStore

    /// - Parameter address: of the database, when not straight to it.
    init(
        isDemo: Bool = true, policy: ShopPolicy = ShopPolicy(), clock: TestClock = TestClock(),
        connections: Int = 4, purpose: StorePurpose = .till(), in database: TestDatabase? = nil,
        through address: PostgresAddress? = nil
    ) async throws {
        self.clock = clock
        if let database { self.database = database } else { self.database = try await TestDatabase() }
        store = try await PostgresStore(
            address ?? self.database.address, connections: connections,
            seed: StoreSeed(policy: policy, isDemo: isDemo, uuid: "a-store", now: clock.now()),
            purpose: purpose, clock: clock, zones: TestZones(), cart: MemoryCart(), hasher: PlainHasher())
    }

    deinit { store.close() }

    var services: StoreServices { store.services.services }

    func violations() async throws -> [PostgresVerifier.Violation] {
        try await PostgresVerifier(store.database).verify()
    }
}
