import StoreDomain
import StorefrontCore
import TerminalKit

/// The effects under way, for whoever runs the model: starts them, keeps those of one lane in their order,
/// and knows what is still to be waited for.
struct EffectQueue: Sendable {
    let runner: EffectRunner
    let executor: (any TaskExecutor)?

    private var running: [Int: Running] = [:]
    private var lastID = 0
    private var slots: [String: Task<Void, Never>] = [:]
    private var lanes: [EffectLane: Task<Void, Never>] = [:]

    private struct Running {
        let effect: Effect
        let start: ContinuousClock.Instant
    }

    init(runner: EffectRunner, executor: (any TaskExecutor)?) {
        self.runner = runner
        self.executor = executor
    }

    var isEmpty: Bool { running.isEmpty }
    var effects: [Effect] { running.values.map(\.effect) }

    /// Milliseconds that each has taken so far.
    var durations: [Effect: Int] {
        let now = ContinuousClock.now
        return running.values.reduce(into: [:]) { $0[$1.effect] = Int((now - $1.start) / .milliseconds(1)) }
    }

    /// - Parameters:
    ///   - heard: takes what an effect tells before it ends.
    ///   - ended: takes the number to `remove` and the answer.
    mutating func start(
        _ effect: Effect, isDemo: Bool, heard: @escaping @Sendable (AppAction) async -> Void,
        ended: @escaping @Sendable (Int, AppAction?) async -> Void
    ) {
        lastID += 1
        let id = lastID
        running[id] = Running(effect: effect, start: .now)
        let before = effect.lane.flatMap { lanes[$0] }
        let (runner, executor) = (runner, executor)
        let task = Task(executorPreference: executor) {
            // Effects of one lane keep their order: changes of the cart must reach the disk as they were
            // made.
            await before?.value
            let action = await runner.run(effect, isDemo: isDemo) { action in
                Task(executorPreference: executor) { await heard(action) }
            }
            await ended(id, action)
        }
        if let lane = effect.lane { lanes[lane] = task }
        if let slot = effect.slot {
            slots[slot]?.cancel()
            slots[slot] = task
        }
    }

    mutating func remove(_ id: Int) { running[id] = nil }

    /// Returns when everything that must reach the disk has.
    func settle() async {
        for lane in lanes.values { await lane.value }
    }

    /// The same for somebody who is gone, but no longer than a moment: a program that is asked to end does.
    /// The cart is on disk by then; an order that is held up is stored and offered again.
    func settleSoon(sleep: @escaping @Sendable (Duration) async throws -> Void) async {
        await waitAtMost(.milliseconds(300), on: executor, sleep: sleep) { await settle() }
    }
}
