import Foundation
import GRDB
import StoreCrypto
import StoreDomain
import StoreService

extension SQLiteTransaction: TillTransaction {
    private var shiftRecord: ShiftRecord { ShiftRecord(db: db, currency: currency) }

    func openShift(of till: String) throws -> Shift? {
        if let shift = known.openShifts[till] { return shift }
        let shift = try shiftRecord.open(of: till)
        known.openShifts[till] = .some(shift)
        return shift
    }

    func shift(_ id: Int64) throws -> Shift? { try shiftRecord.find(id) }

    func shifts(of till: String, before: Int64?, closedBy: Int64?, limit: Int) throws -> [Shift] {
        try shiftRecord.all(of: till, before: before, closedBy: closedBy, limit: limit)
    }

    func insertShift(till: String, openedBy: Int64, float: Money, at now: Timestamp) throws -> Shift {
        forgetKnown()
        try db.run(
            "INSERT INTO shift (till, opened_by, opened_at, float_minor) VALUES (?, ?, ?, ?)",
            [till, openedBy, now.milliseconds, float.minorUnits])
        return Shift(
            id: db.lastInsertedRowID, till: till, openedBy: openedBy, openedAt: now, float: float)
    }

    func tills() throws -> [String] {
        try db.rows("SELECT till FROM number_series UNION SELECT till FROM shift ORDER BY till") { $0[0] }
    }

    func setCounts(_ counts: [Shift.Count], of id: Int64) throws {
        forgetKnown()
        try db.run("UPDATE shift SET counts = ? WHERE id = ?", [try JSONText.of(counts), id])
    }

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
            try db.value(Int.self, "SELECT COUNT(*) FROM shift_issue WHERE shift_id = ?", [shiftID]) ?? 0
        try db.run(
            "INSERT INTO shift_issue (shift_id, position, issued_by, created_at) VALUES (?, ?, ?, ?)",
            [shiftID, before, issue.by, issue.at.milliseconds])
        return before
    }

    private func note(_ document: String, _ id: Int64, _ issue: DocumentIssue) throws -> Int {
        let before =
            try db.value(
                Int.self, "SELECT COUNT(*) FROM document_issue WHERE document = ? AND document_id = ?",
                [document, id]) ?? 0
        try db.run(
            """
            INSERT INTO document_issue (document, document_id, position, issued_by, till, shift_id, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """, [document, id, before, issue.by, issue.till, issue.shiftID, issue.at.milliseconds])
        return before
    }

    func insert(
        _ happening: TillHappening, till: String, shiftID: Int64?, by: Int64?, at now: Timestamp
    ) throws {
        try db.run(
            """
            INSERT INTO till_event (kind, till, shift_id, person, amount_minor, reason, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                happening.kind.rawValue, till, shiftID, by, happening.amount?.minorUnits, happening.reason,
                now.milliseconds,
            ])
    }

    func close(_ id: Int64, number: DocumentNumber, closing: Shift.Closing) throws {
        forgetKnown()
        try db.run(
            """
            UPDATE shift SET closed_by = ?, closed_at = ?, expected_minor = ?, counted_minor = ?, reason = ?,
                next_float_minor = ?, perpetual_sales_minor = ?, perpetual_refunds_minor = ?, journal_hash = ?,
                number_kind = ?, number_till = ?, number_position = ?
            WHERE id = ?
            """,
            [
                closing.closedBy, closing.closedAt.milliseconds, closing.expected.minorUnits,
                closing.counted.minorUnits, closing.reason, closing.nextFloat?.minorUnits,
                closing.perpetual?.sales.minorUnits, closing.perpetual?.refunds.minorUnits,
                closing.journalHash, number.series.kind.rawValue, number.series.till, number.position, id,
            ])
    }

    func insert(_ movement: CashMovement, shiftID: Int64) throws {
        try db.run(
            """
            INSERT INTO cash_movement (shift_id, kind, amount_minor, reason, moved_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """,
            [
                shiftID, movement.kind.rawValue, movement.amount.minorUnits, movement.reason, movement.by,
                movement.at.milliseconds,
            ])
    }

    func report(of shift: Shift) throws -> ShiftReport { try shiftRecord.report(of: shift) }

    func trainingSales(in chain: String, from start: Timestamp, until end: Timestamp) throws
        -> ShiftReport.TrainingSum
    {
        try JournalRecords.trainingSales(in: chain, from: start, until: end, db)
    }

    func insert(_ invoice: Invoice, ofOrder id: Int64) throws {
        try db.run(
            """
            INSERT INTO invoice (order_id, invoice_till, invoice_position, party_name, party_address,
                party_tax_number, made_by, made_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                id, invoice.number.series.till, invoice.number.position, invoice.party.name,
                invoice.party.address.joined(separator: "\n"), invoice.party.taxNumber, invoice.madeBy,
                invoice.at.milliseconds,
            ])
    }

    // MARK: - Numbers

    func lastPositions(_ series: Set<NumberSeries>) throws -> [NumberSeries: Int] {
        let missing = series.filter { known.positions[$0] == nil }
        if !missing.isEmpty {
            known.positions.merge(try NumberRecord.last(of: missing, in: db)) { _, new in new }
        }
        return series.reduce(into: [:]) { $0[$1] = known.positions[$1] }
    }

    func setLastPosition(_ position: Int, of series: NumberSeries) throws {
        try NumberRecord.setLast([series: position], in: db)
        known.positions[series] = position
    }

    // MARK: - Parked sales

    func parkedSales() throws -> [ParkedSale] {
        try db.rows("SELECT * FROM parked_sale ORDER BY id") { row in
            ParkedSale(
                id: row["id"], code: row["code"], label: row["label"],
                basket: try JSONText.read(Cart.self, from: row["basket"]), till: row["till"],
                parkedBy: row["parked_by"], at: row.timestamp("created_at"))
        }
    }

    func insertParked(code: String, label: String, basket: Cart, till: String, by: Int64, at now: Timestamp)
        throws -> ParkedSale
    {
        try db.run(
            """
            INSERT INTO parked_sale (code, label, basket, till, parked_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?)
            """, [code, label, try JSONText.of(basket), till, by, now.milliseconds])
        return ParkedSale(
            id: db.lastInsertedRowID, code: code, label: label, basket: basket, till: till, parkedBy: by,
            at: now)
    }

    func deleteParked(_ id: Int64) throws -> Bool {
        try db.run("DELETE FROM parked_sale WHERE id = ?", [id])
        return db.changesCount > 0
    }

    func keptParking(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptParking? {
        try db.rows(
            "SELECT fingerprint, parked FROM parking_key WHERE user_id = ? AND key = ?", [userID, key.text]
        ) { row in
            KeptParking(
                isSameContent: row["fingerprint"] == Data(Fingerprint.bytes(of: content)),
                sale: try JSONText.read(ParkedSale.self, from: row["parked"]))
        }.first
    }

    func keep(
        _ sale: ParkedSale, under key: IdempotencyKey, userID: Int64, content: String, at now: Timestamp
    ) throws {
        try db.run(
            "DELETE FROM parking_key WHERE created_at < ?", [KeptParking.cutoff(at: now).milliseconds])
        try db.run(
            "INSERT INTO parking_key (user_id, key, fingerprint, parked, created_at) VALUES (?, ?, ?, ?, ?)",
            [
                userID, key.text, Data(Fingerprint.bytes(of: content)), try JSONText.of(sale),
                now.milliseconds,
            ])
    }
}
