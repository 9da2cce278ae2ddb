import Foundation
import CSQLite
import GRDB
import StoreDomain

/// The steps of opening a file. What is refused is left as it was, to the byte.
struct StoreOpener {
    let path: String
    let kind: FileKind
    let durability: StoreDatabase.Durability
    /// The policy that a store from before stores kept one is given when it is migrated.
    let settings: ShopPolicy
    /// Whether an older file is brought up to date; otherwise it is opened as it is.
    let migrates: Bool
    /// What messages call the file; nil for its path. A kiosk's visitors are told none.
    var told: String?

    var errors: StorageErrors { StorageErrors(path: told ?? path) }

    private var directory: String {
        let parent = (path as NSString).deletingLastPathComponent
        return parent.isEmpty ? "." : parent
    }

    func open(mode: StoreDatabase.OpenMode, create: (Database) throws -> Void) throws -> StoreDatabase {
        Self.memoryLimits
        if try isOurs() {
            guard mode != .readOnly else { return try openReadOnlyByWish() }
            guard access(path, W_OK) == 0, access(directory, W_OK) == 0 else { return try openReadOnly() }
        } else {
            guard mode == .existingOrNew else { throw StoreError.storage(errors.missing) }
            try makeDirectory()
        }
        let lock = try FileLock(path: path + "-lock")
        guard lock.acquire(.writing, waitingUpTo: StoreDatabase.patience) else {
            throw StoreError.storage(errors.busy)
        }
        defer { lock.release(.writing) }
        // Looked at again: another program may have made it while we waited.
        if try !isOurs() { try makeFile(create) }

        if lock.tryExclusive(.presence), endedBadly { try check() }
        lock.share(.presence)
        let pool = try DatabasePool(path: path, configuration: configuration)
        do {
            // GRDB's default for WAL is NORMAL, which may lose what was acknowledged.
            try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = \(synchronous)") }
            if migrates { try migrate(pool) }
        } catch {
            try? pool.close()
            throw error
        }
        return StoreDatabase(path: path, pool: pool, lock: lock, told: told)
    }

    /// Makes a file of memory alone, and fills it.
    func openInMemory(_ create: (Database) throws -> Void) throws -> StoreDatabase {
        Self.memoryLimits
        let queue = try DatabaseQueue(configuration: configuration)
        do {
            try queue.writeWithoutTransaction { db in
                // Most of the tables are nearly empty, and each takes a page.
                try db.execute(
                    sql: "PRAGMA page_size = 1024; PRAGMA application_id = \(kind.applicationID)")
            }
            try kind.make(in: queue, settings: settings)
            try queue.write(create)
            // What the making has prepared is not asked for again.
            queue.releaseMemory()
        } catch {
            try? queue.close()
            RetiredQueues.keep(queue)
            throw error
        }
        return StoreDatabase(inMemory: queue)
    }

    /// Whether the file is there; throws when it is anything but one of ours.
    private func isOurs() throws -> Bool {
        switch try FileInspection(path: path) {
        case .missing: return false
        case .directory: throw StoreError.storage(errors.isDirectory)
        case .notSQLite: throw StoreError.storage(errors.notSQLite)
        case .sqlite(let applicationID, let version):
            guard applicationID == kind.applicationID else {
                throw StoreError.storage(errors.notOurs(kind.noun))
            }
            guard version <= kind.version else { throw StoreError.storage(errors.newer) }
            return true
        }
    }

    // MARK: - Settings

    /// Set once, before SQLite starts.
    private static let memoryLimits: Void = {
        storefront_sqlite_small_caches()
        // Transactions that share a commit have a savepoint each.
        storefront_sqlite_savepoints_in_memory()
    }()

    private var synchronous: String {
        switch durability {
        case .full: "FULL"
        case .none: "OFF"
        }
    }

