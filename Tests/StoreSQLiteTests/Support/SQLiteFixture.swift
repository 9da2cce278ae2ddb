import StoreContracts
import StoreDomain
import StoreService

@testable import StoreSQLite

/// Stores on SQLite for the service contracts, each in a directory of its own.
enum SQLiteFixture {
    static let make: StoreMaker = { options, clock in
        let directory = try TemporaryDirectory()
        let database = try StoreDatabase.open(
            at: directory.file("store.db"), createdAs: .test(isDemo: options.isDemo, policy: options.policy))
        let cart = SQLiteCartService(
            state: try StateDatabase.open(at: directory.file("state.db")), store: "store", clock: clock)
        let services = try EngineServices.over(database, clock: clock, cart: cart).services
        return MadeStore(services: services, held: directory)
    }
}
