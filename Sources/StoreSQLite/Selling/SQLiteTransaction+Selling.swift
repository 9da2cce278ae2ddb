import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

extension SQLiteTransaction: SellingTransaction {
    func offers(_ ids: [Int64], includingArchived: Bool) throws -> [Int64: Offer] {
        guard !ids.isEmpty else { return [:] }
        return try db.rows(
            """
            SELECT id, name, sku, price_minor, tax_class, stock, tracks_stock FROM product
            WHERE id IN (SELECT value FROM json_each(?)) AND archived <= ?
            """, [JSONText.list(Set(ids)), includingArchived]
        ).reduce(into: [:]) { offers, row in
            offers[row["id"]] = Offer(
                productID: row["id"], name: row["name"], sku: row["sku"],
                price: row.money("price_minor", currency), taxClass: row["tax_class"],
                stock: row["tracks_stock"] ? .counted(row["stock"]) : .untracked)
        }
    }

    func heldStock(of orderIDs: [Int64]) throws -> [Int64: [Int64: Int]] {
        guard !orderIDs.isEmpty else { return [:] }
        return try db.rows(
            """
            SELECT order_id, product_id, -SUM(quantity) AS held FROM stock_movement
            WHERE order_id IN (SELECT value FROM json_each(?)) GROUP BY order_id, product_id HAVING held > 0
            """, [JSONText.list(orderIDs)]
        ).reduce(into: [:]) { held, row in
            held[row["order_id"], default: [:]][row["product_id"]] = row["held"]
        }
    }

    // MARK: - Discounts and ways to pay

    func discount(_ code: String) throws -> Discount? {
        try DiscountRecord.find(code, in: db, currency: currency)
    }

    func discounts() throws -> [Discount] { try DiscountRecord.all(in: db, currency: currency) }

    func insert(_ discount: Discount, at now: Timestamp) throws {
        try DiscountRecord.insert(discount, at: now, in: db)
    }

    func paymentMethods() throws -> [PaymentMethod] { try PaymentMethodRecord.active(in: db) }

    // MARK: - Documents

    func order(_ id: Int64) throws -> Order? { try orders.order(id) }

    func orders(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage {
        try orders.page(query, of: userID)
    }

    func dueOrders(_ expiry: OrderExpiry) throws -> [Order] { try orders.due(expiry) }

    func hasDueOrders(_ expiry: OrderExpiry) throws -> Bool { try orders.hasDue(expiry) }

    func refunds(of orderID: Int64) throws -> [Refund] {
        try RefundRecord(db: db, currency: currency).refunds(of: orderID)
    }

    func sales(between instants: [Timestamp]) throws -> [DaySales] { try orders.sales(between: instants) }

    func strandedPayments() throws -> [StrandedPayment] {
        try db.rows("SELECT * FROM stranded_payment ORDER BY id DESC").map { row in
            StrandedPayment(
                orderID: row["order_id"], methodID: row["method_id"],
                amount: row.money("amount_minor", currency), approvalCode: row["approval_code"])
        }
    }

    // MARK: - Keys

    func kept(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64, content: String) throws
        -> KeptKey?
    {
        try keyRow(operation, key, userID).map { row in
            KeptKey(
                isSameContent: row["fingerprint"] == Data(Fingerprint.bytes(of: content)),
                orderID: row["order_id"], refundID: row["refund_id"],
                answer: (row["answer"] as Data?).map(Array.init))
        }
    }

    func orderID(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws -> Int64? {
        try keyRow(operation, key, userID).map { $0["order_id"] }
    }

    private func keyRow(_ operation: KeyedOperation, _ key: IdempotencyKey, _ userID: Int64) throws -> Row? {
        try db.row(
            """
            SELECT fingerprint, order_id, refund_id, answer FROM idempotency
            WHERE user_id = ? AND operation = ? AND key = ?
            """, [userID, operation.rawValue, key.text])
    }

    func keep(answer: [UInt8], for operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws {
        try db.run(
            "UPDATE idempotency SET answer = ? WHERE user_id = ? AND operation = ? AND key = ?",
            [Data(answer), userID, operation.rawValue, key.text])
    }

    // MARK: - Changes

    func apply(_ changes: Changes, at now: Timestamp, by: Int64?) throws -> Applied {
        try ChangesWriter(db: db, now: now, by: by).write(changes)
    }
}
