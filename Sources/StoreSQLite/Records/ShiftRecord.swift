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
    func all(of till: String, before: Int64?, closedBy: Int64?, limit: Int) throws -> [Shift] {
        try db.rows(
            """
            SELECT * FROM shift WHERE till = ? AND id < ? AND (?3 IS NULL OR closed_by = ?3)
            ORDER BY id DESC LIMIT ?4
            """, [till, before ?? .max, closedBy, limit], shift)
    }

    /// Sums what the documents store.
    func report(of shift: Shift) throws -> ShiftReport {
        let (people, span) = try people(shift)
        let movements = try movements(shift)
        return ShiftReport(
            shift: shift, receipts: span, people: people, rates: try rates(shift),
            tenders: try tenders(shift), movements: movements,
            names: try names(ShiftReport.personIDs(shift, people: people, movements: movements)),
            giftCards: try giftCards(shift), beside: try beside(shift))
    }

    /// Sold less taken back.
    private func giftCards(_ shift: Shift) throws -> Money {
        Money(
            minorUnits: try db.value(
                Int64.self,
                """
                SELECT COALESCE(SUM(amount_minor), 0) FROM gift_card_movement
                WHERE shift_id = ? AND kind IN ('issue', 'take-back')
                """, [shift.id]) ?? 0, currency: currency)
    }

    /// A sale is whose who took its last payment, a void whose who sold it. With it the span of the shift's receipts.
    private func people(_ shift: Shift) throws -> ([ShiftReport.PersonSum], ShiftReport.ReceiptSpan?) {
        var (first, last): (Int?, Int?)
        let people = try db.list(
            """
            WITH settled AS MATERIALIZED (
                SELECT order_id, taken_by, MAX(id) FROM payment WHERE shift_id = ?1 GROUP BY order_id
            ), by_line AS MATERIALIZED (
                SELECT order_id, SUM(line_discount_minor) AS discounts, COUNT(list_price_minor) AS overrides
                FROM order_item WHERE order_id IN (SELECT order_id FROM settled) GROUP BY order_id
            )
            SELECT person, SUM(sales), SUM(amount), SUM(line_discounts), SUM(discounts), SUM(overrides),
                SUM(refunds), SUM(given_back), SUM(rounding), SUM(tax), SUM(voids), SUM(voided),
                SUM(no_sales), MIN(first), MAX(last)
            FROM (
                SELECT taken_by AS person, COUNT(*) AS sales, SUM(total_minor) AS amount,
                    COALESCE(SUM(by_line.discounts), 0) AS line_discounts, SUM(discount_minor) AS discounts,
                    COALESCE(SUM(overrides), 0) AS overrides, 0 AS refunds, 0 AS given_back,
                    SUM(rounding_minor) AS rounding, SUM(tax_minor) AS tax,
                    0 AS voids, 0 AS voided, 0 AS no_sales, MIN(number_position) AS first, MAX(number_position) AS last
                FROM settled JOIN orders ON orders.id = settled.order_id
                LEFT JOIN by_line ON by_line.order_id = settled.order_id
                GROUP BY taken_by
                UNION ALL SELECT COALESCE(booked_on, operator_id), 0, 0, 0, 0, 0, COUNT(*), SUM(amount_minor),
                    -SUM(rounding_minor),
                    -SUM((SELECT COALESCE(SUM(tax_minor), 0) FROM refund_item WHERE refund_id = refund.id)
                        + (SELECT COALESCE(SUM(tax_minor), 0) FROM loose_return_item WHERE refund_id = refund.id)),
                    SUM(refund_kind = 'void'), SUM(CASE refund_kind WHEN 'void' THEN amount_minor ELSE 0 END), 0,
                    NULL, NULL
                FROM refund WHERE shift_id = ?1 GROUP BY COALESCE(booked_on, operator_id)
                UNION ALL SELECT person, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, COUNT(*), NULL, NULL
                FROM till_event WHERE shift_id = ?1 AND kind = 'no-sale' GROUP BY person
            ) GROUP BY person ORDER BY person
            """, [shift.id]
        ) { columns in
            let sum = ShiftReport.PersonSum(
                id: columns.optional(), sales: columns.next(), salesTotal: columns.money(currency),
                lineDiscounts: columns.money(currency), orderDiscounts: columns.money(currency),
                overrides: columns.next(), refunds: columns.next(), refundsTotal: columns.money(currency),
                rounding: columns.money(currency), tax: columns.money(currency), voids: columns.next(),
                voidsTotal: columns.money(currency), noSales: columns.next())
            first = [first, columns.optional()].compactMap(\.self).min()
            last = [last, columns.optional()].compactMap(\.self).max()
            return sum
        }
        return (people, ShiftReport.ReceiptSpan(till: shift.till, from: first, to: last))
    }

    /// What an exempt customer did not pay is tax in prices of no rate any more.
    private func rates(_ shift: Shift) throws -> [ShiftReport.RateSum] {
        try db.list(
            """
            WITH settled AS MATERIALIZED (SELECT DISTINCT order_id FROM payment WHERE shift_id = ?1)
            SELECT numerator, denominator, SUM(net), SUM(tax), SUM(net_back), SUM(tax_back) FROM (
                SELECT CASE WHEN exemption_reason IS NULL THEN tax_rate_numerator END AS numerator,
                    CASE WHEN exemption_reason IS NULL THEN tax_rate_denominator END AS denominator,
                    order_item.total_minor - line_discount_minor - order_discount_minor
                        - CASE tax_mode WHEN 'included' THEN order_item.tax_minor ELSE 0 END AS net,
                    order_item.tax_minor AS tax, 0 AS net_back, 0 AS tax_back
                FROM settled JOIN orders ON orders.id = settled.order_id
                JOIN order_item ON order_item.order_id = orders.id
                UNION ALL SELECT NULL, NULL, -exempted_minor, 0, 0, 0
                FROM settled JOIN orders ON orders.id = order_id WHERE exempted_minor <> 0
                UNION ALL SELECT CASE WHEN exemption_reason IS NULL THEN tax_rate_numerator END,
                    CASE WHEN exemption_reason IS NULL THEN tax_rate_denominator END, 0, 0,
                    refund_item.amount_minor - refund_item.tax_minor, refund_item.tax_minor
                FROM refund JOIN refund_item ON refund_item.refund_id = refund.id
                JOIN order_item ON order_item.id = item_id JOIN orders ON orders.id = refund.order_id
                WHERE refund.shift_id = ?1
                UNION ALL SELECT tax_rate_numerator, tax_rate_denominator, 0, 0,
                    loose_return_item.amount_minor - tax_minor, tax_minor
                FROM refund JOIN loose_return_item ON loose_return_item.refund_id = refund.id
                WHERE refund.shift_id = ?1
            ) GROUP BY numerator, denominator
            ORDER BY numerator IS NULL, CAST(numerator AS REAL) / denominator DESC
            """, [shift.id]
        ) { columns in
            let (numerator, denominator): (Int64?, Int64?) = (columns.optional(), columns.optional())
            return ShiftReport.RateSum(
                rate: numerator.flatMap { numerator in
                    denominator.flatMap { Rate(numerator: numerator, denominator: $0) }
                }, salesNet: columns.money(currency), salesTax: columns.money(currency),
                refundsNet: columns.money(currency), refundsTax: columns.money(currency))
        }
    }

    /// In the store's order of methods.
    private func tenders(_ shift: Shift) throws -> [ShiftReport.TenderSum] {
        try db.rows(
            """
            SELECT id, name, kind, SUM(tenders) AS tenders, SUM(taken) AS taken, SUM(given) AS given,
                SUM(refunded) AS refunded
            FROM (
                SELECT method_id, COUNT(*) AS tenders, SUM(amount_minor) AS taken,
                    COALESCE(SUM(change_minor), 0) AS given, 0 AS refunded
                FROM payment WHERE shift_id = ?1 AND moved_from IS NULL GROUP BY method_id
                UNION ALL SELECT refund_tender.method_id, 0, 0, 0, SUM(refund_tender.amount_minor)
                FROM refund CROSS JOIN refund_tender ON refund_tender.refund_id = refund.id
                WHERE shift_id = ?1 AND moved = 0 GROUP BY refund_tender.method_id
            ) JOIN payment_method ON payment_method.id = method_id
            GROUP BY id, name, kind, position ORDER BY position, id
            """, [shift.id]
        ) { row in
            ShiftReport.TenderSum(
                methodID: row["id"], name: row["name"], kind: try row.word("kind"), count: row["tenders"],
                taken: row.money("taken", currency), change: row.money("given", currency),
                refunded: row.money("refunded", currency))
        }
    }

    private func beside(_ shift: Shift) throws -> ShiftReport.Beside {
        let events = try db.list(
            """
            SELECT kind, COUNT(*), COALESCE(SUM(amount_minor), 0) FROM till_event WHERE shift_id = ? GROUP BY kind
            """, [shift.id]
        ) { columns in
            (
                kind: try columns.word() as TillHappening.Kind, count: columns.next() as Int,
                amount: columns.money(currency)
            )
        }
        func count(_ kind: TillHappening.Kind) -> Int { events.first { $0.kind == kind }?.count ?? 0 }
        return ShiftReport.Beside(
            exchanges: try db.value(
                Int.self, "SELECT COUNT(*) FROM refund WHERE shift_id = ? AND exchange_order_id IS NOT NULL",
                [shift.id]) ?? 0,
            voidNumbers: try db.list(
                """
                SELECT number_kind, number_till, number_position FROM refund
                WHERE shift_id = ? AND refund_kind = 'void' ORDER BY id
                """, [shift.id]
            ) { try $0.documentNumber() }.compactMap(\.self), abandoned: count(.abandoned),
            abandonedTotal: events.first { $0.kind == .abandoned }?.amount ?? .zero(currency),
            tendersTakenBack: count(.tenderTakenBack), slips: count(.slip),
            copies: try db.value(
                Int.self, "SELECT COUNT(*) FROM document_issue WHERE shift_id = ? AND position > 0",
                [shift.id]) ?? 0,
            approvals: try db.value(
                Int.self, "SELECT COUNT(*) FROM approval WHERE shift_id = ? AND stage = 'used'", [shift.id])
                ?? 0)
    }

    private func names(_ ids: Set<Int64>) throws -> [Int64: String] {
        try db.rows(
            "SELECT id, name FROM account WHERE id IN (SELECT value FROM json_each(?))", [JSONText.list(ids)]
        ) { row in (row[0] as Int64, row[1] as String) }
        .reduce(into: [:]) { $0[$1.0] = $1.1 }
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
                counted: row.money("counted_minor", currency), reason: row["reason"],
                nextFloat: row.optionalMoney("next_float_minor", currency),
                perpetual: row.optionalMoney("perpetual_sales_minor", currency).map {
                    PerpetualTotals(sales: $0, refunds: row.money("perpetual_refunds_minor", currency))
                }, journalHash: row["journal_hash"])
        }
        return Shift(
            id: row["id"], till: row["till"], number: try row.documentNumber(), openedBy: row["opened_by"],
            openedAt: row.timestamp("opened_at"), float: row.money("float_minor", currency),
            counts: try JSONText.read([Shift.Count].self, from: row["counts"]), closing: closing)
    }
}
