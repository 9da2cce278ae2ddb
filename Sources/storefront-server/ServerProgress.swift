import Glibc
import Synchronization

/// How far a long command is, on standard error: a line that changes where somebody watches, else a new one every
/// ten seconds. What is done within a second says nothing.
final class ServerProgress: Sendable {
    private struct State {
        var next: ContinuousClock.Instant
        var isLineOpen = false
    }

    private let isWatched = isatty(STDERR_FILENO) == 1
    private let state = Mutex(State(next: .now + .seconds(1)))

    /// - Parameters:
    ///   - step: what is done just now.
    ///   - total: nil where there is nothing to count.
    func show(_ step: String, _ done: Int64 = 0, of total: Int64? = nil) {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now >= state.next else { return }
            let text = total.map { "\(step): \(done) of \($0)" } ?? step
            if isWatched {
                ServerConsole.say("\r\u{1B}[K\(text)")
                state.isLineOpen = true
            } else {
                ServerConsole.tell(text)
            }
            state.next = now + (isWatched ? .milliseconds(100) : .seconds(10))
        }
    }

    /// Takes the line away.
    func finish() {
        state.withLock { state in
            if state.isLineOpen { ServerConsole.say("\r\u{1B}[K") }
            state.isLineOpen = false
        }
    }
}
