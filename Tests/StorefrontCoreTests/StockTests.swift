import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Deliveries and counts by scan, corrections with a reason, and why a stock is what it is.
@Suite struct StockScreenTests {
    private func driver(_ role: Role = .admin) throws -> ModelDriver {
        var driver = try ModelDriver(shop: FixtureShop())
        driver.signIn(role)
        driver.press(.openStock)
        return driver
    }

    private func count(_ sku: String, _ driver: ModelDriver) -> Int? {
        driver.shop.products.first { $0.sku == sku }?.stock.count
    }

    private func sheet(_ driver: ModelDriver) -> StockSheet? {
        guard case .sheet(let sheet) = driver.state.stock?.stage else { return nil }
        return sheet
    }

    @Test func onlyWhoMayCorrectStockGetsThere() throws {
        #expect(try driver().state.stock?.low != nil)
        #expect(try driver(.customer).state.stock == nil)
    }

    @Test func aDeliveryIsScannedAndBookedWithAReason() throws {
        var driver = try driver()
        let before = try #require(count("CS-102", driver))
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"), .scanned("CS-102"), .scanned("CS-100"))
        #expect(sheet(driver)?.lines.map(\.quantity) == [1, 2], "\(driver)")
        driver.send(.digit(1), .digit(2))
        driver.press(.open)
        #expect(sheet(driver)?.selected?.quantity == 12)
        driver.press(.takeOutStock)
        driver.press(.back)
        #expect(driver.state.question == .leaveForm)
        driver.send(.answered(false))
        driver.press(.bookStock)
        #expect(driver.state.stock?.form?.text("reason") == "Delivered")
        driver.type("note 17")
        driver.press(.submit)
        #expect(count("CS-102", driver) == before + 2, "\(driver)")
        #expect(driver.shop.movements.map(\.reason) == ["note 17"])
        #expect(driver.state.stock?.guardsLeaving == false)
    }

    @Test func aLineOfADeliverySaysWhatOnePieceCost() throws {
        var driver = try driver()
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"), .scanned("CS-100"))
        driver.press(.costStock)
        driver.type("4.3o")
        driver.press(.submit)
        #expect(driver.state.stock?.form?.focused.problem != nil, "\(driver)")
        driver.press(.back)
        // What would be refused when it is booked is refused where it is typed.
        for typed in ["-4", "100000000.00"] {
            driver.press(.costStock)
            driver.type(typed)
            driver.press(.submit)
            #expect(driver.state.stock?.form?.focused.problem != nil, "\(typed) \(driver)")
            driver.press(.back)
            #expect(sheet(driver)?.cost == nil)
        }
        driver.press(.costStock)
        driver.type("4.30")
        driver.press(.submit)
        #expect(sheet(driver)?.selected?.cost == Money(minorUnits: 430), "\(driver)")
        #expect(sheet(driver)?.cost == Money(minorUnits: 430))
        // What stands there is offered again, and nothing typed says nothing.
        driver.press(.costStock)
        #expect(driver.state.stock?.form?.text("cost") == "4.30")
        driver.press(.submit, .bookStock, .submit)
        #expect(driver.shop.movements.map { $0.unitCost?.minorUnits } == [nil, 430], "\(driver)")
        // A count has no costs.
        driver.press(.countStock)
        driver.send(.scanned("CS-102"))
        driver.press(.costStock)
        #expect(driver.state.stock?.form == nil)
    }

    private func against(_ file: String, _ driver: inout ModelDriver) {
        driver.press(.holdAgainstList)
        driver.type(file)
        driver.press(.submit)
    }

