import GRDB
import StoreDomain
import Synchronization

/// The terminal's own state: a file of its own beside no store's, or memory alone for a kiosk. Opened by one
/// session, which is known to live as long as it has the file open (see <doc:Decisions>).
public final class StateDatabase: Sendable {
    private enum Place {
        case file(StoreDatabase)
        case memory(DatabaseQueue, StorageErrors)
    }

    private let place: Place
    private let number = Mutex<Int64?>(nil)

    private init(_ place: Place) { self.place = place }

    /// Opens the state file at `path`, making it (0600) when it is missing. Several programs may share it.
    ///
    /// - Throws: `storage`, as a store file does.
    public static func open(at path: String) throws(StoreError) -> StateDatabase {
        StateDatabase(
            .file(try StoreDatabase.open(at: path, kind: .state, mode: .existingOrNew, create: { _ in })))
    }

    /// State that ends with the program.
    public static func inMemory() throws(StoreError) -> StateDatabase {
        let errors = StorageErrors(path: "the state in memory")
        do {
            let queue = try DatabaseQueue()
            try FileKind.state.migrator(settings: ShopPolicy()).migrate(queue)
            queue.releaseMemory()
            return StateDatabase(.memory(queue, errors))
        } catch { throw errors.translate(error) }
    }

    /// Ends the session.
    public func close() throws(StoreError) {
        guard case .file(let database) = place else { return }
        try database.close()
        if let number = knownSession { database.lock?.release(.session(number)) }
    }

    // MARK: - The session

    /// The number of this session; nil before it was asked for the first time.
    var knownSession: Int64? { number.withLock { $0 } }

    /// The number of this session: no other has had it, and none will.
    func session() async throws(StoreError) -> Int64 {
        if let known = knownSession { return known }
        let lock: FileLock? = if case .file(let database) = place { database.lock } else { nil }
        let new = try await write { db in
            var number = 1 + (try db.value(Int64.self, "SELECT last FROM session_number") ?? 0)
            // Held where the file was taken away from under a session.
            while let lock, !lock.tryExclusive(.session(number)) { number += 1 }
            try db.run("UPDATE session_number SET last = ?", [number])
            return number
        }
        return number.withLock { known in
            // Asked for twice at once: the first number counts.
            let session = known ?? new
            known = session
            return session
        }
    }

    /// Whether another session lives. Where it cannot be told it does.
    func isLive(_ session: Int64) -> Bool {
        guard session > 0 else { return false }
        return switch place {
        case .file(let database): database.lock?.isHeldElsewhere(.session(session)) ?? true
        case .memory: false
        }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T {
        switch place {
        case .file(let database): return try await database.read(body)
        case .memory(let queue, let errors):
            do { return try await queue.read(body) } catch { throw errors.translate(error) }
        }
    }

    /// Runs `body` in one transaction, which is on disk when this returns and undone when it throws.
    func write<T: Sendable>(_ body: @escaping @Sendable (Database) throws -> T) async throws(StoreError) -> T
    {
        switch place {
        case .file(let database): return try await database.write(body)
        case .memory(let queue, let errors):
            do { return try await queue.write(body) } catch { throw errors.translate(error) }
        }
    }
}

extension FileKind {
    /// "STST"
    static let state = FileKind(
        applicationID: 0x5354_5354, noun: "storefront state file",
        migrations: [
            Migration(name: "1 first schema") { db, _ in try db.execute(sql: StateSchemaV1.statements) },
            Migration(name: "2 sessions") { db, _ in try StateSchemaV2.migrate(db) },
        ])
}
