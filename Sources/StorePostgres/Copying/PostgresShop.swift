import StoreDomain
import StoreService

/// A PostgreSQL database as one side of a copy. Both run on the thread that calls `body`.
public enum PostgresShop {
    /// Reads a shop in one state, whoever writes meanwhile.
    ///
    /// - Throws: `storage` for a database that holds no store; what `body` throws.
    public static func read<Value: Sendable>(
        _ address: PostgresAddress, _ body: @escaping @Sendable (any ShopSource) throws -> Value
    ) async throws(StoreError) -> Value {
        let database = PostgresDatabase(address, connections: 1)
        defer { database.close() }
        let errors = database.errors
        try await database.write { db in try PostgresSchema.prepare(db, errors, seed: nil) }
        return try await database.read { db in
            try Self.takeTime(db)
            return try body(PostgresShopRows(db: db))
        }
    }

    /// Writes a shop to a database that holds none, in one transaction.
    ///
    /// - Throws: `storage` for a database that holds a store or tables of another program; what `body` throws. The
    ///   database is what it was then.
    public static func write<Value: Sendable>(
        _ address: PostgresAddress, _ body: @escaping @Sendable (any ShopTarget) throws -> Value
    ) async throws(StoreError) -> Value {
        let database = PostgresDatabase(address, connections: 1)
        defer { database.close() }
        let errors = database.errors
        return try await database.write { db in
            try Self.takeTime(db)
            db.hold("storefront-schema")
            _ = try PostgresSchema.look(db, errors)
            try PostgresSchema.migrate(db)
            guard try !PostgresSchema.hasStore(db) else { throw StoreError.storage(errors.occupied) }
            let rows = PostgresShopRows(db: db)
            try rows.begin()
            return try body(rows)
        }
    }

    private static func takeTime(_ db: PostgresConnection) throws {
        try db.script("SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
    }
}

extension PostgresErrors {
    fileprivate var occupied: StorageFault {
        fault(.other, "The \(name) holds a store already. Copy into an empty database.")
    }
}