    @Test func aDeliveryIsHeldAgainstItsList() throws {
        var driver = try driver()
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"), .scanned("CS-101"))
        against("note.csv", &driver)
        let held = try #require(sheet(driver))
        #expect(held.listName == "note.csv" && held.lines.count == 3, "\(driver)")
        // Two of three and all of another are missing; one came that is not on the list.
        #expect(held.lines.map { held.delivery(of: $0)?.pieces } == [1, -2, -1], "\(driver)")
        #expect(held.lines.map(\.announced) == [nil, 3, 1])
        let told = try #require(held.differences)
        #expect(told.contains("3 pieces of 2 products") && told.contains("1 piece of 1 product"))
        // However long it is, it is not cut.
        let seen = driver.description.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(seen.contains(told), "\(driver)")
        driver.send(.scanned("CS-102"), .scanned("CS-102"))
        // Who takes out what is on the list has it missing, not forgotten.
        driver.send(.scanned("CS-100"))
        driver.press(.takeOutStock)
        #expect(sheet(driver)?.lines.count == 3)
        driver.press(.bookStock)
        #expect(driver.description.contains("1 piece of 1 product missing"), "\(driver)")
        driver.press(.submit)
        // What came is booked, at the list's cost where it has one.
        #expect(driver.shop.movements.map(\.quantity).sorted() == [1, 3], "\(driver)")
        let movement = driver.shop.movements.first { $0.quantity == 3 }
        #expect(movement?.unitCost == Money(minorUnits: 430))
        #expect(driver.shop.movements.first { $0.quantity == 1 }?.unitCost == nil)
    }

    @Test func ofAListThatCannotBeTakenEachLineIsNamedAndNothingIsTaken() throws {
        var driver = try driver()
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"))
        against("wrong.csv", &driver)
        guard case .refused(_, "wrong.csv", let problems)? = driver.state.stock?.stage else {
            Issue.record("not refused: \(driver)")
            return
        }
        #expect(problems.count == 1 && driver.description.contains("row 4"), "\(driver)")
        // The file is offered again; then the delivery is as it was.
        driver.press(.holdAgainstList)
        #expect(driver.state.stock?.form?.focused.input.text == "wrong.csv", "\(driver)")
        driver.press(.back)
        #expect(sheet(driver)?.listName == nil && sheet(driver)?.lines.map(\.quantity) == [1], "\(driver)")
        // Nothing typed is no file.
        driver.press(.holdAgainstList)
        driver.press(.submit)
        #expect(driver.state.stock?.form?.focused.problem != nil, "\(driver)")
        // A count has no list.
        driver.press(.back, .back)
        driver.send(.answered(true))
        driver.press(.countStock, .holdAgainstList)
        #expect(driver.state.stock?.form == nil)
    }

    @Test func aSecondListTakesThePlaceOfTheFirst() throws {
        var driver = try driver()
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"))
        against("note.csv", &driver)
        #expect(sheet(driver)?.lines.map(\.cost?.minorUnits) == [430, 2_000], "\(driver)")
        against("other.csv", &driver)
        let held = try #require(sheet(driver))
        #expect(held.listName == "other.csv")
        #expect(held.lines.map(\.product.sku) == ["CS-102", "CS-101"], "\(driver)")
        #expect(held.lines.map(\.announced) == [3, 2])
        #expect(held.lines.map(\.cost?.minorUnits) == [390, nil])
        // What is taken out is there for the list alone, and goes with it.
        driver.send(.scanned("CS-101"))
        driver.press(.takeOutStock)
        against("note.csv", &driver)
        #expect(sheet(driver)?.lines.map(\.product.sku) == ["CS-102", "CS-100"], "\(driver)")
        #expect(sheet(driver)?.lines.map(\.cost?.minorUnits) == [430, 2_000])
    }

    @Test func whatSomebodyTypedOutlivesAList() throws {
        var driver = try driver()
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"), .scanned("CS-100"))
        driver.send(.digit(0))
        driver.press(.open)
        driver.send(.scanned("CS-102"))
        driver.press(.costStock)
        driver.type("5.00")
        driver.press(.submit)
        against("note.csv", &driver)
        against("other.csv", &driver)
        let held = try #require(sheet(driver))
        #expect(held.lines.map(\.product.sku) == ["CS-100", "CS-102", "CS-101"], "\(driver)")
        #expect(held.lines.map(\.quantity) == [0, 2, 0])
        #expect(held.lines.map(\.announced) == [nil, 3, 2])
        #expect(held.lines.map(\.cost?.minorUnits) == [nil, 500, nil])
    }

    @Test func aScanWhereAListCannotBeTakenIsToldAndNotTaken() throws {
        var driver = try driver()
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"))
        against("wrong.csv", &driver)
        let ordered = driver.effects(of: { $0.send(.scanned("CS-102")) })
        #expect(ordered == [.beep])
        #expect(driver.state.status?.kind == .warning, "\(driver)")
        #expect(driver.state.status?.text.contains("CS-102") == true)
        // So it is where digits and Enter come from a scanner that types.
        driver.number("4006381333931")
        driver.press(.open)
        #expect(driver.state.status?.text.contains("4006381333931") == true, "\(driver)")
        driver.press(.back)
        #expect(sheet(driver)?.lines.map(\.quantity) == [1], "\(driver)")
    }

