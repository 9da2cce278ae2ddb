import StoreContracts
import StoreDomain
import StoreService

@testable import StoreSQLite

/// Stores on SQLite for the service contracts, each in a directory of its own.
enum SQLiteFixture {
    static let make: StoreMaker = { options, clock in
        let made = try engine(options, clock: clock)
        return MadeStore(services: made.services.services, held: made.directory)
    }

    /// Everything over a file in a directory of its own.
    static func engine(
        _ options: ContractOptions = ContractOptions(), clock: TestClock
    ) throws -> (services: EngineServices, directory: TemporaryDirectory) {
        let directory = try TemporaryDirectory()
        let database = try StoreDatabase.open(
            at: directory.file("store.db"), createdAs: .test(isDemo: options.isDemo, policy: options.policy))
        let cart = SQLiteCartService(
            state: try StateDatabase.open(at: directory.file("state.db")), store: "store", clock: clock)
        return (try EngineServices.over(database, clock: clock, cart: cart), directory)
    }
}
