import StoreDomain
import Synchronization

/// A clock that stands still until a test moves it.
public final class TestClock: StoreClock {
    private let time: Mutex<Timestamp>

    /// Starts at 2026-03-14T09:26:53Z unless told otherwise.
    public init(_ start: Timestamp = Timestamp(seconds: 1_773_480_413)) { time = Mutex(start) }

    public func now() -> Timestamp { time.withLock { $0 } }

    public func advance(bySeconds seconds: Int64) {
        time.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }
}
