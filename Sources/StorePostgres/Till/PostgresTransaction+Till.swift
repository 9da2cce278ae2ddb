import StoreCrypto
import StoreDomain
import StoreService

extension PostgresTransaction: TillTransaction {
    private var shiftRows: ShiftRows { ShiftRows(db: db) }

    func openShift(of till: String) throws -> Shift? { try shiftRows.open(of: till, locks: locks) }

    func shift(_ id: Int64) throws -> Shift? { id.isRowID ? try shiftRows.find(id, locks: locks) : nil }

    func shifts(of till: String, before: Int64?, closedBy: Int64?, limit: Int) throws -> [Shift] {
        try shiftRows.all(of: till, before: before, closedBy: closedBy, limit: limit)
    }

    func insertShift(till: String, openedBy: Int64, float: Money, at now: Timestamp) throws -> Shift {
        let id = try db.value(
            Int64.self,
            "INSERT INTO shift (till, opened_by, opened_at, float_amount) VALUES ($1, $2, $3, $4) RETURNING id",
            [till, openedBy, now, float])
        guard let id else { throw PostgresFailure.corrupt("a new shift has no id") }
        return Shift(id: id, till: till, openedBy: openedBy, openedAt: now, float: float)
    }

    func tills() throws -> [String] {
        try db.values(
            String.self,
            """
            SELECT till FROM (SELECT till FROM number_series UNION SELECT till FROM shift) AS known
            ORDER BY till COLLATE "C"
            """)
    }

    func setCounts(_ counts: [Shift.Count], of id: Int64) throws {
        try db.run("UPDATE shift SET counts = $1 WHERE id = $2", [try StoredJSON.of(counts), id])
    }

    // The row of the shift or order, which is locked, keeps a second one from taking the same position.
    func note(_ issue: DocumentIssue) throws -> Int {
        switch issue.document {
        case .closing(let shiftID): try noteClosing(shiftID, issue)
        case .sale(let id): try note("sale", id, issue)
        case .refund(let id, _): try note("refund", id, issue)
        case .invoice(let orderID): try note("invoice", orderID, issue)
        }
    }

    private func noteClosing(_ shiftID: Int64, _ issue: DocumentIssue) throws -> Int {
        let before =
            try db.value(Int.self, "SELECT COUNT(*) FROM shift_issue WHERE shift_id = $1", [shiftID]) ?? 0
        try db.run(
            "INSERT INTO shift_issue (shift_id, position, issued_by, created_at) VALUES ($1, $2, $3, $4)",
            [shiftID, before, issue.by, issue.at])
        return before
    }

    private func note(_ document: String, _ id: Int64, _ issue: DocumentIssue) throws -> Int {
        let before =
            try db.value(
                Int.self, "SELECT COUNT(*) FROM document_issue WHERE document = $1 AND document_id = $2",
                [document, id]) ?? 0
        try db.run(
            """
            INSERT INTO document_issue (document, document_id, position, issued_by, till, shift_id, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """, [document, id, before, issue.by, issue.till, issue.shiftID, issue.at])
        return before
    }

