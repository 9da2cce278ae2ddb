import StoreDomain
import Synchronization

/// Bounds how many callers wait for a password to be worked out, which takes a core a quarter of a second
/// each: beyond, they are sent away at once.
final class PasswordGate: Sendable {
    private let limit: Int
    private let waiting = Mutex(0)

    /// - Parameter limit: how many may be at it, under way and waiting together.
    init(limit: Int) { self.limit = limit }

    var count: Int { waiting.withLock { $0 } }

    /// - Throws: a 503 when there are too many already, else what `work` throws.
    func run<T>(_ work: () async throws -> T) async throws -> T {
        let isIn = waiting.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isIn else {
            throw Refusal(
                .serviceUnavailable, .busy, "Too many are signing in just now; try again",
                headers: [.retryAfter: "1"])
        }
        defer { waiting.withLock { $0 -= 1 } }
        return try await work()
    }
}
