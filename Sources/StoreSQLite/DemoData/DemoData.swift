import GRDB
import StoreDomain

/// The data of a shop to try things in. The same seed and time give the same data.
public enum DemoData {
    public static let defaultProducts = 240
    public static let maximumProducts = 1_000_000
    public static let defaultSeed: UInt64 = 2_026
    /// Of all accounts.
    public static let password = Secret("storefront-demo")

    /// What the sign-in screen of a demo store shows.
    public static let accounts: [(email: String, name: String, role: Role)] = [
        ("admin@example.com", "Demo Admin", .admin), ("staff@example.com", "Demo Staff", .staff),
        ("customer@example.com", "Demo Customer", .customer),
        ("cashier@example.com", "Demo Cashier", .cashier), ("senior@example.com", "Demo Senior", .senior),
    ]

    /// What those who work at the demo shop's tills type there, by e-mail.
    public static let pins = [
        "cashier@example.com": "1111", "senior@example.com": "2222", "staff@example.com": "3333",
        "admin@example.com": "9999",
    ]

    // The accounts are the store's first, in their order.
    static let cashierID: Int64 = 4
    static let seniorID: Int64 = 5

    /// The password's bcrypt hash, made beforehand: making it takes longer than filling the shop.
    static let passwordHash = "$2b$12$StorefrontDemoShopAcc.KNdTmzTdKADmyAzfA.7qkXZZtl0LCHO"

    /// The PINs' bcrypt hashes, made beforehand, and the setting they were made with.
    static let pinSetting = "$2b$12$StorefrontDemoTillPin."
    static let pinHashes = [
        "cashier@example.com": "$2b$12$StorefrontDemoTillPin.djviRsuttA2Zb4WiuZVBJ3FeT/XHzEC",
        "senior@example.com": "$2b$12$StorefrontDemoTillPin.IQaAp6HY7nfaJSiFOH31bxHTO.g1wL2",
        "staff@example.com": "$2b$12$StorefrontDemoTillPin.gPKuheel3HD9JmubmSyCer4WWsKFiEm",
        "admin@example.com": "$2b$12$StorefrontDemoTillPin.Z4qPIKkgsmWl5a7DWliQIM6svAZohay",
    ]

    /// What a piece of a product cost: between two and three fifths of its price. Of every twelfth nobody knows.
    static func unitCost(of number: Int, price: Money) -> Int64? {
        number % 12 == 11 ? nil : price.minorUnits * Int64(40 + number * 7 % 21) / 100
    }

    /// Fills a store that has no accounts and products yet, and makes it a demo store: products, accounts and
    /// the sales of 90 days, in one transaction.
    ///
    /// - Parameter progress: hears how many products are there, now and then.
    /// - Throws: `invalid` when the store has something in it.
    public static func fill(
        _ database: StoreDatabase, products: Int = defaultProducts, seed: UInt64 = defaultSeed,
        now: Timestamp, progress: @escaping @Sendable (Int) -> Void = { _ in }
    ) async throws(StoreError) {
        try await database.write { db in
            try fill(db, products: products, seed: seed, now: now, progress: progress)
        }
    }

    static func fill(
        _ db: Database, products: Int, seed: UInt64, now: Timestamp, progress: (Int) throws -> Void
    ) throws {
        guard
            try db.value(Bool.self, "SELECT EXISTS (SELECT 1 FROM product) OR EXISTS (SELECT 1 FROM account)")
                == false
        else { throw StoreError.invalid([FieldProblem("store", "must be empty to take the demo data")]) }
        try db.becomeDemoStore()
        let identity = try db.fetchShop()
        var random = DemoRandom(seed: seed)
        let count = max(0, min(products, maximumProducts))
        let sales = DemoOrders(products: count, isDemo: identity.isDemo, now: now, random: &random)
        let policy = try PolicyRecord.latest(in: db).policy
        let writer = DemoWriter(db: db, policy: policy, now: now)
        try writer.insertAccounts()
        let prices = try writer.insertProducts(
            count, sold: sales.sold, random: &random, progress: progress)
        try writer.insert(sales, prices: prices, random: &random)
        // They are counted when somebody asks, or when the store is opened next.
        try db.execute(sql: "UPDATE store SET sales_counted = 0; DELETE FROM sales_sum")
    }
}
