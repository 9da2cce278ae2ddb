import ArgumentParser
import Glibc
import StoreCrypto
import StoreDomain
import StorePostgres
import StoreSQLite
import StoreService

/// What closing a shift costs with a day's sales in it.
struct ShiftBench: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "shift", abstract: "Sell at a till, then look at its shift's report and close it.")

    @Option(help: "A PostgreSQL database, empty; without it a file in the directory.")
    var store: String?

    @Option(help: "Where the file is made; it is removed afterwards.")
    var directory = "."

    @Option(help: "Sales of the shift, of three lines each; every tenth has a refund.")
    var sales = 5_000

    @Option(help: "Looks at the report; the median counts.")
    var runs = 9

    func run() async throws {
        guard let store else {
            let path = "\(directory)/shift-bench.db"
            let store = try BenchStore.localStore(path)
            defer { for suffix in ["", "-wal", "-shm", "-lock"] { unlink(path + suffix) } }
            try await measure(store.services)
            return try store.close()
        }
        let clock = BenchClock()
        let postgres = try await PostgresStore(
            PostgresAddress(uri: store), connections: 1,
            seed: StoreSeed(
                policy: ShopPolicy(), uuid: RandomSource().idempotencyKey().text, now: clock.now()),
            purpose: .commands, clock: clock, zones: OnlyUTC(),
            cart: SQLiteCartService(state: try .inMemory(), store: "bench", clock: clock))
        try await measure(postgres.services.services)
        postgres.close()
    }

    private func measure(_ services: StoreServices) async throws {
        var report = Report()
        print(Report.Line.header)
        let day = try await Self.sell(sales, on: services)
        try await report.time("X report of \(sales) sales", runs: runs) { try await day.look() }
        try await report.time("closing it", runs: 1) { try await day.close() }
    }

    /// A shift in which that much was sold.
    struct Day {
        let counter: CounterServices
        let admin: Principal
        let shift: Int64
        let expected: Money

        /// Makes its report.
        func look() async throws { _ = try await counter.shifts.report(shift, as: admin) }

        /// Ends it.
        func close() async throws {
            _ = try await counter.shifts.close(
                till: Till.standard, counted: DrawerCount(total: expected), nextFloat: nil, reason: nil,
                as: admin)
        }
    }

    /// Opens a shift and sells so often.
    static func sell(_ sales: Int, on services: StoreServices) async throws -> Day {
        guard let counter = services.counter else { throw StoreError.unsupported("tills") }
        let user = try await services.accounts.add(
            Registration(email: "bench@example.com", name: "Bench", password: Secret("bench-password")),
            role: Role.admin.name, as: .operatorOfStore)
        let admin = Principal.user(Session(user: user))
        var lines: [SaleDraft.Line] = []
        for number in 1...3 {
            let product = try await services.catalog.add(
                ProductDraft(
                    name: "Item \(number)", price: Money(minorUnits: 1_999), stock: .counted(1_000_000)),
                as: admin)
            lines.append(try SaleDraft.Line(productID: product.id, quantity: 1))
        }
        let till = Till.standard
        _ = try await counter.shifts.open(till: till, float: Money(minorUnits: 20_000), as: admin)
        for number in 0..<sales {
            let sale = try await counter.till.sell(
                SaleDraft(
                    till: till, lines: lines,
                    tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)]),
                key: IdempotencyKey(random: 1, UInt64(number)), as: admin)
            guard number.isMultiple(of: 10), let item = sale.items.first else { continue }
            _ = try await counter.refunds.refund(
                RefundDraft(
                    orderID: sale.id, lines: [RefundDraft.Line(itemID: item.id, quantity: 1)], reason: "Back"),
                till: till, key: IdempotencyKey(random: 2, UInt64(number)), as: admin)
        }
        guard let shift = try await counter.shifts.current(till: till, as: admin) else {
            throw StoreError.noShift(till: till)
        }
        let expected = try await counter.shifts.report(shift.id, as: admin).expected
        return Day(counter: counter, admin: admin, shift: shift.id, expected: expected ?? .zero())
    }
}
