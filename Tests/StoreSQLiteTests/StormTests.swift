import Foundation
import GRDB
import StoreContracts
import StoreDomain
import StoreService
import FaultTesting
import Testing

@testable import StoreSQLite

@Suite("Whatever many do at once, and whenever one is killed, the books balance", .serialized)
struct StormTests {
    @Test("Programs that race for the last units sell each once")
    func lastUnits() async throws {
        let store = try await TestStore(stock: 3)
        let racers = try (0..<4).map { number in
            try StormProcess(
                store: store.database.path, name: "racer\(number)", seed: UInt64(number + 1), tries: 20)
        }
        for racer in racers { try racer.go() }
        var lines: [String] = []
        for racer in racers {
            lines += racer.remainingLines()
            #expect(racer.status() == 0)
        }
        // Cancelling gives units back, so more orders than units may be placed; never are more sold.
        #expect(lines.contains { $0.hasPrefix("placed") })
        #expect(lines.contains { $0.hasPrefix("refused") })
        let left = try await store.database.read { try Int.fetchAll($0, sql: "SELECT stock FROM product") }
        #expect(left.allSatisfy { $0 >= 0 })
        #expect(try await store.violations().isEmpty)
    }

    @Test("One unit, eight programs: exactly one gets it")
    func lastUnit() async throws {
        let store = try await TestStore(stock: 1)
        let draft = try OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)])
        // Eight openings of the file exclude each other as eight programs do.
        let programs = try (0..<8).map { _ in
            let database = try StoreDatabase.open(at: store.database.path, kind: .store, mode: .existing) {
                _ in
            }
            return try EngineServices.over(database, clock: store.clock).services.orders
        }
        let won = try await withThrowingTaskGroup(of: Bool.self) { group in
            for (number, program) in programs.enumerated() {
                for attempt in 0..<4 {
                    group.addTask {
                        do {
                            _ = try await program.place(
                                draft, key: .of("k\(number)-\(attempt)"), as: store.customer)
                            return true
                        } catch StoreError.insufficientStock(_, _, let available) {
                            #expect(available == 0)
                            return false
                        }
                    }
                }
            }
            return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
        }
        #expect(won == 1)
        #expect(try await store.violations().isEmpty)
    }

    @Test("Killed at 24 random moments, a program loses nothing that it acknowledged and leaves nothing half")
    func kills() async throws {
        let seed: UInt64 = 0x4B69_6C6C
        var random = SplitMix64(seed: seed)
        let store = try await TestStore(stock: 1_000_000)
        try store.database.close()
        var acknowledged = Acknowledged()
        for round in 0..<24 {
            let moment = (
                lines: Int.random(in: 1...40, using: &random),
                spin: Int.random(in: 0...20_000, using: &random)
            )
            let what: Comment =
                "seed \(seed), round \(round), killed \(moment.spin) µs after line \(moment.lines)"
            let storm = try StormProcess(
                store: store.database.path, name: "round\(round)", seed: seed &+ UInt64(round),
                tries: 1_000_000)
            try storm.go()
            for _ in 0..<moment.lines { acknowledged.hear(try #require(storm.nextLine(), what)) }
            // The moment itself: nothing is waited for.
            usleep(useconds_t(moment.spin))
            #expect(storm.isRunning, what)
            for line in storm.kill() { acknowledged.hear(line) }

            let database = try StoreDatabase.open(at: store.database.path, kind: .store, mode: .existing) {
                _ in
            }
            #expect(try await StoreVerifier(database).verify() == [], what)
            try await database.read { [acknowledged] db in try acknowledged.check(in: db, what) }
            // Whatever was under way is asked again with its key, and ends in one order.
            let orders = try EngineServices.over(database, clock: store.clock).services.orders
            let attempt = try #require(acknowledged.lastTry, what)
            let order = try await orders.place(attempt.draft(), key: .of(attempt.key), as: store.customer)
            #expect(acknowledged.placed[attempt.key] ?? order.id == order.id, what)
            acknowledged.placed[attempt.key] = order.id
            try database.close()
        }
        #expect(acknowledged.placed.count > 24)
        #expect(!acknowledged.paid.isEmpty)
    }

    @Test("Killed at 12 random moments, programs that share commits lose nothing that they acknowledged")
    func sharedCommits() async throws {
        let seed: UInt64 = 0x43_726F_7764
        var random = SplitMix64(seed: seed)
        let store = try await TestStore(stock: 1_000_000)
        // Of one product there are few: those who get none are undone beside those who share their commit.
        try await store.database.write { db in
            try db.execute(sql: "UPDATE product SET stock = 200, initial_stock = 200 WHERE id = 3")
        }
        try store.database.close()
        var acknowledged = Acknowledged()
        for round in 0..<12 {
            let what: Comment = "seed \(seed), round \(round)"
            let crowds = try (0..<3).map { number in
                try StormProcess(
                    "crowd", store: store.database.path, name: "r\(round)c\(number)",
                    seed: seed &+ UInt64(round * 3 + number), tries: 1_000_000)
            }
            for crowd in crowds { try crowd.go() }
            for crowd in crowds {
                for _ in 0..<Int.random(in: 1...60, using: &random) {
                    acknowledged.hear(try #require(crowd.nextLine(), what))
                }
            }
            usleep(useconds_t(Int.random(in: 0...20_000, using: &random)))
            for crowd in crowds { for line in crowd.kill() { acknowledged.hear(line) } }

            let database = try StoreDatabase.open(at: store.database.path, kind: .store, mode: .existing) {
                _ in
            }
            #expect(try await StoreVerifier(database).verify() == [], what)
            try await database.read { [acknowledged] db in try acknowledged.check(in: db, what) }
            // Whatever was under way is asked again with its key, and ends in one order or in none.
            let orders = try EngineServices.over(database, clock: store.clock).services.orders
            for attempt in acknowledged.open {
                do {
                    let order = try await orders.place(
                        attempt.draft(), key: .of(attempt.key), as: store.customer)
                    acknowledged.hear("placed \(attempt.key) \(order.id)")
                } catch StoreError.insufficientStock {
                    acknowledged.hear("refused \(attempt.key)")
                }
            }
            try await database.read { [acknowledged] db in try acknowledged.check(in: db, what) }
            try database.close()
        }
        #expect(acknowledged.placed.count > 200)
        #expect(!acknowledged.refused.isEmpty)
    }

    @Test("Four tills that sell, exchange, void and close are killed at 8 random moments: the books balance")
    func tills() async throws {
        let seed: UInt64 = 0x54_696C_6C73
        var random = SplitMix64(seed: seed)
        let store = try await TestStore(stock: 100_000)
        var acknowledged: Set<Substring> = []
        for round in 0..<8 {
            let storms = try (1...4).map { number in
                try StormProcess(
                    "till", store: store.database.path, name: String(number),
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
            let violations = try await store.violations()
            try #require(violations == [], "seed \(seed), round \(round)")
            let orders = try await store.database.read {
                try Int64.fetchSet($0, sql: "SELECT id FROM orders WHERE number_position IS NOT NULL")
            }
            for line in lines {
                let words = line.split(separator: " ")
                acknowledged.insert(words[0])
                guard words.count == 3, let id = Int64(words[2]) else { continue }
                // What was acknowledged is there.
                #expect(orders.contains(id), "seed \(seed), round \(round): \(line)")
            }
        }
        #expect(acknowledged.isSuperset(of: ["sold", "exchanged", "issued"]))
    }

    @Test(
        "Random sales, payments, cancellations, refunds, shifts, edits and expiry at once leave the books balanced"
    )
    func everything() async throws {
        let seed: UInt64 = 0x53_746F_726D
        let store = try await TestStore(stock: 60)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<8 {
                group.addTask {
                    var hand = StormHand("w\(worker)", seed: seed &+ UInt64(worker))
                    for _ in 0..<40 { try await hand.step(store) }
                }
            }
            try await group.waitForAll()
        }
        let violations = try await store.violations()
        #expect(violations == [], "seed \(seed)")
        let statuses = try await store.database.read {
            try String.fetchSet($0, sql: "SELECT DISTINCT status FROM orders")
        }
        #expect(statuses.isSuperset(of: ["paid", "cancelled", "partially_refunded"]))
        let shifts = try await store.database.read {
            try Int.fetchOne($0, sql: "SELECT COUNT(*) FROM shift WHERE closed_at IS NOT NULL") ?? 0
        }
        #expect(shifts > 0)
    }

    /// What many do at once is done in some order. Here the order is the seed's, so that what goes wrong does so again.
    @Test("In whatever order things are done, the books balance after each of them", arguments: seeds)
    func anyOrder(seed: UInt64) async throws {
        var random = SplitMix64(seed: seed)
        let store = try await TestStore(stock: 60)
        var hands = (0..<4).map { StormHand("h\($0)", seed: seed &* 31 &+ UInt64($0)) }
        for step in 0..<120 {
            try await hands[Int.random(in: hands.indices, using: &random)].step(store)
            guard step % 4 == 3 else { continue }
            let violations = try await store.violations()
            try #require(violations == [], "seed \(seed), step \(step)")
        }
    }

    /// `STOREFRONT_STORMS=5000` looks further.
    private static var seeds: Range<UInt64> {
        1..<1 + (ProcessInfo.processInfo.environment["STOREFRONT_STORMS"].flatMap(UInt64.init) ?? 12)
    }
}

/// What a storm has said so far.
private struct Acknowledged {
    struct Try {
        let key: String
        let product: Int64
        let quantity: Int

        func draft() throws -> OrderDraft {
            try OrderDraft(lines: [OrderDraft.Line(productID: product, quantity: quantity)])
        }
    }

    var lastTry: Try?
    /// Orders by key.
    var placed: [String: Int64] = [:]
    var paid: Set<Int64> = []
    var cancelled: Set<Int64> = []
    var refused: Set<String> = []
    private var tries: [String: Try] = [:]

    /// Those of which nobody has heard what became of them.
    var open: [Try] {
        tries.values.filter { placed[$0.key] == nil && !refused.contains($0.key) }
            .sorted { $0.key < $1.key }
    }

    mutating func hear(_ line: String) {
        let words = line.split(separator: " ").map(String.init)
        guard words.count >= 2 else { return }
        let number = words.count > 2 ? Int64(words[2]) ?? 0 : 0
        switch words[0] {
        case "try":
            let attempt = Try(key: words[1], product: number, quantity: Int(words[3]) ?? 0)
            lastTry = attempt
            tries[attempt.key] = attempt
        case "placed": placed[words[1]] = number
        case "paid": paid.insert(number)
        case "cancelled": cancelled.insert(number)
        case "refused": refused.insert(words[1])
        default: break
        }
    }

    func check(in db: Database, _ what: Comment) throws {
        for (key, id) in placed {
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT orders.status, order_item.product_id, order_item.quantity, payment.id AS payment
                    FROM idempotency
                    JOIN orders ON orders.id = idempotency.order_id
                    JOIN order_item ON order_item.order_id = orders.id
                    LEFT JOIN payment ON payment.order_id = orders.id
                    WHERE idempotency.key = ? AND operation = 'order' AND orders.id = ?
                    """, arguments: [key, id])
            let order = try #require(row, what)
            #expect(order["product_id"] == tries[key]?.product, what)
            #expect(order["quantity"] == tries[key]?.quantity, what)
            let isPaid = order["payment"] as Int64? != nil
            if paid.contains(id) { #expect(order["status"] == "paid" && isPaid, what) }
            if cancelled.contains(id) { #expect(order["status"] == "cancelled" && !isPaid, what) }
        }
        let orders = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM orders") ?? 0
        let keys = try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM idempotency WHERE operation = 'order'")
        #expect(orders == keys, what)
        #expect(orders >= placed.count, what)
    }
}
