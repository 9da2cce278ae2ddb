import StoreDomain
import StoreService

extension PostgresTransaction: CustomerTransaction {
    func accounts(inRole role: String, before id: Int64?, limit: Int) throws -> [User] {
        try accountRows.inRole(role, before: id, limit: limit)
    }

    func figures(ofCustomer id: Int64) throws -> CustomerFigures {
        let none = CustomerFigures(orders: 0, paid: 0, spent: .zero(identity.currency), lastAt: nil)
        guard id.isRowID else { return none }
        return try db.row(
            """
            SELECT COUNT(*), COUNT(*) FILTER (WHERE \(Self.isPaid)),
                COALESCE(SUM(total - refunded) FILTER (WHERE \(Self.isPaid)), 0), MAX(created_at)
            FROM orders WHERE user_id = $1
            """, [id]
        ) { row in
            try CustomerFigures(
                orders: row.next(), paid: row.next(), spent: row.money(), lastAt: row.optional())
        } ?? none
    }

    private static let isPaid = "status IN ('paid', 'partially_refunded', 'refunded')"

    func giftCards(ofCustomer id: Int64, limit: Int) throws -> [GiftCard] {
        id.isRowID ? try GiftCardRows(db: db).all(ofCustomer: id, limit: limit) : []
    }

    func looseReturns(ofCustomer id: Int64) throws -> [LooseReturn] {
        guard id.isRowID else { return [] }
        let ids = try db.values(
            Int64.self, "SELECT refund_id FROM loose_return WHERE customer_id = $1 ORDER BY refund_id DESC",
            [id])
        return try ids.compactMap { try looseReturn($0) }
    }

    // In one order, so that two who merge the same two wait for each other, not both for ever. Who writes for a person
    // has their row locked as the key that it is (`AccountRows.find`), which this waits for and has wait.
    func hold(customers ids: [Int64]) throws {
        try db.run(
            "SELECT 1 FROM users WHERE id = ANY($1::int[]) ORDER BY id FOR UPDATE",
            [PostgresValue.list(ids.filter(\.isRowID))])
    }

    // Orders are counted by their owner.
    func moveDocuments(ofCustomer id: Int64, to other: Int64) throws {
        try db.run("UPDATE orders SET user_id = $1 WHERE user_id = $2", [other, id])
        try db.run(
            """
            INSERT INTO order_count (user_id, status, slot, orders)
            SELECT $1::int, status, slot, orders FROM order_count WHERE user_id = $2
            ON CONFLICT (user_id, status, slot) DO UPDATE SET orders = order_count.orders + excluded.orders
            """, [other, id])
        try db.run("DELETE FROM order_count WHERE user_id = $1", [id])
        try db.run("UPDATE loose_return SET customer_id = $1 WHERE customer_id = $2", [other, id])
    }

    func moveCredit(ofCustomer id: Int64, to other: Int64) throws {
        try db.run("UPDATE gift_card SET account_id = $1 WHERE account_id = $2", [other, id])
    }

    func forgetNames(ofCustomer id: Int64, standIn: String) throws {
        try db.run("UPDATE loose_return SET name = $1 WHERE customer_id = $2", [standIn, id])
        try db.run("UPDATE orders SET note = NULL WHERE user_id = $1 AND note IS NOT NULL", [id])
        try db.run(
            """
            UPDATE idempotency SET answer = NULL
            WHERE order_id IN (SELECT id FROM orders WHERE user_id = $1) AND answer IS NOT NULL
            """, [id])
    }
}
