import StoreDomain
import StoreService

/// A shop in a PostgreSQL database: loads facts and stores changes.
public struct PostgresEngine: StoreEngine {
    private let database: PostgresDatabase
    private let identity: ShopIdentity
    private let chain: String
    private let cache = StoredValueCache()
    /// Whether the Flask service writes to the tables as well.
    private let isShared: Bool

    /// - Parameters:
    ///   - identity: the store's.
    ///   - chain: whose chain of the journal is written.
    init(_ database: PostgresDatabase, identity: ShopIdentity, chain: String, isShared: Bool) {
        self.database = database
        self.identity = identity
        self.chain = chain
        self.isShared = isShared
    }

    public func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        if isShared, let value = try await readKnown(body) { return value }
        return try await database.read { [identity, cache, chain] db in
            try body(
                PostgresTransaction(db: db, identity: identity, cache: cache, chain: chain, locks: false))
        }
    }

    /// Reads once all products are read that the Flask service wrote; nil when somebody writes one of them just now,
    /// or nothing can be written.
    private func readKnown<Value: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction) throws -> Value
    ) async throws(StoreError) -> Value? {
        for isSecond in [false, true] {
            let value = try await database.read { [identity, cache, chain] db -> Value? in
                let transaction = PostgresTransaction(
                    db: db, identity: identity, cache: cache, chain: chain, locks: false)
                transaction.mindsUnread = true
                do { return try body(transaction) } catch is UnreadProducts { return nil }
            }
            if value != nil || isSecond { return value }
            do throws(StoreError) { try await database.write { db in try UnreadProducts.read(db) } } catch {
                guard case .storage = error else { throw error }
                return nil
            }
        }
        return nil
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
            try transaction.finish()
            return value
        }
    }
}
