import Dispatch
import PostgresTesting
import StoreDomain
import Testing

@testable import StorePostgres

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
        let database = PostgresDatabase(shop.database.address, connections: 1)
        defer { database.close() }
        let seen = try await database.read { db in
            try db.value(
                Int.self, "SELECT count(*)::int FROM account_seen WHERE account_id = ANY($1::int[])",
                [PostgresValue.list([id, other.user.id])])
        }
        #expect(seen == 0)
    }

    /// A customer orders while their account becomes another's: whoever waits for whom, nothing stands under the account
    /// that is no more.
    @Test(arguments: [true, false])
    func nothingIsPlacedUnderAnAccountThatIsBeingMerged(sellsAtTill: Bool) async throws {
        let shop = try await TestShop(in: TestDatabase(isShared: true))
        let counter = try await CounterShop(shop)
        let customers = try #require(shop.services.counter?.customers)
        let other = try await shop.services.auth.register(
            Registration(email: "other@example.com", name: "Other", password: Secret("storefront-demo")))
        let id = try #require(counter.customer.userID)
        let first = try await counter.place(key: "first")
        // Somebody holds one of the customer's orders, so that the merge waits in the middle.
        let holder = PostgresDatabase(shop.database.address, connections: 1)
        defer { holder.close() }
        let (holds, letGo) = (Gate(), Gate())
        async let holding: Void = holder.write { db in
            try db.run("SELECT 1 FROM orders WHERE id = $1 FOR UPDATE", [first.id])
            holds.open()
            letGo.wait()
        }
        await holds.waited()
        async let merging = customers.merge(id, into: other.user.id, as: counter.admin)
        try await waiters(1, in: shop)
        async let selling: Result<Order, any Error> = result {
            guard sellsAtTill else { return try await counter.place(key: "second") }
            let till = try #require(shop.services.counter?.till)
            return try await till.sell(
                SaleDraft(
                    till: Till.standard, lines: [SaleDraft.Line(productID: 1, quantity: 1)], customerID: id,
                    tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 1_000_000)]),
                key: .of("second"), as: counter.admin)
        }
        try await waiters(2, in: shop)
        letGo.open()
        try await holding
        #expect(try await merging.user.id == other.user.id)
        switch await selling {
        case .success(let order): Issue.record("order \(order.id) of nobody was placed")
        case .failure(let error):
            let expected: StoreError = sellsAtTill ? .notFound(.customer(id)) : .signInRequired
            #expect(error as? StoreError == expected)
        }
        #expect(try shop.database.psql("SELECT COUNT(*) FROM orders WHERE user_id = \(id)") == "0")
        #expect(try await shop.violations() == [])
    }

    private func result(_ body: () async throws -> Order) async -> Result<Order, any Error> {
        do { return .success(try await body()) } catch { return .failure(error) }
    }

    /// Waits until so many of the database's connections wait for a lock.
    private func waiters(_ count: Int, in shop: TestShop) async throws {
        let deadline = ContinuousClock.now + .seconds(120)
        let name = try shop.database.psql("SELECT current_database()")
        while ContinuousClock.now < deadline {
            let found = try shop.database.psql(
                "SELECT COUNT(*) FROM pg_stat_activity WHERE datname = '\(name)' AND wait_event_type = 'Lock'"
            )
            if (Int(found) ?? 0) >= count { return }
            await Task.yield()
        }
        Issue.record("\(count) never waited")
    }
}

/// Opened once, by whichever thread.
private final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)

    func open() { semaphore.signal() }
    func wait() { semaphore.wait() }

    /// Waits beside the tasks.
    func waited() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                self.semaphore.wait()
                continuation.resume()
            }
        }
    }
}
