import StoreContracts
import StoreDomain
import StoreService
import Synchronization
import Testing

/// Unpaid orders are cancelled when they are due, without asking in between.
@Suite(.timeLimit(.minutes(20))) struct DueCareTests {
    /// A shop in memory with one product of which there is one, and the care that looks after it.
    private final class Watched: Sendable {
        let clock = TestClock()
        let rests = Rests()
        let services: EngineServices
        let admin: Principal
        let customer: Principal
        private let care: Task<Void, Never>

        init(hearsAll: Bool = true) async throws {
            let engine = try MemoryEngine(isDemo: true, policy: ShopPolicy(), at: clock.now())
            let services = EngineServices(
                core: StoreCore(
                    engine: engine, clock: clock, zones: TestZones(), chain: Till.standard,
                    digest: PlainDigest.of),
                hasher: PlainHasher(), cart: MemoryCart(), offer: .till(Till.standard),
                firstAccountIsAdmin: true)
            func register(_ email: String) async throws -> Principal {
                .user(
                    try await services.services.auth.register(
                        Registration(email: email, name: "A", password: Secret("storefront-demo"))))
            }
            self.services = services
            (admin, customer) = (try await register("a@example.com"), try await register("b@example.com"))
            _ = try await services.services.catalog.add(
                ProductDraft(name: "Pen", price: Money(typed: "1.00"), stock: .counted(9)), as: admin)
            let looking = DueCare(
                services.due, changes: services.changes, clock: clock, hearsAll: hearsAll,
                sleep: { [rests] in try await rests.rest($0) }, failed: { Issue.record("\($0)") })
            care = Task { await looking.run() }
        }

        func place(_ key: String) async throws -> Order {
            try await services.services.orders.place(
                OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)]),
                key: try #require(IdempotencyKey(key)), as: customer)
        }

        func stock() async throws -> Stock { try await services.services.catalog.product(1).stock }

        /// Ends the care, as the end of a program does.
        func end() async {
            care.cancel()
            await care.value
        }
    }

    @Test func anOrderIsCancelledWhenItIsDueAndWithoutOneThereIsNoTimer() async throws {
        let shop = try await Watched()
        // Nothing waits: the first that comes sets a timer.
        _ = try await shop.place("first-order")
        let rest = try await shop.rests.next()
        #expect(rest == .seconds(3_601) || rest == .seconds(3_600) + .seconds(1))
        #expect(try await shop.stock() == .counted(8))
        // A later one sets none, as the first is due before it.
        shop.clock.advance(bySeconds: 600)
        _ = try await shop.place("second-order")
        shop.clock.advance(bySeconds: 3_001)
        shop.rests.wake()
        #expect(try await shop.rests.next() == .seconds(600))
        #expect(try await shop.stock() == .counted(8), "the second one still waits")
        shop.clock.advance(bySeconds: 601)
        let heard = HeardChanges()
        shop.services.changes.observe { heard.hear($0) }
        shop.rests.wake()
        await heard.until { $0.touches(product: 1) }
        #expect(try await shop.stock() == .counted(9))
        await shop.end()
    }

    @Test func anOrderThatIsNearlyDueIsNotLeftToWaitForTheNextLook() async throws {
        let shop = try await Watched()
        _ = try await shop.place("first-order")
        _ = try await shop.rests.next()
        shop.clock.advance(bySeconds: 3_590)
        shop.rests.wake()
        #expect(try await shop.rests.next() == .seconds(11))
        await shop.end()
    }

    @Test func anotherRuleOfTheShopIsLookedAtAtOnce() async throws {
        let shop = try await Watched()
        _ = try await shop.place("first-order")
        _ = try await shop.rests.next()
        _ = try await shop.services.services.policy.set("orders.pendingMinutes", to: "10", as: shop.admin)
        #expect(try await shop.rests.next() == .seconds(601))
        _ = try await shop.services.services.policy.set("orders.pendingMinutes", to: "0", as: shop.admin)
        await shop.rests.untilNobodyRests()
        await shop.end()
    }

    @Test func pricesBeginAndEndWithoutAsking() async throws {
        let shop = try await Watched()
        let products = try #require(shop.services.services.counter).products
        let today = try #require(ShopDay(ShopZone.utc.dateText(shop.clock.now())))
        let start = try #require(ShopZone.utc.startOfDay(today.text, plusDays: 1))
        // Its time comes when the timer that is set now runs out for the second time.
        let early = start.milliseconds - shop.clock.now().milliseconds - 3_700_000
        shop.clock.advance(bySeconds: early / 1_000)
        let draft = PriceBatchDraft(
            .products([1]), try PriceRule(typed: "-10", isAmount: false, ending: .none, currency: .usd),
            days: try ValidDays(first: today.advanced(by: 1), last: today.advanced(by: 1)))
        let plan = try await products.plan(draft, as: shop.admin)
        _ = try await products.apply(draft, agreement: plan.agreement, as: shop.admin)
        // Nobody sleeps for longer than an hour, as clocks are set meanwhile.
        #expect(try await shop.rests.next() == .seconds(3_600))
        shop.clock.advance(bySeconds: 3_600)
        shop.rests.wake()
        let rest = try await shop.rests.next()
        #expect(rest > .seconds(90) && rest <= .seconds(101))
        // An order that comes while prices wait is not forgotten for them.
        _ = try await shop.place("first-order")
        #expect(try await shop.rests.next() == rest)
        shop.clock.advance(bySeconds: 101)
        let heard = HeardChanges()
        shop.services.changes.observe { heard.hear($0) }
        shop.rests.wake()
        await heard.until { $0.touches(product: 1) }
        #expect(try await shop.services.services.catalog.product(1).price.minorUnits == 90)
        await shop.end()
    }

    @Test func whereNotAllIsHeardItLooksAgainInTheTimeThatOrdersMayWait() async throws {
        let shop = try await Watched(hearsAll: false)
        #expect(try await shop.rests.next() == .seconds(3_600))
        await shop.end()
    }
}

/// Rests that end when a test says so.
private final class Rests: Sendable {
    private struct State {
        var lastNumber = 0
        var resting: [Int: CheckedContinuation<Void, any Error>] = [:]
        var ended: Set<Int> = []
    }

    private let state = Mutex(State())
    private let (begun, beginning) = AsyncStream<Duration>.makeStream()
    private let (changes, changing) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    func rest(_ duration: Duration) async throws {
        let number = state.withLock { state in
            state.lastNumber += 1
            return state.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let hasEnded = state.withLock { state in
                    if state.ended.contains(number) { return true }
                    state.resting[number] = continuation
                    return false
                }
                beginning.yield(duration)
                if hasEnded { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let continuation = state.withLock { state in
                state.ended.insert(number)
                return state.resting.removeValue(forKey: number)
            }
            continuation?.resume(throwing: CancellationError())
            changing.yield()
        }
    }

    /// How long the next rest is to be, once it has begun.
    func next() async throws -> Duration {
        for await duration in begun { return duration }
        throw CancellationError()
    }

    func wake() {
        let all = state.withLock { state in
            defer { state.resting = [:] }
            return Array(state.resting.values)
        }
        for continuation in all { continuation.resume() }
    }

    func untilNobodyRests() async {
        while state.withLock({ !$0.resting.isEmpty }) {
            for await _ in changes { break }
        }
    }
}
