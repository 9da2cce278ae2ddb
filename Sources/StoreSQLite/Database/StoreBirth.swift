import GRDB
import StoreDomain

extension Database {
    /// The rows that every store has from the start: what it is, the ways to pay, the discount codes.
    func insert(_ seed: StoreSeed) throws {
        try execute(
            sql: "INSERT INTO store (id, uuid, currency, is_demo, created_at) VALUES (1, ?, ?, ?, ?)",
            arguments: [seed.uuid, seed.currency.code, seed.isDemo, seed.now.milliseconds])
        var methods = [PaymentMethod.cash, .externalCard, .online]
        if seed.isDemo { methods.append(.simulatedCard) }
        try PaymentMethodRecord.insert(methods, in: self)
        for discount in try Discount.seeds(currency: seed.currency) {
            try DiscountRecord.insert(discount, at: seed.now, in: self)
        }
    }

    /// From now on a demo store, whose accounts everybody knows and where a card that is not one pays.
    func becomeDemoStore() throws {
        guard try !fetchStoreIdentity().isDemo else { return }
        try execute(sql: "UPDATE store SET is_demo = 1")
        try PaymentMethodRecord.insert([.simulatedCard], after: 2, in: self)
    }
}
