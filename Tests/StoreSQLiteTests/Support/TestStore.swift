import GRDB
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreService

@testable import StoreSQLite

/// A demo store with an admin, a customer and a few products, for tests below the services.
struct TestStore {
    let directory: TemporaryDirectory
    let database: StoreDatabase
    let clock = TestClock()
    let services: StoreServices
    let admin: Principal
    let customer: Principal

    var orders: any OrderService { services.orders }
    var payments: any PaymentService { services.payments }
    var auth: any AuthService { services.auth }

    /// - Parameter stock: of each of the three products, whose ids are 1…3 and prices 1.00, 2.00 and 3.00.
    init(stock: Int = 100) async throws {
        directory = try TemporaryDirectory()
        database = try StoreDatabase.open(at: directory.file("store.db"), createdAs: .test(isDemo: true))
        services = try EngineServices.over(database, clock: clock).services
        let password = Secret("storefront-demo")
        admin = .user(
            try await services.auth.register(
                Registration(email: "admin@example.com", name: "Admin", password: password)))
        customer = .user(
            try await services.auth.register(
                Registration(email: "customer@example.com", name: "Customer", password: password)))
        try await database.write { db in
            for id in 1...3 {
                try db.execute(
                    sql: """
                        INSERT INTO product (id, name, name_key, price_minor, initial_stock,
                            stock, created_at, updated_at)
                        VALUES (?, 'Product ' || ?, 'product', ?, ?, ?, 0, 0)
                        """, arguments: [id, id, id * 100, stock, stock])
                try db.execute(
                    sql: "INSERT INTO product_words (id, words) VALUES (?, 'product ' || ?)",
                    arguments: [id, id])
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

    @discardableResult
    func pay(_ order: Order, key: String) async throws -> Order {
        try await payments.pay(
            order.id, [PaymentRequest(methodID: nil)], key: IdempotencyKey.of(key), as: customer)
    }

    /// Sells `quantity` of a product for cash at the till.
    func sell(_ productID: Int64, _ quantity: Int, key: String) async throws -> Order {
        try await counter().till.sell(
            SaleDraft(
                till: Till.standard, lines: [SaleDraft.Line(productID: productID, quantity: quantity)],
                tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)]),
            key: IdempotencyKey.of(key), as: admin)
    }

    /// Gives the money for one piece of a line back.
    func refund(_ order: Order, _ item: OrderItem, restocks: Bool, key: String) async throws {
        _ = try await counter().refunds.refund(
            RefundDraft(
                orderID: order.id,
                lines: [RefundDraft.Line(itemID: item.id, quantity: 1, restocks: restocks)],
                reason: "Too many"),
            till: Till.standard, key: IdempotencyKey.of(key), as: admin)
    }

    /// Takes one piece of a line back and something else for it.
    ///
    /// - Parameter isPaid: whether cash is given; refused where nothing is left to pay, as no cash is where
    ///   something is.
    func exchange(
        _ order: Order, _ item: OrderItem, for productID: Int64, _ quantity: Int, isPaid: Bool, key: String
    ) async throws -> Order {
        try await counter().till.sell(
            SaleDraft(
                till: Till.standard, lines: [SaleDraft.Line(productID: productID, quantity: quantity)],
                tenders: isPaid ? [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)] : [],
                back: RefundDraft(
                    orderID: order.id, lines: [RefundDraft.Line(itemID: item.id, quantity: 1)],
                    reason: "Another one")),
            key: IdempotencyKey.of(key), as: admin)
    }

    /// Takes a whole sale back in its shift.
    func void(_ order: Order, key: String) async throws {
        _ = try await counter().refunds.void(
            VoidDraft(orderID: order.id, reason: "Wrong"), till: Till.standard, key: IdempotencyKey.of(key),
            as: admin)
    }

    /// Prints a receipt, and clears a sale beside it.
    func printReceipt(of order: Order) async throws {
        _ = try await counter().shifts.issue(.sale(order.id), till: Till.standard, as: admin)
        try await counter().shifts.note(
            .abandoned(pieces: 1, amount: order.total), till: Till.standard, as: admin)
    }

    /// Closes the till's shift with what should be in its drawer, or opens one.
    func turnShift(closes: Bool) async throws {
        let shifts = try counter().shifts
        guard closes else {
            _ = try await shifts.open(till: Till.standard, float: Money(minorUnits: 10_000), as: admin)
            return
        }
        guard let shift = try await shifts.current(till: Till.standard, as: admin) else { return }
        let expected = try await shifts.report(shift.id, as: admin).expected ?? .zero()
        // Somebody may sell in between; then the count is off.
        _ = try await shifts.close(
            till: Till.standard, counted: DrawerCount(total: max(.zero(), expected)), nextFloat: nil,
            reason: "Counted while others sold",
            as: admin)
    }

    func counter() throws -> CounterServices {
        guard let counter = services.counter else { throw StoreError.unsupported("a till") }
        return counter
    }

    func violations() async throws -> [Violation] { try await StoreVerifier(database).verify() }

    /// Changes the store behind the services' back; its CHECKs, references and guards do not hold meanwhile.
    func tamper(_ sql: String) throws {
        try database.withWriter { db in
            try db.execute(sql: "PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF")
            let guards = try Row.fetchAll(
                db,
                sql: """
                    SELECT name, sql FROM sqlite_master
                    WHERE name IN ('journal_update', 'journal_delete', 'shift_closed', 'gift_card_movement_update',
                        'gift_card_movement_delete')
                    """)
            for row in guards { try db.execute(sql: "DROP TRIGGER \(row["name"] as String)") }
            try db.execute(sql: sql)
            for row in guards { try db.execute(sql: row["sql"]) }
            try db.execute(sql: "PRAGMA ignore_check_constraints = OFF; PRAGMA foreign_keys = ON")
        }
    }
}

extension EngineServices {
    /// The services on a store, at the standard till, with carts in memory and hashes that cost little.
    static func over(
        _ database: StoreDatabase, clock: any StoreClock, cost: Int = 4, firstAccountIsAdmin: Bool = true,
        cart: (any CartService)? = nil
    ) throws -> EngineServices {
        EngineServices(
            core: StoreCore(
                engine: try SQLiteEngine(database), clock: clock, zones: TestZones(), chain: Till.standard,
                digest: Fingerprint.hex),
            hasher: PasswordHasher(cost: cost),
            cart: try cart ?? SQLiteCartService(state: .inMemory(), store: "store", clock: clock),
            offer: .till(Till.standard), firstAccountIsAdmin: firstAccountIsAdmin)
    }
}

extension IdempotencyKey {
    static func of(_ text: String) throws -> IdempotencyKey {
        guard let key = IdempotencyKey(text) else { throw StoreError.keyReused }
        return key
    }
}

extension SQLiteTransaction {
    /// For a look at what lies in a store.
    static func reading(_ db: Database, _ currency: Currency = .usd) -> SQLiteTransaction {
        SQLiteTransaction(db: db, currency: currency, cache: StoredValueCache(), known: KnownFacts())
    }
}
