import GRDB
import StoreDomain
import StoreTesting

@testable import StoreSQLite

/// A demo store with an admin, a customer and a few products, for tests below the services.
struct TestStore {
    let directory: TemporaryDirectory
    let database: StoreDatabase
    let clock = TestClock()
    let orders: SQLiteOrderService
    let payments: SQLitePaymentService
    let auth: SQLiteAuthService
    let admin: Principal
    let customer: Principal

    /// - Parameter stock: of each of the three products, whose ids are 1…3 and prices 1.00, 2.00 and 3.00.
    init(stock: Int = 100) async throws {
        directory = try TemporaryDirectory()
        database = try StoreDatabase.open(at: directory.file("store.db"), createdAs: .test(isDemo: true))
        orders = SQLiteOrderService(database: database, clock: clock, policy: ShopPolicy())
        payments = SQLitePaymentService(database: database, clock: clock, policy: ShopPolicy())
        auth = SQLiteAuthService(database: database, clock: clock, hasher: PasswordHasher(cost: 4))
        let password = Secret("storefront-demo")
        admin = .user(
            try await auth.register(
                Registration(email: "admin@example.com", name: "Admin", password: password)))
        customer = .user(
            try await auth.register(
                Registration(email: "customer@example.com", name: "Customer", password: password)))
        try await database.write { db in
            for id in 1...3 {
                try db.execute(
                    sql: """
                        INSERT INTO product (id, name, name_key, search_extra, price_minor, initial_stock,
                            stock, created_at, updated_at)
                        VALUES (?, 'Product ' || ?, 'product', '', ?, ?, ?, 0, 0)
                        """, arguments: [id, id, id * 100, stock, stock])
            }
        }
    }

    /// Places an order of `quantity` of a product.
    @discardableResult
    func place(_ productID: Int64 = 1, _ quantity: Int = 1, key: String, code: String? = nil) async throws
        -> Order
    {
        try await orders.place(
            OrderDraft(
                lines: [OrderDraft.Line(productID: productID, quantity: quantity)], discountCode: code),
            key: IdempotencyKey.of(key), as: customer)
    }

    func pay(_ order: Order, key: String) async throws {
        _ = try await payments.pay(
            order.id, PaymentRequest(methodID: nil), key: IdempotencyKey.of(key), as: customer)
    }

    func violations() async throws -> [Violation] { try await StoreVerifier(database).verify() }

    /// Changes the store behind the services' back; its CHECKs do not hold meanwhile.
    func tamper(_ sql: String) throws {
        try database.withWriter { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
            try db.execute(sql: sql)
            try db.execute(sql: "PRAGMA ignore_check_constraints = OFF; PRAGMA foreign_keys = ON")
        }
    }
}

extension IdempotencyKey {
    static func of(_ text: String) throws -> IdempotencyKey {
        guard let key = IdempotencyKey(text) else { throw StoreError.keyReused }
        return key
    }
}
