import Foundation
import GRDB
import StoreDomain

/// One SQLite file of ours, open: the only way in which this module reads and writes. Errors leave it as
/// `StoreError`.
///
/// Every transaction that writes, and with it every checkpoint, happens under an exclusive lock that all
/// processes share (see <doc:Decisions>): SQLite 3.40.1 can damage a WAL file that two connections write and
/// checkpoint at the same moment. Readers take no lock.
public final class StoreDatabase: Sendable {
    public enum OpenMode: Sendable {
        case existing, existingOrNew
        /// Changes nothing, not even a file beside the store's.
        case readOnly
    }

    /// What becomes of acknowledged writes when the power fails.
    enum Durability: Sendable {
        /// They are on disk.
        case full
        /// They may be lost: for stores that are thrown away.
        case none
    }

    public let path: String
    /// True when the file or its directory cannot be written: reading goes on, writing is refused.
    public let isReadOnly: Bool
    let pool: any DatabaseWriter
    let errors: StorageErrors
    /// nil where the file cannot be written, and where there is none.
    let lock: FileLock?
    /// Transactions that share the next commit.
    let waiting = WaitingWrites()
    /// What the last of them knew: of the file as its writing connection sees it, whoever asks.
    let kept = KeptFacts()
    /// There is no file, and so nobody else.
    private let isInMemory: Bool
    /// What the file was when it was opened as one that does not change; nil for one that may.
    private let stamp: FileStamp?

    /// How long to wait for other programs, in seconds.
    static let patience = 5.0

    /// - Parameters:
    ///   - stamp: what the file is, where it is read as one that does not change.
    ///   - isByWish: it is read-only because a person wants it so.
    ///   - told: what messages call the file; nil for its path.
    init(
        path: String, pool: DatabasePool, lock: FileLock?, stamp: FileStamp? = nil, isByWish: Bool = false,
        told: String? = nil
    ) {
        self.path = path
        isInMemory = false
        self.pool = pool
        self.lock = lock
        self.stamp = stamp
        isReadOnly = pool.configuration.readonly
        errors = StorageErrors(path: told ?? path, isReadOnlyByWish: isByWish)
    }

    /// In memory alone: gone when it is closed.
    init(inMemory queue: DatabaseQueue) {
        path = ""
        pool = queue
        lock = nil
        stamp = nil
        isInMemory = true
        isReadOnly = false
        errors = StorageErrors(path: "the shop in memory")
    }

    /// Reads in one snapshot. Cancelling the task interrupts it.
    public func read<T: Sendable>(_ body: @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        do {
            let value = try await pool.read(body)
            try checkUnchanged()
            return value
        } catch {
            try checkUnchanged()
            throw errors.translate(error)
        }
    }

    /// Reads in one snapshot and blocks the thread meanwhile: for program starts and commands.
    public func readBlocking<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            let value = try pool.read(body)
            try checkUnchanged()
            return value
        } catch {
            try checkUnchanged()
            throw errors.translate(error)
        }
    }

    /// What was read while another program wrote means nothing.
    private func checkUnchanged() throws(StoreError) {
        if let stamp, stamp != FileStamp(path) { throw .storage(errors.changedMeanwhile) }
    }

    /// Runs `body` in one `BEGIN IMMEDIATE` transaction, which is on disk when this returns and undone when
    /// it throws. Cancelling the task does not stop it half-way.
    public func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T)
        async throws(StoreError)
        -> T
    {
        try await write(body, committed: { _, _ in })
    }

    /// As `write`.
    ///
    /// - Parameter committed: called with what `body` gave once that is on disk, before this program writes
    ///   anything else.
    func write<T: Sendable>(
        _ body: @escaping @Sendable (Database) throws -> T,
        committed: @escaping @Sendable (Database, T) -> Void
    ) async throws(StoreError) -> T {
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<T, any Error>, Never>) in
            pool.asyncWriteWithoutTransaction { db in
                let result = Result { try self.transact(db, body) }
                if case .success(let value) = result { committed(db, value) }
                continuation.resume(returning: result)
            }
        }
        do { return try result.get() } catch { throw errors.translate(error) }
    }

    /// `write`, blocking the thread: for program starts and commands.
    public func writeBlocking<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            return try pool.writeWithoutTransaction { db in try transact(db, body) }
        } catch { throw errors.translate(error) }
    }

    /// Runs `body` on the writing connection under the lock but outside a transaction: for settings,
    /// checkpoints and bulk work that brings its own transactions.
    func withWriter<T>(_ body: (Database) throws -> T) throws(StoreError) -> T {
        do {
            return try pool.writeWithoutTransaction { db in try locked { try body(db) } }
        } catch { throw errors.translate(error) }
    }

    /// Ends all connections; the last one to close a file moves its WAL into it. Closing twice is closing
    /// once.
    public func close() throws(StoreError) {
        // The readers go first: a connection that may only read leaves the WAL behind.
        (pool as? DatabasePool)?.releaseMemory()
        do { try pool.close() } catch { throw errors.translate(error) }
        if let queue = pool as? DatabaseQueue { RetiredQueues.keep(queue) }
        lock?.release(.presence)
    }

    /// Runs `body` in one transaction under the lock, on the writing connection's turn.
    func transact<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
        try locked {
            // Each connection prepares these two only once, which `inTransaction` does every time.
            try db.run("BEGIN IMMEDIATE TRANSACTION")
            do {
                let value = try body(db)
                try db.run("COMMIT TRANSACTION")
                return value
            } catch {
                // What went wrong first is what counts; SQLite may have rolled back already.
                try? db.rollback()
                throw error
            }
        }
    }

    private func locked<T>(_ body: () throws -> T) throws -> T {
        if isInMemory { return try body() }
        guard let lock else { throw StoreError.storage(errors.readOnly) }
        guard lock.acquire(.writing, waitingUpTo: Self.patience) else {
            throw StoreError.storage(errors.busy)
        }
        defer { lock.release(.writing) }
        let value = try body()
        lock.announce()
        return value
    }
}
