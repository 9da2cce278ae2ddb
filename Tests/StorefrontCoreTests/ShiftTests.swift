import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// The shift of a till: opening, cash, counting, closing, reports.
@Suite struct ShiftTests {
    private func driver(_ role: Role = .admin) throws -> ModelDriver {
        var shop = try FixtureShop()
        shop.users = shop.users.map { user in
            User(
                id: user.id, email: user.email, name: user.name, role: user.role == .admin ? role : user.role,
                createdAt: user.createdAt, updatedAt: user.updatedAt)
        }
        var driver = try ModelDriver(start: .signIn, shop: shop)
        driver.type("admin@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        driver.press(.openShift)
        return driver
    }

    private func opened(_ role: Role = .admin, _ float: String = "200") throws -> ModelDriver {
        var driver = try driver(role)
        driver.type(float)
        driver.press(.submit)
        return driver
    }

    /// Counts so many coins of one cent, and nothing else.
    private func count(_ cents: String, _ driver: inout ModelDriver) {
        let fields = driver.state.shift?.form?.fields.count ?? 0
        driver.press(.submit, times: fields - 1)
        driver.type(cents)
        driver.press(.submit)
        driver.send(.answered(true))
    }

    @Test func itIsOpenedWithAFloat() throws {
        var driver = try driver()
        guard case .opening = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        driver.type("two")
        driver.press(.submit)
        #expect(driver.state.shift?.form?.focused.problem != nil, "\(driver)")
        driver.send(.edit(.killToStart))
        driver.type("200.00")
        driver.press(.submit)
        guard case .open(let shift, let report) = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        #expect(shift.float.minorUnits == 20_000 && report?.expected?.minorUnits == 20_000)
    }

    @Test func cashMovesWithAReason() throws {
        var driver = try opened()
        driver.press(.paidOut)
        driver.type("18.50")
        driver.press(.submit)
        // The reason is asked for; without one nothing is booked.
        driver.press(.submit)
        #expect(driver.shop.drawer.movements.isEmpty, "\(driver)")
        driver.type("Milk")
        driver.press(.submit)
        #expect(driver.shop.drawer.movements.map(\.reason) == ["Milk"], "\(driver)")
        // What is typed about cash is not left by one key.
        driver.press(.cashDrop)
        driver.type("5")
        driver.press(.openShop)
        #expect(driver.state.question == .leaveForm && driver.state.kind == .shift, "\(driver)")
    }

    @Test func aHalfCountSurvivesAnotherScreen() throws {
        var driver = try opened()
        driver.press(.countDrawer)
        driver.type("2")
        driver.press(.submit)
        driver.press(.openShop)
        #expect(driver.state.kind == .shop, "\(driver)")
        driver.press(.openShift, .countDrawer)
        #expect(driver.state.shift?.form?.fields.first?.input.text == "2", "\(driver)")
        driver.press(.back)
        #expect(driver.state.kind == .shift, "\(driver)")
        driver.press(.countDrawer)
        #expect(driver.state.shift?.form?.countedSoFar(.usd).minorUnits == 20_000, "\(driver)")
    }

    @Test func aRightCountClosesWithTwoQuestions() throws {
        var driver = try opened()
        driver.press(.countDrawer)
        driver.type("2")
        let fields = driver.state.shift?.form?.fields.count ?? 0
        driver.press(.submit, times: fields)
        #expect(driver.state.question == .keepCount, "\(driver)")
        driver.send(.answered(true))
        guard case .closing(_, let outcome?, _) = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        #expect(!outcome.isOff && outcome.variance?.isZero == true)
        driver.type("150")
        driver.press(.submit)
        #expect(driver.state.question == .closeShift, "\(driver)")
        driver.send(.answered(true))
        guard case .report(let report, _, _) = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        #expect(report.shift.number?.text == "Z1-000001")
        #expect(report.shift.closing?.banked?.minorUnits == 5_000)
        // The next one begins with what is left.
        driver.press(.back)
        #expect(driver.state.shift?.form?.focused.input.text == "150.00", "\(driver)")
    }

    @Test func whoMayNotSeeTheFigureIsNotTold() throws {
        var driver = try opened(.cashier)
        guard case .open(_, nil) = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        driver.press(.xReport)
        guard case .open = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        driver.press(.countDrawer)
        count("19900", &driver)
        #expect(driver.state.status?.text.contains("200") == false, "\(driver)")
        #expect(!"\(driver)".contains("$200.00") || !"\(driver)".contains("Expected"), "\(driver)")
        // The recount is the last, so its figure is told; both are kept.
        driver.press(.recount)
        count("19950", &driver)
        #expect(driver.state.status?.text.contains("0.50") == true, "\(driver)")
        #expect(driver.shop.drawer.shifts.last?.counts.map(\.drawer.total.minorUnits) == [19_900, 19_950])
        driver.press(.recount)
        guard case .closing = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        // Off without a reason: it is asked for.
        driver.press(.submit)
        driver.send(.answered(true))
        #expect(driver.state.shift?.form?.focused.name == "reason", "\(driver)")
        driver.type("miscounted")
        driver.press(.submit)
        driver.send(.answered(true))
        guard case .report(let report, _, _) = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        #expect(report.shift.closing?.reason == "miscounted")
    }

    @Test func aCountStandsAfterTheProgramIsStartedAnew() throws {
        var driver = try opened()
        driver.press(.countDrawer)
        count("20000", &driver)
        var shop = driver.shop
        shop.failure = nil
        var other = try ModelDriver(start: .signIn, shop: shop)
        other.type("admin@example.com")
        other.press(.nextField)
        other.type(AppContext.demoPassword)
        other.press(.submit, .openShift)
        guard case .closing(let shift, nil, _) = other.state.shift?.stage else {
            Issue.record("\(other)")
            return
        }
        #expect(shift.counts.count == 1)
    }

    @Test func anEarlierReportIsExplainedAndPrintedAsACopy() throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasPrinter = true
        var driver = try opened()
        driver.press(.countDrawer)
        count("20000", &driver)
        driver.press(.submit)
        driver.send(.answered(true))
        var shop = driver.shop
        shop.drawer.issues[1] = 1
        var other = try ModelDriver(start: .signIn, context: context, shop: shop)
        other.type("admin@example.com")
        other.press(.nextField)
        other.type(AppContext.demoPassword)
        other.press(.submit, .openShift, .earlierShifts, .submit)
        guard case .report(_, false, isEarlier: true) = other.state.shift?.stage else {
            Issue.record("\(other)")
            return
        }
        other.press(.explainReport)
        #expect("\(other)".contains("counted $200.00"), "\(other)")
        other.press(.explainReport, .printReport)
        #expect(other.state.status?.text.contains("copy 1") == true, "\(other)")
        other.press(.back)
        guard case .earlier(let earlier) = other.state.shift?.stage else {
            Issue.record("\(other)")
            return
        }
        #expect(earlier.shifts.count == 1)
    }

