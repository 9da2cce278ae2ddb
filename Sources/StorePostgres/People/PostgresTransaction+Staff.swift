import StoreDomain
import StoreService

extension PostgresTransaction: StaffTransaction {
    // MARK: - PINs

    /// Of several that make it at once, one does so first.
    func pinSetting() throws -> String? {
        func look() throws -> String? { try db.value(String.self, "SELECT setting FROM pin_setting") }
        if let setting = try look() { return setting }
        guard locks else { return nil }
        db.hold("pin-setting")
        return try look()
    }

    func setPINSetting(_ setting: String) throws {
        try db.run("INSERT INTO pin_setting (id, setting) VALUES (1, $1)", [setting])
    }

    /// A try waits until the one before it for the same account is counted.
    func pin(of accountID: Int64) throws -> StoredPIN? {
        if locks { db.hold("pin-of|\(accountID)") }
        return try db.row("SELECT hash, failures, badge FROM account_pin WHERE account_id = $1", [accountID])
        {
            row in
            try StoredPIN(hash: row.optional(), failures: row.next(), badge: badge(row.optional()))
        }
    }

    func pins() throws -> [Int64: StoredPIN] {
        let pairs = try db.rows("SELECT account_id, hash, failures, badge FROM account_pin", []) {
            row -> (Int64, StoredPIN) in
            (
                try row.next(),
                try StoredPIN(hash: row.optional(), failures: row.next(), badge: badge(row.optional()))
            )
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    /// Nobody else takes the PIN until a transaction ends that has looked whose it is.
    func pinHolder(_ hash: String) throws -> Int64? {
        if locks { db.hold("pin|\(hash)") }
        return try db.value(Int64.self, "SELECT account_id FROM account_pin WHERE hash = $1", [hash])
    }

    func save(_ pin: StoredPIN, of accountID: Int64) throws {
        try db.run(
            """
            INSERT INTO account_pin (account_id, hash, failures, badge) VALUES ($1, $2, $3, $4)
            ON CONFLICT (account_id) DO UPDATE SET hash = excluded.hash, failures = excluded.failures,
                badge = excluded.badge
            """, [accountID, pin.hash, pin.failures, pin.badge?.code])
    }

    /// Nobody else takes the badge until a transaction ends that has looked whose it is.
    func badgeHolder(_ badge: Badge) throws -> Int64? {
        if locks { db.hold("badge|\(badge.code)") }
        return try db.value(Int64.self, "SELECT account_id FROM account_pin WHERE badge = $1", [badge.code])
    }

    private func badge(_ code: String?) throws -> Badge? { try code.map { try Badge($0) } }

    func accounts(inRoles roles: [String], limit: Int) throws -> [User] {
        try accountRows.inRoles(roles, limit: limit)
    }

    // MARK: - Approvals

    private static let approvals = """
        SELECT approval.id, permission, share_numerator, share_denominator, amount, title, content, digest, till,
            shift_id, asked_by, asker.name, asked_at, stage, answered_by, approver.name, answered_at, by_pin
        FROM approval JOIN users AS asker ON asker.id = asked_by
        LEFT JOIN users AS approver ON approver.id = answered_by
        """

    private var locking: String { locks ? "FOR UPDATE OF approval" : "" }

    func approval(_ id: Int64) throws -> Approval? {
        guard id.isRowID else { return nil }
        return try db.row("\(Self.approvals) WHERE approval.id = $1 \(locking)", [id], approval)
    }

    func openApprovals() throws -> [Approval] {
        try db.rows(
            "\(Self.approvals) WHERE stage IN ('waiting', 'granted') ORDER BY approval.id \(locking)", [],
            approval)
    }

    func approvals(ofShift id: Int64) throws -> [Approval] {
        guard id.isRowID else { return [] }
        return try db.rows("\(Self.approvals) WHERE shift_id = $1 ORDER BY approval.id", [id], approval)
    }

    private func approval(_ row: inout PostgresRow) throws -> Approval {
        let id = try row.next(Int64.self)
        let need = try ApprovalNeed(row.word(), share: row.rate(), amount: row.optionalMoney())
        let title = try row.next(String.self)
        let lines = try StoredJSON.read([String].self, from: row.next())
        let digest = try row.next(String.self)
        let till = try row.optional(String.self)
        let shiftID = try row.optional(Int64.self)
        let asker = try Approval.Person(id: row.next(), name: row.next())
        var approval = Approval(
            id: id, need: need, title: title, lines: lines, digest: digest, till: till, shiftID: shiftID,
            asker: asker, askedAt: try row.next())
        approval.stage = try row.word()
        let approverID = try row.optional(Int64.self)
        let approverName = try row.optional(String.self)
        approval.approver = approverID.map { Approval.Person(id: $0, name: approverName ?? "") }
        approval.answeredAt = try row.optional(Timestamp.self)
        approval.isByPIN = try row.next(Bool.self)
        return approval
    }

    func insert(_ approval: Approval) throws -> Int64 {
        let id = try db.value(
            Int64.self,
            """
            INSERT INTO approval (permission, share_numerator, share_denominator, amount, title, content, digest,
                till, shift_id, asked_by, asked_at, stage, by_pin)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, FALSE) RETURNING id
            """,
            [
                approval.need.permission.rawValue, approval.need.share?.numerator,
                approval.need.share?.denominator, approval.need.amount, approval.title,
                try StoredJSON.of(approval.lines), approval.digest, approval.till, approval.shiftID,
                approval.asker.id, approval.askedAt, approval.stage.rawValue,
            ])
        guard let id else { throw PostgresFailure.corrupt("a new approval has no id") }
        return id
    }

    func update(_ approval: Approval) throws {
        try db.run(
            "UPDATE approval SET stage = $1, answered_by = $2, answered_at = $3, by_pin = $4 WHERE id = $5",
            [
                approval.stage.rawValue, approval.approver?.id, approval.answeredAt, approval.isByPIN,
                approval.id,
            ])
    }
}
