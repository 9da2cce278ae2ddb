import ArgumentParser
import Foundation
import GRDB
import StoreDomain
import StoreSQLite

/// One of several programs that use a store hard: each transaction an order, a checkpoint after almost every
/// one, the file closed and opened again and again, and what is read in between added up.
struct StormWorker: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "storm-worker", shouldDisplay: false)

    @Argument var path: String
    @Argument var seconds: Double

    /// Prints how many orders were acknowledged.
    func run() async throws {
        let clock = ContinuousClock()
        let end = clock.now + .seconds(seconds)
        var orders = 0
        while clock.now < end {
            let store = try JournalStore.open(path)
            try await store.write { db in try db.execute(sql: "PRAGMA wal_autocheckpoint = 2") }
            for _ in 0..<20 where clock.now < end {
                let number = orders
                try await store.write { db in try JournalStore.order(number, in: db) }
                orders += 1
                try await check(store)
            }
            try store.close()
        }
        print(orders)
    }

    private func check(_ store: StoreDatabase) async throws {
        let difference = try await store.read { db in
            try Int.fetchOne(
                db,
                sql: """
                    SELECT (SELECT sum(initial_stock) FROM product) - (SELECT sum(stock) FROM product)
                        + (SELECT sum(quantity) FROM stock_movement)
                    """)
        }
        guard difference == 0 else {
            throw ValidationError("stock and movements differ by \(difference ?? 0)")
        }
    }
}
