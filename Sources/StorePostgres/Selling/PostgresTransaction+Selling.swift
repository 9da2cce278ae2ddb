import StoreCrypto
import StoreDomain
import StoreService

extension PostgresTransaction: SellingTransaction {
    private var orderRows: OrderRows { OrderRows(db: db) }
    private var discountRows: DiscountRows { DiscountRows(db: db) }

    func offers(_ ids: [Int64], includingArchived: Bool) throws -> [Int64: Offer] {
        let ids = Set(ids.filter(\.isRowID)).sorted()
        guard !ids.isEmpty else { return [:] }
        let wanted = PostgresList(ids, from: 2)
        let question = db.ask(
            """
            SELECT id, name, sku, price, tax_class, stock, tracks_stock, \(Self.average) FROM products
            WHERE id = ANY(\(wanted.sql)) AND (NOT archived OR $1)
            ORDER BY id \(locks ? "FOR NO KEY UPDATE" : "")
            """, [includingArchived] + wanted.values)
        // Who sells asks for their cost, too: it comes the same way.
        let pending = locks ? try pendingCosts(of: ids) : [:]
        let result = try db.answer(question)
        return try (0..<result.count).reduce(into: [:]) { offers, index in
            var row = result.row(index, currency: identity.currency)
            let (id, name) = try (row.next(Int64.self), row.next(String.self))
            let (sku, price) = try (row.optional(String.self), row.money())
            let taxClass = try row.optional(String.self)
            let (stock, isTracked) = try (row.next(Int.self), row.next(Bool.self))
            if locks {
                knownCosts[id] = CostBook(
                    count: stock, average: try row.average(), pending: pending[id] ?? [])
            }
            offers[id] = Offer(
                productID: id, name: name, sku: sku, price: price, taxClass: taxClass,
                stock: isTracked ? .counted(stock) : .untracked)
        }
    }

    func heldStock(of orderIDs: [Int64]) throws -> [Int64: [Int64: Int]] {
        guard !orderIDs.isEmpty else { return [:] }
        return try db.rows(
            """
            SELECT order_id, product_id, -SUM(quantity)::int AS held FROM stock_movement
            WHERE order_id = ANY($1::int[]) GROUP BY order_id, product_id HAVING SUM(quantity) < 0
            """, [PostgresValue.list(orderIDs)]
        ) { row in
            (order: try row.next(Int64.self), product: try row.next(Int64.self), held: try row.next(Int.self))
        }
        .reduce(into: [:]) { $0[$1.order, default: [:]][$1.product] = $1.held }
    }

    // MARK: - Discounts and ways to pay

    func discount(_ code: String) throws -> Discount? { try discountRows.find(code, locks: locks) }

    func discounts() throws -> [Discount] { try discountRows.all() }

    func update(_ discount: Discount) throws { try discountRows.update(discount) }

    func insert(_ discount: Discount, at now: Timestamp) throws {
        try discountRows.insert(discount, at: now)
    }

    func paymentMethods() throws -> [PaymentMethod] { try PaymentMethodRows.active(in: db) }

    // MARK: - Documents

    func order(_ id: Int64) throws -> Order? { id.isRowID ? try orderRows.order(id, locks: locks) : nil }

    func orders(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage {
        try orderRows.page(query, of: userID)
    }

    func dueOrders(_ expiry: OrderExpiry) throws -> [Order] { try orderRows.due(expiry, locks: locks) }

    func hasDueOrders(_ expiry: OrderExpiry) throws -> Bool { try orderRows.hasDue(expiry) }

    func oldestPending() throws -> Timestamp? { try orderRows.oldestPending() }

    func refunds(of orderID: Int64) throws -> [Refund] { try RefundRows(db: db).refunds(of: orderID) }

    func shiftOfPayment(orderID: Int64) throws -> Int64? {
        try db.row(
            "SELECT shift_id FROM payment WHERE order_id = $1 ORDER BY id DESC LIMIT 1", [orderID]
        ) { row in try row.optional(Int64.self) } ?? nil
    }

    func sales(between instants: [Timestamp]) throws -> [DaySales] {
        try orderRows.sales(between: instants)
    }

    func strandedPayments() throws -> [StrandedPayment] {
        try db.rows(
            "SELECT order_id, method_id, amount, approval_code FROM stranded_payment ORDER BY id DESC"
        ) { row in
            try StrandedPayment(
                orderID: row.next(), methodID: row.next(), amount: row.money(), approvalCode: row.optional())
        }
    }

    // MARK: - Keys

    /// A twin waits here until the first try has ended, and then finds what that one did.
    func kept(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64, content: String) throws
        -> KeptKey?
    {
        let name = TransactionKeys.Name(operation: operation, key: key, userID: userID)
        guard !keys.free.contains(name) else { return nil }
        if locks { db.hold("key|\(operation.rawValue)|\(userID)|\(key.text)") }
        let kept = try db.row(
            """
            SELECT fingerprint, order_id, refund_id, answer FROM idempotency
            WHERE user_id = $1 AND operation = $2 AND key = $3
            """, [userID, operation.rawValue, key.text]
        ) { row in
            let isSame = try row.next([UInt8].self) == Fingerprint.bytes(of: content)
            return try KeptKey(
                isSameContent: isSame, orderID: row.next(), refundID: row.optional(), answer: row.optional())
        }
        if locks, kept == nil { keys.insertFree(name) }
        return kept
    }

    func orderID(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws -> Int64? {
        try db.value(
            Int64.self,
            "SELECT order_id FROM idempotency WHERE user_id = $1 AND operation = $2 AND key = $3",
            [userID, operation.rawValue, key.text])
    }

    func keep(answer: [UInt8], for operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) {
        let name = TransactionKeys.Name(operation: operation, key: key, userID: userID)
        keys.answer(answer, for: name, in: db)
    }

    // MARK: - Changes

    func setJournalMark(_ mark: String, ofOrder id: Int64) throws {
        db.later("UPDATE orders SET journal_mark = $1 WHERE id = $2", [mark, id])
    }

    func setJournalMark(_ mark: String, ofRefund id: Int64) throws {
        db.later("UPDATE refund SET journal_mark = $1 WHERE id = $2", [mark, id])
    }

    func apply(_ changes: Changes, at now: Timestamp, by: Int64?) throws -> Applied {
        if !changes.journal.isEmpty { journalPlace.expect() }
        let applied = try ChangesWriting(db: db, now: now, by: by).write(changes)
        for movement in changes.movements { knownCosts[movement.productID] = nil }
        if let key = changes.key {
            let orders = StoredOrderIDs(new: applied.orderID)
            keys.add(key, orderID: orders.id(key.order), refundID: applied.refundID, at: now)
        }
        return applied
    }
}
