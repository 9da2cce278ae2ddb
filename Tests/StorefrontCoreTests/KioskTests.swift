import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// A visitor comes to a kiosk, is there, and leaves.
@Suite struct KioskTests {
    private static let rules = KioskRules(
        idle: 90, wait: 300, session: 3_540, invitation: "ssh shop.example.com")

    private static func context(_ rules: KioskRules = rules, hasPrinter: Bool = false) -> AppContext {
        var context = AppContext(
            policy: ShopPolicy(shopName: "Corner Shop"), isDemo: true, isThrowAway: true,
            hasPrinter: hasPrinter)
        context.kiosk = rules
        return context
    }

    private func due(
        _ presence: Visit.Presence, quiet: Double, age: Double = 0, rules: KioskRules = rules,
        isEndTold: Bool = false
    ) -> (action: VisitAction?, next: Duration) {
        var state = AppState(context: Self.context(rules), start: .shop)
        state.visit.presence = presence
        state.visit.isEndTold = isEndTold
        return rules.due(state, quiet: .seconds(quiet), age: .seconds(age))
    }

    @Test func whoeverIsQuietIsAskedAndThenForgotten() {
        #expect(due(.here, quiet: 30).action == nil)
        #expect(due(.here, quiet: 30).next == .seconds(60))
        #expect(due(.here, quiet: 90).action == .asked(secondsLeft: 10))
        #expect(due(.asked(secondsLeft: 10), quiet: 90.5).action == nil)
        #expect(due(.asked(secondsLeft: 10), quiet: 91).action == .asked(secondsLeft: 9))
        #expect(due(.asked(secondsLeft: 1), quiet: 99.9).action == nil)
        #expect(due(.asked(secondsLeft: 1), quiet: 100).action == .left)
    }

    @Test func productsAreShownUntilSomebodyComesOrNobodyDoes() {
        #expect(due(.away(shown: 0), quiet: 3).action == nil)
        #expect(due(.away(shown: 0), quiet: 3).next == .seconds(5))
        #expect(due(.away(shown: 0), quiet: 8).action == .shown(1))
        #expect(due(.away(shown: 37), quiet: 299).next == .seconds(1))
        #expect(due(.away(shown: 37), quiet: 300).action == .ended(.nobodyCame))
        let counter = KioskRules(idle: 90)
        #expect(due(.away(shown: 1_000), quiet: 9_000, rules: counter).action == .shown(1_125))
        #expect(due(.here, quiet: 1, age: 999_999, rules: counter).action == nil)
    }

    @Test func theEndOfASessionIsSaidBefore() {
        #expect(due(.here, quiet: 1, age: 3_419).action == nil)
        #expect(due(.here, quiet: 1, age: 3_419).next == .seconds(1))
        #expect(due(.here, quiet: 1, age: 3_420).action == .endsSoon(seconds: 120))
        #expect(due(.here, quiet: 1, age: 3_500, isEndTold: true).action == nil)
        #expect(due(.here, quiet: 1, age: 3_500, isEndTold: true).next == .seconds(40))
        #expect(due(.here, quiet: 1, age: 3_540, isEndTold: true).action == .ended(.timeIsUp))
    }

    @Test func nobodyIsForgottenWhileSomethingIsWritten() {
        var state = AppState(context: Self.context(), start: .shop)
        _ = state.apply(.ask(.program(.keepTheme("mono"))))
        #expect(!state.desk.requests.mustFinish.isEmpty)
        let due = Self.rules.due(state, quiet: .seconds(1_000), age: .seconds(1_000))
        #expect(due.action == nil && due.next == .seconds(1))
    }

    // MARK: - Every screen and overlay

    private static let overlays: [Overlay?] = [
        nil, .help(HelpState()), .explain(scroll: 0), .about(scroll: 0),
        .picker(Picker(.commands, title: "Commands", items: [])),
        .picker(Picker(.themes, title: "Themes", items: [])),
        .prompt(Prompt(.discount, limit: 60)), .prompt(Prompt(.findLine, limit: 60)),
        .prompt(Prompt(.findOrder, limit: 60)),
        .prompt(Prompt(.server, limit: 60)), .prompt(Prompt(.catalogFile, limit: 60)),
        .confirm(Confirm(.quit, title: "Quit?", text: "", yes: "Quit", no: "Stay")),
        .confirm(Confirm(.signOut, title: "Sign out?", text: "", yes: "Out", no: "Stay")),
        .confirm(Confirm(.leaveForm, title: "Leave?", text: "", yes: "Leave", no: "Stay")),
    ]

    /// Wherever a visitor has left, the question is asked, the answer does nothing else, and no answer is the end.
    @Test(arguments: ScreenKind.allCases.filter { ScreenTour(to: $0) != nil })
    func aVisitCanEndEverywhere(_ kind: ScreenKind) throws {
        let tour = try #require(ScreenTour(to: kind))
        var driver = try ModelDriver(start: tour.start, context: Self.context())
        for action in tour.actions { driver.send(action) }
        for overlay in Self.overlays {
            var state = driver.state
            if let overlay { state.overlays.append(overlay) }
            let before = state
            #expect(AppModel.update(&state, .visit(.asked(secondsLeft: 10))).isEmpty)
            #expect(state.visit.presence == .asked(secondsLeft: 10))
            #expect(AppModel.update(&state, .visit(.answered)).isEmpty)
            #expect(state == before, "the answer does nothing else")
            _ = AppModel.update(&state, .visit(.left))
            #expect(
                state.isEnding && state.visit.end == .left, "\(kind), \(overlay?.name ?? "nothing over it")")
        }
    }

    // MARK: - The machine

    /// Nothing that reaches files or programs can be found, by key, by name or by word.
    @Test(arguments: ScreenKind.allCases.filter { ScreenTour(to: $0) != nil })
    func nothingReachesTheMachine(_ kind: ScreenKind) throws {
        let tour = try #require(ScreenTour(to: kind))
        var driver = try ModelDriver(start: tour.start, context: Self.context())
        for action in tour.actions { driver.send(action) }
        let commands: [Command] = [
            .suspend, .saveScreen, .saveScreenText, .saveScreenAnsi, .saveReceipt, .exportOrders,
            .importProducts, .printReceipt, .printOrders,
        ]
        for command in commands {
            #expect(driver.state.availability(of: command) == .absent, "\(command) on \(kind)")
        }
        driver.press(.palette)
        let offered = driver.state.picker?.items.map(\.choice) ?? []
        for command in commands { #expect(!offered.contains(.command(command)), "\(command)") }
    }

    @Test func aReceiptIsPrintedTwice() throws {
        let tour = try #require(ScreenTour(to: .checkout))
        var driver = try ModelDriver(start: tour.start, context: Self.context(hasPrinter: true))
        for action in tour.actions { driver.send(action) }
        if driver.state.checkout?.step == .review { driver.press(.submit) }
        driver.type("500")
        driver.press(.submit, .showReceipt)
        try #require(driver.state.kind == .receipt, "\(driver)")
        driver.press(.printReceipt)
        #expect(driver.state.availability(of: .printReceipt) == .enabled)
        driver.press(.printReceipt)
        let third = driver.state.availability(of: .printReceipt)
        #expect(third != .enabled && third != .absent)
    }

    @Test func theAboutBoxNamesNoPlace() throws {
        var context = Self.context()
        (context.storePath, context.storeKind) = ("/srv/shop/store.db", "SQLite, schema 5")
        let driver = try ModelDriver(context: context)
        #expect(!driver.state.desk.about.contains { $0.text.contains("/") || $0.text.contains("SQLite") })
    }
}
