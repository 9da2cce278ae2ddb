import GRDB
import StoreDomain
import StoreService
import Synchronization

/// A shop in an SQLite file: loads facts and stores changes.
public struct SQLiteEngine: StoreEngine {
    private let database: StoreDatabase
    private let currency: StoreCurrency
    private let cache = StoredValueCache()

    /// - Throws: `storage`.
    public init(_ database: StoreDatabase) throws(StoreError) {
        self.init(database, currency: try database.readBlocking { try $0.fetchShop().currency })
    }

    /// - Parameter currency: the store's.
    init(_ database: StoreDatabase, currency: Currency) {
        self.database = database
        self.currency = StoreCurrency(currency)
    }

    /// Makes a store without goods, sales and shifts one of another currency.
    ///
    /// - Throws: `invalid` for a store that has any.
    func setCurrency(_ new: Currency, at now: Timestamp) async throws(StoreError) {
        guard new != currency.current else { return }
        _ = try await database.write { [currency, cache] db in
            let transaction = SQLiteTransaction(
                db: db, currency: currency.current, cache: cache, known: KnownFacts())
            guard try transaction.isUntouched() else {
                throw StoreError.invalid([
                    FieldProblem(
                        "currency", "stays: the store has goods or sales in \(currency.current.code)")
                ])
            }
            let old = try PolicyRecord.latest(in: db)
            try db.execute(sql: "UPDATE store SET currency = ?", arguments: [new.code])
            try PolicyRecord.insert(
                PolicyVersion(
                    number: old.number + 1, policy: old.policy.priced(in: new), at: now, by: nil), in: db)
            return new
        } committed: { [currency] _, new in
            currency.current = new
        }
    }

    public var isReadOnly: Bool { database.isReadOnly }

    /// Cancelling the task interrupts it.
    public func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await database.read { [currency, cache] db in
            try body(SQLiteTransaction(db: db, currency: currency.current, cache: cache, known: KnownFacts()))
        }
    }

    /// Cancelling the task does not stop it half-way. Those that wait at the same time share a commit.
    public func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try await database.writeTogether { [currency, cache] db, turn in
            let transaction = SQLiteTransaction(db: db, currency: currency.current, cache: cache, turn: turn)
            let value = try body(transaction)
            try transaction.finish()
            return (value, transaction.known)
        }
    }
}

/// The store's currency, which is another once an empty store is set up for a country.
private final class StoreCurrency: Sendable {
    private let known: Mutex<Currency>

    init(_ currency: Currency) { known = Mutex(currency) }

    var current: Currency {
        get { known.withLock { $0 } }
        set { known.withLock { $0 = newValue } }
    }
}

extension SQLiteTransaction {
    /// Whether no amount is in the store beside what every new one has.
    fileprivate func isUntouched() throws -> Bool {
        try db.value(
            Bool.self,
            """
            SELECT NOT EXISTS (SELECT 1 FROM product) AND NOT EXISTS (SELECT 1 FROM orders)
                AND NOT EXISTS (SELECT 1 FROM shift) AND NOT EXISTS (SELECT 1 FROM parked_sale)
            """) ?? false
    }
}
