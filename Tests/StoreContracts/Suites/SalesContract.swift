import StoreDomain
import Testing

/// What `dailySales` promises where it is offered.
public enum SalesContract {
    public static let cases = [
        ContractCase("Sales count on the day on which they are paid; what waits to be paid counts on none") {
            shop in
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
        ContractCase("Money counts on the day it moves: an order on the day it is paid, a refund on its own")
        {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 99, as: people.admin)
            let orders = shop.services.orders
            let order = try await orders.place(
                shop.draft([(pen, 2)]), key: shop.key("a"), as: people.staff)
            let zone: ZoneOffset = { _ in 0 }
            let today = shop.clock.now().lastMidnights(1, in: zone)[0]
            // The last minute of the day; paid in the first of the next.
            let untilEvening = today.advanced(bySeconds: 86_400 - 30).seconds(since: shop.clock.now())
            shop.clock.advance(bySeconds: untilEvening)
            try await shop.services.payments.keepOpen(order.id, as: people.staff)
            shop.clock.advance(bySeconds: 60)
            let paid = try await shop.services.payments.pay(
                order.id, [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)], key: shop.key("p"),
                as: people.staff)
            shop.clock.advance(bySeconds: 86_400)
            let item = try #require(paid.items.first)
            let counter = try #require(shop.services.counter)
            let refund = try await counter.refunds.refund(
                RefundDraft(orderID: order.id, lines: [.init(itemID: item.id, quantity: 1)], reason: "x"),
                till: "1", key: shop.key("r"), as: people.admin)
            let sales = try await orders.dailySales(days: 3, in: zone, as: people.staff)
            let nothing = Money.zero(paid.total.currency)
            #expect(sales.map(\.orders) == [0, 1, 0])
            #expect(sales.map(\.total) == [nothing, paid.total, nothing - refund.amount])
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
