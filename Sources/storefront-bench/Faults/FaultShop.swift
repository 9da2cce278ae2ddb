import ArgumentParser
import Foundation
import GRDB
import PostgresTesting
import StoreCrypto
import StoreDomain
import StorePostgres
import StoreService
import StoreSQLite

/// A shop that faults are tried on: an admin, a customer and three products, in a file or in PostgreSQL.
struct FaultShop: Sendable {
    enum Kind: String, CaseIterable, Sendable, Codable, ExpressibleByArgument {
        case sqlite = "SQLite"
        case postgres = "PostgreSQL"

        init?(argument: String) {
            guard let kind = Self.allCases.first(where: { $0.rawValue.lowercased() == argument.lowercased() })
            else { return nil }
            self = kind
        }
    }

    private enum Place: Sendable {
        case file(String)
        case postgres(PostgresCluster, String)
    }

    private let place: Place

    /// What tills are given: a path, or a URI.
    var address: String {
        switch place {
        case .file(let path): path
        case .postgres(let cluster, let name): cluster.uri(name)
        }
    }

    /// What a server is given.
    var serverArguments: [String] {
        switch place {
        case .file(let path): ["--db", path]
        case .postgres: []
        }
    }

    var serverVariables: [String] {
        switch place {
        case .file: []
        case .postgres(let cluster, let name): ["DATABASE_URL=\(cluster.uri(name))"]
        }
    }

    private static let clock = BenchClock()
    private static var seed: StoreSeed {
        StoreSeed(
            policy: ShopPolicy(), isDemo: true, uuid: RandomSource().idempotencyKey().text, now: clock.now())
    }
    static let password = "storefront-demo"

    // MARK: - Making one

    static func file(_ path: String) async throws -> FaultShop {
        try StoreDatabase.open(at: path, createdAs: seed).close()
        let store = try LocalStore(
            path: path, statePath: nil, policy: ShopPolicy(), clock: clock, zones: OnlyUTC(),
            ids: RandomSource(), hasher: PasswordHasher(cost: 4))
        try await fill(store.services)
        try store.close()
        return FaultShop(place: .file(path))
    }

    static func postgres(_ cluster: PostgresCluster) async throws -> FaultShop {
        let name = try cluster.makeDatabase()
        let store = try await PostgresStore(
            cluster.address(name), connections: 1, seed: seed, purpose: .till(), clock: clock,
            zones: OnlyUTC(),
            cart: SQLiteCartService(state: try .inMemory(), store: "faults", clock: clock),
            hasher: PasswordHasher(cost: 4))
        defer { store.close() }
        try await fill(store.services.services)
        return FaultShop(place: .postgres(cluster, name))
    }

    private static func fill(_ services: StoreServices) async throws {
        let admin = try await services.auth.register(
            Registration(email: "admin@example.com", name: "Admin", password: Secret(password)))
        _ = try await services.auth.register(
            Registration(email: "customer@example.com", name: "Customer", password: Secret(password)))
        for number in 1...3 {
            _ = try await services.catalog.add(
                ProductDraft(
                    name: "Product \(number)", price: Money(minorUnits: Int64(number) * 100),
                    stock: .counted(1_000_000)), as: .user(admin))
        }
    }

    /// Takes it away again.
    func remove() {
        switch place {
        case .file(let path): for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) }
        case .postgres(let cluster, let name): try? cluster.dropDatabase(name)
        }
    }

    // MARK: - Looking at it

    private static let orderSQL = "SELECT id FROM orders"
    private static let keySQL =
        "SELECT key, order_id FROM idempotency WHERE operation IN ('order', 'sale', 'refund')"

    func books() async throws -> FaultBooks {
        switch place {
        case .file(let path):
            let database = try JournalStore.open(path)
            defer { try? database.close() }
            return try await database.read { db in
                FaultBooks(
                    orders: try Int64.fetchSet(db, sql: Self.orderSQL),
                    keys: Dictionary(
                        try Row.fetchAll(db, sql: Self.keySQL).map { ($0[0], $0[1]) },
                        uniquingKeysWith: { first, _ in first }))
            }
        case .postgres(let cluster, let name):
            let orders = try cluster.psql(name, Self.orderSQL).split(separator: "\n").compactMap { Int64($0) }
            let keys = try cluster.psql(name, Self.keySQL).split(separator: "\n").compactMap {
                line -> (String, Int64)? in
                guard let bar = line.lastIndex(of: "|"), let id = Int64(line[line.index(after: bar)...])
                else { return nil }
                return (String(line[..<bar]), id)
            }
            return FaultBooks(
                orders: Set(orders), keys: Dictionary(keys, uniquingKeysWith: { first, _ in first }))
        }
    }

    /// All that does not add up.
    func violations() async throws -> [String] {
        switch place {
        case .file(let path):
            let database = try JournalStore.open(path)
            defer { try? database.close() }
            return try await StoreVerifier(database).verify().map(\.sentence)
        case .postgres(let cluster, let name):
            // What a killed program had asked for may still be under way: it is done, or undone, when nobody works.
            while try cluster.psql(name, Self.busySQL) != "0" { try await Task.sleep(for: .milliseconds(10)) }
            let database = PostgresDatabase(cluster.address(name), connections: 1)
            defer { database.close() }
            return try await PostgresVerifier(database).verify().map(\.sentence)
        }
    }

    private static let busySQL = """
        SELECT COUNT(*) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
            AND backend_type = 'client backend'
        """

    // MARK: - Breaking it

    /// Has another program hold the file for writing so long.
    func lock(microseconds: UInt32) throws {
        guard case .file(let path) = place else { return }
        let database = try JournalStore.open(path)
        try database.writeBlocking { _ in
            usleep(microseconds)
            return
        }
        try database.close()
    }

    /// Kills the database and brings it back.
    func restartDatabase(after microseconds: UInt32) throws {
        guard case .postgres(let cluster, _) = place else { return }
        try cluster.kill()
        usleep(microseconds)
        try cluster.start()
    }

    /// Leaves no room on the disk that it lies on, for a while.
    func fillDisk(microseconds: UInt32) throws {
        switch place {
        case .file(let path):
            let ballast = URL(fileURLWithPath: path).deletingLastPathComponent().appending(path: "ballast")
                .path
            let file = open(ballast, O_WRONLY | O_CREAT | O_APPEND, 0o600)
            var size = 65_536
            while size > 0 {
                if write(file, [UInt8](repeating: 1, count: size), size) < size { size /= 2 }
            }
            close(file)
            usleep(microseconds)
            unlink(ballast)
        case .postgres(let cluster, let name):
            try cluster.psql(name, "CREATE TABLE ballast (content TEXT)")
            let rows = """
                INSERT INTO ballast SELECT string_agg(md5(random()::text), '')
                FROM generate_series(1, 4000), generate_series(1, 8) AS part GROUP BY part
                """
            var isFull = false
            for _ in 0..<1_000 where !isFull {
                do { try cluster.psql(name, rows) } catch { isFull = true }
            }
            guard isFull else { throw ValidationError("the disk does not fill up") }
            usleep(microseconds)
            try cluster.grow(toMegabytes: 300)
            // Its server ends where its WAL has no room.
            if (try? cluster.psql(name, "SELECT 1")) == nil {
                try? cluster.kill()
                try cluster.start()
            }
        }
    }
}
