import Foundation
import GRDB
import StoreDomain

/// What a store file is like, for `storefront doctor`.
public struct StoreReport: Sendable {
    public let path: String
    /// In bytes.
    public let size: Int64
    /// The number of the last migration.
    public let schema: Int
    public let journalMode: String
    public let currency: Currency
    public let isDemo: Bool
    public let isReadOnly: Bool
    /// On sale.
    public let products: Int
    public let orders: Int
    public let accounts: Int
    /// SQLite's word on the file: "ok", or the first thing that is wrong.
    public let quickCheck: String

    /// Reads it all in one snapshot.
    ///
    /// - Throws: `storage`.
    public init(_ database: StoreDatabase) async throws(StoreError) {
        let path = database.path
        let isReadOnly = database.isReadOnly
        self = try await database.read { db in
            let identity = try db.fetchShop()
            func number(_ sql: String) throws -> Int { try Int.fetchOne(db, sql: sql) ?? 0 }
            return try StoreReport(
                path: path, size: Self.size(of: path), schema: number("PRAGMA user_version"),
                journalMode: String.fetchOne(db, sql: "PRAGMA journal_mode") ?? "unknown",
                currency: identity.currency, isDemo: identity.isDemo, isReadOnly: isReadOnly,
                products: number("SELECT on_sale FROM product_total"),
                orders: number("SELECT COALESCE(SUM(orders), 0) FROM order_count WHERE user_id = 0"),
                accounts: number("SELECT COUNT(*) FROM account"),
                quickCheck: String.fetchOne(db, sql: "PRAGMA quick_check(1)") ?? "no answer")
        }
    }

    private init(
        path: String, size: Int64, schema: Int, journalMode: String, currency: Currency, isDemo: Bool,
        isReadOnly: Bool, products: Int, orders: Int, accounts: Int, quickCheck: String
    ) {
        self.path = path
        self.size = size
        self.schema = schema
        self.journalMode = journalMode
        self.currency = currency
        self.isDemo = isDemo
        self.isReadOnly = isReadOnly
        self.products = products
        self.orders = orders
        self.accounts = accounts
        self.quickCheck = quickCheck
    }

    /// Whether some program has the store at `path` open.
    public static func isOpen(_ path: String) -> Bool {
        var status = stat()
        guard stat(path + "-lock", &status) == 0, let lock = try? FileLock(path: path + "-lock") else {
            return false
        }
        // Given back with the lock itself.
        return !lock.tryExclusive(.presence)
    }

    /// The version of the SQLite that is linked, such as `3.40.1`.
    public static var sqliteVersion: String {
        let version = try? DatabaseQueue().read { try String.fetchOne($0, sql: "SELECT sqlite_version()") }
        return version.flatMap(\.self) ?? "unknown"
    }

    /// The file and the log beside it.
    private static func size(of path: String) -> Int64 {
        [path, path + "-wal"].reduce(0) { size, path in
            var status = stat()
            return stat(path, &status) == 0 ? size + Int64(status.st_size) : size
        }
    }
}
