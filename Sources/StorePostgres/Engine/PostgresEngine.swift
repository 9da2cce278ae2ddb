import StoreDomain
import StoreService

/// A shop in a PostgreSQL database: loads facts and stores changes.
public struct PostgresEngine: StoreEngine {
    private let database: PostgresDatabase
    private let identity: ShopIdentity
    private let cache = StoredValueCache()

    /// - Parameter identity: the store's.
    init(_ database: PostgresDatabase, identity: ShopIdentity) {
        self.database = database
        self.identity = identity
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await database.read { [identity, cache] db in
            try body(PostgresTransaction(db: db, identity: identity, cache: cache, locks: false))
        }
    }

    /// `body` runs again when it meets another transaction that changes the same rows. Cancelling the task does
    /// not stop it half-way.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await database.write { [identity, cache] db in
            try body(PostgresTransaction(db: db, identity: identity, cache: cache, locks: true))
        }
    }
}
