import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// An owner at work in the back office, on real services: on the screen and in lines.
@Suite(.timeLimit(.minutes(20))) struct PeopleJourneys {
    private func open(_ page: String, _ journey: Journey) async {
        await journey.press(":")
        await journey.type(page)
        await journey.press(.enter)
    }

    @Test func somebodyIsHiredAndARuleIsChanged() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        await journey.signIn(.admin)
        await open("People", journey)
        journey.expect("Demo Cashier", "cashier")
        await journey.press("n")
        await journey.type("ann@example.com")
        await journey.press(.enter)
        await journey.type("Ann Example")
        await journey.press(.enter)
        // A cashier is what is offered first.
        await journey.press(.enter)
        await journey.type("a long enough password")
        await journey.press(.enter)
        journey.expect("Ann Example", "has an account")
        let people = try await store.services.accounts.accounts(as: .operatorOfStore)
        #expect(people.first { $0.user.email == "ann@example.com" }?.user.role.name == "cashier")

        await open("Rights", journey)
        journey.expect("refund sales", "to 100.00")

        await open("Settings", journey)
        await journey.press("/")
        await journey.type("stock.low")
        await journey.press(.enter, .enter)
        await journey.type("7")
        await journey.press(.enter)
        journey.expect("stock.low is set")
        #expect(try await store.services.policy.current().policy.lowStock == 7)

        await open("Discounts", journey)
        await journey.press("n")
        await journey.type("SPRING10 10% min 50")
        await journey.press(.enter)
        journey.expect("SPRING10", "$50.00")

        await open("Journal", journey)
        await journey.press("v")
        journey.expect("The journal is whole")
        await journey.press("s")
        journey.expect("Saved as")
        let (chain, written) = try #require(journey.ports.journals.first)
        let kept = try await store.services.counter?.journal.records(
            of: chain, from: 1, limit: 1_000, as: .operatorOfStore)
        #expect(!written.isEmpty && written == kept)
        await journey.press("q")
        _ = await journey.end()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func anEmptyShopIsLedToItsFirstSale() async throws {
        let files = try await JourneyStore(products: 0)
        let store = try files.open()
        let journey = await Journey(store, start: .welcome)
        await journey.press("m")
        for text in ["Ada Example", "ada@example.com", "correct horse", "correct horse"] {
            await journey.type(text)
            await journey.press(.enter)
        }
        // It has a name already.
        journey.expect("First steps", "1 of 6 done")
        // A product.
        await journey.press(.enter, .character("n"))
        await journey.type("Zebra lamp")
        await journey.press(.enter)
        await journey.type("49.90")
        await journey.press(.control("s"))
        journey.expect("Saved: Zebra lamp")
        await journey.press(.escape)
        journey.expect("2 of 6 done", "1 on sale")
        // Somebody who sells.
        await journey.press(.enter, .character("n"))
        await journey.type("ann@example.com")
        await journey.press(.enter)
        await journey.type("Ann Example")
        await journey.press(.enter, .enter)
        await journey.type("a long enough password")
        await journey.press(.enter, .escape)
        journey.expect("3 of 6 done", "1 account")
        // Left, and gone on with.
        await journey.press(.escape)
        await open("First steps", journey)
        journey.expect("3 of 6 done")
        await journey.press(.down, .enter)
        journey.expect("A test receipt was printed")
        let page = try #require(journey.ports.printed.first)
        #expect(page.contains(store.policy.shopName), "\(page)")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func signingOutEverywhereIsAskedInLines() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.admin)
        let done = "is signed out everywhere"
        await journey.type("people", "find", "cashier@example.com", "sign out 1", "n")
        let refused = journey.transcript()
        #expect(!refused.contains(done), "\(refused)")
        await journey.type("sign out 1", "y")
        journey.expect(done)
        _ = await journey.end()
        try store.close()
    }

    @Test func theSameInLines() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.admin)
        await journey.type("settings", "find", "stock.low", "1", "7", "discounts", "new SPRING10 10%")
        await journey.type("rights", "people", "journal", "verify", "save")
        let transcript = journey.transcript()
        #expect(
            transcript.contains("SPRING10") && transcript.contains("The journal is whole"), "\(transcript)")
        #expect(try await store.services.policy.current().policy.lowStock == 7, "\(transcript)")
        #expect(journey.ports.journals.count == 1)
        _ = await journey.end()
        try store.close()
    }
}
