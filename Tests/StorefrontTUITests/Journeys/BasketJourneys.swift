import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// Two terminals on one store and one state file, and those who come after them.
@Suite(.serialized, .timeLimit(.minutes(20))) struct BasketJourneys {
    @Test func twoTerminalsOfOneAccountDoNotShareACart() async throws {
        let files = try await JourneyStore()
        let (left, right) = (try files.open(), try files.open())
        let (here, there) = (await Journey(left), await Journey(right))
        await here.signIn(.staff)
        await here.press("3")
        await here.press("+")
        await there.signIn(.staff)
        there.expect("Cart empty")
        await there.press(.down)
        await there.press("+")
        here.expect("Cart 3")
        there.expect("Cart 1")
        // The one sells its own and nothing of the other's.
        await there.press(.function(3), .enter)
        await there.type("100")
        await there.press(.enter)
        there.expect("is paid", "Cart empty")
        await here.press(.function(3))
        here.expect("Cart 3")
        await here.press("u")
        here.expect("Cart empty")
        here.abandon()
        there.abandon()
        try left.close()
        try right.close()
        #expect(try await files.violations() == [])
    }

    @Test func whoComesAfterSeveralPicksOne() async throws {
        let files = try await JourneyStore()
        let (left, right) = (try files.open(), try files.open())
        for (store, count) in [(left, Character("2")), (right, Character("5"))] {
            let journey = await Journey(store)
            await journey.signIn(.staff)
            await journey.press(count)
            await journey.press("+")
            journey.abandon()
        }
        try left.close()
        try right.close()
        let (first, second) = (try files.open(), try files.open())
        let (journey, other) = (await Journey(first), await Journey(second))
        await journey.signIn(.staff)
        journey.expect("Cart empty", "2 baskets are left behind")
        await other.signIn(.staff)
        await journey.press(":")
        await journey.type("left behind")
        await journey.press(.enter)
        journey.expect("Baskets left behind", "Demo Staff")
        try await journey.click("Demo Staff")
        await journey.press(.enter)
        #expect(await [2, 5].contains(journey.state.cart.pieces), "\(journey.screen)")
        // The other still lists both: what is gone is said.
        await other.press(":")
        await other.type("left behind")
        await other.press(.enter)
        #expect(await other.state.baskets?.baskets?.count == 1, "\(other.screen)")
        await other.press(.enter)
        #expect(await journey.state.cart.pieces + other.state.cart.pieces == 7, "\(other.screen)")
        journey.abandon()
        other.abandon()
        try first.close()
        try second.close()
    }

    @Test func signingOutLeavesTheCartToTheNextTerminal() async throws {
        let files = try await JourneyStore()
        let (left, right) = (try files.open(), try files.open())
        let (here, there) = (await Journey(left), await Journey(right))
        await here.signIn(.staff)
        await here.press("2")
        await here.press("+")
        await here.press(.function(5), .enter)
        here.expect("Signed out")
        await there.signIn(.staff)
        there.expect("Cart 2", "still here")
        await here.type(DemoData.password.revealed)
        await here.press(.enter)
        here.expect("Cart empty", "another program")
        here.abandon()
        there.abandon()
        try left.close()
        try right.close()
    }

    @Test func demoAccountsAreClicked() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store, start: .signIn)
        try await journey.click("admin@example.com")
        journey.expect("Demo Admin", "Welcome")
        #expect(journey.ports.keptEmails == ["admin@example.com"])
        await journey.press(.function(5), .enter)
        journey.expect("Sign in", "admin@example.com")
        await journey.press(.alt("1"))
        journey.expect("Demo Customer")
        journey.abandon()
        try store.close()
    }
}
