import Foundation
import StoreCrypto
import StoreDomain
import StoreSQLite
import StoreService

/// One program of several on a store file, for tests that kill it or let many of them race. It says what it
/// is about to do and what was acknowledged, a line each, before it goes on:
///
///     try KEY PRODUCT QUANTITY · placed KEY ORDER · paid KEY ORDER · cancelled KEY ORDER · refused KEY
///
/// Arguments: the store's path, a name that starts its keys, a seed, and how many orders to try. It starts
/// when a line comes on standard input, so that several start together. Its customer pays with the demo
/// card. With `crowd` before them eight hands order at once, each so many times: their transactions wait for each other
/// and share commits. With `baskets` it is a `BasketStorm` on a state file instead, with `till` a `TillStorm`.
@main
enum StormMain {
    static func main() async throws {
        var arguments = CommandLine.arguments
        if arguments.count == 6, arguments[1] == "baskets" {
            arguments.remove(at: 1)
            return try await BasketStorm.main(arguments)
        }
        if arguments.count == 6, arguments[1] == "till" {
            arguments.remove(at: 1)
            return try await TillStorm.main(arguments)
        }
        var hands = 1
        if arguments.count == 6, arguments[1] == "crowd" {
            arguments.remove(at: 1)
            hands = 8
        }
        guard arguments.count == 5, let seed = UInt64(arguments[3]), let tries = Int(arguments[4]) else {
            throw StoreError.unsupported("these arguments")
        }
        let storm = try await Storm(path: arguments[1], name: arguments[2], seed: seed)
        say("ready")
        _ = readLine()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<hands {
                group.addTask {
                    var hand = storm.hand(number)
                    for number in 0..<tries { try await hand.run(number) }
                }
            }
            try await group.waitForAll()
        }
        try storm.database.close()
    }

    /// One write, unbuffered: what was said stays said when the program is killed.
    static func say(_ words: String) {
        FileHandle.standardOutput.write(Data((words + "\n").utf8))
    }
}

struct Storm {
    let database: StoreDatabase
    private let orders: any OrderService
    private let payments: any PaymentService
    private let customer: Principal
    private let seed: UInt64
    private var name: String
    private var random: StormRandom

    init(path: String, name: String, seed: UInt64) async throws {
        let clock = StandingClock()
        database = try StoreDatabase.open(
            at: path, mode: .existing, createdAs: StoreSeed(policy: ShopPolicy(), uuid: "", now: clock.now()))
        let services = EngineServices(
            core: StoreCore(
                engine: try SQLiteEngine(database), clock: clock, zones: OnlyUTC(), chain: Till.standard,
                digest: Fingerprint.hex),
            hasher: PasswordHasher(cost: 4),
            cart: SQLiteCartService(state: try .inMemory(), store: "", clock: clock),
            offer: .till(Till.standard),
            firstAccountIsAdmin: false
        ).services
        (orders, payments) = (services.orders, services.payments)
        customer = .user(
            try await services.auth.signIn(email: "customer@example.com", password: Secret("storefront-demo"))
        )
        self.seed = seed
        self.name = name
        random = StormRandom(seed)
    }

    /// One of several who order through the same program, the first of them as this one would.
    func hand(_ number: Int) -> Storm {
        guard number > 0 else { return self }
        var hand = self
        hand.name += "-\(number)"
        hand.random = StormRandom(seed &+ UInt64(number) &* 0x9E37)
        return hand
    }

    mutating func run(_ number: Int) async throws {
        let (product, quantity, fate) = (1 + random.next(3), 1 + random.next(3), random.next(8))
        let text = "\(name)-\(number)"
        guard let key = IdempotencyKey(text) else { return }
        StormMain.say("try \(text) \(product) \(quantity)")
        do throws(StoreError) {
            let line = try OrderDraft.Line(productID: Int64(product), quantity: quantity)
            let order = try await orders.place(OrderDraft(lines: [line]), key: key, as: customer)
            StormMain.say("placed \(text) \(order.id)")
            if fate == 0 {
                _ = try await orders.cancel(order.id, as: customer)
                StormMain.say("cancelled \(text) \(order.id)")
            } else if fate < 6 {
                _ = try await payments.pay(order.id, [PaymentRequest(methodID: nil)], key: key, as: customer)
                StormMain.say("paid \(text) \(order.id)")
            }
        } catch .insufficientStock {
            StormMain.say("refused \(text)")
        }
    }
}

/// SplitMix64.
struct StormRandom {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    /// 0..<limit
    mutating func next(_ limit: UInt64) -> Int { Int(whole() % limit) }

    mutating func whole() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// The time at which the tests' stores are made.
struct StandingClock: StoreClock {
    func now() -> Timestamp { Timestamp(seconds: 1_773_480_413) }
}
