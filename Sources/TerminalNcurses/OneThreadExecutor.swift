import Dispatch
import Synchronization

/// Runs tasks on one thread that sleeps when there is nothing to do: the one that calls `run()`.
///
/// The pool that tasks get otherwise has a timer that wakes it every second for ever once it was used. A
/// program that is to be silent while idle gives its tasks this executor as their preference; an unstructured
/// `Task {}` and `Task.sleep` do not inherit it and start the pool after all, so give the first the executor
/// too and use `sleep(for:)` instead of the second.
public final class OneThreadExecutor: TaskExecutor {
    private struct Sleeper {
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State {
        var jobs: [UnownedJob] = []
        var sleepers: [Int: Sleeper] = [:]
        var lastSleeper = 0
        var cancelled: Set<Int> = []
        var isStopped = false
    }

    private let state = Mutex(State())
    private let ready = DispatchSemaphore(value: 0)

    public init() {}

    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        state.withLock { $0.jobs.append(job) }
        ready.signal()
    }

    /// Runs jobs until `stop()`, and those that are there by then.
    public func run() {
        while true {
            let (jobs, isStopped) = state.withLock { state in
                defer { state.jobs = [] }
                return (state.jobs, state.isStopped)
            }
            for job in jobs { job.runSynchronously(on: asUnownedTaskExecutor()) }
            if !jobs.isEmpty { continue }
            if isStopped { return }
            if let next = wakeSleepers() {
                let pause = (next - .now) / .nanoseconds(1)
                _ = ready.wait(timeout: .now() + .nanoseconds(Int(max(0, pause))))
            } else {
                ready.wait()
            }
        }
    }

    public func stop() {
        state.withLock { $0.isStopped = true }
        ready.signal()
    }

    /// Suspends the task without starting the pool; ends early with `CancellationError` when it is cancelled.
    public func sleep(for duration: Duration) async throws {
        let deadline = ContinuousClock.now + duration
        let id = state.withLock { state in
            state.lastSleeper += 1
            return state.lastSleeper
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = state.withLock { state in
                    if state.cancelled.remove(id) != nil { return true }
                    state.sleepers[id] = Sleeper(deadline: deadline, continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
                ready.signal()
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                let sleeper = state.sleepers.removeValue(forKey: id)
                if sleeper == nil { state.cancelled.insert(id) }
                return sleeper
            }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
        state.withLock { _ = $0.cancelled.remove(id) }
    }

    /// Lets those go on whose time has come; returns when the next one is due.
    private func wakeSleepers() -> ContinuousClock.Instant? {
        let (due, next) = state.withLock { state in
            let now = ContinuousClock.now
            let due = state.sleepers.filter { $0.value.deadline <= now }
            for id in due.keys { state.sleepers[id] = nil }
            return (due, state.sleepers.values.map(\.deadline).min())
        }
        for sleeper in due.values { sleeper.continuation.resume() }
        return next
    }
}
