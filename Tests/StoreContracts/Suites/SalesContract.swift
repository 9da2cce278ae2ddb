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
            let zone = try await shop.keepsTime("Etc/GMT-1", as: people.admin)
            // From here to the next midnight of that zone.
            let today = zone.lastMidnights(1, before: now)[0]
            let untilMidnight = today.advanced(bySeconds: 86_400).seconds(since: now)
            let first = try await place("a", 1, pays: true)
            _ = try await place("b", 2, pays: false)
            shop.clock.advance(bySeconds: untilMidnight - 1)
            let second = try await place("c", 3, pays: true)
            shop.clock.advance(bySeconds: 1)
            let third = try await place("d", 4, pays: true)
            let sales = try await orders.dailySales(days: 3, as: people.staff)
            #expect(sales.map(\.orders) == [0, 2, 1])
            #expect(
                sales.map(\.total) == [.zero(first.total.currency), first.total + second.total, third.total])
            #expect(sales.map(\.start) == zone.lastMidnights(3, before: shop.clock.now()))
        },
        ContractCase("Money counts on the day it moves: an order on the day it is paid, a refund on its own")
        {
            shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 99, as: people.admin)
            let orders = shop.services.orders
            let order = try await orders.place(
                shop.draft([(pen, 2)]), key: shop.key("a"), as: people.staff)
            let today = ShopZone.utc.lastMidnights(1, before: shop.clock.now())[0]
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
            let sales = try await orders.dailySales(days: 3, as: people.staff)
            let nothing = Money.zero(paid.total.currency)
            #expect(sales.map(\.orders) == [0, 1, 0])
            #expect(sales.map(\.total) == [nothing, paid.total, nothing - refund.amount])
        },
        ContractCase("Days are the shop's, wherever the machine is") { shop in
            let people = try await shop.people()
            let pen = try await shop.product("Pen", price: "10.00", stock: 99, as: people.admin)
            // The sales of both days in Auckland are of one day in Los Angeles.
            let shops = [("Pacific/Auckland", 13 * 60, [1, 1]), ("America/Los_Angeles", -8 * 60, [3, 1])]
            for (name, minutes, expected) in shops {
                // The last second of a winter's day in Los Angeles, of a summer's day in Auckland.
                let midnight = try #require(Timestamp(year: 2027, month: 1, day: 15))
                    .advanced(bySeconds: Int64(-minutes * 60))
                let zone = try await shop.keepsTime(name, as: people.admin)
                shop.clock.advance(bySeconds: midnight.seconds(since: shop.clock.now()) - 1)
                for (key, second) in [("a", 0), ("b", 1)] as [(String, Int64)] {
                    shop.clock.advance(bySeconds: second)
                    let order = try await shop.services.orders.place(
                        shop.draft([(pen, 1)]), key: shop.key(name + key), as: people.staff)
                    _ = try await shop.services.payments.pay(
                        order.id, [PaymentRequest(methodID: "cash", tenderedMinor: 10_000)],
                        key: shop.key(name + key + "p"), as: people.staff)
                }
                let days = try await shop.services.orders.dailySales(days: 2, as: people.staff)
                #expect(days.map(\.orders) == expected, "\(name)")
                #expect(days.map { zone.minuteText($0.start) } == ["2027-01-14 00:00", "2027-01-15 00:00"])
                #expect(days.last?.start == midnight)
            }
        },
        ContractCase("A time zone that no place has is refused by its name, and nothing changes") { shop in
            let people = try await shop.people()
            let before = try await shop.services.policy.current().policy
            for name in ["Mars/Olympus", "Europe/Zurick", "+02:00 or so", "../etc/passwd"] {
                let error = await #expect(throws: StoreError.self) {
                    try await shop.services.policy.set("shop.timezone", to: name, as: people.admin)
                }
                guard case .invalid(let problems)? = error else {
                    Issue.record("not invalid: \(String(describing: error))")
                    continue
                }
                #expect(problems.map(\.field) == ["shop.timezone"])
                #expect(problems.first?.reason.contains(name) == true)
            }
            #expect(try await shop.services.policy.current().policy == before)
        },
        ContractCase("Only those who see everybody's orders see what was sold") { shop in
            let people = try await shop.people()
            for principal in [people.customer, .guest] {
                await #expect(throws: StoreError.self) {
                    try await shop.services.orders.dailySales(days: 3, as: principal)
                }
            }
            for days in [0, 367] {
                await #expect(throws: StoreError.self) {
                    try await shop.services.orders.dailySales(days: days, as: people.staff)
                }
            }
        },
    ]
}

extension Shop {
    /// From now on the shop's days are those of this zone.
    fileprivate func keepsTime(_ name: String, as admin: Principal) async throws -> ShopZone {
        _ = try await services.policy.set("shop.timezone", to: name, as: admin)
        return try #require(TestZones().zone(named: name))
    }
}