    /// Few connections with small caches: a session's memory is bounded, and what they read is in the
    /// system's cache anyway.
    private var configuration: Configuration {
        var configuration = Configuration()
        configuration.busyMode = .timeout(StoreDatabase.patience)
        configuration.maximumReaderCount = 2
        // A kiosk has no place for temporary files.
        let sorting = told == nil ? "" : "; PRAGMA temp_store = MEMORY"
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -1000; PRAGMA secure_delete = FAST" + sorting)
        }
        return configuration
    }

    // MARK: - Making

    private func makeDirectory() throws {
        var missing: [String] = []
        var parent = directory
        while access(parent, F_OK) != 0, !parent.isEmpty, parent != "/" {
            missing.append(parent)
            parent = (parent as NSString).deletingLastPathComponent
            if parent.isEmpty { parent = "." }
        }
        for directory in missing.reversed() where mkdir(directory, 0o700) != 0 && errno != EEXIST {
            throw refusal(POSIXError.current)
        }
        guard access(directory, W_OK) == 0 else { throw refusal(POSIXError.current) }
    }

    private func refusal(_ error: POSIXError) -> any Error {
        [.EACCES, .EPERM, .EROFS].contains(error.code)
            ? StoreError.storage(errors.unwritableDirectory(directory)) : error
    }

    /// Makes the file under another name and moves it into place when it is whole and on disk, so that what
    /// lies at `path` is never half a file.
    private func makeFile(_ create: (Database) throws -> Void) throws {
        let draft = path + "-new"
        for leftover in [draft, draft + "-journal"] { unlink(leftover) }
        let descriptor = Foundation.open(draft, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw refusal(POSIXError.current) }
        defer { close(descriptor) }
        do {
            let queue = try DatabaseQueue(path: draft, configuration: configuration)
            try queue.writeWithoutTransaction { db in
                try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA journal_mode = MEMORY")
                try db.inTransaction {
                    try db.execute(sql: "PRAGMA application_id = \(kind.applicationID)")
                    return .commit
                }
            }
            try kind.make(in: queue, settings: settings)
            try queue.write(create)
            try queue.close()
            RetiredQueues.keep(queue)
            if durability == .full, fsync(descriptor) != 0 { throw POSIXError.current }
            guard rename(draft, path) == 0 else { throw POSIXError.current }
            if durability == .full { try syncDirectory() }
        } catch {
            unlink(draft)
            throw error
        }
    }

    private func syncDirectory() throws {
        let descriptor = Foundation.open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError.current }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError.current }
    }

    // MARK: - Checking

    /// The last program to close a file takes the WAL away. One that nobody has open but that has a WAL was
    /// left by a kill or a crash.
    private var endedBadly: Bool {
        var status = stat()
        return stat(path + "-wal", &status) == 0 && status.st_size > 0
    }

    private func check() throws {
        var reading = configuration
        reading.readonly = true
        let queue = try DatabaseQueue(path: path, configuration: reading)
        defer {
            try? queue.close()
            RetiredQueues.keep(queue)
        }
        let verdict = try queue.read { try String.fetchOne($0, sql: "PRAGMA quick_check(1)") }
        guard verdict == "ok" else { throw StoreError.storage(errors.corrupt) }
    }

    /// While another program has the file open, SQLite reads what that writes, without writing itself; else the
    /// file is read as one that does not change.
    private func openReadOnlyByWish() throws -> StoreDatabase {
        var reading = configuration
        reading.readonly = true
        let errors = StorageErrors(path: told ?? path, isReadOnlyByWish: true)
        let isShared = access(path + "-shm", F_OK) == 0
        guard isShared || !endedBadly else { throw StoreError.storage(errors.unfinishedReadOnly) }
        let stamp = isShared ? nil : FileStamp(path)
        let choice = isShared ? "mode=ro&readonly_shm=1" : "immutable=1"
        return try readOnly("file:\(path.percentEncodedForURI)?\(choice)", reading, errors) {
            StoreDatabase(path: path, pool: $0, lock: nil, stamp: stamp, isByWish: true, told: told)
        }
    }

    private func openReadOnly() throws -> StoreDatabase {
        var reading = configuration
        reading.readonly = true
        // Without a WAL nobody is writing, and nothing may be written beside the file, not even an index of
        // a WAL: SQLite is told so.
        let source = endedBadly ? path : "file:\(path.percentEncodedForURI)?immutable=1"
        return try readOnly(source, reading, errors) {
            StoreDatabase(path: path, pool: $0, lock: nil, told: told)
        }
    }

    private func readOnly(
        _ source: String, _ reading: Configuration, _ errors: StorageErrors,
        _ made: (DatabasePool) -> StoreDatabase
    ) throws -> StoreDatabase {
        let pool = try DatabasePool(path: source, configuration: reading)
        let version = try pool.read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
        guard version == kind.version || !migrates else {
            try? pool.close()
            throw StoreError.storage(version < kind.version ? errors.olderReadOnly : errors.newer)
        }
        return made(pool)
    }

    // MARK: - Migrating

    private func migrate(_ pool: DatabasePool) throws {
        let version = try pool.writeWithoutTransaction {
            try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0
        }
        guard version <= kind.version else { throw StoreError.storage(errors.newer) }
        guard version < kind.version else { return }
        try copy(pool, to: "\(path)-before-\(version + 1)")
        try kind.migrator(settings: settings).migrate(pool)
    }

    private func copy(_ pool: DatabasePool, to copyPath: String) throws {
        unlink(copyPath)
        let descriptor = Foundation.open(copyPath, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError.current }
        close(descriptor)
        do {
            let queue = try DatabaseQueue(path: copyPath)
            try pool.backup(to: queue)
            try queue.close()
        } catch {
            unlink(copyPath)
            throw error
        }
    }
}

extension String {
    /// With everything but letters, digits and `/._-` as `%XX`.
    fileprivate var percentEncodedForURI: String {
        utf8.reduce(into: "") { text, byte in
            let scalar = UnicodeScalar(byte)
            if scalar.properties.isASCIIHexDigit || ("a"..."z").contains(scalar)
                || ("A"..."Z").contains(scalar) || "/._-".unicodeScalars.contains(scalar)
            {
                text.unicodeScalars.append(scalar)
            } else {
                text += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }
        }
    }
}
