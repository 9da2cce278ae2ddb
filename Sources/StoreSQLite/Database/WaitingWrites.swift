import GRDB
import StoreDomain
import Synchronization

/// A transaction that waits for the writing connection.
struct WaitingWrite: Sendable {
    /// Does its part, told whether it is the first of its commit. Gives what is to be done once that is on disk.
    let run: @Sendable (Database, _ isFirst: Bool) throws -> @Sendable (Database) -> Void
    /// Is told why nothing of it is on disk.
    let refused: @Sendable (any Error) -> Void
}

/// Those that wait, in the order in which they came.
final class WaitingWrites: Sendable {
    private let writes = Mutex<[WaitingWrite]>([])

    var count: Int { writes.withLock { $0.count } }

    func add(_ write: WaitingWrite) { writes.withLock { $0.append(write) } }

    func take(_ most: Int) -> [WaitingWrite] {
        writes.withLock { writes in
            let taken = Array(writes.prefix(most))
            writes.removeFirst(taken.count)
            return taken
        }
    }
}

extension StoreDatabase {
    /// So many share a commit at most: the first of them is answered after the last.
    private static let mostTogether = 16

    /// As `write`, for a transaction that shares its commit with others that wait at the same time. Each is undone alone
    /// when it throws, and each returns once the commit is on disk.
    ///
    /// - Parameters:
    ///   - body: is told whether it is the first of its commit. What those before it did is there, but not on disk. It is
    ///     run once more where the commit of all fails.
    ///   - committed: called with what `body` gave once that is on disk, before this program writes anything else.
    func writeTogether<T: Sendable>(
        _ body: @escaping @Sendable (Database, _ isFirst: Bool) throws -> T,
        committed: @escaping @Sendable (Database, T) -> Void
    ) async throws(StoreError) -> T {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<T, any Error>, Never>) in
            waiting.add(
                WaitingWrite { db, isFirst in
                    let value = try body(db, isFirst)
                    return { db in
                        committed(db, value)
                        continuation.resume(returning: .success(value))
                    }
                } refused: {
                    continuation.resume(returning: .failure($0))
                })
            // One turn for each: a turn takes all that wait, and those of whom nothing is left find nothing to do.
            pool.asyncWriteWithoutTransaction { db in
                let writes = self.waiting.take(Self.mostTogether)
                if writes.count > 1 {
                    self.together(writes, db)
                } else {
                    writes.forEach { self.alone($0, db) }
                }
            }
        }
        do { return try result.get() } catch { throw errors.translate(error) }
    }

    private func alone(_ write: WaitingWrite, _ db: Database) {
        do {
            let acknowledge = try transact(db) { try write.run($0, true) }
            acknowledge(db)
        } catch { write.refused(error) }
    }

    private func together(_ writes: [WaitingWrite], _ db: Database) {
        var hasBegun = false
        var acknowledged: [@Sendable (Database) -> Void] = []
        var refused: [(write: WaitingWrite, error: any Error)] = []
        do {
            try transact(db) { db in
                hasBegun = true
                for (index, write) in writes.enumerated() {
                    try db.run("SAVEPOINT one_of_many")
                    do {
                        acknowledged.append(try write.run(db, index == 0))
                    } catch {
                        // Where SQLite has given up the whole transaction, nothing of the others is left.
                        guard db.isInsideTransaction else { throw error }
                        try db.run("ROLLBACK TO SAVEPOINT one_of_many")
                        refused.append((write, error))
                    }
                    try db.run("RELEASE SAVEPOINT one_of_many")
                }
            }
        } catch {
            // Nothing is on disk. One that cannot be committed takes no other with it, but all of them waited for the lock.
            for write in writes { if hasBegun { alone(write, db) } else { write.refused(error) } }
            return
        }
        for acknowledge in acknowledged { acknowledge(db) }
        for (write, error) in refused { write.refused(error) }
    }
}
