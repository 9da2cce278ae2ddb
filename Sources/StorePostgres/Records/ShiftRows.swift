import StoreDomain

/// Rows of `shift`, and what the documents settled in one come to.
struct ShiftRows {
    let db: PostgresConnection

    private static let select = """
        SELECT id, till, number_kind, number_till, number_position, opened_by, opened_at, float_amount, closed_by,
            closed_at, expected, counted, reason, next_float, perpetual_sales, perpetual_refunds, journal_hash,
            counts
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
    func all(of till: String, before: Int64?, closedBy: Int64?, limit: Int) throws -> [Shift] {
        try db.rows(
            """
            \(Self.select) WHERE till = $1 AND id < $2::bigint AND ($3::bigint IS NULL OR closed_by = $3::bigint)
            ORDER BY id DESC LIMIT $4
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
        try db.row(
            """
            SELECT COALESCE(SUM(amount), 0) FROM gift_card_movement
            WHERE shift_id = $1 AND kind IN ('issue', 'take-back')
            """, [shift.id]
        ) { row in try row.money() } ?? .zero(db.currency)
    }

    /// A sale is whose who took its last payment, a void whose who sold it. With it the span of the shift's receipts.
    private func people(_ shift: Shift) throws -> ([ShiftReport.PersonSum], ShiftReport.ReceiptSpan?) {
        var (first, last): (Int?, Int?)
        let people = try db.rows(
            """
            WITH settled AS MATERIALIZED (
                SELECT DISTINCT ON (order_id) order_id, taken_by FROM payment WHERE shift_id = $1
                ORDER BY order_id, id DESC
            ), by_line AS MATERIALIZED (
                SELECT order_id, SUM(line_discount) AS discounts, COUNT(list_price) AS overrides
                FROM order_items WHERE order_id IN (SELECT order_id FROM settled) GROUP BY order_id
            )
            SELECT person, SUM(sales)::bigint, SUM(amount), SUM(line_discounts), SUM(discounts),
                SUM(overrides)::bigint, SUM(refunds)::bigint, SUM(given_back), SUM(rounding), SUM(tax),
                SUM(voids)::bigint, SUM(voided), SUM(no_sales)::bigint, MIN(first), MAX(last)
            FROM (
                SELECT taken_by AS person, COUNT(*) AS sales, SUM(total) AS amount,
                    COALESCE(SUM(by_line.discounts), 0) AS line_discounts,
                    SUM(discount_amount) AS discounts, COALESCE(SUM(overrides), 0) AS overrides,
                    0::bigint AS refunds, 0::numeric AS given_back, SUM(rounding) AS rounding,
                    SUM(tax) AS tax, 0::bigint AS voids, 0::numeric AS voided, 0::bigint AS no_sales,
                    MIN(number_position) AS first, MAX(number_position) AS last
                FROM settled JOIN orders ON orders.id = settled.order_id
                LEFT JOIN by_line ON by_line.order_id = settled.order_id
                GROUP BY taken_by
                UNION ALL SELECT COALESCE(booked_on, operator_id), 0, 0, 0, 0, 0, COUNT(*), SUM(amount),
                    -SUM(rounding),
                    -SUM((SELECT COALESCE(SUM(tax), 0) FROM refund_item WHERE refund_id = refund.id)
                        + (SELECT COALESCE(SUM(tax), 0) FROM loose_return_item WHERE refund_id = refund.id)),
                    COUNT(*) FILTER (WHERE refund_kind = 'void'),
                    COALESCE(SUM(amount) FILTER (WHERE refund_kind = 'void'), 0), 0, NULL, NULL
                FROM refund WHERE shift_id = $1 GROUP BY COALESCE(booked_on, operator_id)
                UNION ALL SELECT person, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, COUNT(*), NULL, NULL
                FROM till_event WHERE shift_id = $1 AND kind = 'no-sale' GROUP BY person
            ) AS part GROUP BY person ORDER BY person NULLS FIRST
            """, [shift.id]
        ) { row in
            let sum = try ShiftReport.PersonSum(
                id: row.optional(), sales: row.next(), salesTotal: row.money(), lineDiscounts: row.money(),
                orderDiscounts: row.money(), overrides: row.next(), refunds: row.next(),
                refundsTotal: row.money(), rounding: row.money(), tax: row.money(), voids: row.next(),
                voidsTotal: row.money(), noSales: row.next())
            first = [first, try row.optional(Int.self)].compactMap(\.self).min()
            last = [last, try row.optional(Int.self)].compactMap(\.self).max()
            return sum
        }
        return (people, ShiftReport.ReceiptSpan(till: shift.till, from: first, to: last))
    }

    /// What an exempt customer did not pay is tax in prices of no rate any more.
    private func rates(_ shift: Shift) throws -> [ShiftReport.RateSum] {
        try db.rows(
            """
            WITH settled AS MATERIALIZED (SELECT DISTINCT order_id FROM payment WHERE shift_id = $1)
            SELECT numerator, denominator, SUM(net), SUM(tax), SUM(net_back), SUM(tax_back) FROM (
                SELECT CASE WHEN exemption_reason IS NULL THEN tax_rate_numerator END AS numerator,
                    CASE WHEN exemption_reason IS NULL THEN tax_rate_denominator END AS denominator,
                    total_price - line_discount - order_discount
                        - CASE tax_mode WHEN 'included' THEN order_items.tax ELSE 0 END AS net,
                    order_items.tax AS tax, 0::numeric AS net_back, 0::numeric AS tax_back
                FROM settled JOIN orders ON orders.id = settled.order_id
                JOIN order_items ON order_items.order_id = orders.id
                UNION ALL SELECT NULL, NULL, -exempted, 0, 0, 0
                FROM settled JOIN orders ON orders.id = order_id WHERE exempted <> 0
                UNION ALL SELECT CASE WHEN exemption_reason IS NULL THEN tax_rate_numerator END,
                    CASE WHEN exemption_reason IS NULL THEN tax_rate_denominator END, 0, 0,
                    refund_item.amount - refund_item.tax, refund_item.tax
                FROM refund JOIN refund_item ON refund_item.refund_id = refund.id
                JOIN order_items ON order_items.id = item_id JOIN orders ON orders.id = refund.order_id
                WHERE refund.shift_id = $1
                UNION ALL SELECT tax_rate_numerator, tax_rate_denominator, 0, 0,
                    loose_return_item.amount - loose_return_item.tax, loose_return_item.tax
                FROM refund JOIN loose_return_item ON loose_return_item.refund_id = refund.id
                WHERE refund.shift_id = $1
            ) AS part GROUP BY numerator, denominator
            ORDER BY numerator IS NULL, numerator::float8 / denominator DESC
            """, [shift.id]
        ) { row in
            try ShiftReport.RateSum(
                rate: row.rate(), salesNet: row.money(), salesTax: row.money(), refundsNet: row.money(),
                refundsTax: row.money())
        }
    }

    /// In the store's order of methods.
    private func tenders(_ shift: Shift) throws -> [ShiftReport.TenderSum] {
        try db.rows(
            """
            SELECT id, name, kind, SUM(tenders)::bigint, SUM(taken), SUM(given), SUM(refunded) FROM (
                SELECT method_id, COUNT(*) AS tenders, SUM(amount) AS taken,
                    COALESCE(SUM(change), 0) AS given, 0::numeric AS refunded
                FROM payment WHERE shift_id = $1 AND moved_from IS NULL GROUP BY method_id
                UNION ALL SELECT refund_tender.method_id, 0, 0, 0, SUM(refund_tender.amount)
                FROM refund JOIN refund_tender ON refund_tender.refund_id = refund.id
                WHERE shift_id = $1 AND NOT moved GROUP BY refund_tender.method_id
            ) AS tender JOIN payment_method ON payment_method.id = method_id
            GROUP BY id, name, kind, position ORDER BY position, id
            """, [shift.id]
        ) { row in
            try ShiftReport.TenderSum(
                methodID: row.next(), name: row.next(), kind: row.word(), count: row.next(),
                taken: row.money(), change: row.money(), refunded: row.money())
        }
    }

    private func beside(_ shift: Shift) throws -> ShiftReport.Beside {
        let events = try db.rows(
            "SELECT kind, COUNT(*), COALESCE(SUM(amount), 0) FROM till_event WHERE shift_id = $1 GROUP BY kind",
            [shift.id]
        ) { row in
            (
                kind: try row.word() as TillHappening.Kind, count: try row.next(Int.self),
                amount: try row.money()
            )
        }
        func count(_ kind: TillHappening.Kind) -> Int { events.first { $0.kind == kind }?.count ?? 0 }
        return ShiftReport.Beside(
            exchanges: try db.value(
                Int.self, "SELECT COUNT(*) FROM refund WHERE shift_id = $1 AND exchange_order_id IS NOT NULL",
                [shift.id]) ?? 0,
            voidNumbers: try db.rows(
                """
                SELECT number_kind, number_till, number_position FROM refund
                WHERE shift_id = $1 AND refund_kind = 'void' ORDER BY id
                """, [shift.id]
            ) { row in try row.documentNumber() }.compactMap(\.self), abandoned: count(.abandoned),
            abandonedTotal: events.first { $0.kind == .abandoned }?.amount ?? .zero(db.currency),
            tendersTakenBack: count(.tenderTakenBack), slips: count(.slip),
            copies: try db.value(
                Int.self, "SELECT COUNT(*) FROM document_issue WHERE shift_id = $1 AND position > 0",
                [shift.id]) ?? 0,
            approvals: try db.value(
                Int.self, "SELECT COUNT(*) FROM approval WHERE shift_id = $1 AND stage = 'used'", [shift.id])
                ?? 0)
    }

    private func names(_ ids: Set<Int64>) throws -> [Int64: String] {
        let list = PostgresList(ids.sorted(), from: 1)
        return try db.rows("SELECT id, name FROM users WHERE id = ANY (\(list.sql))", list.values) { row in
            (try row.next(Int64.self), try row.next(String.self))
        }.reduce(into: [:]) { $0[$1.0] = $1.1 }
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
        let closedBy = try row.optional(Int64.self)
        let (closedAt, expected, counted) = try (
            row.optional(Timestamp.self), row.optionalMoney(), row.optionalMoney()
        )
        let (reason, nextFloat) = try (row.optional(String.self), row.optionalMoney())
        let (sales, refunds) = try (row.optionalMoney(), row.optionalMoney())
        let hash = try row.optional(String.self)
        let counts = try StoredJSON.read([Shift.Count].self, from: row.next())
        var closing: Shift.Closing?
        if let closedBy, let closedAt, let expected, let counted {
            closing = Shift.Closing(
                closedBy: closedBy, closedAt: closedAt, expected: expected, counted: counted,
                reason: reason, nextFloat: nextFloat,
                perpetual: sales.flatMap { sales in
                    refunds.map { PerpetualTotals(sales: sales, refunds: $0) }
                }, journalHash: hash)
        }
        return Shift(
            id: id, till: till, number: number, openedBy: openedBy, openedAt: openedAt, float: float,
            counts: counts, closing: closing)
    }
}
