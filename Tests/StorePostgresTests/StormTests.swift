import Foundation
import PostgresTesting
import StoreContracts
import StoreCrypto
import StoreDomain
import StoreService
import FaultTesting
import Testing

@testable import StorePostgres

@Suite("Whatever many servers do at once, the books balance", .timeLimit(.minutes(20)))
struct StormTests {
    @Test("Two servers, 64 customers, one last unit of each of 100 products: each is sold once")
    func lastUnits() async throws { try await sellLastUnits(in: TestDatabase()) }

    @Test("So it is through a pooler", .enabled(if: TestPooler.path != nil))
    func lastUnitsThroughPooler() async throws {
        let database = try await TestDatabase()
        let pooler = try TestPooler(database.cluster, sessions: 8)
        defer { pooler.stop() }
        try await sellLastUnits(in: database, through: pooler.address(database.name))
    }

    /// Each customer wants 25 of the products, so that 16 want the same one at about the same time.
    private func sellLastUnits(in database: TestDatabase, through address: PostgresAddress? = nil)
        async throws
    {
        let products = 100
        let first = try await TestShop(
            connections: 8, purpose: .server(firstAccountIsAdmin: true, takesPayments: true), in: database,
            through: address)
        let counter = try await CounterShop(first, stock: 1, products: products)
        let second = try await TestShop(
            clock: first.clock, connections: 8,
            purpose: .server(firstAccountIsAdmin: false, takesPayments: true), in: database, through: address)
        let won = try await withThrowingTaskGroup(of: Int.self) { group in
            for customer in 0..<64 {
                group.addTask {
                    let services = customer.isMultiple(of: 2) ? first.services : second.services
                    var won = 0
                    for step in 0..<25 {
                        let product = Int64((customer / 16 * 25 + (step + customer) % 25) % products + 1)
                        do {
                            try await counter.place(product, key: "c\(customer)-\(step)", on: services)
                            won += 1
                        } catch StoreError.insufficientStock(_, _, let available) {
                            #expect(available == 0)
                        }
                    }
                    return won
                }
            }
            return try await group.reduce(0, +)
        }
        #expect(won == products)
        #expect(try await first.violations() == [])
        #expect(try database.psql("SELECT SUM(stock), COUNT(*) FROM products") == "0|\(products)")
    }

    @Test("Four tills that sell, exchange, void and close are killed at 4 random moments: the books balance")
    func killedTills() async throws {
        let seed: UInt64 = 0x5067_5469_6C6C
        var random = SplitMix64(seed: seed)
        let database = try await TestDatabase()
        let clock = TestClock()
        let store = try await PostgresStore(
            database.address, connections: 2,
            seed: StoreSeed(policy: ShopPolicy(), isDemo: true, uuid: "a-store", now: clock.now()),
            purpose: .till(), clock: clock, zones: TestZones(), cart: MemoryCart(),
            hasher: PasswordHasher(cost: 4))
        defer { store.close() }
        _ = try await CounterShop(store.services.services, stock: 100_000)
        var acknowledged: Set<Substring> = []
        for round in 0..<4 {
            let storms = try (1...4).map { number in
                try StormProcess(
                    "till", store: database.uri, name: String(number),
                    seed: seed &+ UInt64(round * 4 + number), tries: 1_000_000)
            }
            for storm in storms { try storm.go() }
            var lines: [String] = []
            for storm in storms {
                for _ in 0..<Int.random(in: 1...12, using: &random) {
                    lines.append(try #require(storm.nextLine(), "seed \(seed), round \(round)"))
                }
            }
            usleep(useconds_t(Int.random(in: 0...20_000, using: &random)))
            for storm in storms { lines += storm.kill() }
            // What a killed till had asked for may still be under way: it is done, or undone, when nobody works.
            while try database.psql(
                """
                SELECT COUNT(*) FROM pg_stat_activity
                WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
                    AND backend_type = 'client backend'
                """) != "0"
            { await Task.yield() }
            try #require(
                try await PostgresVerifier(store.database).verify() == [], "seed \(seed), round \(round)")
            for line in lines {
                let words = line.split(separator: " ")
                acknowledged.insert(words[0])
                guard words.count == 3, let id = Int64(words[2]) else { continue }
                // What was acknowledged is there.
                let number = try database.psql("SELECT number_position FROM orders WHERE id = \(id)")
                #expect(Int(number) != nil, "seed \(seed), round \(round): \(line)")
            }
        }
        #expect(acknowledged.isSuperset(of: ["sold", "exchanged"]))
    }

