import GRDB
import StoreDomain

/// Rows of `discount`.
enum DiscountRecord {
    private static let columns = """
        code, kind, rate_numerator, rate_denominator, amount_minor, valid_from, valid_until, minimum_minor,
        usage_limit, times_used, active
        """

    static func all(in db: Database, currency: Currency) throws -> [Discount] {
        try Row.fetchAll(db, sql: "SELECT \(columns) FROM discount ORDER BY code_key")
            .map { try discount($0, currency: currency) }
    }

    /// What is known of a code that somebody typed.
    static func request(_ code: String?, in db: Database, currency: Currency) throws -> DiscountRequest {
        guard let code = code?.trimmedText, !code.isEmpty else { return .none }
        let statement = try db.cachedStatement(sql: "SELECT \(columns) FROM discount WHERE code_key = ?")
        guard let row = try Row.fetchOne(statement, arguments: [Discount.key(code)]) else {
            return .unknown(code: code)
        }
        return .known(try discount(row, currency: currency))
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

    /// Counts `uses` more (or fewer) orders that use a code.
    static func count(_ uses: Int, of code: String, in db: Database) throws {
        try db.run(
            "UPDATE discount SET times_used = times_used + ? WHERE code_key = ?", [uses, Discount.key(code)])
    }

    private static func discount(_ row: Row, currency: Currency) throws -> Discount {
        func money(_ column: String) -> Money? {
            (row[column] as Int64?).map { Money(minorUnits: $0, currency: currency) }
        }
        let kind: DiscountKind
        if let amount = money("amount_minor") {
            kind = .fixed(amount)
        } else {
            kind = .percent(
                Rate(numerator: row["rate_numerator"], denominator: row["rate_denominator"]) ?? .zero)
        }
        return try Discount(
            code: row["code"], kind: kind,
            validFrom: (row["valid_from"] as Int64?).map { Timestamp(milliseconds: $0) },
            validUntil: (row["valid_until"] as Int64?).map { Timestamp(milliseconds: $0) },
            minimumSubtotal: money("minimum_minor"), usageLimit: row["usage_limit"],
            timesUsed: row["times_used"], isActive: row["active"])
    }
}
