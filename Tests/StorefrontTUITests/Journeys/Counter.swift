import Synchronization

/// Counts from 1, from anywhere.
final class Counter: Sendable {
    private let value = Mutex<UInt64>(0)

    var count: UInt64 { value.withLock { $0 } }

    @discardableResult
    func next() -> UInt64 {
        value.withLock {
            $0 += 1
            return $0
        }
    }
}
