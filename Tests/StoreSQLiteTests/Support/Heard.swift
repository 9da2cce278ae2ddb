import Synchronization

/// Numbers that a callback heard, in order.
final class Heard: Sendable {
    private let heard = Mutex<[Int]>([])
    var counts: [Int] { heard.withLock { $0 } }
    func add(_ count: Int) { heard.withLock { $0.append(count) } }
}
