import PostgresTesting
import StoreContracts
import StoreDomain
import StorePostgres
import StoreService
import Synchronization
import Testing

/// Customers who order, and a till that sells, without pause, whatever becomes of the database. Each asks again with
/// the same key until it has an answer.
final class OrderLoad: Sendable {
    private let counter: CounterShop
    private let stores: [StoreServices]
    private let orders = Mutex<[String: Int64]>([:])
    private let isStopped = Mutex(false)
    private let steps: AsyncStream<Int>
    private let step: AsyncStream<Int>.Continuation

    /// - Parameter stores: the servers, each with its own connections.
    init(_ counter: CounterShop, on stores: [StoreServices]) {
        self.counter = counter
        self.stores = stores
        (steps, step) = AsyncStream<Int>.makeStream()
    }

    /// What was acknowledged: the order of each key.
    var acknowledged: [String: Int64] { orders.withLock { $0 } }

    func stop() { isStopped.withLock { $0 = true } }

    /// Orders until `meanwhile` is done.
    func run(_ meanwhile: @escaping @Sendable () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for customer in 0..<8 { group.addTask { try await self.order(as: customer) } }
            group.addTask {
                defer { self.stop() }
                try await meanwhile()
            }
            try await group.waitForAll()
        }
    }

    /// Returns when so many more orders are acknowledged.
    func waitForOrders(_ count: Int) async {
        let goal = acknowledged.count + count
        for await done in steps where done >= goal { return }
    }

    private func order(as customer: Int) async throws {
        let services = stores[customer % stores.count]
        var number = 0
        while !isStopped.withLock({ $0 }) {
            let key = "load-\(customer)-\(number)"
            guard let id = try await ask(key, customer, services) else { continue }
            number += 1
            let done = orders.withLock { orders in
                orders[key] = id
                return orders.count
            }
            step.yield(done)
        }
    }

    /// nil where the store cannot say just now.
    private func ask(_ key: String, _ customer: Int, _ services: StoreServices) async throws -> Int64? {
        do {
            if customer.isMultiple(of: 4) {
                return try await counter.sell(Int64(customer % 3 + 1), 1, key: key, on: services).id
            }
            return try await counter.place(Int64(customer % 3 + 1), 1, key: key, on: services).id
        } catch StoreError.storage, StoreError.outcomeUnknown { return nil }
    }

    /// What must hold in the end: each key stands for the order that was acknowledged, and nothing is there twice.
    func check(_ psql: (String) throws -> String) throws {
        let rows = try psql("SELECT key, order_id FROM idempotency WHERE key LIKE 'load-%'").split(
            separator: "\n")
        let stored = Dictionary(
            uniqueKeysWithValues: rows.map { row -> (String, Int64) in
                let columns = row.split(separator: "|")
                return (String(columns[0]), Int64(columns[1]) ?? 0)
            })
        for (key, id) in acknowledged { #expect(stored[key] == id, "\(key)") }
        #expect(try psql("SELECT COUNT(*) FROM orders") == "\(stored.count)")
        #expect(Set(stored.values).count == stored.count)
    }
}
