import StoreDomain

/// Rows of `discount`, whose uses are counted in slots: orders with one code do not wait for each other, unless
/// the code may be used so many times only.
struct DiscountRows {
    let db: PostgresConnection

    /// A code's uses are summed in a statement behind the one that locks it, so that none is missed.
    private static let columns = """
        code, kind, rate_numerator, rate_denominator, amount, valid_from, valid_until, minimum, usage_limit,
        (SELECT COALESCE(SUM(uses), 0)::int FROM discount_use WHERE discount_use.code_key = discount.code_key),
        active
        """

    func all() throws -> [Discount] {
        try db.rows("SELECT \(Self.columns) FROM discount ORDER BY code_key", [], discount)
    }

    /// By code, whatever its case.
    ///
    /// - Parameter locks: whether nobody else may use up a limited code until the transaction ends.
    func find(_ code: String, locks: Bool) throws -> Discount? {
        let key = Discount.key(code)
        if locks {
            db.later(
                """
                SELECT 1 FROM discount WHERE code_key = $1 AND usage_limit IS NOT NULL FOR NO KEY UPDATE
                """, [key])
        }
        return try db.row("SELECT \(Self.columns) FROM discount WHERE code_key = $1", [key], discount)
    }

    /// Stores a new discount, unused.
    ///
    /// - Throws: `taken`.
    func insert(_ discount: Discount, at now: Timestamp) throws {
        let key = Discount.key(discount.code)
        guard try db.value(Int.self, "SELECT 1 FROM discount WHERE code_key = $1", [key]) == nil else {
            throw StoreError.taken(field: "code", value: discount.code)
        }
        let (kind, rate, amount): (String, Rate?, Money?) =
            switch discount.kind {
            case .percent(let rate): ("percent", rate, nil)
            case .fixed(let amount): ("fixed", nil, amount)
            }
        try db.run(
            """
            INSERT INTO discount (code_key, code, kind, rate_numerator, rate_denominator, amount, valid_from,
                valid_until, minimum, usage_limit, active, created_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
            """,
            [
                key, discount.code, kind, rate?.numerator, rate?.denominator, amount, discount.validFrom,
                discount.validUntil, discount.minimumSubtotal, discount.usageLimit, discount.isActive, now,
            ])
        // The Flask service keeps what was typed as a code, known or not.
        if try OtherServiceBridge.isThere(db), let uses = try usesByOrders()[key] { count([key: uses]) }
    }

    /// Stores when a code counts, and whether it does.
    func update(_ discount: Discount) throws {
        try db.run(
            "UPDATE discount SET valid_from = $1, valid_until = $2, active = $3 WHERE code_key = $4",
            [discount.validFrom, discount.validUntil, discount.isActive, Discount.key(discount.code)])
    }

    /// How many orders use each code, by its key. Codes are compared as the domain does, which SQL cannot.
    func usesByOrders() throws -> [String: Int] {
        try db.rows(
            """
            SELECT discount_code, COUNT(*) FROM orders
            WHERE discount_code IS NOT NULL AND status <> 'cancelled' GROUP BY discount_code
            """
        ) { row in (key: Discount.key(try row.next()), orders: try row.next(Int.self)) }
        .reduce(into: [:]) { $0[$1.key, default: 0] += $1.orders }
    }

    /// Counts more (or fewer) orders that use codes, which are given by their keys.
    func count(_ uses: [String: Int]) {
        let uses = uses.filter { $0.value != 0 }.sorted { $0.key < $1.key }
        guard !uses.isEmpty else { return }
        db.later(
            """
            INSERT INTO discount_use (code_key, slot, uses)
            SELECT use.code_key, pg_backend_pid() % 64, use.uses
            FROM unnest($1::text[], $2::int[]) AS use (code_key, uses) JOIN discount USING (code_key)
            ORDER BY use.code_key
            ON CONFLICT (code_key, slot) DO UPDATE SET uses = discount_use.uses + excluded.uses
            """,
            [PostgresValue.list(uses.map(\.key)), PostgresValue.list(uses.map { Int64($0.value) })])
    }

    private func discount(_ row: inout PostgresRow) throws -> Discount {
        let code = try row.next(String.self)
        _ = try row.next(String.self)
        let rate = try row.rate()
        let kind: DiscountKind = try row.optionalMoney().map { .fixed($0) } ?? .percent(rate ?? .zero)
        return try Discount(
            code: code, kind: kind, validFrom: row.optional(), validUntil: row.optional(),
            minimumSubtotal: row.optionalMoney(), usageLimit: row.optional(), timesUsed: row.next(),
            isActive: row.next())
    }
}