    @Test func aLostAnswerIsLookedAtAnew() throws {
        var driver = try opened()
        driver.press(.countDrawer)
        driver.shop.failure = .outcomeUnknown
        count("20000", &driver)
        guard case .failed = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        driver.shop.failure = nil
        driver.press(.retry)
        guard case .open = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        driver.press(.countDrawer)
        #expect(driver.state.shift?.form?.countedSoFar(.usd).minorUnits == 20_000, "\(driver)")
    }

    /// More Z reports than are loaded at once: the list goes on at its end, and is there again after a report.
    @Test func earlierShiftsGoOnAtTheEndOfTheList() throws {
        var driver = try driver()
        for id in 1...250 {
            let shift = Shift(
                id: Int64(id), till: "1", openedBy: 3, openedAt: FixtureShop.now, float: .zero())
            let number = DocumentNumber(series: NumberSeries(.closing, till: "1"), position: id)
            driver.shop.drawer.shifts.append(
                shift.closed(
                    Shift.Closing(
                        closedBy: 3, closedAt: FixtureShop.now, expected: .zero(), counted: .zero(),
                        reason: nil, nextFloat: nil, perpetual: nil, journalHash: nil), number: number))
        }
        driver.press(.earlierShifts)
        func earlier() throws -> EarlierShifts {
            guard case .earlier(let earlier)? = driver.state.shift?.stage else {
                throw TestProblem("\(driver)")
            }
            return earlier
        }
        #expect(try earlier().shifts.count == 100 && earlier().hasMore)
        driver.press(.last)
        #expect(try earlier().shifts.count == 200 && earlier().row == 99, "\(driver)")
        driver.press(.moreShifts)
        #expect(try earlier().shifts.map(\.id) == (1...250).reversed().map(Int64.init))
        #expect(try !earlier().hasMore)
        driver.press(.last, .submit)
        guard case .report(let report, _, true)? = driver.state.shift?.stage else {
            Issue.record("\(driver)")
            return
        }
        #expect(report.shift.id == 1)
        driver.press(.back)
        #expect(try earlier().shifts.count == 250 && earlier().row == 249, "\(driver)")
    }

    private struct TestProblem: Error, CustomStringConvertible {
        let description: String
        init(_ description: String) { self.description = description }
    }
}
