import GRDB
import StoreDomain
import StoreService

extension SQLiteTransaction: CustomerTransaction {
    func accounts(inRole role: String, before id: Int64?, limit: Int) throws -> [User] {
        try accountRecord.inRole(role, before: id, limit: limit)
    }

    func figures(ofCustomer id: Int64) throws -> CustomerFigures {
        let figures = try db.row(
            """
            SELECT COUNT(*) AS orders, COUNT(*) FILTER (WHERE \(Self.isPaid)) AS paid,
                COALESCE(SUM(total_minor - refunded_minor) FILTER (WHERE \(Self.isPaid)), 0) AS spent,
                MAX(created_at) AS last_at
            FROM orders WHERE user_id = ?
            """, [id]
        ) { row in
            let lastAt: Int64? = row["last_at"]
            return CustomerFigures(
                orders: row["orders"], paid: row["paid"], spent: row.money("spent", currency),
                lastAt: lastAt.map { Timestamp(milliseconds: $0) })
        }
        return figures ?? CustomerFigures(orders: 0, paid: 0, spent: .zero(currency), lastAt: nil)
    }

    private static let isPaid = "status IN ('paid', 'partially_refunded', 'refunded')"

    func giftCards(ofCustomer id: Int64, limit: Int) throws -> [GiftCard] {
        try GiftCardRecord(db: db, currency: currency).all(ofCustomer: id, limit: limit)
    }

    func looseReturns(ofCustomer id: Int64) throws -> [LooseReturn] {
        let ids = try db.rows(
            "SELECT refund_id FROM loose_return WHERE customer_id = ? ORDER BY refund_id DESC", [id]
        ) { row in row[0] as Int64 }
        return try ids.compactMap { try looseReturn($0) }
    }

    /// Nobody else writes while this transaction does.
    func hold(customers ids: [Int64]) {}

    // Orders are counted by their owner.
    func moveDocuments(ofCustomer id: Int64, to other: Int64) throws {
        try db.run("UPDATE orders SET user_id = ? WHERE user_id = ?", [other, id])
        try db.run(
            """
            INSERT INTO order_count (user_id, status, orders)
            SELECT ?, status, orders FROM order_count WHERE user_id = ?
            ON CONFLICT (user_id, status) DO UPDATE SET orders = orders + excluded.orders
            """, [other, id])
        try db.run("DELETE FROM order_count WHERE user_id = ?", [id])
        try db.run("UPDATE loose_return SET customer_id = ? WHERE customer_id = ?", [other, id])
    }

    func moveCredit(ofCustomer id: Int64, to other: Int64) throws {
        try db.run("UPDATE gift_card SET account_id = ? WHERE account_id = ?", [other, id])
    }

    func forgetNames(ofCustomer id: Int64, standIn: String) throws {
        try db.run("UPDATE loose_return SET name = ? WHERE customer_id = ?", [standIn, id])
        try db.run("UPDATE orders SET note = NULL WHERE user_id = ? AND note IS NOT NULL", [id])
        try db.run(
            """
            UPDATE idempotency SET answer = NULL
            WHERE order_id IN (SELECT id FROM orders WHERE user_id = ?) AND answer IS NOT NULL
            """, [id])
    }
}
