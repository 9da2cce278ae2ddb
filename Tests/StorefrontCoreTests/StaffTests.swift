import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Who stands at the till: another cashier by PIN, a locked screen, and what somebody else must approve.
@Suite struct StaffTests {
    private func till(_ role: Role = .cashier) throws -> ModelDriver {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context)
        driver.signIn(role)
        if driver.state.kind != .till { driver.press(.openShop) }
        #expect(driver.state.kind == .till, "\(driver)")
        return driver
    }

    // MARK: - Another cashier

    @Test func aPINSignsAnotherCashierInAndTheBasketStays() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.type("3")
        driver.press(.account)
        driver.type("2222")
        driver.press(.open)
        #expect(driver.state.user?.email == "senior@example.com" && driver.state.kind == .till, "\(driver)")
        #expect(driver.state.overlays.isEmpty && driver.state.cart.pieces == 1, "\(driver)")
        #expect(driver.state.till?.line.text == "3", "what is typed stays")
        driver.press(.back)
        driver.press(.tillCash, .submit)
        #expect(driver.shop.orders.count == 1 && driver.state.cart.isEmpty, "\(driver)")
    }

    @Test func aWrongPINIsToldAndTakenAway() throws {
        var driver = try till()
        driver.press(.account)
        for text in ["12", "4321"] {
            driver.type(text)
            driver.press(.open)
            #expect(driver.state.user?.email == "cashier@example.com")
            #expect(
                driver.state.focusedField?.isEmpty == true && driver.state.overlays.count == 1, "\(driver)")
        }
        #expect(!driver.description.contains("4321"))
        driver.press(.back)
        #expect(driver.state.overlays.isEmpty)
    }

    /// A badge is scanned where a PIN is asked for, and the PIN of nobody else counts behind it. A scanner that is slow
    /// types it as a person would.
    @Test(arguments: [true, false]) func aBadgeNamesWhoTypesThePIN(isScanned: Bool) throws {
        var driver = try till()
        driver.shop.badges = ["senior@example.com": try Badge("BADGE-0002")]
        driver.press(.account)
        if isScanned {
            driver.send(.scanned("badge-0002"))
        } else {
            driver.type("badge-0002")
            driver.press(.open)
        }
        #expect(driver.state.overlays.count == 1 && driver.state.focusedField?.isEmpty == true, "\(driver)")
        driver.type("1111")
        driver.press(.open)
        #expect(driver.state.user?.email == "cashier@example.com" && driver.state.overlays.count == 1)
        driver.type("2222")
        driver.press(.open)
        #expect(
            driver.state.user?.email == "senior@example.com" && driver.state.overlays.isEmpty, "\(driver)")
    }

    @Test func anAdminGivesABadge() throws {
        var driver = try till(.admin)
        driver.press(.setBadgeOf)
        driver.type("senior@example.com")
        driver.press(.open)
        driver.send(.scanned("1234"))
        driver.press(.open)
        #expect(driver.shop.badges.isEmpty && driver.state.overlays.count == 1, "too short: \(driver)")
        driver.send(.scanned("badge-0002"))
        driver.press(.open)
        #expect(driver.shop.badges == ["senior@example.com": try Badge("BADGE-0002")], "\(driver)")
        #expect(driver.state.overlays.isEmpty && driver.state.status?.kind == .success, "\(driver)")
    }

    @Test func enterWithoutAPINAsksToSignOut() throws {
        var driver = try till()
        driver.press(.account, .open)
        driver.send(.answered(true))
        #expect(driver.state.user == nil && driver.state.kind == .signIn, "\(driver)")
    }

    @Test func aSaleOfUnknownOutcomeStaysWithWhoSoldIt() throws {
        var driver = try till()
        driver.shop.losesAnswers = true
        driver.send(.scanned("CS-100"))
        driver.press(.tillCash, .submit)
        #expect(driver.state.till?.pending != nil)
        guard case .disabled = driver.state.availability(of: .switchCashier) else {
            return #expect(Bool(false), "\(driver)")
        }
    }

    @Test func aKioskKnowsNoPINs() throws {
        var driver = try till()
        #expect(driver.state.availability(of: .lockScreen) == .enabled)
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.kiosk = KioskRules(idle: 60)
        driver = try ModelDriver(context: context)
        driver.signIn(.customer)
        for command in [Command.switchCashier, .lockScreen, .setOwnPIN, .openApprovals] {
            #expect(driver.state.availability(of: command) == .absent, "\(command)")
        }
    }

    // MARK: - The lock

    @Test func aLockedScreenShowsNothingOfTheSaleAndLosesNothing() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.send(.lockDue)
        #expect(driver.state.isLocked && !driver.description.contains("chopping"), "\(driver)")
        let cart = driver.state.cart
        driver.press(.back)
        driver.send(.scanned("CS-102"), .rowClicked(0, opens: true), .wentBack(to: 0), .categoryClicked(0))
        #expect(driver.state.isLocked && driver.state.cart == cart, "\(driver)")
        #expect(driver.state.status?.kind == .warning, "the scan is told")
        driver.type("1111")
        driver.press(.open)
        #expect(
            !driver.state.isLocked && driver.state.kind == .till && driver.state.cart == cart, "\(driver)")
    }

    @Test func thePasswordUnlocksAndAnothersPINSwitches() throws {
        var driver = try till()
        driver.press(.lockScreen)
        driver.type("not the password")
        driver.press(.open)
        #expect(driver.state.isLocked)
        driver.type(AppContext.demoPassword)
        driver.press(.open)
        #expect(!driver.state.isLocked && driver.state.user?.email == "cashier@example.com", "\(driver)")
        driver.press(.lockScreen)
        driver.type("2222")
        driver.press(.open)
        #expect(!driver.state.isLocked && driver.state.user?.email == "senior@example.com", "\(driver)")
    }

    @Test func whateverIsAnsweredMeanwhileALockStays() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.holdsAnswers = true
        driver.press(.tillCash, .submit)
        driver.press(.lockScreen)
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.isLocked && driver.shop.orders.count == 1, "\(driver)")
        // What there is to say waits, too.
        driver.send(.noticed("Something was said"))
        #expect(driver.state.status != nil && driver.state.shownStatus == nil, "\(driver)")
        driver.type("1111")
        driver.press(.open)
        #expect(!driver.state.isLocked && driver.state.cart.isEmpty, "\(driver)")
    }

    @Test func quittingALockedScreenSignsOut() throws {
        var driver = try till()
        driver.press(.lockScreen, .quit)
        #expect(driver.state.user == nil && driver.state.isEnding, "\(driver)")
    }

    @Test func whoSellsNothingIsNotLocked() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.send(.lockDue)
        #expect(!driver.state.isLocked)
    }

    // MARK: - Approvals

    private func asking() throws -> ModelDriver {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.type("15")
        driver.press(.tillDiscount, .tillCash, .submit)
        #expect(driver.state.overlays.count == 1 && driver.shop.orders.isEmpty, "\(driver)")
        return driver
    }

    @Test func whatIsBeyondALimitIsAskedForAndSoldOnceByTheApproversPIN() throws {
        var driver = try asking()
        driver.type("4321")
        driver.press(.open)
        #expect(driver.shop.orders.isEmpty && driver.state.overlays.count == 1, "\(driver)")
        driver.type("2222")
        driver.press(.open)
        #expect(driver.shop.orders.count == 1 && driver.state.overlays.isEmpty, "\(driver)")
        #expect(driver.state.user?.email == "cashier@example.com" && driver.state.cart.isEmpty)
        #expect(driver.shop.approvals.map(\.stage) == [.used])
    }

    @Test func aGrantFromAnotherTerminalSellsIt() throws {
        var driver = try asking()
        driver.shop.approvals[0].stage = .granted
        driver.shop.approvals[0].approver = Approval.Person(id: 5, name: "Demo senior")
        driver.send(.shopChanged(ShopChanges(approvals: true)))
        #expect(driver.shop.orders.count == 1 && driver.state.overlays.isEmpty, "\(driver)")
    }

    @Test func aRefusalLeavesTheSaleAsItWas() throws {
        var driver = try asking()
        driver.shop.approvals[0].stage = .refused
        driver.send(.shopChanged(ShopChanges(approvals: true)))
        #expect(driver.shop.orders.isEmpty && driver.state.overlays.isEmpty, "\(driver)")
        #expect(driver.state.cart.pieces == 1 && driver.state.till?.isBusy == false, "\(driver)")
    }

    @Test func doingWithoutItWithdrawsIt() throws {
        var driver = try asking()
        driver.press(.back)
        #expect(driver.shop.approvals.map(\.stage) == [.withdrawn])
        #expect(driver.state.cart.pieces == 1 && driver.state.till?.isBusy == false, "\(driver)")
    }

    @Test func anApproverHearsOfItAnywhereAndAnswersWithTheWholeInSight() throws {
        var driver = try till(.admin)
        driver.shop.approvals = [
            Approval(
                id: 1, need: ApprovalNeed(.voidSales), title: "Void at till 2", lines: ["2 \u{D7} Lamp"],
                digest: "", till: "2", shiftID: nil, asker: Approval.Person(id: 4, name: "Cy"),
                askedAt: FixtureShop.now)
        ]
        let effects = driver.effects { $0.send(.shopChanged(ShopChanges(approvals: true))) }
        #expect(effects.contains(.beep) && driver.state.status?.text.contains("Cy") == true, "\(driver)")
        driver.press(.openApprovals)
        #expect(driver.state.kind == .approvals && driver.description.contains("Lamp"), "\(driver)")
        driver.press(.grantApproval)
        #expect(driver.shop.approvals.map(\.stage) == [.granted], "\(driver)")
        #expect(driver.state.availability(of: .grantApproval) != .enabled)
    }

    // MARK: - Setting a PIN

    @Test func oneSetsOnesOwnPINWithThePassword() throws {
        var driver = try till()
        driver.press(.setOwnPIN)
        driver.type("2222")
        driver.press(.open)
        driver.type(AppContext.demoPassword)
        driver.press(.open)
        #expect(driver.state.overlays.count == 1, "another has it: \(driver)")
        driver.press(.back)
        driver.press(.setOwnPIN)
        driver.type("5555")
        driver.press(.open)
        driver.type(AppContext.demoPassword)
        driver.press(.open)
        #expect(driver.state.overlays.isEmpty && driver.state.status?.kind == .success, "\(driver)")
    }

    @Test func noPINIsWrittenWithWhatIsRecorded() throws {
        var driver = try till()
        driver.press(.account)
        driver.type("2222")
        driver.press(.open)
        let recorded = driver.actions.map { "\($0)" }.joined()
        #expect(!recorded.contains("2222"))
    }
}
