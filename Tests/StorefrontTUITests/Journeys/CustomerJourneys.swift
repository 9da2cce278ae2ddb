import StoreDomain
import StorefrontCore
import TerminalKit
import Testing

/// An owner sees to customers, on real services: on the screen and in lines.
@Suite(.serialized, .timeLimit(.minutes(20))) struct CustomerJourneys {
    private func add(_ name: String, to services: StoreServices) async throws -> User {
        try await services.auth.register(
            Registration(
                email: "\(name.lowercased())@example.com", name: "\(name) Zebra",
                password: Secret("a long enough password"))
        ).user
    }

    private func sell(_ key: String, to user: User, _ services: StoreServices) async throws -> Order {
        let page = try await services.catalog.page(ProductQuery(), at: .first, perPage: 9)
        let product = try #require(page.products.first { !$0.stock.isSoldOut })
        let staff = try await services.auth.signIn(
            email: "staff@example.com", password: Secret(AppContext.demoPassword))
        return try await #require(services.counter).till.sell(
            SaleDraft(
                till: "1", lines: [SaleDraft.Line(productID: product.id, quantity: 1)], customerID: user.id,
                tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 100_000)]),
            key: #require(IdempotencyKey(key)), as: .user(staff))
    }

    @Test func aCustomerIsFoundMergedAndErased() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let (ann, anne) = (
            try await add("Ann", to: store.services), try await add("Anne", to: store.services)
        )
        let sold = try await sell("a", to: ann, store.services)
        let journey = await Journey(store)
        await journey.signIn(.admin)
        await journey.press(":")
        await journey.type("customers")
        await journey.press(.enter)
        await journey.press("/")
        await journey.type("ann zebra")
        await journey.press(.enter)
        journey.expect("Found by \u{201C}ann zebra\u{201D}", "ann@example.com", "anne@example.com")
        // The latest stands first.
        await journey.press(.down)
        await journey.press(.enter)
        journey.expect("1 order", "spent \(sold.total.displayText)", "No store credit")
        await journey.press("m")
        await journey.type("anne@example.com")
        await journey.press(.enter)
        journey.expect("Merge Ann Zebra into Anne Zebra?")
        await journey.press("y")
        journey.expect("Anne Zebra has it all now", "customer \(anne.id)")
        #expect(
            try await store.services.orders.order(sold.id, as: .operatorOfStore).userID == anne.id)
        await journey.press("x")
        journey.expect("customer-\(anne.id).json")
        await journey.press("D")
        journey.expect("Erase Anne Zebra?")
        await journey.press("y")
        journey.expect("neither name nor e-mail")
        journey.expectNot("anne@example.com")
        let order = try await store.services.orders.order(sold.id, as: .operatorOfStore)
        #expect(order.userName == User.formerName && order.total == sold.total)
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func theSameIsSaidInLines() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let ann = try await add("Ann", to: store.services)
        let other = try await add("Other", to: store.services)
        _ = try await sell("a", to: ann, store.services)
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.admin)
        await journey.type("customers", "find zebra", "2", "merge", "other@example.com", "y")
        let kept = try await store.services.counter?.customers.customer(other.id, as: .operatorOfStore)
        #expect(kept?.figures.orders == 1)
        await journey.type("back", "erase 1", "n", "erase 1", "y")
        let all = try await store.services.counter?.customers.customers(
            CustomerQuery(words: CustomerWords("zebra")), as: .operatorOfStore)
        #expect(all?.customers.isEmpty == true)
        _ = await journey.end()
        try store.close()
    }
}
