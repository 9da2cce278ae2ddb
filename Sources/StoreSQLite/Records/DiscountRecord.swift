import GRDB
import StoreDomain

/// Rows of `discount`.
enum DiscountRecord {
    private static let columns = """
        code, kind, rate_numerator, rate_denominator, amount_minor, valid_from, valid_until, minimum_minor,
        usage_limit, times_used, active
        """

    static func all(in db: Database, currency: Currency) throws -> [Discount] {
        try db.rows("SELECT \(columns) FROM discount ORDER BY code_key") {
            try discount($0, currency: currency)
        }
    }

    /// By code, whatever its case.
    static func find(_ code: String, in db: Database, currency: Currency) throws -> Discount? {
        try db.row("SELECT \(columns) FROM discount WHERE code_key = ?", [Discount.key(code)]) {
            try discount($0, currency: currency)
        }
    }

    /// Stores a new discount, unused.
    ///
    /// - Throws: `taken`.
    static func insert(_ discount: Discount, at now: Timestamp, in db: Database) throws {
        let key = Discount.key(discount.code)
        guard try db.value(Int.self, "SELECT 1 FROM discount WHERE code_key = ?", [key]) == nil else {
            throw StoreError.taken(field: "code", value: discount.code)
        }
        let (kind, rate, amount): (String, Rate?, Money?) =
            switch discount.kind {
            case .percent(let rate): ("percent", rate, nil)
            case .fixed(let amount): ("fixed", nil, amount)
            }
        try db.run(
            """
            INSERT INTO discount (code_key, code, kind, rate_numerator, rate_denominator, amount_minor,
                valid_from, valid_until, minimum_minor, usage_limit, active, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                key, discount.code, kind, rate?.numerator, rate?.denominator, amount?.minorUnits,
                discount.validFrom?.milliseconds, discount.validUntil?.milliseconds,
                discount.minimumSubtotal?.minorUnits, discount.usageLimit, discount.isActive,
                now.milliseconds,
            ])
    }

    /// Stores when a code counts, and whether it does.
    static func update(_ discount: Discount, in db: Database) throws {
        try db.run(
            "UPDATE discount SET valid_from = ?, valid_until = ?, active = ? WHERE code_key = ?",
            [
                discount.validFrom?.milliseconds, discount.validUntil?.milliseconds, discount.isActive,
                Discount.key(discount.code),
            ])
    }

    /// Counts more (or fewer) orders that use codes, which are given by their keys.
    static func count(_ uses: [String: Int], in db: Database) throws {
        let uses = uses.filter { $0.value != 0 }.mapValues { CanonicalJSON.number($0) }
        guard !uses.isEmpty else { return }
        try db.run(
            """
            UPDATE discount SET times_used = times_used + use.value
            FROM json_each(?) AS use WHERE discount.code_key = use.key
            """, [CanonicalJSON.object(uses).text])
    }

    private static func discount(_ row: Row, currency: Currency) throws -> Discount {
        let kind: DiscountKind
        if let amount = row.optionalMoney("amount_minor", currency) {
            kind = .fixed(amount)
        } else {
            kind = .percent(
                Rate(numerator: row["rate_numerator"], denominator: row["rate_denominator"]) ?? .zero)
        }
        return try Discount(
            code: row["code"], kind: kind,
            validFrom: row.optionalTimestamp("valid_from"),
            validUntil: row.optionalTimestamp("valid_until"),
            minimumSubtotal: row.optionalMoney("minimum_minor", currency), usageLimit: row["usage_limit"],
            timesUsed: row["times_used"], isActive: row["active"])
    }
}
