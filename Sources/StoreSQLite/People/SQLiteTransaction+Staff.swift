import GRDB
import StoreDomain
import StoreService

extension SQLiteTransaction: StaffTransaction {
    // MARK: - PINs

    func pinSetting() throws -> String? { try db.value(String.self, "SELECT setting FROM pin_setting") }

    func setPINSetting(_ setting: String) throws {
        try db.run("INSERT INTO pin_setting (id, setting) VALUES (1, ?)", [setting])
    }

    func pin(of accountID: Int64) throws -> StoredPIN? {
        try db.row("SELECT hash, failures, badge FROM account_pin WHERE account_id = ?", [accountID]) { row in
            StoredPIN(hash: row[0], failures: row[1], badge: try badge(row[2]))
        }
    }

    func pins() throws -> [Int64: StoredPIN] {
        let pairs = try db.rows("SELECT account_id, hash, failures, badge FROM account_pin") {
            row -> (Int64, StoredPIN) in
            (row[0], StoredPIN(hash: row[1], failures: row[2], badge: try badge(row[3])))
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    func pinHolder(_ hash: String) throws -> Int64? {
        try db.value(Int64.self, "SELECT account_id FROM account_pin WHERE hash = ?", [hash])
    }

    func save(_ pin: StoredPIN, of accountID: Int64) throws {
        try db.run(
            """
            INSERT INTO account_pin (account_id, hash, failures, badge) VALUES (?, ?, ?, ?)
            ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, failures = excluded.failures,
                badge = excluded.badge
            """, [accountID, pin.hash, pin.failures, pin.badge?.code])
    }

    func badgeHolder(_ badge: Badge) throws -> Int64? {
        try db.value(Int64.self, "SELECT account_id FROM account_pin WHERE badge = ?", [badge.code])
    }

    private func badge(_ code: String?) throws -> Badge? { try code.map { try Badge($0) } }

    func accounts(inRoles roles: [String], limit: Int) throws -> [User] {
        try accountRecord.inRoles(roles, limit: limit)
    }

    // MARK: - Approvals

    private static let approvals = """
        SELECT approval.*, asker.name AS asker_name, approver.name AS approver_name FROM approval
        JOIN account AS asker ON asker.id = asked_by LEFT JOIN account AS approver ON approver.id = answered_by
        """

    func approval(_ id: Int64) throws -> Approval? {
        try db.row("\(Self.approvals) WHERE approval.id = ?", [id], approval)
    }

    func openApprovals() throws -> [Approval] {
        try db.rows(
            "\(Self.approvals) WHERE stage IN ('waiting', 'granted') ORDER BY approval.id", [], approval)
    }

    func approvals(ofShift id: Int64) throws -> [Approval] {
        try db.rows("\(Self.approvals) WHERE shift_id = ? ORDER BY approval.id", [id], approval)
    }

    private func approval(_ row: Row) throws -> Approval {
        guard let permission = Permission(rawValue: row["permission"]),
            let stage = Approval.Stage(rawValue: row["stage"])
        else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: "no approval") }
        let share: Int64? = row["share_numerator"]
        let whole: Int64? = row["share_denominator"]
        let amount: Int64? = row["amount_minor"]
        var approval = Approval(
            id: row["id"],
            need: ApprovalNeed(
                permission,
                share: share.flatMap { share in whole.flatMap { Rate(numerator: share, denominator: $0) } },
                amount: amount.map { Money(minorUnits: $0, currency: currency) }),
            title: row["title"], lines: try JSONText.read([String].self, from: row["content"]),
            digest: row["digest"], till: row["till"], shiftID: row["shift_id"],
            asker: Approval.Person(id: row["asked_by"], name: row["asker_name"]),
            askedAt: row.timestamp("asked_at"))
        approval.stage = stage
        let approverID: Int64? = row["answered_by"]
        approval.approver = approverID.map { Approval.Person(id: $0, name: row["approver_name"] ?? "") }
        let answeredAt: Int64? = row["answered_at"]
        approval.answeredAt = answeredAt.map { Timestamp(milliseconds: $0) }
        approval.isByPIN = row["by_pin"]
        return approval
    }

    func insert(_ approval: Approval) throws -> Int64 {
        try db.run(
            """
            INSERT INTO approval (permission, share_numerator, share_denominator, amount_minor, title, content,
                digest, till, shift_id, asked_by, asked_at, stage, by_pin)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
            """,
            [
                approval.need.permission.rawValue, approval.need.share?.numerator,
                approval.need.share?.denominator, approval.need.amount?.minorUnits, approval.title,
                try JSONText.of(approval.lines), approval.digest, approval.till, approval.shiftID,
                approval.asker.id, approval.askedAt.milliseconds, approval.stage.rawValue,
            ])
        return db.lastInsertedRowID
    }

    func update(_ approval: Approval) throws {
        try db.run(
            "UPDATE approval SET stage = ?, answered_by = ?, answered_at = ?, by_pin = ? WHERE id = ?",
            [
                approval.stage.rawValue, approval.approver?.id, approval.answeredAt?.milliseconds,
                approval.isByPIN, approval.id,
            ])
    }
}
