import GRDB
import StoreDomain

/// Rows of `shift`, and what the documents settled in one come to.
struct ShiftRecord {
    let db: Database
    let currency: Currency

    func find(_ id: Int64) throws -> Shift? {
        try db.row("SELECT * FROM shift WHERE id = ?", [id], shift)
    }

    func open(of till: String) throws -> Shift? {
        try db.row("SELECT * FROM shift WHERE till = ? AND closed_at IS NULL", [till], shift)
    }

    /// The latest first.
    func all(of till: String, limit: Int) throws -> [Shift] {
        try db.rows("SELECT * FROM shift WHERE till = ? ORDER BY id DESC LIMIT ?", [till, limit], shift)
    }

    /// Sums what the documents store.
    func report(of shift: Shift) throws -> ShiftReport {
        let sales = try sum(
            """
            SELECT COUNT(*) AS documents, SUM(total_minor) AS amount, SUM(rounding_minor) AS rounding,
                SUM(tax_minor) AS tax
            FROM orders WHERE id IN (SELECT order_id FROM payment WHERE shift_id = ?)
            """, shift)
        let refunds = try sum(
            """
            SELECT COUNT(*) AS documents, SUM(amount_minor) AS amount, SUM(rounding_minor) AS rounding,
                SUM((SELECT SUM(tax_minor) FROM refund_item WHERE refund_id = refund.id)) AS tax
            FROM refund WHERE shift_id = ?
            """, shift)
        return ShiftReport(
            shift: shift, sales: sales.documents, salesTotal: sales.amount, refunds: refunds.documents,
            refundsTotal: refunds.amount, rounding: sales.rounding - refunds.rounding,
            tax: sales.tax - refunds.tax, tenders: try tenders(shift), movements: try movements(shift))
    }

    private func sum(_ sql: String, _ shift: Shift) throws -> (
        documents: Int, amount: Money, rounding: Money, tax: Money
    ) {
        try db.row(sql, [shift.id]) { row in
            func money(_ column: String) -> Money { row.optionalMoney(column, currency) ?? .zero(currency) }
            return (row["documents"], money("amount"), money("rounding"), money("tax"))
        } ?? (0, .zero(currency), .zero(currency), .zero(currency))
    }

    /// In the store's order of methods.
    private func tenders(_ shift: Shift) throws -> [ShiftReport.TenderSum] {
        try db.rows(
            """
            SELECT id, kind, SUM(tenders) AS tenders, SUM(taken) AS taken, SUM(refunded) AS refunded FROM (
                SELECT method_id, COUNT(*) AS tenders, SUM(amount_minor) AS taken, 0 AS refunded
                FROM payment WHERE shift_id = ?1 GROUP BY method_id
                UNION ALL SELECT refund_tender.method_id, 0, 0, SUM(refund_tender.amount_minor)
                FROM refund CROSS JOIN refund_tender ON refund_tender.refund_id = refund.id
                WHERE shift_id = ?1 GROUP BY refund_tender.method_id
            ) JOIN payment_method ON payment_method.id = method_id
            GROUP BY id, kind, position ORDER BY position, id
            """, [shift.id]
        ) { row in
            ShiftReport.TenderSum(
                methodID: row["id"], kind: try row.word("kind"), count: row["tenders"],
                taken: row.money("taken", currency), refunded: row.money("refunded", currency))
        }
    }

    private func movements(_ shift: Shift) throws -> [CashMovement] {
        try db.rows("SELECT * FROM cash_movement WHERE shift_id = ? ORDER BY id", [shift.id]) { row in
            try CashMovement(
                kind: row.word("kind"), amount: row.money("amount_minor", currency), reason: row["reason"],
                by: row["moved_by"], at: row.timestamp("created_at"))
        }
    }

    private func shift(_ row: Row) throws -> Shift {
        var closing: Shift.Closing?
        if let closedBy: Int64 = row["closed_by"] {
            closing = Shift.Closing(
                closedBy: closedBy, closedAt: row.timestamp("closed_at"),
                expected: row.money("expected_minor", currency),
                counted: row.money("counted_minor", currency), reason: row["reason"])
        }
        return Shift(
            id: row["id"], till: row["till"], number: try row.documentNumber(), openedBy: row["opened_by"],
            openedAt: row.timestamp("opened_at"), float: row.money("float_minor", currency), closing: closing)
    }
}
