import StoreDomain
import StoreService

/// The rows that every store has from the start: what it is, its policy, its roles, the ways to pay, the
/// discount codes.
enum PostgresBirth {
    static func insert(_ seed: StoreSeed, in db: PostgresConnection) throws {
        db.currency = seed.policy.currency
        try db.run(
            "INSERT INTO store (id, uuid, currency, is_demo, created_at) VALUES (1, $1, $2, $3, $4)",
            [seed.uuid, seed.policy.currency.code, seed.isDemo, seed.now])
        for role in Role.standard { try AccountRows(db: db, cache: StoredValueCache()).save(role) }
        try PolicyRows.insert(
            PolicyVersion(number: 1, policy: seed.policy, at: seed.now, by: nil), in: db)
        var methods = [PaymentMethod.cash, .externalCard, .giftCard, .storeCredit, .online]
        if seed.isDemo { methods.append(.simulatedCard) }
        for (position, method) in methods.enumerated() {
            try db.run(
                "INSERT INTO payment_method (id, name, kind, permission, position) VALUES ($1, $2, $3, $4, $5)",
                [method.id, method.name, method.kind.rawValue, method.permission.rawValue, position])
        }
        for discount in try Discount.seeds(currency: seed.policy.currency) {
            try DiscountRows(db: db).insert(discount, at: seed.now)
        }
    }
}
