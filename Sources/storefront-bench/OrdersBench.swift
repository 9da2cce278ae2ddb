import ArgumentParser
import Foundation
import StoreDomain
import StoreSQLite

/// Orders a second through the services: priced, stock taken, durable, one client after another's answer.
struct OrdersBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "orders", abstract: "Place and pay orders of two lines, one after the other.")

    @Option(help: "Where the store is made; it is removed afterwards.")
    var directory = "."

    @Option(help: "Orders of each run.")
    var orders = 1_000

    @Option(help: "Runs; the median counts.")
    var runs = 5

    func run() async throws {
        var rates: [(placed: Double, paid: Double)] = []
        for _ in 0..<runs {
            rates.append(try await Self.measure(in: directory, orders: orders, clients: 1, paysToo: true))
        }
        let placed = rates.map(\.placed).sorted()[runs / 2]
        let paid = rates.map(\.paid).sorted()[runs / 2]
        print("orders placed a second: \(Int(placed))")
        print("orders paid a second: \(Int(paid))")
    }

    /// Orders a second, and payments of them one after the other.
    ///
    /// - Parameter clients: how many place at once, each after the answer to its last.
    static func measure(
        in directory: String, orders: Int, clients: Int, paysToo: Bool
    ) async throws -> (placed: Double, paid: Double) {
        let clock = BenchClock()
        let path = "\(directory)/orders-bench-\(UUID().uuidString).db"
        let store = try LocalStore(
            path: path, statePath: nil, policy: ShopPolicy(), clock: clock, zones: OnlyUTC(), ids: RunIDs())
        defer { for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) } }
        let services = store.services
        let session = try await services.auth.register(
            Registration(email: "bench@example.com", name: "Bench", password: Secret("bench-password")))
        let staff = Principal.user(session)
        var lines: [OrderDraft.Line] = []
        for number in 1...2 {
            let product = try await services.catalog.add(
                ProductDraft(
                    name: "Item \(number)", price: Money(minorUnits: 1_999), stock: 1_000_000), as: staff)
            lines.append(try OrderDraft.Line(productID: product.id, quantity: 1))
        }
        let draft = try OrderDraft(lines: lines)
        @Sendable func key(_ number: Int, _ high: UInt64) -> IdempotencyKey {
            IdempotencyKey(random: high, UInt64(number))
        }
        let start = ContinuousClock.now
        let placed = try await withThrowingTaskGroup(of: [Int64].self) { group in
            for client in 0..<clients {
                group.addTask {
                    var placed: [Int64] = []
                    for number in stride(from: client, to: orders, by: clients) {
                        placed.append(
                            try await services.orders.place(draft, key: key(number, 1), as: staff).id)
                    }
                    return placed
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        let middle = ContinuousClock.now
        if paysToo {
            let cash = PaymentRequest(methodID: "cash", tenderedMinor: 10_000)
            for (number, id) in placed.enumerated() {
                _ = try await services.payments.pay(id, [cash], key: key(number, 2), as: staff)
            }
        }
        let end = ContinuousClock.now
        try store.close()
        return (
            Double(orders) / ((middle - start) / .seconds(1)), Double(orders) / ((end - middle) / .seconds(1))
        )
    }
}

/// Keys that are the same in every run.
private struct RunIDs: IDSource {
    func idempotencyKey() -> IdempotencyKey { IdempotencyKey(random: 7, 7) }
    func giftCardCode() -> GiftCardCode { GiftCardCode(number: 7) }
}
