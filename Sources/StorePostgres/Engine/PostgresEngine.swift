import StoreDomain
import StoreService

/// A shop in a PostgreSQL database: loads facts and stores changes.
public struct PostgresEngine: StoreEngine {
    private let database: PostgresDatabase
    private let identity: ShopIdentity
    private let chain: String
    private let cache = StoredValueCache()

    /// - Parameters:
    ///   - identity: the store's.
    ///   - chain: whose chain of the journal is written.
    init(_ database: PostgresDatabase, identity: ShopIdentity, chain: String) {
        self.database = database
        self.identity = identity
        self.chain = chain
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await database.read { [identity, cache, chain] db in
            try body(
                PostgresTransaction(db: db, identity: identity, cache: cache, chain: chain, locks: false))
        }
    }

    /// `body` runs again when it meets another transaction that changes the same rows. Cancelling the task does
    /// not stop it half-way.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await database.write { [identity, cache, chain] db in
            let transaction = PostgresTransaction(
                db: db, identity: identity, cache: cache, chain: chain, locks: true)
            let value = try body(transaction)
            transaction.finish()
            return value
        }
    }
}
