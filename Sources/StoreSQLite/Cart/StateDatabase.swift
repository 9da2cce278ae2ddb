import GRDB
import StoreDomain

/// The terminal's own state: a file of its own beside no store's, or memory alone for a kiosk.
public struct StateDatabase: Sendable {
    private enum Place {
        case file(StoreDatabase)
        case memory(DatabaseQueue, StorageErrors)
    }

    private let place: Place

    /// Opens the state file at `path`, making it (0600) when it is missing. Several programs may share it.
    ///
    /// - Throws: `storage`, as a store file does.
    public static func open(at path: String) throws(StoreError) -> StateDatabase {
        StateDatabase(
            place: .file(
                try StoreDatabase.open(at: path, kind: .state, mode: .existingOrNew, create: { _ in })))
    }

    /// State that ends with the program.
    public static func inMemory() throws(StoreError) -> StateDatabase {
        let errors = StorageErrors(path: "the state in memory")
        do {
            let queue = try DatabaseQueue()
            try FileKind.state.migrator(settings: ShopPolicy()).migrate(queue)
            return StateDatabase(place: .memory(queue, errors))
        } catch { throw errors.translate(error) }
    }

    public func close() throws(StoreError) {
        if case .file(let database) = place { try database.close() }
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
            Migration(name: "1 first schema") { db, _ in try db.execute(sql: StateSchemaV1.statements) }
        ])
}
