import ArgumentParser
import Foundation
import GRDB
import StoreDomain
import StoreService
import StoreSQLite

/// Ways for several processes to write one file durably, with transactions of an order's shape.
enum JournalMode: String, CaseIterable, ExpressibleByArgument {
    case wal, walWithLock, delete, truncate, persist

    /// Writes `count` transactions, or as many as it can in `seconds`.
    ///
    /// - Returns: how many there were in a second.
    func write(to path: String, seconds: Double) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        let end = start + .seconds(seconds)
        var count = 0
        if self == .walWithLock {
            let store = try JournalStore.open(path)
            while clock.now < end {
                try store.writeBlocking { try JournalStore.order(count, in: $0) }
                count += 1
            }
            try store.close()
        } else {
            var configuration = Configuration()
            configuration.busyMode = .timeout(30)
            let queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction {
                try $0.execute(sql: "PRAGMA journal_mode = \(self); PRAGMA synchronous = FULL")
            }
            while clock.now < end {
                try queue.writeWithoutTransaction { db in
                    try db.inTransaction(.immediate) {
                        try JournalStore.order(count, in: db)
                        return .commit
                    }
                }
                count += 1
            }
            try queue.close()
        }
        return Double(count) / ((clock.now - start) / .seconds(1))
    }
}

/// The store that is written to.
enum JournalStore {
    static func open(_ path: String) throws -> StoreDatabase {
        try StoreDatabase.open(
            at: path, createdAs: StoreSeed(policy: ShopPolicy(), uuid: "bench", now: Timestamp(seconds: 0)))
    }

    static func make(_ path: String) async throws {
        let store = try open(path)
        try await DemoData.fill(store, now: Timestamp(seconds: 1_800_000_000))
        try await store.write { db in
            try db.execute(
                sql: """
                    UPDATE product SET tracks_stock = 1, initial_stock = initial_stock + 1000000000,
                        stock = stock + 1000000000
                    """)
        }
        try store.close()
    }

    /// Two lines, their stock and its movements, the order itself.
    static func order(_ number: Int, in db: Database) throws {
        try db.cachedStatement(
            sql: """
                INSERT INTO orders (user_id, status, subtotal_minor, discount_minor, tax_minor, tax_mode,
                    exempted_minor, total_minor, rounding_minor, refunded_minor, created_at, updated_at)
                VALUES (1, 'pending', 300, 0, 26, 'added', 0, 326, 0, 0, ?, ?)
                """
        ).execute(arguments: [number, number])
        let id = db.lastInsertedRowID
        for product in [1 + number % 240, 1 + (number + 7) % 240] {
            try db.cachedStatement(sql: "UPDATE product SET stock = stock - 1 WHERE id = ? AND stock >= 1")
                .execute(arguments: [product])
            try db.cachedStatement(
                sql: """
                    INSERT INTO order_item (order_id, product_id, product_name, quantity, unit_price_minor,
                        total_minor, line_discount_minor, order_discount_minor, tax_minor)
                    VALUES (?, ?, 'Product', 1, 150, 150, 0, 0, 13)
                    """
            ).execute(arguments: [id, product])
            try db.cachedStatement(
                sql: """
                    INSERT INTO stock_movement (product_id, kind, quantity, order_id, created_at, costed)
                    SELECT id, 'sale', -1, ?, 0, 0 FROM product WHERE id = ? AND tracks_stock = 1
                    """
            ).execute(arguments: [id, product])
        }
    }
}

/// The decision on the journal, measured.
struct JournalBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "journal", abstract: "Compare journal modes under one and several writing processes.")

    @Option(help: "Seconds for each run.") var seconds = 2.0
    @Option(help: "Interleaved runs of each.") var runs = 5
    @Option(help: "Also write the figures to this file, as JSON.") var json: String?

    func run() async throws {
        var rates: [String: [Double]] = [:]
        var order: [String] = []
        for run in 0..<runs {
            for processes in [1, 4] {
                for mode in JournalMode.allCases {
                    let what = "orders a second: \(mode), \(processes) process\(processes == 1 ? "" : "es")"
                    if run == 0 { order.append(what) }
                    rates[what, default: []].append(try await rate(mode, processes: processes))
                }
            }
        }
        var report = Report()
        print(Report.Line.header)
        for what in order { report.add(what, unit: "/s", rates[what] ?? [0]) }
        try report.write(to: json)
    }

    private func rate(_ mode: JournalMode, processes: Int) async throws -> Double {
        let directory = FileManager.default.temporaryDirectory
            .appendingPathComponent("storefront-bench-\(ProcessInfo.processInfo.processIdentifier)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("store.db").path
        try await JournalStore.make(path)
        if mode != .wal, mode != .walWithLock {
            // Leaving WAL needs the file to oneself.
            let queue = try DatabaseQueue(path: path)
            try await queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA journal_mode = DELETE") }
            try queue.close()
        }
        let workers = try (0..<processes).map { _ in try Worker(mode, path, seconds) }
        let total = try workers.reduce(0) { try $0 + $1.rate() }
        let check = try DatabaseQueue(path: path)
        let verdict = try await check.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") }
        guard verdict == "ok" else {
            throw ValidationError("\(mode): the file is damaged: \(verdict ?? "?")")
        }
        try check.close()
        return total
    }

    /// This program again, as one of the writers.
    private struct Worker {
        private let process = Process()
        private let output = Pipe()

        init(_ mode: JournalMode, _ path: String, _ seconds: Double) throws {
            process.executableURL = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
            process.arguments = ["journal-worker", mode.rawValue, path, String(seconds)]
            process.standardOutput = output
            try process.run()
        }

        func rate() throws -> Double {
            let data = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            guard process.terminationStatus == 0,
                let rate = Double(
                    String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
            else { throw ValidationError("a writer failed") }
            return rate
        }
    }
}

/// One writer of `journal`.
struct JournalWorker: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "journal-worker", shouldDisplay: false)

    @Argument var mode: JournalMode
    @Argument var path: String
    @Argument var seconds: Double

    func run() throws { print(try mode.write(to: path, seconds: seconds)) }
}