    @Test("Twins of one request make one order, also of the last unit")
    func twins() async throws {
        let shop = try await TestShop(connections: 8)
        let counter = try await CounterShop(shop, stock: 1)
        let ids = try await withThrowingTaskGroup(of: Int64.self) { group in
            for _ in 0..<16 { group.addTask { try await counter.place(1, key: "twin").id } }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(ids.count == 1)
        #expect(try await shop.violations() == [])
    }

    @Test("Of many that register in an empty store, one is its admin")
    func firstAccount() async throws {
        let shop = try await TestShop(connections: 8)
        let admins = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<8 {
                group.addTask {
                    try await shop.services.auth.register(
                        Registration(
                            email: "p\(number)@example.com", name: "P", password: Secret("storefront-demo"))
                    ).user.role.name == Role.admin.name
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(admins == 1)
    }

    @Test("A code that may be used three times is used three times")
    func limitedCode() async throws {
        let shop = try await TestShop(connections: 8)
        let counter = try await CounterShop(shop)
        _ = try await shop.services.discounts.add(
            Discount(
                code: "THREE", kind: .fixed(Money(minorUnits: 10)), validFrom: nil, validUntil: nil,
                minimumSubtotal: nil, usageLimit: 3, timesUsed: 0, isActive: true), as: counter.admin)
        let used = try await withThrowingTaskGroup(of: Bool.self) { group in
            for number in 0..<12 {
                group.addTask {
                    try await counter.place(2, key: "k\(number)", code: "THREE").discountCode != nil
                }
            }
            return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(used == 3)
        #expect(try await shop.violations() == [])
    }

    @Test("Tries to sign in at once are all counted")
    func signInTries() async throws {
        let shop = try await TestShop(connections: 8)
        _ = try await CounterShop(shop)
        let waits = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<12 {
                group.addTask {
                    do {
                        _ = try await shop.services.auth.signIn(
                            email: "customer@example.com", password: Secret("wrong-password"))
                        return false
                    } catch StoreError.signInMustWait { return true } catch { return false }
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(waits == 7)
    }

    @Test("Orders of different products wait neither for each other's stock nor for each other's journal")
    func noCommonRow() async throws {
        let shop = try await TestShop(
            connections: 2, purpose: .server(firstAccountIsAdmin: true, takesPayments: true))
        let counter = try await CounterShop(shop)
        let isPlaced = DispatchSemaphore(value: 0)
        let (isHeld, held) = AsyncStream<Void>.makeStream()
        let engine = shop.store.engine
        async let first = engine.write { tx in
            _ = try tx.offers([1], includingArchived: false)
            _ = try tx.journalHead(of: tx.writtenChain(for: Till.api))
            held.finish()
            // Holds both until the other order is placed: were it to wait for them, neither would end.
            isPlaced.wait()
        }
        for await _ in isHeld {}
        try await counter.place(2, key: "other")
        isPlaced.signal()
        try await first
        #expect(try await shop.violations() == [])
    }

    @Test("Random sales, payments, cancellations, refunds, shifts, edits and expiry at once")
    func everything() async throws {
        let seed: UInt64 = 0x53_746F_726D
        let shop = try await TestShop(connections: 6)
        let counter = try await CounterShop(shop, stock: 60)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    try await storm(shop, counter, worker: worker, seed: seed &+ UInt64(worker), steps: 40)
                }
            }
            try await group.waitForAll()
        }
        #expect(try await shop.violations() == [], "seed \(seed)")
        let statuses = try shop.database.psql("SELECT DISTINCT status FROM orders ORDER BY 1").split(
            separator: "\n")
        #expect(Set(statuses).isSuperset(of: ["paid", "cancelled", "partially_refunded"]))
        #expect(try shop.database.psql("SELECT COUNT(*) > 0 FROM shift WHERE closed_at IS NOT NULL") == "t")
    }

    private func storm(
        _ shop: TestShop, _ counter: CounterShop, worker: Int, seed: UInt64, steps: Int
    ) async throws {
        var random = SplitMix64(seed: seed)
        var placed: [Order] = []
        var sold: [Order] = []
        for step in 0..<steps {
            let key = "w\(worker)-\(step)"
            do {
                switch Int.random(in: 0..<17, using: &random) {
                case 0..<5:
                    let code = ["SAVE10", "FLAT5", "NOSUCH", nil].randomElement(using: &random) ?? nil
                    placed.append(
                        try await counter.place(
                            .random(in: 1...3, using: &random), .random(in: 1...4, using: &random), key: key,
                            code: code))
                case 5, 6:
                    if let order = placed.randomElement(using: &random) {
                        try await counter.pay(order, key: key)
                    }
                case 7:
                    if let order = placed.randomElement(using: &random) {
                        _ = try await counter.orders.cancel(order.id, as: counter.customer)
                    }
                case 8:
                    _ = try await shop.services.catalog.edit(
                        .random(in: 1...3, using: &random),
                        ProductPatch(
                            price: Money(minorUnits: .random(in: 0...900, using: &random)),
                            stock: Int.random(in: 0..<4, using: &random) == 0
                                ? .untracked : .counted(.random(in: 0...80, using: &random))),
                        as: counter.admin)
                case 9:
                    sold.append(
                        try await counter.sell(
                            .random(in: 1...3, using: &random), .random(in: 1...4, using: &random), key: key))
                case 10:
                    if let order = (placed + sold).randomElement(using: &random), let item = order.items.first
                    {
                        try await counter.refund(order, item, restocks: .random(using: &random), key: key)
                    }
                case 12, 13:
                    if let order = (placed + sold).randomElement(using: &random), let item = order.items.first
                    {
                        sold.append(
                            try await counter.exchange(
                                order, item, for: .random(in: 1...3, using: &random),
                                .random(in: 1...3, using: &random), isPaid: .random(using: &random), key: key)
                        )
                    }
                case 14:
                    if let order = sold.randomElement(using: &random) {
                        try await counter.void(order, key: key)
                    }
                case 15:
                    if let order = sold.randomElement(using: &random) {
                        try await counter.printReceipt(of: order)
                    }
                case 11: try await counter.turnShift(closes: .random(using: &random))
                default:
                    shop.clock.advance(bySeconds: .random(in: 0...900, using: &random))
                    _ = try await counter.orders.orders(OrderQuery(), as: counter.customer)
                }
            } catch StoreError.insufficientStock, StoreError.wrongStatus, StoreError.paymentStranded,
                StoreError.notReturnable, StoreError.shiftOpen, StoreError.noShift, StoreError.shiftCounting,
                StoreError.otherShift, StoreError.paymentRefused
            {
                // Refused as it should be; the books are looked at in the end.
            }
        }
    }
}