    /// At 80 × 24, where a sentence takes two lines and all of them more than the screen has.
    @Test func whatIsWrongWithAListCanBeReadToItsEnd() throws {
        var driver = try driver()
        driver.press(.receiveStock)
        against("long-wrong.csv", &driver)
        #expect(driver.description.contains("another cost than row 3"), "\(driver)")
        #expect(!driver.description.contains("another cost than row 22"))
        driver.press(.last)
        #expect(driver.description.contains("another cost than row 22"), "\(driver)")
        #expect(!driver.description.contains("row 4 has"))
    }

    @Test func onlyWhoMaySeesWhatGoodsCost() throws {
        var admin = try driver()
        admin.press(.open)
        #expect(explained(admin)?.cost != nil, "\(admin)")
        var seller = try ModelDriver(shop: FixtureShop())
        seller.signIn(.staff)
        seller.press(.openReports)
        for kind in ReportKind.allCases where kind.tellsCost {
            seller.press(.report(kind))
            #expect(seller.state.reports?.query.kind.tellsCost == false)
        }
        for _ in ReportKind.allCases {
            seller.press(.nextReport)
            #expect(seller.state.reports?.query.kind.tellsCost == false)
        }
    }

    private func explained(_ driver: ModelDriver) -> StockExplanation? {
        guard case .explained(let explanation) = driver.state.stock?.stage else { return nil }
        return explanation
    }

    @Test func aCountBooksWhatDiffersFromTheBooksWhenItWasScanned() throws {
        var driver = try driver()
        let before = try #require(count("CS-102", driver))
        driver.press(.countStock)
        driver.send(.scanned("CS-102"))
        driver.send(.digit(4))
        driver.press(.open)
        // Two are sold while others are counted: that is no difference.
        let index = try #require(driver.shop.products.firstIndex { $0.sku == "CS-102" })
        driver.shop.products[index].stock = .counted(before - 2)
        driver.send(.scanned("CS-102"))
        driver.press(.bookStock, .submit)
        #expect(driver.shop.movements.map(\.quantity) == [5 - before], "\(driver)")
        #expect(count("CS-102", driver) == before - 2 + 5 - before)
    }

    @Test func aBlindCountShowsTheBooksOnlyWhenItIsDone() throws {
        var driver = try driver()
        driver.press(.countBlind)
        driver.send(.scanned("CS-102"))
        let books = try #require(sheet(driver)?.selected?.expected)
        #expect(books > 9 && !driver.description.contains(" \(books) "), "\(driver)")
        driver.press(.bookStock)
        #expect(driver.description.contains(" \(books) "), "\(driver)")
    }

    @Test func aLossNeedsItsReasonAndIsExplained() throws {
        var driver = try driver()
        let before = try #require(count("CS-102", driver))
        driver.send(.scanned("CS-102"))
        guard case .explained = driver.state.stock?.stage else {
            Issue.record("not explained: \(driver)")
            return
        }
        driver.press(.loseStock)
        driver.type("-1")
        driver.press(.submit, .submit)
        #expect(driver.state.stock?.form?.fields.contains { $0.problem != nil } == true)
        driver.send(.edit(.killToStart))
        driver.type("2")
        driver.press(.submit, .submit)
        #expect(driver.state.stock?.form?.focused.problem != nil, "\(driver)")
        driver.type("dropped")
        driver.press(.submit)
        #expect(count("CS-102", driver) == before - 2, "\(driver)")
        guard case .explained(let explanation) = driver.state.stock?.stage else {
            Issue.record("not explained: \(driver)")
            return
        }
        #expect(explanation.steps.map(\.stock) == [before - 2])
    }

    @Test func whatNobodyCountsIsNotTaken() throws {
        var driver = try driver()
        let index = try #require(driver.shop.products.firstIndex { $0.sku == "CS-102" })
        driver.shop.products[index].stock = .untracked
        driver.press(.receiveStock)
        driver.send(.scanned("CS-102"), .scanned("nothing"))
        #expect(sheet(driver)?.lines.isEmpty == true)
        #expect(driver.state.status?.kind == .failure)
    }
}
