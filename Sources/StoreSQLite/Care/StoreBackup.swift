import Foundation
import GRDB
import StoreDomain
import StoreService

/// Copies of a store, made while it is in use, and putting one back. Both block the thread.
public enum StoreBackup {
    /// Writes a copy of the store as it is now to `path` (0600). The copy is written under another name,
    /// checked and on disk before it gets its own.
    ///
    /// - Parameters:
    ///   - overwrite: whether a file that is there already may be replaced.
    ///   - progress: how much is copied, 0…1.
    /// - Throws: `storage`; nothing lies at `path` then that did not before.
    public static func write(
        _ database: StoreDatabase, to path: String, overwrite: Bool = false,
        progress: (Double) -> Void = { _ in }
    ) throws(StoreError) {
        let errors = StorageErrors(path: path)
        do {
            try requirePlace(for: path, overwrite: overwrite)
            let copy = try BackupDraft(beside: path)
            try copy.fill(from: database.pool, progress: progress)
            try copy.check()
            try copy.move(to: path, replacing: overwrite)
        } catch { throw errors.translate(error) }
    }

    /// Writes a copy of a shop that is no store file, in the same way.
    ///
    /// - Parameter body: writes the shop's rows.
    /// - Throws: `storage`; what `body` throws. Nothing lies at `path` then that did not before.
    public static func write(
        to path: String, overwrite: Bool = false, _ body: (any ShopTarget) throws -> Void
    ) throws {
        try requirePlace(for: path, overwrite: overwrite)
        let directory = (path as NSString).deletingLastPathComponent
        let place = try TemporaryStorePlace(in: directory.isEmpty ? "." : directory)
        defer { place.remove() }
        try SQLiteShop.write(place.path, body)
        let database = try StoreDatabase.open(at: place.path, kind: .store, mode: .existing, told: path) {
            _ in
        }
        let result = Result { try write(database, to: path, overwrite: overwrite) }
        try database.close()
        try result.get()
    }

    private static func requirePlace(for path: String, overwrite: Bool) throws(StoreError) {
        let errors = StorageErrors(path: path)
        let directory = (path as NSString).deletingLastPathComponent
        guard directory.isEmpty || access(directory, F_OK) == 0 else {
            throw .storage(errors.noDirectory(directory))
        }
        guard overwrite || access(path, F_OK) != 0 else { throw .storage(errors.exists) }
    }

    /// Puts the store in `backup` in the place of the one at `path`, if there is one; that is kept beside
    /// it. Before anything is replaced the backup is copied and the copy checked.
    ///
    /// - Returns: where the old store is kept; nil when there was none.
    /// - Throws: `storage`, everything as it was: the backup is no store, of a newer schema or damaged, or
    ///   the store at `path` is in use.
    public static func restore(from backup: String, to path: String, at now: Timestamp) throws(StoreError)
        -> String?
    {
        let errors = StorageErrors(path: path)
        let copy = try copyOfStore(backup, beside: path)
        do {
            leaveNoWAL(path)
            let lock = try FileLock(path: path + "-lock")
            guard lock.tryExclusive(.writing), lock.tryExclusive(.presence) else {
                throw StoreError.storage(errors.inUse)
            }
            let kept = try keepOld(path, at: now)
            try copy.move(to: path, replacing: true)
            return kept
        } catch { throw errors.translate(error) }
    }

    private static func copyOfStore(_ backup: String, beside path: String) throws(StoreError) -> BackupDraft {
        let errors = StorageErrors(path: backup)
        do {
            switch try FileInspection(path: backup) {
            case .missing: throw StoreError.storage(errors.missing)
            case .directory: throw StoreError.storage(errors.isDirectory)
            case .notSQLite: throw StoreError.storage(errors.notSQLite)
            case .sqlite(let applicationID, let version):
                guard applicationID == FileKind.store.applicationID else {
                    throw StoreError.storage(errors.notOurs(FileKind.store.noun))
                }
                guard version <= FileKind.store.version else { throw StoreError.storage(errors.newer) }
            }
            let copy = try BackupDraft(beside: path)
            var reading = Configuration()
            reading.readonly = true
            let source = try DatabaseQueue(path: backup, configuration: reading)
            try copy.fill(from: source) { _ in }
            try source.close()
            try copy.check()
            return copy
        } catch { throw errors.translate(error) }
    }

    /// Opening and closing moves what a crash left in the WAL into the file. A store too damaged for that is
    /// kept as it is.
    private static func leaveNoWAL(_ path: String) {
        guard access(path, F_OK) == 0 else { return }
        do {
            try StoreDatabase.open(at: path, kind: .store, mode: .existing, migrates: false) { _ in }.close()
        } catch {}
    }

    /// Gives the old store a second name, so that at no moment there is none at `path`.
    private static func keepOld(_ path: String, at now: Timestamp) throws -> String? {
        guard access(path, F_OK) == 0 else { return nil }
        let stamp = now.rfc3339.filter { $0 != ":" }
        let kept = "\(path)-before-restore-\(stamp)"
        guard link(path, kept) == 0 else { throw POSIXError.current }
        // A WAL is left only beside a store that could not be opened; it belongs to that.
        if access(path + "-wal", F_OK) == 0, rename(path + "-wal", kept + "-wal") != 0 {
            throw POSIXError.current
        }
        unlink(path + "-shm")
        return kept
    }
}

extension StorageErrors {
    fileprivate var exists: StorageFault {
        fault(.other, "\(path) exists already. Name another file, or add --overwrite.")
    }
    fileprivate var inUse: StorageFault {
        fault(.busy, "\(path) is in use. Close every storefront that has it open first.")
    }
}
