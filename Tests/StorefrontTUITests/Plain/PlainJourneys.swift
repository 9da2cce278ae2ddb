import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// Whole ways through the shop line by line, as somebody hears them.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PlainJourneys {
    @Test func aSaleFromSearchToReceipt() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = PlainJourney(store, start: .signIn)
        await journey.signIn(.staff)
        await journey.type("search soap", "1", "add", "back", "add 1 2", "clear", "add 2")
        await journey.type(
            "cart", "find soap", "quantity 1 4", "discount SAVE20", "explain", "remove 2", "undo", "redo",
            "undo")
        await journey.type("checkout", "cash", "5", "50", "500", "receipt", "save", "print", "new")
        await journey.type("quit")
        #expect(await journey.ended() == nil)
        #expect(journey.ports.saved.count == 1)
        // What was saved is the original.
        #expect(journey.ports.printed.count == 1 && journey.ports.printed.first?.contains("COPY 1") == true)
        #expect(journey.ports.saved.values.first?.contains("COPY") == false)
        try Golden.check(journey.transcript(), "plain-sale")
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func signingInAndLookingAtOrders() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = PlainJourney(store)
        await journey.type("orders", "", "staff@example.com", "not the password", ":previous", "", ":where")
        #expect(journey.terminal.hidesTyping)
        await journey.type(DemoData.password.revealed)
        #expect(!journey.terminal.hidesTyping)
        await journey.type("2", "back", "filter", "pending", "cancel 1", "n", "cancel 1", "maybe", "y")
        await journey.type(
            "filter cancelled", "find", "", "find demo admin", "next match", "n", "find 1", "receipt",
            "sign out", "y", ":browse")
        #expect(await journey.end() == nil)
        try Golden.check(journey.transcript(), "plain-orders")
        #expect(!journey.transcript().contains("not the password"))
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func aCategoryIsChosenHoweverItIsSpelt() async throws {
        let files = try await JourneyStore(products: 12)
        let store = try files.open()
        _ = try await store.services.catalog.add(
            ProductDraft(
                name: "Stool", price: Money(minorUnits: 1_900), stock: 1, category: "Straßenmöbel"),
            as: .operatorOfStore)
        let journey = PlainJourney(store)
        await journey.type("category STRASSENMOBEL")
        journey.expect("Straßenmöbel", "Stool")
        journey.abandon()
        try store.close()
    }

    @Test func wordsThatLeadNowhereAreAnswered() async throws {
        let files = try await JourneyStore(products: 12)
        let store = try files.open()
        let journey = PlainJourney(store)
        await journey.type("foo", "checkout", "clear", "s p", "99", "add blue", "add 99", "add 1 0", "take 1")
        await journey.type(
            "rel", "help take", "help foo", "help", "help all", "previous", "next", "next", "+ 1", "/tea")
        await journey.type("2000000000084", "2000000000091", "99999999", "undo", "undo")
        await journey.type(
            "search zzzz", "x", "cart", "cart", "undo", "remove", "mouse", "shop", "category", "")
        await journey.type(
            "category nowhere", "2", "sort price", "where", "open", "open", ":", "about", "quit")
        #expect(await journey.ended() == nil)
        try Golden.check(journey.transcript(), "plain-words")
        try store.close()
    }

    @Test func anEmptyStoreGetsItsAdmin() async throws {
        let files = try await JourneyStore(products: 0)
        let store = try files.open()
        let journey = PlainJourney(store, start: .welcome)
        await journey.type(
            "1", "Ada", "ada", "short", "short", "ada@example.com", "correct horse", "correct horse")
        await journey.type("orders", "shop")
        #expect(await journey.end() == nil)
        #expect(await journey.state.user?.role == .admin)
        try Golden.check(journey.transcript(), "plain-first-start")
        try store.close()
    }

    @Test func basketsLeftBehindAreListedAndTakenUp() async throws {
        let files = try await JourneyStore(products: 12)
        // Two at once, so that neither has the other's; both end.
        let (one, two) = (try files.open(), try files.open())
        for (store, count) in [(one, 1), (two, 2)] {
            let journey = PlainJourney(store)
            await journey.type("add 2 \(count)")
            #expect(await journey.end() == nil)
        }
        try one.close()
        try two.close()
        let store = try files.open()
        let journey = PlainJourney(store)
        await journey.type("cart", "baskets", "2", "baskets", "quit")
        #expect(await journey.ended() == nil)
        try Golden.check(journey.transcript(), "plain-baskets")
        try store.close()
    }

    @Test func asciiTerminalsGetASCII() async throws {
        let files = try await JourneyStore(products: 10)
        let store = try files.open()
        let journey = PlainJourney(store, isUnicode: false)
        await journey.type("2", "back", "add 2", "cart", "explain", "bl\u{FC}e")
        #expect(await journey.end() == nil)
        try Golden.check(journey.transcript(), "plain-ascii")
        try store.close()
    }
}
