import GRDB
import StoreDomain
import StoreService

extension Database {
    /// The rows that every store has from the start: what it is, its policy, the ways to pay, the discount
    /// codes. Its roles come with the schema.
    func insert(_ seed: StoreSeed) throws {
        try execute(
            sql: "INSERT INTO store (id, uuid, currency, is_demo, created_at) VALUES (1, ?, ?, ?, ?)",
            arguments: [seed.uuid, seed.policy.currency.code, seed.isDemo, seed.now.milliseconds])
        try PolicyRecord.insert(
            PolicyVersion(number: 1, policy: seed.policy, at: seed.now, by: nil), in: self)
        var methods = [PaymentMethod.cash, .externalCard, .giftCard, .storeCredit, .online]
        if seed.isDemo { methods.append(.simulatedCard) }
        try PaymentMethodRecord.insert(methods, in: self)
        for discount in try Discount.seeds(currency: seed.policy.currency) {
            try DiscountRecord.insert(discount, at: seed.now, in: self)
        }
    }

    /// From now on a demo store, whose accounts everybody knows and where the demo card pays.
    func becomeDemoStore() throws {
        guard try !fetchShop().isDemo else { return }
        try execute(sql: "UPDATE store SET is_demo = 1")
        try PaymentMethodRecord.insert([.simulatedCard], after: 4, in: self)
    }
}
