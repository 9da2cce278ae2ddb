import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

extension SQLiteTransaction: SellingTransaction {
    func offers(_ ids: [Int64], includingArchived: Bool) throws -> [Int64: Offer] {
        guard !ids.isEmpty else { return [:] }
        let wanted = RowValues(Set(ids).map { [.integer($0)] })
        return try db.list(
            """
            SELECT product.id, name, sku, price_minor, tax_class, tracks_stock, stock
            FROM \(wanted.source) AS wanted CROSS JOIN product ON product.id = wanted.column1
            WHERE archived <= ?
            """, wanted.arguments + [includingArchived]
        ) { columns in
            Offer(
                productID: columns.next(), name: columns.next(), sku: columns.optional(),
                price: columns.money(currency), taxClass: columns.optional(),
                stock: columns.next() ? .counted(columns.next()) : .untracked)
        }.reduce(into: [:]) { $0[$1.productID] = $1 }
    }

    func heldStock(of orderIDs: [Int64]) throws -> [Int64: [Int64: Int]] {
        guard !orderIDs.isEmpty else { return [:] }
        return try db.list(
            """
            SELECT order_id, product_id, -SUM(quantity) AS held
            FROM json_each(?) AS wanted CROSS JOIN stock_movement ON order_id = wanted.value
            GROUP BY order_id, product_id HAVING held > 0
            """, [JSONText.list(orderIDs)]
        ) { (order: $0.next() as Int64, product: $0.next() as Int64, held: $0.next() as Int) }
        .reduce(into: [:]) { $0[$1.order, default: [:]][$1.product] = $1.held }
    }

    // MARK: - Discounts and ways to pay

    func discount(_ code: String) throws -> Discount? {
        try DiscountRecord.find(code, in: db, currency: currency)
    }

    func discounts() throws -> [Discount] { try DiscountRecord.all(in: db, currency: currency) }

    func insert(_ discount: Discount, at now: Timestamp) throws {
        try DiscountRecord.insert(discount, at: now, in: db)
    }

    func update(_ discount: Discount) throws { try DiscountRecord.update(discount, in: db) }

    func paymentMethods() throws -> [PaymentMethod] {
        if let methods = known.paymentMethods { return methods }
        let methods = try PaymentMethodRecord.active(in: db)
        known.paymentMethods = methods
        return methods
    }

    // MARK: - Documents

    func order(_ id: Int64) throws -> Order? { try orders.order(id) }

    func orders(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage {
        try orders.page(query, of: userID)
    }

    func dueOrders(_ expiry: OrderExpiry) throws -> [Order] { try orders.due(expiry) }

    func hasDueOrders(_ expiry: OrderExpiry) throws -> Bool {
        if let oldest = known.oldestPending, oldest >= expiry.placedBefore { return false }
        let oldest = try orders.oldestPending() ?? Timestamp(milliseconds: .max)
        known.oldestPending = oldest
        return try oldest < expiry.placedBefore && orders.hasDue(expiry)
    }

    func oldestPending() throws -> Timestamp? { try orders.oldestPending() }

    func refunds(of orderID: Int64) throws -> [Refund] {
        try RefundRecord(db: db, currency: currency).refunds(of: orderID)
    }

    func shiftOfPayment(orderID: Int64) throws -> Int64? {
        try db.value(
            Int64.self, "SELECT shift_id FROM payment WHERE order_id = ? ORDER BY id DESC LIMIT 1", [orderID])
    }

    func sales(between instants: [Timestamp]) throws -> [DaySales] { try orders.sales(between: instants) }

    func strandedPayments() throws -> [StrandedPayment] {
        try db.rows("SELECT * FROM stranded_payment ORDER BY id DESC") { row in
            StrandedPayment(
                orderID: row["order_id"], methodID: row["method_id"],
                amount: row.money("amount_minor", currency), approvalCode: row["approval_code"])
        }
    }

    // MARK: - Keys

    func kept(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64, content: String) throws
        -> KeptKey?
    {
        try keyRow(operation, key, userID) { columns in
            KeptKey(
                isSameContent: columns.next() == Data(Fingerprint.bytes(of: content)),
                orderID: columns.next(), refundID: columns.optional(),
                answer: (columns.optional() as Data?).map(Array.init))
        }
    }

    func orderID(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws -> Int64? {
        try keyRow(operation, key, userID) { columns in
            _ = columns.next() as Data
            return columns.next()
        }
    }

    private func keyRow<T>(
        _ operation: KeyedOperation, _ key: IdempotencyKey, _ userID: Int64,
        _ body: (inout Columns) throws -> T
    ) throws -> T? {
        try db.first(
            """
            SELECT fingerprint, order_id, refund_id, answer FROM idempotency
            WHERE user_id = ? AND operation = ? AND key = ?
            """, [userID, operation.rawValue, key.text], body)
    }

    func keep(answer: [UInt8], for operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws {
        try db.run(
            "UPDATE idempotency SET answer = ? WHERE user_id = ? AND operation = ? AND key = ?",
            [Data(answer), userID, operation.rawValue, key.text])
    }

    // MARK: - Changes

    func setJournalMark(_ mark: String, ofOrder id: Int64) throws {
        try db.run("UPDATE orders SET journal_mark = ? WHERE id = ?", [mark, id])
    }

    func setJournalMark(_ mark: String, ofRefund id: Int64) throws {
        try db.run("UPDATE refund SET journal_mark = ? WHERE id = ?", [mark, id])
    }

    func apply(_ changes: Changes, at now: Timestamp, by: Int64?) throws -> Applied {
        let applied = try ChangesWriter(db: db, now: now, by: by).write(changes)
        known.positions.merge(changes.numbers) { _, new in new }
        if changes.newOrder != nil { known.oldestPending = known.oldestPending.map { min($0, now) } }
        return applied
    }
}
