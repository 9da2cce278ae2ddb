import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// What goes wrong, and how it sounds.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PlainFailures {
    @Test func aLostAnswerIsAskedForAgain() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let plan = FaultPlan()
        let journey = PlainJourney(store, services: plan.wrap(store.services), start: .signIn)
        await journey.signIn(.staff)
        let before = try await orderCount(store)
        plan.next(.applyChange, .before(.device("The disk is full: free some space")))
        plan.next(.place, .before(.unreachable("The server cannot be reached")))
        plan.next(.pay, .after(.outcomeUnknown))
        await journey.type(
            "add 1", "add 1", "cart", "checkout", "card", "A-1", "", ":way", "2", "A-1")
        #expect(await journey.end() == nil)
        try Golden.check(journey.transcript(), "plain-failures")
        #expect(try await orderCount(store) == before + 1)
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func aStoreThatFailsIsAskedAgain() async throws {
        let files = try await JourneyStore(products: 3)
        let store = try files.open()
        let catalog = OddCatalog(base: store.services.catalog)
        catalog.fail(with: .unreachable("The server cannot be reached"))
        let journey = PlainJourney(store, services: catalog.wrap(store.services))
        await journey.type("reload")
        catalog.fail(with: nil)
        await journey.type("reload")
        #expect(await journey.end() == nil)
        try Golden.check(journey.transcript(), "plain-offline")
        try store.close()
    }

    @Test func hostileNamesAreHarmless() async throws {
        let files = try await JourneyStore(products: 2)
        let store = try files.open()
        let catalog = OddCatalog(base: store.services.catalog)
        catalog.rename("Lamp\u{1B}[2J\u{9B}31m\n9. Free\u{202E}gnp.exe\u{7}\u{200B}\u{2028}x")
        let journey = PlainJourney(store, services: catalog.wrap(store.services))
        await journey.type("1", "add", "cart", "remove 1", "\u{1B}[31mfoo", "search a\u{1B}]0;x\u{7}")
        #expect(await journey.end() == nil)
        try Golden.check(journey.transcript(), "plain-hostile")
        try store.close()
    }

    @Test func theCartOutlivesTheLinesInTheMiddleOfACheckout() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.customer)
        await journey.type("add 1 2", "cart", "checkout")
        #expect(await journey.end() == nil)
        journey.expect("Your cart is kept: 2 pieces.")
        try store.close()

        let again = try files.open()
        let next = PlainJourney(again, start: .signIn)
        await next.signIn(.customer)
        await next.type("cart", "checkout", "y")
        #expect(await next.end(.terminated(signal: 15)) == .terminated(signal: 15))
        next.expect("is paid.")
        #expect(try await again.services.cart.cart(of: next.state.owner).isEmpty)
        try again.close()
        #expect(try await files.violations() == [])
    }

    @Test func aCheckoutThatWasCutShortIsOffered() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let plan = FaultPlan()
        plan.next(.pay, .before(.outcomeUnknown))
        let journey = PlainJourney(store, services: plan.wrap(store.services), start: .signIn)
        await journey.signIn(.customer)
        await journey.type("add 1", "cart", "checkout", "y")
        journey.abandon()
        try store.close()

        let again = try files.open()
        let next = PlainJourney(again, start: .signIn)
        await next.signIn(.customer)
        next.expect("there will be exactly one order.", "A checkout was interrupted y or n: ")
        await next.type("y")
        next.expect("is paid.")
        #expect(await next.end() == nil)
        try again.close()
        #expect(try await files.violations() == [])
    }

    @Test func longWorkIsToldOnce() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let (plan, gate) = (FaultPlan(), Gate())
        plan.before(.place) { await gate.wait() }
        let journey = PlainJourney(
            store, services: plan.wrap(store.services), start: .signIn, sleep: { _ in await Task.yield() })
        await journey.signIn(.customer)
        await journey.type("add 1", "cart", "checkout")
        journey.send("y")
        let told = "Still placing the order\u{2026}\n"
        while !journey.terminal.output.contains(told) { await Task.yield() }
        gate.open()
        await journey.type("receipt")
        #expect(await journey.end() == nil)
        #expect(journey.transcript().split(separator: told).count == 2, "\(journey.transcript())")
        try store.close()
    }

    @Test func aLineThatIsGoneEndsTheProgram() async throws {
        let files = try await JourneyStore(products: 3)
        let store = try files.open()
        let journey = PlainJourney(store)
        journey.send("add 1")
        #expect(await journey.end(.hangup) == .hangup)
        try store.close()
    }

    private func orderCount(_ store: LocalStore) async throws -> Int {
        try await store.services.orders.orders(OrderQuery(everybody: true), as: .operatorOfStore).total
    }
}
