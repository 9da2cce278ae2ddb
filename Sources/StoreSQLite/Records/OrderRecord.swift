import Foundation
import GRDB
import StoreDomain

/// Orders as rows of `orders`, `order_item` and `payment`. However many orders, two queries read them.
struct OrderRecord {
    let currency: Currency

    private static let select = """
        SELECT orders.*, account.name AS user_name,
            payment.amount_minor AS paid_minor, payment.tendered_minor, payment.change_minor,
            payment.approval_code, payment.created_at AS paid_at,
            payment_method.id AS method_id, payment_method.name AS method_name,
            payment_method.kind AS method_kind, payment_method.minimum_role AS method_role
        FROM orders
        JOIN account ON account.id = orders.user_id
        LEFT JOIN payment ON payment.order_id = orders.id
        LEFT JOIN payment_method ON payment_method.id = payment.method_id
        """

    func order(_ id: Int64, in db: Database) throws -> Order? {
        let statement = try db.cachedStatement(sql: "\(Self.select) WHERE orders.id = ?")
        return try orders(Row.fetchAll(statement, arguments: [id]), in: db).first
    }

    /// Whether `principal`, current, may see order `id`: its own, or anybody's with `seeAllOrders`.
    ///
    /// - Throws: `notFound` when not, `signInRequired` for a guest.
    func status(of id: Int64, visibleTo principal: Principal, in db: Database) throws -> OrderStatus {
        if case .guest = principal { throw StoreError.signInRequired }
        let statement = try db.cachedStatement(sql: "SELECT user_id, status FROM orders WHERE id = ?")
        guard let row = try Row.fetchOne(statement, arguments: [id]),
            row["user_id"] == principal.userID || principal.allows(.seeAllOrders)
        else { throw StoreError.notFound(.order(id)) }
        return try row.word("status")
    }

    /// Paid orders of a span of time, `end` not included: through an index, so that it costs what was sold
    /// then.
    func sales(from start: Timestamp, to end: Timestamp, in db: Database) throws -> DaySales {
        let statement = try db.cachedStatement(
            sql: """
                SELECT COUNT(*) AS orders, IFNULL(SUM(total_minor), 0) AS total_minor FROM orders
                WHERE status = 'paid' AND created_at >= ? AND created_at < ?
                """)
        let row = try Row.fetchOne(statement, arguments: [start.milliseconds, end.milliseconds])
        return DaySales(
            start: start, orders: row?["orders"] ?? 0,
            total: row?.money("total_minor", currency) ?? .zero(currency))
    }

    /// One page, newest first, of the orders of `userID`, or of everybody for nil.
    func page(_ query: OrderQuery, of userID: Int64?, in db: Database) throws -> OrderPage {
        var filters: [String] = []
        var arguments: StatementArguments = []
        if let userID {
            filters.append("user_id = ?")
            arguments += [userID]
        }
        if let status = query.status {
            filters.append("status = ?")
            arguments += [status.rawValue]
        }
        let filter = filters.isEmpty ? "" : "WHERE " + filters.joined(separator: " AND ")
        let total = try self.total(query.status, of: userID, in: db)
        let (start, overflow) = (query.page - 1).multipliedReportingOverflow(by: query.perPage)
        let count = overflow ? 0 : min(query.perPage, total - start)
        guard count > 0 else {
            return OrderPage(orders: [], number: query.page, perPage: query.perPage, total: total)
        }
        // Counted from whichever end is nearer, so that the last page costs what the first does.
        let fromEnd = start > total / 2
        let direction = fromEnd ? "ASC" : "DESC"
        let ids = """
            SELECT id FROM orders \(filter) ORDER BY created_at \(direction), id \(direction) LIMIT ? OFFSET ?
            """
        let statement = try db.cachedStatement(
            sql: """
                \(Self.select) WHERE orders.id IN (\(ids)) ORDER BY orders.created_at DESC, orders.id DESC
                """)
        let rows = try Row.fetchAll(
            statement, arguments: arguments + [count, fromEnd ? total - start - count : start])
        return OrderPage(
            orders: try orders(rows, in: db), number: query.page, perPage: query.perPage, total: total)
    }

    /// From the maintained counts; those of everybody stand under user 0.
    private func total(_ status: OrderStatus?, of userID: Int64?, in db: Database) throws -> Int {
        try db.value(
            Int.self, "SELECT SUM(orders) FROM order_count WHERE user_id = ? AND (?2 IS NULL OR status = ?2)",
            [userID ?? 0, status?.rawValue]) ?? 0
    }

    private func orders(_ rows: [Row], in db: Database) throws -> [Order] {
        let ids: [Int64] = rows.map { $0["id"] }
        let statement = try db.cachedStatement(
            sql: """
                SELECT * FROM order_item WHERE order_id IN (SELECT value FROM json_each(?)) ORDER BY order_id, id
                """)
        var items: [Int64: [OrderItem]] = [:]
        for row in try Row.fetchAll(statement, arguments: [JSONArray.text(ids)]) {
            let item = OrderItem(
                id: row["id"], orderID: row["order_id"], productID: row["product_id"],
                productName: row["product_name"], sku: row["sku"], quantity: row["quantity"],
                unitPrice: row.money("unit_price_minor", currency), total: row.money("total_minor", currency))
            items[item.orderID, default: []].append(item)
        }
        return try rows.map { row in try order(row, items: items[row["id"]] ?? []) }
    }

    private func order(_ row: Row, items: [OrderItem]) throws -> Order {
        Order(
            id: row["id"], userID: row["user_id"], userName: row["user_name"],
            status: try row.word("status"), items: items,
            subtotal: row.money("subtotal_minor", currency), discount: row.money("discount_minor", currency),
            tax: row.money("tax_minor", currency), total: row.money("total_minor", currency),
            discountCode: row["discount_code"], payment: try payment(row),
            createdAt: row.timestamp("created_at"), updatedAt: row.timestamp("updated_at"))
    }

    private func payment(_ row: Row) throws -> Payment? {
        guard let methodID: String = row["method_id"] else { return nil }
        let method = PaymentMethod(
            id: methodID, name: row["method_name"], kind: try row.word("method_kind"),
            minimumRole: try row.word("method_role"))
        func money(_ column: String) -> Money? {
            (row[column] as Int64?).map { Money(minorUnits: $0, currency: currency) }
        }
        return Payment(
            method: method, amount: row.money("paid_minor", currency), tendered: money("tendered_minor"),
            change: money("change_minor"), approvalCode: row["approval_code"],
            paidAt: row.timestamp("paid_at"))
    }
}

/// Lists as one statement argument, read by SQLite's `json_each`.
enum JSONArray {
    static func text(_ numbers: [Int64]) -> String {
        "[" + numbers.map(String.init).joined(separator: ",") + "]"
    }

    /// Pairs, each an array of two.
    static func text(_ pairs: [(Int64, Int)]) -> String {
        "[" + pairs.map { "[\($0.0),\($0.1)]" }.joined(separator: ",") + "]"
    }
}
