import GRDB
import StoreDomain

extension Database {
    /// The rows that every store has from the start: what it is, the ways to pay, the discount codes.
    func insert(_ seed: StoreSeed) throws {
        try execute(
            sql: "INSERT INTO store (id, uuid, currency, is_demo, created_at) VALUES (1, ?, ?, ?, ?)",
            arguments: [seed.uuid, seed.currency.code, seed.isDemo, seed.now.milliseconds])
        var methods = [PaymentMethod.cash, .externalCard]
        if seed.isDemo { methods.append(.simulatedCard) }
        for (position, method) in methods.enumerated() {
            try execute(
                sql:
                    "INSERT INTO payment_method (id, name, kind, minimum_role, position) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    method.id, method.name, method.kind.rawValue, method.minimumRole.rawValue, position,
                ])
        }
        for discount in try Discount.seeds(currency: seed.currency) {
            try insert(discount, createdAt: seed.now)
        }
    }

    /// - Throws: `DatabaseError` with `SQLITE_CONSTRAINT_PRIMARYKEY` for a code in use.
    func insert(_ discount: Discount, createdAt: Timestamp) throws {
        var rate: Rate?
        var amount: Money?
        switch discount.kind {
        case .percent(let share): rate = share
        case .fixed(let fixed): amount = fixed
        }
        try execute(
            sql: """
                INSERT INTO discount
                    (code_key, code, kind, rate_numerator, rate_denominator, amount_minor, valid_from,
                    valid_until, minimum_minor, usage_limit, times_used, active, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                Discount.key(discount.code), discount.code, rate == nil ? "fixed" : "percent",
                rate?.numerator, rate?.denominator, amount?.minorUnits,
                discount.validFrom?.milliseconds, discount.validUntil?.milliseconds,
                discount.minimumSubtotal?.minorUnits, discount.usageLimit, discount.timesUsed,
                discount.isActive, createdAt.milliseconds,
            ])
    }
}
