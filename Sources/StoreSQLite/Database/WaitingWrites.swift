import CSQLite
import GRDB
import StoreDomain
import Synchronization

/// What a transaction on the store begins with.
struct WriteTurn: Sendable {
    /// What those before it knew, at the state of the file that it sees.
    let known: KnownFacts
    /// Whether what it sees may still be undone, as others of the same commit were before it.
    let seesUncommitted: Bool
}

/// A transaction that waits for the writing connection.
struct WaitingWrite: Sendable {
    /// What is left once it has done its part.
    typealias Done = (known: KnownFacts, acknowledge: @Sendable () -> Void)

    /// Does its part. What it gives is to be called once that is on disk.
    let run: @Sendable (Database, WriteTurn) throws -> Done
    /// Is told why nothing of it is on disk.
    let refuse: @Sendable (any Error) -> Void
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
    static let mostTogether = 32

    /// As `write`, for a transaction that shares its commit with others that wait at the same time. Each is undone alone
    /// when it throws, and none is answered before the commit of all is on disk. One that finds nobody waiting is by itself.
    ///
    /// - Parameter body: gives what it knew at its end, beside its value. It is run once more, alone, where SQLite has given
    ///   up the transaction of all in the middle.
    /// - Throws: what `body` throws; `storage` where the commit failed, for all that shared it, also for those that were
    ///   refused, as what they were refused for may have been undone.
    func writeTogether<T: Sendable>(
        _ body: @escaping @Sendable (Database, WriteTurn) throws -> (value: T, known: KnownFacts)
    ) async throws(StoreError) -> T {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<T, any Error>, Never>) in
            waiting.add(
                WaitingWrite { db, turn in
                    let (value, known) = try body(db, turn)
                    return (known, { continuation.resume(returning: .success(value)) })
                } refuse: {
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
            let done = try transact(db) { db in
                try write.run(db, WriteTurn(known: kept.known(at: db.dataVersion), seesUncommitted: false))
            }
            kept.keep(done.known, at: db.dataVersion)
            done.acknowledge()
        } catch { write.refuse(error) }
    }

    private func together(_ writes: [WaitingWrite], _ db: Database) {
        var answers: [@Sendable () -> Void] = []
        var known = KnownFacts()
        var isGivenUp = false
        do {
            try transact(db) { db in
                known = kept.known(at: db.dataVersion)
                for (index, write) in writes.enumerated() {
                    let turn = WriteTurn(known: known, seesUncommitted: index > 0)
                    do {
                        switch try part(of: write, db, turn) {
                        case .success(let done):
                            known = done.known
                            answers.append(done.acknowledge)
                        case .failure(let error): answers.append { write.refuse(error) }
                        }
                    } catch {
                        isGivenUp = true
                        throw error
                    }
                }
            }
        } catch {
            // Nothing is on disk. Whose part SQLite could not undo takes no other with it: each is tried by itself. All of
            // them waited for the lock, or for the disk.
            for write in writes { if isGivenUp { alone(write, db) } else { write.refuse(error) } }
            return
        }
        kept.keep(known, at: db.dataVersion)
        for answer in answers { answer() }
    }

    /// One part of a shared transaction, in a savepoint of its own.
    ///
    /// - Returns: what it was refused for, where it alone is undone.
    /// - Throws: where the transaction of all is lost.
    private func part(of write: WaitingWrite, _ db: Database, _ turn: WriteTurn) throws -> Result<
        WaitingWrite.Done, any Error
    > {
        try db.run("SAVEPOINT one_of_many")
        let result = Result {
            let done = try write.run(db, turn)
            // What is looked at when all is committed would take the others with it.
            try db.checkReferences()
            return done
        }
        if case .failure(let error) = result {
            // SQLite may have rolled back all of it.
            guard db.isInsideTransaction else { throw error }
            try db.run("ROLLBACK TO SAVEPOINT one_of_many")
        }
        try db.run("RELEASE SAVEPOINT one_of_many")
        return result
    }
}

extension Database {
    /// - Throws: what a COMMIT would throw for a reference that leads nowhere and is only looked at there.
    fileprivate func checkReferences() throws {
        guard let connection = sqliteConnection,
            storefront_sqlite_has_open_references(UnsafeMutableRawPointer(connection))
        else { return }
        throw DatabaseError(
            resultCode: .SQLITE_CONSTRAINT_FOREIGNKEY, message: "FOREIGN KEY constraint failed")
    }
}
