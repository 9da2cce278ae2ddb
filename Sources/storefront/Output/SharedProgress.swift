import Synchronization

/// A progress line that may be moved on from anywhere.
final class SharedProgress: Sendable {
    private let progress: Mutex<Progress>
    private let total: Int

    init(_ label: String, of total: Int) {
        progress = Mutex(Progress(label))
        self.total = total
    }

    func show(_ count: Int) { progress.withLock { $0.show(count, of: total) } }
    func finish() { progress.withLock { $0.finish() } }
}
