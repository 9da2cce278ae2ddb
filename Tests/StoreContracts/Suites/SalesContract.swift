import StoreDomain
import Testing

/// What `dailySales` promises where it is offered.
public enum SalesContract {
    public static let cases = [
        ContractCase("Paid orders count on the day on which they were placed") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 99, as: people.admin)
            let orders = shop.services.orders
            func place(_ key: String, _ quantity: Int, pays: Bool) async throws -> Order {
                let order = try await orders.place(
                    shop.draft([(pen, quantity)]), key: shop.key(key), as: people.staff)
                guard pays else { return order }
                return try await shop.services.payments.pay(
                    order.id, [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)],
                    key: shop.key("pay-\(key)"), as: people.staff)
            }
            let now = shop.clock.now()
            let zone: ZoneOffset = { _ in 3600 }
            // From here to the next midnight of that zone.
            let today = now.lastMidnights(1, in: zone)[0]
            let untilMidnight = today.advanced(bySeconds: 86_400).seconds(since: now)
            let first = try await place("a", 1, pays: true)
            _ = try await place("b", 2, pays: false)
            shop.clock.advance(bySeconds: untilMidnight - 1)
            let second = try await place("c", 3, pays: true)
            shop.clock.advance(bySeconds: 1)
            let third = try await place("d", 4, pays: true)
            let sales = try await orders.dailySales(days: 3, in: zone, as: people.staff)
            #expect(sales.map(\.orders) == [0, 2, 1])
            #expect(
                sales.map(\.total) == [.zero(first.total.currency), first.total + second.total, third.total])
            #expect(sales.map(\.start) == shop.clock.now().lastMidnights(3, in: zone))
        },
        ContractCase("Only those who see everybody's orders see what was sold") { shop in
            let people = try await shop.people()
            for principal in [people.customer, .guest] {
                await #expect(throws: StoreError.self) {
                    try await shop.services.orders.dailySales(days: 3, in: { _ in 0 }, as: principal)
                }
            }
            for days in [0, 367] {
                await #expect(throws: StoreError.self) {
                    try await shop.services.orders.dailySales(days: days, in: { _ in 0 }, as: people.staff)
                }
            }
        },
    ]
}
