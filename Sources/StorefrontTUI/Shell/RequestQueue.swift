import StoreDomain
import StorefrontCore
import TerminalKit

/// The requests under way: starts them, keeps those of one lane in their order, and knows what is still to be
/// waited for.
struct RequestQueue: Sendable {
    let outside: Outside
    let executor: (any TaskExecutor)?
    private let ports: (any RuntimePorts)?
    private let now: @Sendable () -> ContinuousClock.Instant

    /// By number, so in the order in which they were made.
    private var running: [RequestID: Running] = [:]
    private var titled = 0
    private var slots: [String: Task<Void, Never>] = [:]
    private var lanes: [Terms.Lane: (group: RequestGroup, task: Task<Void, Never>)] = [:]

    struct Running {
        let request: Request
        let start: ContinuousClock.Instant
        let task: Task<Void, Never>
    }

    /// - Parameters:
    ///   - ports: keep answers back where that is to go wrong; nil for never.
    ///   - now: by what the time is told that each takes.
    init(
        outside: Outside, ports: (any RuntimePorts)?, executor: (any TaskExecutor)?,
        now: @escaping @Sendable () -> ContinuousClock.Instant
    ) {
        self.outside = outside
        self.ports = ports
        self.executor = executor
        self.now = now
    }

    var isEmpty: Bool { running.isEmpty }
    var count: Int { running.count }
    /// A person waits for one of them.
    var hasTitled: Bool { titled > 0 }

    /// Milliseconds that each has taken so far.
    var durations: [AppAction.Waiting] {
        let now = now()
        return running.sorted { $0.key < $1.key }.map { id, item in
            AppAction.Waiting(id, milliseconds: Int((now - item.start) / .milliseconds(1)))
        }
    }

    /// - Parameters:
    ///   - heard: takes what a request tells before it ends.
    ///   - ended: takes the answer, whether or not it is still wanted; nil for a request that a newer one had
    ///     replaced before it was begun.
    mutating func start(
        _ request: Request, heard: @escaping @Sendable (AppAction) async -> Void,
        ended: @escaping @Sendable (RequestID, Reply?) async -> Void
    ) {
        let terms = request.terms
        let before = terms.lane.flatMap { lanes[$0] }
        if let before, before.group.take(request) {
            running[request.id] = Running(request: request, start: now(), task: before.task)
            if terms.title != nil { titled += 1 }
            return
        }
        let group = RequestGroup(request)
        let (outside, ports, executor) = (outside, ports, executor)
        let task = Task(executorPreference: executor) {
            // Requests of one lane keep their order: changes of the cart must reach the disk as they were
            // made.
            await before?.task.value
            guard !Task.isCancelled else { return await ended(request.id, nil) }
            let requests = group.begin()
            let carryOut: @Sendable () async -> [(id: RequestID, reply: Reply)] = {
                await Request.answered(requests, by: outside) { action in
                    Task(executorPreference: executor) { await heard(action) }
                }
            }
            let replies = if let ports { await ports.heldBack(carryOut) } else { await carryOut() }
            for (id, reply) in replies { await ended(id, reply) }
        }
        if terms.title != nil { titled += 1 }
        running[request.id] = Running(request: request, start: now(), task: task)
        if let lane = terms.lane { lanes[lane] = (group, task) }
        if let slot = terms.slot {
            slots[slot]?.cancel()
            slots[slot] = task
        }
    }

    /// Returns the request and when it was made.
    @discardableResult
    mutating func remove(_ id: RequestID) -> Running? {
        let item = running.removeValue(forKey: id)
        if item?.request.terms.title != nil { titled -= 1 }
        return item
    }

    /// Returns when everything that must not be lost is done.
    func settle() async {
        for item in running.values where item.request.terms.mustFinish { await item.task.value }
        for lane in lanes.values { await lane.task.value }
    }

    /// The same, but no longer than a moment: a program that is asked to end does. The cart is on disk by then;
    /// an order that is held up is stored and offered again.
    func settleSoon(sleep: @escaping @Sendable (Duration) async throws -> Void) async {
        await waitAtMost(.milliseconds(300), on: executor, sleep: sleep) { await settle() }
    }
}
