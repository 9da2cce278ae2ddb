import Foundation
import Synchronization

/// A few threads of their own for work that keeps a core busy for long.
///
/// Not Dispatch's: its threads are as many as the cores and serve tasks and the database too, so that a few
/// passwords would hold up everything else. Threads start when there is work and end when there is none, and
/// give way to all others meanwhile.
final class HashingThreads: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        var running = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: how much is worked on at once.
    init(limit: Int) { self.limit = max(1, limit) }

    /// The result of `work`, which is begun in the order of asking.
    func run<T: Sendable>(_ work: @escaping @Sendable () -> T) async -> T {
        await withCheckedContinuation { continuation in
            let needsThread = state.withLock { state in
                state.waiting.append { continuation.resume(returning: work()) }
                guard state.running < limit else { return false }
                state.running += 1
                return true
            }
            if needsThread { Thread.detachNewThread { self.workOff() } }
        }
    }

    private func workOff() {
        // Of this thread alone, as Linux has it. Where it is refused, the work is done all the same.
        _ = setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, 10)
        while let job = next() { job() }
    }

    private func next() -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.running -= 1
                return nil
            }
            return state.waiting.removeFirst()
        }
    }
}
