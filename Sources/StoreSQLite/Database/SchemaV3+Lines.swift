import GRDB
import StoreDomain

// What orders kept as a whole before, each of their lines keeps now.
extension SchemaV3 {
    /// Copies the lines, order by order, with their shares of the order's discount and tax: both were taken of
    /// the sum of the lines, so that is what they are split over.
    static func copyLines(to table: String, in db: Database) throws {
        let insert = try db.makeStatement(
            sql: """
                INSERT INTO \(table) (id, order_id, product_id, product_name, sku, quantity,
                    unit_price_minor, total_minor, line_discount_minor, order_discount_minor, tax_minor)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
                """)
        var lines: [Row] = []
        func write() throws {
            guard let order = lines.first else { return }
            let totals = lines.map { Money(minorUnits: $0["total_minor"]) }
            let discounts = AmountSplit.parts(of: Money(minorUnits: order["discount_minor"]), over: totals)
            let taxes = AmountSplit.parts(of: Money(minorUnits: order["tax_minor"]), over: totals)
            for (index, line) in lines.enumerated() {
                try insert.execute(arguments: [
                    line["id"] as Int64, line["order_id"] as Int64, line["product_id"] as Int64,
                    line["product_name"] as String, line["sku"] as String?, line["quantity"] as Int,
                    line["unit_price_minor"] as Int64, line["total_minor"] as Int64,
                    discounts[index].minorUnits, taxes[index].minorUnits,
                ])
            }
            lines = []
        }
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT order_item.*, orders.discount_minor, orders.tax_minor
                FROM order_item JOIN orders ON orders.id = order_item.order_id ORDER BY order_id, order_item.id
                """)
        while let row = try rows.next() {
            if let first = lines.first, first["order_id"] as Int64 != row["order_id"] { try write() }
            lines.append(row.copy())
        }
        try write()
    }

    /// Money that a demo store's data gave back before refunds were documents.
    struct OldRefund {
        let orderID: Int64
        let paymentID: Int64
        let methodID: String
        let amountMinor: Int64
        let operatorID: Int64
        let createdAt: Int64
        /// Whether everything came back with it.
        let isWhole: Bool

        static func all(in db: Database) throws -> [OldRefund] {
            try Row.fetchAll(
                db,
                sql: """
                    SELECT payment.order_id, payment.id AS payment_id, payment.method_id, refund.amount_minor,
                        COALESCE(payment.taken_by, orders.user_id) AS operator_id, refund.created_at,
                        orders.status = 'refunded' AND refund.amount_minor = orders.total_minor AS is_whole
                    FROM refund JOIN payment ON payment.id = refund.payment_id
                    JOIN orders ON orders.id = payment.order_id ORDER BY refund.id
                    """
            ).map { row in
                OldRefund(
                    orderID: row["order_id"], paymentID: row["payment_id"], methodID: row["method_id"],
                    amountMinor: row["amount_minor"], operatorID: row["operator_id"],
                    createdAt: row["created_at"], isWhole: row["is_whole"])
            }
        }
    }

    /// Makes documents of them. A part of an order's money was given back without goods, so that such a refund
    /// has no lines.
    static func insert(_ refunds: [OldRefund], in db: Database) throws {
        for refund in refunds {
            try db.execute(
                sql: """
                    INSERT INTO refund (order_id, reason, amount_minor, rounding_minor, operator_id, till,
                        created_at) VALUES (?, 'not recorded', ?, 0, ?, ?, ?)
                    """,
                arguments: [
                    refund.orderID, refund.amountMinor, refund.operatorID, Till.standard, refund.createdAt,
                ])
            let id = db.lastInsertedRowID
            try db.execute(
                sql: """
                    INSERT INTO refund_tender (refund_id, position, payment_id, method_id, amount_minor)
                    VALUES (?, 0, ?, ?, ?)
                    """, arguments: [id, refund.paymentID, refund.methodID, refund.amountMinor])
            guard refund.isWhole else { continue }
            try db.execute(
                sql: """
                    INSERT INTO refund_item (refund_id, position, item_id, quantity, amount_minor, tax_minor,
                        restocks)
                    SELECT ?, id, id, quantity, total_minor - order_discount_minor + tax_minor, tax_minor, 1
                    FROM order_item WHERE order_id = ?
                    """, arguments: [id, refund.orderID])
            try db.execute(
                sql: "UPDATE order_item SET returned = quantity WHERE order_id = ?",
                arguments: [refund.orderID])
        }
    }
}
