import StoreDomain
import StoreTesting

@testable import StoreSQLite

/// Stores on SQLite for the service contracts, each in a directory of its own.
enum SQLiteFixture {
    static let make: StoreMaker = { options, clock in
        let directory = try TemporaryDirectory()
        let database = try StoreDatabase.open(
            at: directory.file("store.db"), createdAs: .test(isDemo: options.isDemo))
        let hasher = PasswordHasher(cost: 4)
        let (policy, clock) = (options.policy, clock as any StoreClock)
        let services = StoreServices(
            auth: SQLiteAuthService(database: database, clock: clock, hasher: hasher),
            accounts: SQLiteAccountService(database: database, clock: clock, hasher: hasher),
            catalog: SQLiteCatalogService(database: database, clock: clock, policy: policy),
            orders: SQLiteOrderService(database: database, clock: clock, policy: policy),
            payments: SQLitePaymentService(database: database, clock: clock, policy: policy),
            discounts: SQLiteDiscountService(database: database, clock: clock, policy: policy),
            cart: SQLiteCartService(
                state: try StateDatabase.open(at: directory.file("state.db")), store: "store"))
        return MadeStore(services: services, held: directory)
    }
}
