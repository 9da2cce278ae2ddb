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
    let pool: DatabasePool
    let errors: StorageErrors
    /// nil where the file cannot be written.
    let lock: FileLock?
    /// What the file was when it was opened as one that does not change; nil for one that may.
    private let stamp: FileStamp?

    /// How long to wait for other programs, in seconds.
    static let patience = 5.0

    /// - Parameters:
    ///   - stamp: what the file is, where it is read as one that does not change.
    ///   - isByWish: it is read-only because a person wants it so.
    init(path: String, pool: DatabasePool, lock: FileLock?, stamp: FileStamp? = nil, isByWish: Bool = false) {
        self.path = path
        self.pool = pool
        self.lock = lock
        self.stamp = stamp
        isReadOnly = pool.configuration.readonly
        errors = StorageErrors(path: path, isReadOnlyByWish: isByWish)
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
        let result = await withCheckedContinuation {
            (continuation: CheckedContinuation<Result<T, any Error>, Never>) in
            pool.asyncWriteWithoutTransaction { db in
                continuation.resume(returning: Result { try self.transact(db, body) })
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
        pool.releaseMemory()
        do { try pool.close() } catch { throw errors.translate(error) }
        lock?.release(.presence)
    }

    private func transact<T>(_ db: Database, _ body: (Database) throws -> T) throws -> T {
        try locked {
            var result: Result<T, any Error>?
            try db.inTransaction(.immediate) {
                result = .success(try body(db))
                return .commit
            }
            guard let result else { fatalError("a committed transaction has run its body") }
            return try result.get()
        }
    }

    private func locked<T>(_ body: () throws -> T) throws -> T {
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
