import StoreCrypto
import StoreDomain
import StoreService

/// The keys of one transaction: those that it found free, and the one that it stores. A key is put off until its
/// answer is there too, so that one row is written once.
struct TransactionKeys {
    struct Name: Hashable {
        let operation: KeyedOperation
        let key: IdempotencyKey
        let userID: Int64
    }

    private struct New {
        let name: Name
        let content: String
        let orderID: Int64
        let refundID: Int64?
        let now: Timestamp
    }

    /// Held, and looked for in vain.
    private(set) var free: Set<Name> = []
    private var new: New?

    mutating func insertFree(_ name: Name) { free.insert(name) }

    mutating func add(_ key: NewKey, orderID: Int64, refundID: Int64?, at now: Timestamp) {
        let name = Name(operation: key.operation, key: key.key, userID: key.userID)
        free.remove(name)
        new = New(name: name, content: key.content, orderID: orderID, refundID: refundID, now: now)
    }

    /// Stores the answer, with its key where that waits for it.
    mutating func answer(_ answer: [UInt8], for name: Name, in db: PostgresConnection) {
        guard new?.name == name else {
            return db.later(
                "UPDATE idempotency SET answer = $1 WHERE user_id = $2 AND operation = $3 AND key = $4",
                [PostgresValue.bytes(answer), name.userID, name.operation.rawValue, name.key.text])
        }
        store(in: db, answer: answer)
    }

    /// Stores the key that still waits.
    mutating func store(in db: PostgresConnection, answer: [UInt8]? = nil) {
        guard let new else { return }
        self.new = nil
        db.later(
            """
            INSERT INTO idempotency (key, operation, user_id, fingerprint, order_id, refund_id, created_at, answer)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                new.name.key.text, new.name.operation.rawValue, new.name.userID,
                PostgresValue.bytes(Fingerprint.bytes(of: new.content)), new.orderID,
                new.name.operation == .refund ? new.refundID : nil, new.now, answer.map(PostgresValue.bytes),
            ])
        db.isRepeatable = true
    }
}
