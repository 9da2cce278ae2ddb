import StoreDomain

/// Rows of `shift`, and what the documents settled in one come to.
struct ShiftRows {
    let db: PostgresConnection

    private static let select = """
        SELECT id, till, number_kind, number_till, number_position, opened_by, opened_at, float_amount, closed_by,
            closed_at, expected, counted, reason
        FROM shift
        """

    /// - Parameter locks: whether nobody else may sell in it or close it until the transaction ends.
    func find(_ id: Int64, locks: Bool) throws -> Shift? {
        try db.row("\(Self.select) WHERE id = $1 \(lock(locks))", [id], shift)
    }

    func open(of till: String, locks: Bool) throws -> Shift? {
        try db.row("\(Self.select) WHERE till = $1 AND closed_at IS NULL \(lock(locks))", [till], shift)
    }

    private func lock(_ locks: Bool) -> String { locks ? "FOR NO KEY UPDATE" : "" }

    /// The latest first.
    func all(of till: String, limit: Int) throws -> [Shift] {
        try db.rows("\(Self.select) WHERE till = $1 ORDER BY id DESC LIMIT $2", [till, limit], shift)
    }

    /// Sums what the documents store.
    func report(of shift: Shift) throws -> ShiftReport {
        let sales = try sum(
            """
            SELECT COUNT(*), SUM(total), SUM(rounding), SUM(tax)
            FROM orders WHERE id IN (SELECT order_id FROM payment WHERE shift_id = $1)
            """, shift)
        let refunds = try sum(
            """
            SELECT COUNT(*), SUM(amount), SUM(rounding),
                SUM((SELECT SUM(tax) FROM refund_item WHERE refund_id = refund.id))
            FROM refund WHERE shift_id = $1
            """, shift)
        return ShiftReport(
            shift: shift, sales: sales.documents, salesTotal: sales.amount, refunds: refunds.documents,
            refundsTotal: refunds.amount, rounding: sales.rounding - refunds.rounding,
            tax: sales.tax - refunds.tax, tenders: try tenders(shift), movements: try movements(shift))
    }

    private func sum(_ sql: String, _ shift: Shift) throws -> (
        documents: Int, amount: Money, rounding: Money, tax: Money
    ) {
        let none = Money.zero(db.currency)
        return try db.row(sql, [shift.id]) { row in
            (
                try row.next(), try row.optionalMoney() ?? none, try row.optionalMoney() ?? none,
                try row.optionalMoney() ?? none
            )
        } ?? (0, none, none, none)
    }

    /// In the store's order of methods.
    private func tenders(_ shift: Shift) throws -> [ShiftReport.TenderSum] {
        try db.rows(
            """
            SELECT id, kind, SUM(tenders)::bigint, SUM(taken), SUM(refunded) FROM (
                SELECT method_id, COUNT(*) AS tenders, SUM(amount) AS taken, 0::numeric AS refunded
                FROM payment WHERE shift_id = $1 GROUP BY method_id
                UNION ALL SELECT refund_tender.method_id, 0, 0, SUM(refund_tender.amount)
                FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
                WHERE shift_id = $1 GROUP BY refund_tender.method_id
            ) AS tender JOIN payment_method ON payment_method.id = method_id
            GROUP BY id, kind, position ORDER BY position, id
            """, [shift.id]
        ) { row in
            try ShiftReport.TenderSum(
                methodID: row.next(), kind: row.word(), count: row.next(), taken: row.money(),
                refunded: row.money())
        }
    }

    private func movements(_ shift: Shift) throws -> [CashMovement] {
        try db.rows(
            """
            SELECT kind, amount, reason, moved_by, created_at FROM cash_movement WHERE shift_id = $1 ORDER BY id
            """, [shift.id]
        ) { row in
            try CashMovement(
                kind: row.word(), amount: row.money(), reason: row.next(), by: row.next(), at: row.next())
        }
    }

    private func shift(_ row: inout PostgresRow) throws -> Shift {
        let (id, till) = try (row.next(Int64.self), row.next(String.self))
        let number = try row.documentNumber()
        let (openedBy, openedAt) = try (row.next(Int64.self), row.next(Timestamp.self))
        let float = try row.money()
        var closing: Shift.Closing?
        if let closedBy = try row.optional(Int64.self) {
            closing = try Shift.Closing(
                closedBy: closedBy, closedAt: row.next(), expected: row.money(), counted: row.money(),
                reason: row.optional())
        }
        return Shift(
            id: id, till: till, number: number, openedBy: openedBy, openedAt: openedAt, float: float,
            closing: closing)
    }
}
