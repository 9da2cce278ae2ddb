import Dispatch
import Synchronization

/// Runs tasks on one thread that sleeps when there is nothing to do: the one that calls `run()`.
///
/// The pool that tasks get otherwise has a timer that wakes it every second for ever once it was used. A
/// program that is to be silent while idle gives its tasks this executor as their preference; an unstructured
/// `Task {}` and `Task.sleep` do not inherit it and start the pool after all.
public final class OneThreadExecutor: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
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
            ready.wait()
        }
    }

    public func stop() {
        state.withLock { $0.isStopped = true }
        ready.signal()
    }
}