    func insert(
        _ happening: TillHappening, till: String, shiftID: Int64?, by: Int64?, at now: Timestamp
    ) throws {
        try db.run(
            """
            INSERT INTO till_event (kind, till, shift_id, person, amount, reason, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            [happening.kind.rawValue, till, shiftID, by, happening.amount, happening.reason, now])
    }

    func close(_ id: Int64, number: DocumentNumber, closing: Shift.Closing) throws {
        try db.run(
            """
            UPDATE shift SET closed_by = $1, closed_at = $2, expected = $3, counted = $4, reason = $5,
                number_kind = $6, number_till = $7, number_position = $8, next_float = $9,
                perpetual_sales = $10, perpetual_refunds = $11, journal_hash = $12
            WHERE id = $13
            """,
            [
                closing.closedBy, closing.closedAt, closing.expected, closing.counted, closing.reason,
                number.series.kind.rawValue, number.series.till, number.position, closing.nextFloat,
                closing.perpetual?.sales, closing.perpetual?.refunds, closing.journalHash, id,
            ])
    }

    func insert(_ movement: CashMovement, shiftID: Int64) throws {
        try db.run(
            """
            INSERT INTO cash_movement (shift_id, kind, amount, reason, moved_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6)
            """,
            [shiftID, movement.kind.rawValue, movement.amount, movement.reason, movement.by, movement.at])
    }

    func report(of shift: Shift) throws -> ShiftReport { try shiftRows.report(of: shift) }

    func trainingSales(in chain: String, from start: Timestamp, until end: Timestamp) throws
        -> ShiftReport.TrainingSum
    {
        try JournalRows.trainingSales(in: chain, from: start, until: end, db)
    }

    // MARK: - Numbers

    func lastPositions(_ series: Set<NumberSeries>) throws -> [NumberSeries: Int] {
        try NumberRows.last(of: series, locks: locks, in: db)
    }

    func setLastPosition(_ position: Int, of series: NumberSeries) throws {
        NumberRows.setLast([series: position], in: db)
    }

    func insert(_ invoice: Invoice, ofOrder id: Int64) throws {
        try db.run(
            """
            INSERT INTO invoice (order_id, invoice_till, invoice_position, party_name, party_address,
                party_tax_number, made_by, made_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                id, invoice.number.series.till, invoice.number.position, invoice.party.name,
                invoice.party.address.joined(separator: "\n"), invoice.party.taxNumber, invoice.madeBy,
                invoice.at,
            ])
    }

    // MARK: - Parked sales

    func parkedSales() throws -> [ParkedSale] {
        try db.rows(
            "SELECT id, code, label, basket, till, parked_by, created_at FROM parked_sale ORDER BY id"
        ) { row in
            try ParkedSale(
                id: row.next(), code: row.next(), label: row.next(),
                basket: StoredJSON.read(Cart.self, from: row.next()), till: row.next(), parkedBy: row.next(),
                at: row.next())
        }
    }

    func insertParked(code: String, label: String, basket: Cart, till: String, by: Int64, at now: Timestamp)
        throws -> ParkedSale
    {
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO parked_sale (code, label, basket, till, parked_by, created_at)
            VALUES ($1, $2, $3, $4, $5, $6) RETURNING id
            """, [code, label, try StoredJSON.of(basket), till, by, now])
        guard let id else { throw PostgresFailure.corrupt("a new parked sale has no id") }
        return ParkedSale(
            id: id, code: code, label: label, basket: basket, till: till, parkedBy: by, at: now)
    }

    func deleteParked(_ id: Int64) throws -> Bool {
        try db.run("DELETE FROM parked_sale WHERE id = $1", [id]).changes > 0
    }

    func keptParking(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptParking? {
        if locks { db.hold("key|parking|\(userID)|\(key.text)") }
        return try db.row(
            "SELECT fingerprint, parked FROM parking_key WHERE user_id = $1 AND key = $2", [userID, key.text]
        ) { row in
            let isSame = try row.next([UInt8].self) == Fingerprint.bytes(of: content)
            return KeptParking(
                isSameContent: isSame, sale: try StoredJSON.read(ParkedSale.self, from: row.next()))
        }
    }

    func keep(
        _ sale: ParkedSale, under key: IdempotencyKey, userID: Int64, content: String, at now: Timestamp
    ) throws {
        try db.run("DELETE FROM parking_key WHERE created_at < $1", [KeptParking.cutoff(at: now)])
        try db.run(
            "INSERT INTO parking_key (user_id, key, fingerprint, parked, created_at) VALUES ($1, $2, $3, $4, $5)",
            [
                userID, key.text, PostgresValue.bytes(Fingerprint.bytes(of: content)),
                try StoredJSON.of(sale), now,
            ])
    }
}
