import GRDB
import StoreDomain
import StoreService

/// A shop in an SQLite file: loads facts and stores changes.
public struct SQLiteEngine: StoreEngine {
    private let database: StoreDatabase
    private let currency: Currency
    private let cache = StoredValueCache()
    private let kept = KeptFacts()

    /// - Throws: `storage`.
    public init(_ database: StoreDatabase) throws(StoreError) {
        self.init(database, currency: try database.readBlocking { try $0.fetchShop().currency })
    }

    /// - Parameter currency: the store's.
    init(_ database: StoreDatabase, currency: Currency) {
        self.database = database
        self.currency = currency
    }

    public var isReadOnly: Bool { database.isReadOnly }

    /// Cancelling the task interrupts it.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await database.read { [currency, cache] db in
            try body(SQLiteTransaction(db: db, currency: currency, cache: cache, known: KnownFacts()))
        }
    }

    /// Cancelling the task does not stop it half-way.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        let (value, _) = try await database.write { [currency, cache, kept] db in
            let transaction = SQLiteTransaction(
                db: db, currency: currency, cache: cache, known: kept.known(at: db.dataVersion))
            let value = try body(transaction)
            try transaction.finish()
            return (value, transaction.known)
        } committed: { [kept] db, done in
            kept.keep(done.1, at: db.dataVersion)
        }
        return value
    }
}
