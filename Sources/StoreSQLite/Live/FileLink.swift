import Foundation
import GRDB
import StoreDomain
import StoreService
import Synchronization

/// Joins the programs on one store file. Whoever has committed touches the file of the lock; the kernel wakes those who
/// watch that, and SQLite's own count of other connections' commits tells whose it was. A thread sleeps in the kernel
/// meanwhile; it exists once somebody listens.
final class FileLink: ChangeLink {
    private let database: StoreDatabase
    /// SQLite's count when it was looked at last; nil where it cannot be read.
    private let version: Mutex<Int?>
    private let thread = Mutex<WatchThread?>(nil)

    /// So many milliseconds pass at least between two looks, however much the others do.
    private static let pause: Int32 = 100

    /// Counts from now on.
    init(_ database: StoreDatabase) {
        self.database = database
        version = Mutex(Self.version(of: database))
    }

    // The thread itself may be the last to let go, so it is not waited for.
    deinit { endedThread()?.end() }

    /// What was changed since the store was opened is heard at once.
    func listen(_ heard: @escaping @Sendable (ShopChanges) -> Void) {
        let new = WatchThread(path: database.path + "-lock", pause: Self.pause) { [weak self] in
            if self?.hasChanged() == true { heard(.everything) }
        }
        thread.withLock { $0 = new }
    }

    /// Touching the lock has told it already.
    func tell(_ changes: ShopChanges) {}

    /// Returns when the thread has ended.
    func close() {
        let ending = endedThread()
        ending?.end()
        ending?.wait()
    }

    private func endedThread() -> WatchThread? {
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
    }

    /// Whether another connection than the writing one has committed since the last look. All that this program writes
    /// goes through that one.
    func hasChanged() -> Bool {
        let now = Self.version(of: database)
        return version.withLock { version in
            guard let now, now != version else { return false }
            version = now
            return true
        }
    }

    private static func version(of database: StoreDatabase) -> Int? {
        // A store that cannot be read any more says so where it is read.
        try? database.pool.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA data_version") }
    }
}
