import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// What the program makes of a terminal that offers more than cells.
@Suite struct TerminalJourneys {
    @Test func copiesWhatIsSelected() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        let shop = await journey.state.screen
        guard case .shop(let state) = shop, let sku = state.selected?.sku else {
            Issue.record("no product is selected")
            return
        }
        await journey.press("y")
        #expect(journey.terminal.copied == [sku])
        journey.expect("SKU \(sku)")
        await journey.press(.enter)
        await journey.press("y")
        #expect(journey.terminal.copied == [sku, sku])
        journey.abandon()
        try store.close()
    }

    @Test func savesWhatTheScreenShowsWithoutThePalette() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        let before = journey.screen
        await journey.press(":")
        await journey.type("save this screen")
        await journey.press(.enter)
        try await journey.terminal.waitForText("screen.svg")
        #expect(journey.ports.screens == [before])
        journey.abandon()
        try store.close()
    }

    @Test func theTitleTellsShopPlaceAndTotal() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        #expect(journey.terminal.title.hasPrefix(store.policy.shopName))
        await journey.press("+")
        await journey.press(.function(3))
        let total = await journey.state.desk.basket.quote?.total.displayText
        #expect(journey.terminal.title.contains("Cart"))
        #expect(journey.terminal.title.hasSuffix(try #require(total)))
        journey.abandon()
        try store.close()
    }

    /// Somebody else has sold meanwhile.
    @Test func comingBackToTheWindowLoadsWhatMayBeStale() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store)
        await journey.hear(.focus(false))
        let frames = journey.terminal.frameCount
        await journey.hear(.focus(true))
        try await journey.terminal.waitForFrame(after: frames)
        guard case .shop(let state) = await journey.state.screen else {
            Issue.record("not in the shop")
            return
        }
        #expect(!state.isLoading && state.error == nil)
        journey.abandon()
        try store.close()
    }
}
