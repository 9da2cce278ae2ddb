import GRDB
import StoreDomain

/// Tells whether anything was committed to a store file, by whichever program, without reading any of it: SQLite counts
/// what other connections commit, and this one never does.
final class FileVersion: Sendable {
    private let queue: DatabaseQueue

    /// - Throws: GRDB's and SQLite's errors.
    init(path: String) throws {
        var configuration = Configuration()
        configuration.readonly = true
        queue = try DatabaseQueue(path: path, configuration: configuration)
    }

    /// A larger number after each commit; nil where it cannot be told at once.
    func now() -> Int? {
        try? queue.unsafeRead { db in
            try Int.fetchOne(db.cachedStatement(sql: "PRAGMA data_version"))
        }
    }

    func close() {
        try? queue.close()
        RetiredQueues.keep(queue)
    }
}
