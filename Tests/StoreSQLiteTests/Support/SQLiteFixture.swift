import GRDB
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
            catalog: RowCatalog(database: database, directory: directory),
            orders: SQLiteOrderService(database: database, clock: clock, policy: policy),
            payments: SQLitePaymentService(database: database, clock: clock, policy: policy),
            discounts: SQLiteDiscountService(database: database, clock: clock, policy: policy),
            cart: SQLiteCartService(
                state: try StateDatabase.open(at: directory.file("state.db")), store: "store"))
    }
}

/// As much of a catalogue as selling needs.
private struct RowCatalog: CatalogService {
    let database: StoreDatabase
    let directory: TemporaryDirectory

    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) async throws(StoreError)
        -> ProductPage
    { throw .unsupported("") }
    func product(_ id: Int64) async throws(StoreError) -> Product {
        try await database.read { db in
            guard let row = try Row.fetchOne(db, sql: "SELECT * FROM product WHERE id = ?", arguments: [id])
            else { throw StoreError.notFound(.product(id)) }
            return Product(
                id: row["id"], name: row["name"], price: row.money("price_minor", .usd), stock: row["stock"],
                createdAt: .test, updatedAt: .test)
        }
    }
    func product(code: String) async throws(StoreError) -> Product { throw .unsupported("") }
    func products(_ ids: [Int64]) async throws(StoreError) -> [Product] { throw .unsupported("") }
    func categories() async throws(StoreError) -> [CategoryCount] { throw .unsupported("") }
    func add(_ draft: ProductDraft, as principal: Principal) async throws(StoreError) -> Product {
        let id = try await database.write { db in
            try db.execute(
                sql:
                    "INSERT INTO product (name, name_key, search_extra, price_minor, initial_stock, stock, created_at, updated_at) VALUES (?, ?, '', ?, ?, ?, 0, 0)",
                arguments: [draft.name, draft.name, draft.price.minorUnits, draft.stock, draft.stock])
            return db.lastInsertedRowID
        }
        return try await product(id)
    }
    func edit(_ id: Int64, _ patch: ProductPatch, as principal: Principal) async throws(StoreError) -> Product
    {
        try await database.write { db in
            try db.execute(
                sql:
                    "UPDATE product SET name = coalesce(?, name), price_minor = coalesce(?, price_minor), archived = coalesce(?, archived) WHERE id = ?",
                arguments: [patch.name, patch.price?.minorUnits, patch.isArchived, id])
        }
        return try await product(id)
    }
}
