import StoreContracts
import StoreDomain
import StoreSQLite
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// Each screen has a way that leads to it, and a picture of it holds no secret.
@Suite(.serialized) struct ScreenTourTests {
    @Test(arguments: ScreenKind.allCases.filter { ![.baskets, .importing, .visitor].contains($0) })
    func eachTourEndsOnItsScreen(_ kind: ScreenKind) async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let tour = try #require(ScreenTour(to: kind), "no tour leads to \(kind)")
        var context = AppContext(isDemo: true, isThrowAway: true)
        context.hasTill = true
        var runtime = StillRuntime(
            state: AppState(context: context, start: tour.start), services: store.services,
            ids: CountedIDs(from: 1), ports: JourneyPorts(database: store.database),
            zones: OnlyUTC())
        await runtime.perform(
            [.resized(AppView.viewport(Size(width: 80, height: 24))), .started] + tour.actions)
        #expect(runtime.state.kind == kind)
        #expect(runtime.state.overlays.isEmpty && runtime.state.desk.status?.kind != .failure)
        try store.close()
    }

    @Test func aSavedScreenHidesAPasswordThatIsShown() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let journey = await Journey(store, start: .signIn)
        await journey.press(.tab)
        await journey.type("hunter2hunter2")
        await journey.press(.control("r"))
        journey.expect("hunter2hunter2")
        await journey.press(.control("p"))
        await journey.type("save this screen as text")
        await journey.press(.enter)
        try await journey.terminal.waitForText("screen.txt")
        #expect(journey.ports.screens.count == 1)
        #expect(!journey.ports.screens[0].contains("hunter2"))
        journey.abandon()
        try store.close()
    }
}
