import Foundation
import GRDB
import StoreDomain

/// A request that must have its effect once, however often it is made.
struct IdempotentRequest {
    enum Operation: String {
        case order, payment
    }

    let operation: Operation
    let key: IdempotencyKey
    let userID: Int64
    private let fingerprint: Data

    /// - Parameter content: the same for the same request, different for any other.
    init(_ operation: Operation, key: IdempotencyKey, userID: Int64, content: String) {
        self.operation = operation
        self.key = key
        self.userID = userID
        fingerprint = Fingerprint.of(content)
    }

    /// The order that an earlier try of this request made or paid; nil when this is the first.
    ///
    /// - Throws: `keyReused` when the key was used for other content.
    func earlierOrder(in db: Database) throws -> Int64? {
        let statement = try db.cachedStatement(
            sql: """
                SELECT fingerprint, order_id FROM idempotency WHERE user_id = ? AND operation = ? AND key = ?
                """)
        guard let row = try Row.fetchOne(statement, arguments: [userID, operation.rawValue, key.text]) else {
            return nil
        }
        guard row["fingerprint"] == fingerprint else { throw StoreError.keyReused }
        return row["order_id"]
    }

    /// What a server answered to the earlier try; nil when it was made at the till.
    func answer(in db: Database) throws -> Data? {
        try db.value(
            Data.self, "SELECT answer FROM idempotency WHERE user_id = ? AND operation = ? AND key = ?",
            [userID, operation.rawValue, key.text])
    }

    /// Keeps what a server answers to a request that is remembered.
    func keep(answer: Data, in db: Database) throws {
        try db.run(
            "UPDATE idempotency SET answer = ? WHERE user_id = ? AND operation = ? AND key = ?",
            [answer, userID, operation.rawValue, key.text])
    }

    func remember(orderID: Int64, at now: Timestamp, in db: Database) throws {
        try db.run(
            """
            INSERT INTO idempotency (key, operation, user_id, fingerprint, order_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """, [key.text, operation.rawValue, userID, fingerprint, orderID, now.milliseconds])
    }
}
