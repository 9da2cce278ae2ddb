import StoreDomain
import Synchronization

/// Does what is due by the clock while nobody asks for it: unpaid orders are cancelled, so that what they hold is on
/// sale again, and prices with dates begin and end.
///
/// It sleeps until the oldest order that waits is due, or the next prices are. Where nothing waits it has no timer: a
/// change of orders sets one, as a new order is due no sooner than orders may wait, and a change of products or of the
/// shop's rules has it look at once.
public struct DueCare: Sendable {
    private let work: DueWork
    private let clock: any StoreClock
    private let hearsAll: Bool
    private let executor: (any TaskExecutor)?
    private let sleep: @Sendable (Duration) async throws -> Void
    private let failed: @Sendable (StoreError) -> Void
    private let bell: DueBell

    /// How many seconds to wait where the store cannot be used just now.
    private static let patience: Int64 = 30
    /// Where not every change is heard, the rules may be others after so many seconds; and clocks are set.
    private static let longestRest: Int64 = 3_600

    /// - Parameters:
    ///   - changes: the shop's, whoever makes them.
    ///   - hearsAll: whether all of them are heard. Where not, it looks once in the time that orders may wait.
    ///   - executor: where its timer runs; nil for anywhere.
    ///   - failed: hears why it could not look; it tries again.
    public init(
        _ work: DueWork, changes: any ChangeFeed, clock: any StoreClock, hearsAll: Bool = true,
        on executor: (any TaskExecutor)? = nil, sleep: @escaping @Sendable (Duration) async throws -> Void,
        failed: @escaping @Sendable (StoreError) -> Void
    ) {
        self.work = work
        self.clock = clock
        self.hearsAll = hearsAll
        self.executor = executor
        self.sleep = sleep
        self.failed = failed
        bell = DueBell()
        changes.observe { [bell] in bell.hear($0) }
    }

    /// Returns when the task is cancelled. Called once.
    public func run() async {
        var outlook = DueOutlook(order: nil, patience: nil, prices: nil)
        var timer: Task<Void, Never>?
        bell.ring(.time)
        for await _ in bell.rings {
            let reasons = bell.answer()
            if !reasons.isDisjoint(with: [.time, .rules]) {
                outlook = await look()
            } else if outlook.order == nil, reasons.contains(.orders), let patience = outlook.patience {
                outlook.order = clock.now().advanced(bySeconds: patience + 1)
            } else {
                continue
            }
            timer?.cancel()
            timer = timeToLook(outlook).map { wake(at: $0) }
            bell.isSet(outlook.order != nil)
        }
        timer?.cancel()
    }

    private func look() async -> DueOutlook {
        do { return try await work.look() } catch {
            failed(error)
            return DueOutlook(
                order: clock.now().advanced(bySeconds: Self.patience), patience: nil, prices: nil)
        }
    }

    private func timeToLook(_ outlook: DueOutlook) -> Timestamp? {
        let latest = clock.now().advanced(bySeconds: Self.longestRest)
        // Prices may wait for weeks, in which clocks are set and machines sleep.
        let next = [outlook.order, outlook.prices.map { min($0, latest) }].compactMap(\.self).min()
        guard !hearsAll else { return next }
        let rest = min(outlook.patience ?? Self.longestRest, Self.longestRest)
        return min(next ?? latest, clock.now().advanced(bySeconds: rest))
    }

    private func wake(at time: Timestamp) -> Task<Void, Never> {
        let rest = Duration.milliseconds(max(1_000, time.milliseconds - clock.now().milliseconds))
        return Task(executorPreference: executor) { [sleep, bell] in
            do { try await sleep(rest) } catch { return }
            bell.ring(.time)
        }
    }
}

/// Why it is time to look. Many reasons at once are one ring.
private final class DueBell: Sendable {
    struct Reasons: OptionSet {
        let rawValue: Int

        /// The timer has run out.
        static let time = Reasons(rawValue: 1)
        /// The shop's rules, or its products, may be others.
        static let rules = Reasons(rawValue: 2)
        /// An order may wait, where none did.
        static let orders = Reasons(rawValue: 4)
    }

    private struct State {
        var reasons: Reasons = []
        var hasTimer = false
    }

    let rings: AsyncStream<Void>
    private let ringing: AsyncStream<Void>.Continuation
    private let state = Mutex(State())

    init() { (rings, ringing) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

    func hear(_ changes: ShopChanges) {
        if changes.catalogue { return ring(.rules) }
        guard changes.orders != .none else { return }
        let isNews = state.withLock { state in
            state.reasons.insert(.orders)
            return !state.hasTimer
        }
        if isNews { ringing.yield() }
    }

    func ring(_ reason: Reasons) {
        state.withLock { _ = $0.reasons.insert(reason) }
        ringing.yield()
    }

    /// Why it has rung since it was asked last.
    func answer() -> Reasons {
        state.withLock { state in
            defer { state.reasons = [] }
            return state.reasons
        }
    }

    /// With a timer for an order, a new one changes nothing: it is due later. Without one, it rings for what came
    /// meanwhile.
    func isSet(_ hasTimer: Bool) {
        let isNews = state.withLock { state in
            state.hasTimer = hasTimer
            return !hasTimer && state.reasons.contains(.orders)
        }
        if isNews { ringing.yield() }
    }
}
