import PostgresTesting
import StoreDomain
import StorePostgres
import Testing

/// Customers on PostgreSQL: the books hold after a merge, on whatever connections the orders were counted.
@Suite(.serialized) struct CustomerTests {
    @Test func theBooksHoldWhenCustomersAreMerged() async throws {
        let shop = try await TestShop(in: TestDatabase(isShared: true))
        let counter = try await CounterShop(shop)
        let services = shop.services
        let customers = try #require(services.counter?.customers)
        let other = try await services.auth.register(
            Registration(email: "other@example.com", name: "Other", password: Secret("storefront-demo")))
        let orders = try await withThrowingTaskGroup(of: Order.self) { group in
            for number in 1...8 {
                group.addTask { try await counter.place(key: "o\(number)") }
            }
            return try await group.reduce(into: [Order]()) { $0.append($1) }
        }
        _ = try await services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: 2, quantity: 1)]), key: .of("other"),
            as: .user(other))
        let id = try #require(counter.customer.userID)
        let kept = try await customers.merge(id, into: other.user.id, as: counter.admin)
        #expect(kept.figures.orders == orders.count + 1)
        let page = try await services.orders.orders(OrderQuery(perPage: 99), as: .user(other))
        #expect(page.total == orders.count + 1 && page.orders.allSatisfy { $0.userName == "Other" })
        #expect(try await shop.violations() == [])
        for order in page.orders { _ = try await services.orders.cancel(order.id, as: counter.admin) }
        _ = try await customers.erase(other.user.id, as: counter.admin)
        #expect(try await shop.violations() == [])
    }
}
