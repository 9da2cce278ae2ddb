import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// Goods that come back, by key and line by line, on a real store.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ReturnsJourneys {
    /// A sale at till 1 of `quantity` of the first two products in cash, as the admin.
    private static func sell(in store: LocalStore, key: String, quantity: Int) async throws -> Order {
        let counter = try #require(store.services.counter)
        let session = try await store.services.auth.signIn(
            email: "admin@example.com", password: DemoData.password)
        let products = try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 20).products
            .filter { $0.stock.sellable >= quantity }
        let draft = try SaleDraft(
            till: Till.standard,
            lines: products.prefix(2).map { try SaleDraft.Line(productID: $0.id, quantity: quantity) },
            tenders: [PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000)])
        return try await counter.till.sell(
            draft, key: #require(IdempotencyKey(key)), as: .user(session))
    }

    private static func admin(_ store: LocalStore) async throws -> Principal {
        .user(
            try await store.services.auth.signIn(email: "admin@example.com", password: DemoData.password))
    }

    /// Opens the sale of a number, from anywhere.
    private static func find(_ number: String, _ journey: Journey, isThere: Bool = false) async {
        if !isThere {
            await journey.press(.control("p"))
            await journey.type("returns")
            await journey.press(.enter)
        }
        await journey.press("/")
        await journey.type(number)
        await journey.press(.enter)
    }

    @Test func aReceiptComesBackWholeInThreeKeys() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let sale = try await Self.sell(in: store, key: "a", quantity: 3)
        let number = try #require(sale.number?.text)
        let journey = await Journey(store)
        await journey.signIn(.admin)
        await Self.find(number, journey)
        journey.expect("Receipt \(number)", "Back", "Left", "Sold")
        await journey.press("a")
        journey.expect("Given back", sale.total.displayText)
        await journey.press(.enter)
        journey.expect("why?")
        await journey.press(.enter)
        journey.expect("Refund F1-", "GIVEN BACK", sale.total.displayText, "Reason: Not wanted")
        await journey.press("p")
        #expect(journey.ports.printed.count == 1)
        let after = try await store.services.orders.order(sale.id, as: Self.admin(store))
        #expect(after.status == .refunded && after.refunded == sale.total)
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func someOfItByDigitsAsALossAndTheRestLater() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let sale = try await Self.sell(in: store, key: "a", quantity: 3)
        let stock = try await store.services.catalog.product(sale.items[0].productID).stock
        let journey = await Journey(store, size: Size(width: 120, height: 40))
        await journey.signIn(.admin)
        await journey.press(.function(4))
        await journey.press("R")
        journey.expect("order \(sale.id)")
        await journey.press("2")
        await journey.press(.enter)
        await journey.press("b")
        journey.expect("loss")
        await journey.press("e")
        journey.expect("How each figure came about", "2 of them")
        await journey.press(.escape, .enter)
        await journey.type("jjjjj")
        await journey.press(.enter)
        await journey.type("scratched")
        await journey.press(.enter)
        journey.expect("GIVEN BACK", "not for sale again", "Reason: scratched")
        #expect(try await store.services.catalog.product(sale.items[0].productID).stock == stock)
        let refund = try #require(
            await store.services.counter?.refunds.refunds(of: sale.id, as: Self.admin(store)).first)
        await journey.press(.enter)
        await Self.find(try #require(refund.number?.text), journey, isThere: true)
        journey.expect("partly refunded")
        await journey.press("a")
        await journey.press(.enter, .enter)
        let after = try await store.services.orders.order(sale.id, as: Self.admin(store))
        #expect(after.status == .refunded && after.refunded == sale.total)
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func aSaleIsVoidedInItsShiftAndNotLater() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let counter = try #require(store.services.counter)
        let admin = try await Self.admin(store)
        let early = try await Self.sell(in: store, key: "a", quantity: 1)
        // The demo shop's shift ends, and the next one begins.
        _ = try await counter.shifts.close(
            till: Till.standard, counted: DrawerCount(total: .zero(store.policy.currency)), nextFloat: nil,
            reason: "end of the day", as: admin)
        _ = try await counter.shifts.open(
            till: Till.standard, float: .zero(store.policy.currency), as: admin)
        let sale = try await Self.sell(in: store, key: "b", quantity: 1)
        let journey = await Journey(store)
        await journey.signIn(.admin)
        await Self.find(try #require(early.number?.text), journey)
        await journey.press("V")
        await journey.press(.enter)
        journey.expect("was not sold in the open shift")
        await journey.press(.escape, .escape)
        await Self.find(try #require(sale.number?.text), journey)
        await journey.press("V")
        journey.expect("Void, giving back \(sale.total.displayText)")
        await journey.press(.enter)
        journey.expect("Void F1-", "GIVEN BACK")
        let refunds = try await counter.refunds.refunds(of: sale.id, as: admin)
        #expect(refunds.map(\.kind) == [.void])
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func lineByLine() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let sale = try await Self.sell(in: store, key: "a", quantity: 3)
        let number = try #require(sale.number?.text)
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.admin)
        await journey.type("returns", "find \(number)")
        journey.expect("receipt \(number)", "3 sold, 3 left")
        await journey.type("quantity 1 2", "loss 1")
        journey.expect("2 back as a loss", "Given back")
        await journey.type("explain", "give")
        journey.expect("why?")
        await journey.type("broken")
        journey.expect("Refund F1-", "2 back, not for sale again", "Reason: Broken or faulty.")
        let refunds = try await store.services.counter?.refunds.refunds(of: sale.id, as: Self.admin(store))
        #expect(refunds?.map { $0.lines.map(\.quantity) } == [[2]])
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }
}
