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
        return StoreServices(
            auth: SQLiteAuthService(database: database, clock: clock, hasher: hasher),
            accounts: SQLiteAccountService(database: database, clock: clock, hasher: hasher),
            catalog: HeldCatalog(
                base: SQLiteCatalogService(database: database, clock: clock, policy: policy),
                directory: directory),
            orders: SQLiteOrderService(database: database, clock: clock, policy: policy),
            payments: SQLitePaymentService(database: database, clock: clock, policy: policy),
            discounts: SQLiteDiscountService(database: database, clock: clock, policy: policy),
            cart: SQLiteCartService(
                state: try StateDatabase.open(at: directory.file("state.db")), store: "store"))
    }
}

/// A catalogue that keeps its store's directory as long as it lives.
private struct HeldCatalog: CatalogService {
    let base: SQLiteCatalogService
    let directory: TemporaryDirectory

    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage
    { try await base.page(query, at: position, perPage: perPage) }
    func product(_ id: Int64) async throws(StoreError) -> Product { try await base.product(id) }
    func product(code: String) async throws(StoreError) -> Product { try await base.product(code: code) }
    func products(_ ids: [Int64]) async throws(StoreError) -> [Product] { try await base.products(ids) }
    func categories() async throws(StoreError) -> [CategoryCount] { try await base.categories() }
    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        try await base.add(draft, as: principal)
    }
    func edit(_ id: Int64, _ patch: ProductPatch, as principal: Principal) async throws(StoreError) -> Product
    { try await base.edit(id, patch, as: principal) }
}
