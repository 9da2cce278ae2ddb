import ArgumentParser
import Foundation
import GRDB
import StoreDomain
import StoreSQLite

/// What the rows stand on: programs, folders, sizes, how often each is measured.
struct BenchPlace: Sendable {
    /// Gone afterwards.
    let folder: String
    /// Large stores stay here.
    let cache: String
    /// Where `storefront` and `storefront-server` are.
    let programs: String
    /// The small service to measure beside; nil where it is not found.
    let seedService: String?
    let isQuick: Bool
    let products: Int
    let orders: Int

    var rounds: Int { isQuick ? 3 : 7 }
    /// Of load, each round.
    var seconds: Double { isQuick ? 0.7 : 3 }

    func program(_ name: String) throws -> String {
        let path = "\(programs)/\(name)"
        guard FileManager.default.isExecutableFile(atPath: path) else {
            throw ValidationError(
                "\(path) is not there: swift build -c release --product \(name), or name its folder with --programs"
            )
        }
        return path
    }

    /// A new folder below the temporary one.
    func makeFolder(_ name: String) throws -> String {
        let path = "\(folder)/\(name)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }

    /// The environment of a program, with a home of its own.
    func variables(_ more: [String] = []) throws -> [String] {
        let home = try makeFolder("home")
        return [
            "HOME=\(home)", "XDG_DATA_HOME=\(home)/data", "XDG_CONFIG_HOME=\(home)/config",
            "XDG_STATE_HOME=\(home)/state", "XDG_CACHE_HOME=\(home)/cache", "LANG=C.UTF-8",
            "PATH=/usr/local/bin:/usr/bin:/bin", "TMPDIR=\(folder)", "TERM=xterm-256color",
            "GIT_CONFIG_NOSYSTEM=1", "STOREFRONT_LOG_LEVEL=warning",
        ] + more
    }

    // MARK: - Stores

    /// A store with so many products, made once.
    func productStore() async throws -> String {
        try await kept("products-\(products)") { store in
            try await DemoData.fill(store, products: products, now: BenchClock().now())
        }
    }

    /// A store with so many orders of the last two years, made once.
    func orderStore() async throws -> String {
        try await kept("orders-\(orders)") { store in
            try await DemoData.fill(store, now: BenchClock().now())
            try await store.write { db in try Self.multiplyOrders(to: orders, in: db) }
        }
    }

    private func kept(_ name: String, _ fill: (StoreDatabase) async throws -> Void) async throws -> String {
        try FileManager.default.createDirectory(atPath: cache, withIntermediateDirectories: true)
        let path = "\(cache)/\(name).db"
        if FileManager.default.fileExists(atPath: path) { return path }
        AllCommand.note("making \(path), once")
        let making = "\(path).making"
        for suffix in ["", "-wal", "-shm", "-lock"] { unlink(making + suffix) }
        let store = try JournalStore.open(making)
        try await fill(store)
        try store.close()
        // Counts what was sold, and writes what is left to write.
        try BenchStore.localStore(making).close()
        unlink(making + "-lock")
        guard rename(making, path) == 0 else { throw ValidationError("\(path) cannot be made: \(errno)") }
        return path
    }

    /// Copies what was paid in the demo data until there are so many orders, spread over two years.
    private static func multiplyOrders(to count: Int, in db: Database) throws {
        let first = try Int.fetchOne(db, sql: "SELECT MAX(id) FROM orders") ?? 0
        let paid = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM orders WHERE status = 'paid'") ?? 1
        let copies = max(1, count / max(1, paid))
        let step = 730 * 86_400_000 / copies
        for copy in 1...copies {
            let shift = "+ \(copy * first)"
            let (created, updated) = ("created_at - \(copy * step)", "updated_at - \(copy * step)")
            // By number: among the paid ones are all that were copied.
            let sources = "SELECT id FROM orders WHERE id <= \(first) AND +status = 'paid'"
            try multiply(
                "orders",
                [
                    "id": "id \(shift)", "created_at": created, "updated_at": updated, "number_kind": "NULL",
                    "number_till": "NULL", "number_position": "NULL", "journal_mark": "NULL",
                ], where: "id IN (\(sources))", in: db)
            try multiply(
                "order_item", ["id": "NULL", "order_id": "order_id \(shift)"],
                where: "order_id IN (\(sources))", in: db)
            try multiply(
                "payment",
                [
                    "id": "NULL", "order_id": "order_id \(shift)", "created_at": created, "shift_id": "NULL",
                    "moved_from": "NULL",
                ], where: "order_id IN (\(sources))", in: db)
        }
        try db.execute(sql: "UPDATE store SET sales_counted = 0; DELETE FROM sales_sum")
    }

    private static func multiply(
        _ table: String, _ changed: [String: String], where condition: String, in db: Database
    ) throws {
        let columns = try db.columns(in: table).map(\.name)
        let values = columns.map { changed[$0] ?? $0 }
        try db.execute(
            sql: """
                INSERT INTO \(table) (\(columns.joined(separator: ", ")))
                SELECT \(values.joined(separator: ", ")) FROM \(table) WHERE \(condition)
                """)
    }

    // MARK: - Where things are

    /// The folder that this program lies in.
    static var ownFolder: String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().path
    }

    /// `Tests/SeedService` of the checkout that this program was built in, or that one stands in.
    static func findSeedService() -> String? {
        for start in [FileManager.default.currentDirectoryPath, ownFolder] {
            var place = URL(fileURLWithPath: start)
            while place.path != "/" {
                let found = place.appending(path: "Tests/SeedService")
                if FileManager.default.fileExists(atPath: found.appending(path: "service.py").path) {
                    return found.path
                }
                place.deleteLastPathComponent()
            }
        }
        return nil
    }
}
