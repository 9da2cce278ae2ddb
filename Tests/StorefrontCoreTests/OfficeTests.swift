import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// The back office by its states: people, rights, rules, discount codes and the journal.
@Suite struct OfficeTests {
    private func office(_ command: Command, as role: Role = .admin) throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(role)
        driver.press(command)
        return driver
    }

    private func select(_ words: String, _ driver: inout ModelDriver) throws {
        let rows = try #require(driver.state.office?.table(driver.state.desk)?.rows)
        let row = try #require(rows.firstIndex { $0.cells.contains(.text(words)) }, "\(driver)")
        for _ in 0..<row { driver.press(.down) }
    }

    @Test(arguments: OfficePage.allCases) func opensForWhomItIsPermitted(_ page: OfficePage) throws {
        let command = Command("open\(page.title)")
        for role in try FixtureShop().users.map(\.role) {
            var driver = try ModelDriver()
            driver.signIn(role)
            driver.press(command)
            #expect(
                (driver.state.office?.page == page) == role.allows(page.permission), "\(role.name)\n\(driver)"
            )
        }
    }

    @Test func anAccountGetsAnotherRole() throws {
        var driver = try office(.openPeople)
        let person = try #require(driver.shop.users.first { $0.role == .staff })
        try select(person.email, &driver)
        driver.press(.open)
        let items = try #require(driver.state.picker?.items)
        #expect(driver.state.picker?.chosen?.choice == .office(.role("staff")))
        let manager = try #require(items.firstIndex { $0.choice == .office(.role("manager")) })
        let now = try #require(driver.state.picker?.selection)
        for _ in 0..<max(0, manager - now) { driver.press(.down) }
        for _ in 0..<max(0, now - manager) { driver.press(.up) }
        driver.press(.open)
        #expect(driver.shop.users.first { $0.id == person.id }?.role == .manager, "\(driver)")
        let shown = driver.state.office?.selected(driver.state.desk)?.cells
        #expect(shown?.contains(.text("manager")) == true, "the list shows it: \(driver)")
    }

    @Test func whoIsSignedOutEverywhereIsAskedAboutFirst() throws {
        var driver = try office(.openPeople)
        let person = try #require(driver.shop.users.first { $0.role == .staff })
        let ending = ModelDriver.Ordered.ask(.office(.signOutEverywhere(person.email)))
        try select(person.email, &driver)
        driver.press(.officeSignOut)
        #expect(driver.state.question == .signOutEverywhere(person.email), "\(driver)")
        driver.press(.open)
        #expect(driver.state.overlays.isEmpty, "\(driver)")
        #expect(!driver.effects.contains(ending), "No is what Enter takes")
        driver.press(.officeSignOut)
        driver.send(.answered(true))
        #expect(driver.effects.contains(ending))
        #expect(driver.state.status?.kind == .success, "\(driver)")
    }

    @Test func somebodyNewIsEmailNameRoleAndPassword() throws {
        var driver = try office(.openPeople)
        driver.press(.officeAdd)
        driver.type("ann@example.com")
        driver.press(.submit)
        driver.type("Ann Example")
        driver.press(.submit)
        #expect(driver.state.picker?.chosen?.choice == .office(.role("cashier")), "\(driver)")
        driver.press(.open)
        driver.type("short")
        driver.press(.submit)
        #expect(driver.state.prompt?.problem != nil && driver.state.prompt?.input.isEmpty == true)
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        let ann = driver.shop.users.first { $0.email == "ann@example.com" }
        #expect(ann?.name == "Ann Example" && ann?.role == .cashier, "\(driver)")
        #expect(!driver.description.contains(AppContext.demoPassword))
    }

    /// What is typed behind a refusal goes into the dialog, and not to the page behind it.
    @Test func whatIsRefusedAtOnceStaysInItsDialog() throws {
        var driver = try office(.openPeople)
        driver.press(.officeAdd)
        driver.type("ann")
        driver.press(.submit)
        #expect(driver.state.prompt?.problem != nil && driver.state.prompt?.input.text == "ann", "\(driver)")
        driver.type("ann@example.com")
        driver.press(.submit)
        driver.type("Ann Example")
        driver.press(.submit)
        #expect(driver.state.picker != nil, "\(driver)")
    }

    @Test(arguments: [
        StoreError.invalid([FieldProblem("shop.name", "must be shorter")]), .unreachable("no line"),
    ])
    func whatTheStoreRefusesStandsInItsDialogAgain(_ failure: StoreError) throws {
        var driver = try office(.openSettings)
        try select(PolicyField.shopName.rawValue, &driver)
        driver.press(.open)
        driver.type("Corner")
        driver.shop.failure = failure
        driver.press(.submit)
        #expect(
            driver.state.prompt?.problem != nil && driver.state.prompt?.input.text == "Corner", "\(driver)")
        driver.shop.failure = nil
        driver.press(.submit)
        #expect(driver.state.overlays.isEmpty && driver.shop.policy.shopName == "Corner", "\(driver)")
        // What is refused behind a dialog of something else opens none.
        driver.press(.open)
        driver.type("Other")
        driver.holdsAnswers = true
        driver.press(.submit, .help)
        driver.shop.failure = failure
        driver.answerAll()
        #expect(driver.state.prompt == nil && driver.state.status?.kind == .failure, "\(driver)")
    }

    @Test(arguments: [("DE", Country.de), ("germ", .de), ("US", .us), ("Sweden", .se)])
    func aCountryIsFoundByItsCodeAndItsName(_ typed: String, _ country: Country) throws {
        var driver = try office(.openSettings)
        driver.press(.officeCountry)
        driver.type(typed)
        #expect(driver.state.picker?.chosen?.choice == .office(.country(country)), "\(driver)")
    }

    @Test func aRightGoesFromNoToALimit() throws {
        var driver = try office(.openRights)
        while chosenRole(driver) != "cashier" { driver.press(.nextField) }
        try select(Permission.refund.verb, &driver)
        driver.press(.open)
        driver.press(.last)
        driver.press(.open)
        driver.type("25.50")
        driver.press(.submit)
        let cashier = try #require(driver.shop.roles.first { $0.name == "cashier" })
        #expect(cashier.grants[.refund] == .amount(2_550), "\(driver)")
        #expect(cashier.grants[.sell] == .unlimited, "the others stay")
    }

    private func chosenRole(_ driver: ModelDriver) -> String? {
        guard case .rights(let roles) = driver.state.office?.content else { return nil }
        return roles[driver.state.office?.column ?? 0].name
    }

    @Test func aRightThatIsSoAlreadyIsNotKeptAgain() throws {
        var driver = try office(.openRights)
        while chosenRole(driver) != "cashier" { driver.press(.nextField) }
        try select(Permission.sell.verb, &driver)
        driver.press(.open)
        let asked = driver.effects { $0.press(.open) }
        #expect(asked.isEmpty, "\(asked)")
        #expect(driver.state.status?.text.hasPrefix("Nothing has changed") == true, "\(driver)")
    }

    /// The header follows a name that is set here, and one that is set elsewhere.
    @Test func theHeaderHasTheNameThatTheShopHasNow() throws {
        func header(_ driver: ModelDriver) -> Substring { "\(driver)".prefix { $0 != "\n" } }
        var driver = try office(.openSettings)
        try select(PolicyField.shopName.rawValue, &driver)
        driver.press(.open)
        driver.type("Lamp House")
        driver.press(.submit)
        #expect(header(driver).contains("Lamp House"), "\(driver)")
        driver.shop.policy.shopName = "Lamp Palace"
        driver.send(.shopChanged(ShopChanges(catalogue: true)))
        #expect(header(driver).contains("Lamp Palace"), "\(driver)")
    }

    @Test func whatAdminsMayDoStays() throws {
        var driver = try office(.openRights)
        // By name the first.
        driver.press(.open)
        #expect(driver.state.overlays.isEmpty && driver.state.status != nil, "\(driver)")
    }

    @Test func aRuleIsChangedInPlaceAndItsHistoryTells() throws {
        var driver = try office(.openSettings)
        try select(PolicyField.lowStock.rawValue, &driver)
        driver.press(.open)
        #expect(driver.state.prompt?.input.text == "5")
        driver.type("9")
        driver.press(.submit)
        #expect(driver.shop.policy.lowStock == 9, "\(driver)")
        driver.press(.officeHistory)
        let rows = driver.state.office?.table(driver.state.desk)?.rows
        #expect(rows?.count == 2 && rows?.first?.note.contains("stock.low 5 \u{2192} 9") == true, "\(driver)")
        driver.press(.open)
        #expect(driver.state.overlays.isEmpty, "what was is not changed")
        driver.press(.back)
        #expect(driver.state.office?.showsHistory == false)
    }

    @Test func aCountrysRulesAreSeenBeforeTheyHold() throws {
        var driver = try office(.openSettings)
        driver.press(.officeCountry)
        driver.type("United States")
        driver.press(.open)
        guard case .confirm(let confirm)? = driver.state.overlays.last else {
            Issue.record("nothing is asked: \(driver)")
            return
        }
        #expect(confirm.question == .setCountry(.us) && !confirm.text.isEmpty)
        let before = driver.shop.policy
        driver.press(.open)
        #expect(driver.shop.policy == before, "No is what Enter takes")
    }

    @Test func aDiscountIsTypedInOneLine() throws {
        var driver = try office(.openDiscounts)
        driver.press(.officeAdd)
        driver.type("SPRING10 10% min 50 uses 100")
        driver.press(.submit)
        let added = try #require(driver.shop.discounts.last)
        let tenth = try #require(Rate(numerator: 1, denominator: 10))
        #expect(added.code == "SPRING10" && added.minimumSubtotal?.minorUnits == 5_000)
        #expect(
            added.usageLimit == 100
                && added.kind == .percent(tenth), "\(added)")
    }

    @Test(arguments: [
        "SPRING10", "SPRING10 10% most 5", "SPRING10 10% min", "SPRING10 10% uses 0", "SPRING10 x", "a! 10%",
        "SPRING10 101%", "SPRING10 10% until soon", "SPRING10 10% from 2026-12-31 until 2026-12-01",
    ]) func aDiscountThatIsNoneIsRefused(_ text: String) {
        #expect(throws: StoreError.self) { try TypedDiscount.read(text, .usd) }
    }

    @Test func aCodeEndsCountsAgainAndGetsItsDays() throws {
        var driver = try office(.openDiscounts)
        driver.press(.officeAdd)
        driver.type("SPRING10 10% from 2026-12-01 until 2026-12-24")
        driver.press(.submit)
        let added = try #require(driver.shop.discounts.last)
        #expect(added.validFrom == Timestamp(year: 2026, month: 12, day: 1))
        // The last day counts, too.
        #expect(added.validUntil == Timestamp(year: 2026, month: 12, day: 25))
        driver.press(.last, .endDiscount)
        #expect(driver.shop.discounts.last?.isActive == false, "\(driver)")
        driver.press(.endDiscount)
        #expect(driver.shop.discounts.last?.isActive == true)
        driver.press(.open)
        driver.type("always")
        driver.press(.submit)
        #expect(driver.shop.discounts.last?.validFrom == nil && driver.shop.discounts.last?.validUntil == nil)
        driver.press(.open)
        driver.type("until 2026-12-31")
        driver.press(.submit)
        #expect(driver.shop.discounts.last?.validUntil == Timestamp(year: 2027, month: 1, day: 1))
        driver.press(.open)
        driver.type("some day")
        driver.press(.submit)
        #expect(driver.state.prompt?.problem != nil, "\(driver)")
        // Nothing typed changes nothing.
        driver.press(.back, .open, .submit)
        #expect(driver.shop.discounts.last?.validUntil == Timestamp(year: 2027, month: 1, day: 1))
    }

    /// In a window of 80 columns.
    @Test func aCodesRowTellsItsDaysAndThatItEnded() throws {
        var driver = try office(.openDiscounts)
        for words in ["SPRING10 10% from 2026-12-10 until 2026-12-31", "LATER 10% from 2027-01-05"] {
            driver.press(.officeAdd)
            driver.type(words)
            driver.press(.submit)
        }
        func row(_ code: String) -> Substring {
            "\(driver)".split(separator: "\n").last { $0.contains(code) && $0.contains("10 %") } ?? ""
        }
        #expect(row("SPRING10").contains("2026-12-10 to 2026-12-31"), "\(driver)")
        #expect(row("LATER").contains("from 2027-01-05"), "\(driver)")
        #expect(row("SAVE10").contains("always"), "\(driver)")
        driver.press(.last, .up, .open)
        #expect(driver.state.prompt?.input.text == "2026-12-10 2026-12-31", "\(driver)")
        // Its own days change nothing.
        let asked = driver.effects { $0.press(.submit) }
        #expect(asked.isEmpty && driver.state.prompt == nil, "\(asked)")
        driver.press(.endDiscount)
        #expect(row("SPRING10").contains("ended"), "\(driver)")
    }

    @Test func theJournalGoesFromChainToChainAndIsNarrowed() throws {
        var driver = try office(.openJournal)
        #expect(driver.state.office?.table(driver.state.desk)?.rows.count == 3)
        driver.press(.nextField)
        guard case .journal(_, let chain, _) = driver.state.office?.content else {
            Issue.record("no journal: \(driver)")
            return
        }
        #expect(chain == "shell")
        driver.press(.officeFind)
        driver.type("n\":2")
        driver.press(.submit)
        #expect(driver.state.office?.table(driver.state.desk)?.rows.count == 1, "\(driver)")
        driver.press(.verifyJournal)
        #expect(driver.state.status?.kind == .success)
        driver.press(.back)
        #expect(driver.state.office?.sought == nil && driver.state.kind == .office)
    }
}
