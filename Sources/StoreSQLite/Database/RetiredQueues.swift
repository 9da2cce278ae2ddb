import GRDB
import Synchronization

/// Closed connections that are kept until the program ends, one or two an opening.
///
/// Letting a dispatch queue go makes libdispatch start its pool of threads, which then wakes up every second
/// for ever; a session that nobody uses is to sleep.
enum RetiredQueues {
    private static let queues = Mutex<[DatabaseQueue]>([])

    static func keep(_ queue: DatabaseQueue) { queues.withLock { $0.append(queue) } }
}
