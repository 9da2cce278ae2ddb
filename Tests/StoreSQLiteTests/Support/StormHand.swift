import StoreContracts
import StoreDomain

/// Somebody who does whatever a shop allows, from a seed.
struct StormHand {
    private let name: String
    private var random: SplitMix64
    private var placed: [Order] = []
    private var sold: [Order] = []
    private var steps = 0

    init(_ name: String, seed: UInt64) {
        self.name = name
        random = SplitMix64(seed: seed)
    }

    /// Does one thing; what is refused as it should be is done.
    mutating func step(_ store: TestStore) async throws {
        steps += 1
        let key = "\(name)-\(steps)"
        do {
            try await act(store, key: key)
        } catch StoreError.insufficientStock, StoreError.wrongStatus, StoreError.paymentStranded,
            StoreError.notReturnable, StoreError.shiftOpen, StoreError.noShift, StoreError.shiftCounting,
            StoreError.otherShift, StoreError.paymentRefused
        {}
    }

    private mutating func act(_ store: TestStore, key: String) async throws {
        switch number(0...15) {
        case 0...4:
            let code = ["SAVE10", "FLAT5", "NOSUCH", nil].randomElement(using: &random) ?? nil
            let order = try await store.place(product(), number(1...4), key: key, code: code)
            placed.append(order)
        case 5, 6:
            if let order = placed.randomElement(using: &random) { try await store.pay(order, key: key) }
        case 7:
            if let order = placed.randomElement(using: &random) {
                _ = try await store.orders.cancel(order.id, as: store.customer)
            }
        case 8:
            let stock: Stock = number(0...3) == 0 ? .untracked : .counted(number(0...80))
            let patch = ProductPatch(price: Money(minorUnits: Int64(number(0...900))), stock: stock)
            _ = try await store.services.catalog.edit(product(), patch, as: store.admin)
        case 9: sold.append(try await store.sell(product(), number(1...4), key: key))
        case 10:
            if let order = (placed + sold).randomElement(using: &random), let item = order.items.first {
                try await store.refund(order, item, restocks: number(0...1) == 0, key: key)
            }
        case 12, 13:
            if let order = (placed + sold).randomElement(using: &random), let item = order.items.first {
                sold.append(
                    try await store.exchange(
                        order, item, for: product(), number(1...3), isPaid: number(0...1) == 0, key: key))
            }
        case 14:
            if let order = sold.randomElement(using: &random) { try await store.void(order, key: key) }
        case 15:
            if let order = sold.randomElement(using: &random) { try await store.printReceipt(of: order) }
        case 11: try await store.turnShift(closes: number(0...1) == 0)
        default:
            store.clock.advance(bySeconds: Int64(number(0...900)))
            _ = try await store.orders.orders(OrderQuery(), as: store.customer)
        }
    }

    private mutating func product() -> Int64 { Int64(number(1...3)) }
    private mutating func number(_ range: ClosedRange<Int>) -> Int { .random(in: range, using: &random) }
}
