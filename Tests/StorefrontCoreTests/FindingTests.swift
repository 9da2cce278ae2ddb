import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

@Suite struct FindingTests {
    private func withOrders() throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        for quantity in 1...3 {
            let line = try OrderDraft.Line(productID: 3, quantity: quantity)
            driver.shop.place(try OrderDraft(lines: [line]), nil, driver.state.principal)
        }
        driver.press(.openOrders)
        return driver
    }

    @Test func anOrderIsFoundByItsNumber() throws {
        var driver = try withOrders()
        driver.press(.findOrder)
        driver.type(" 1042 ")
        driver.press(.open)
        #expect(driver.state.kind == .order && driver.state.order?.order?.id == 1042)
        driver.press(.back)
        #expect(driver.state.kind == .orders)
    }

    /// Orders of three customers in turn, newest first, `rows` of them on a page.
    private func withCustomers(_ count: Int, rows: Int) throws -> ModelDriver {
        var driver = try ModelDriver(
            viewport: Viewport(width: 80, height: 24, shopRows: 17, orderRows: rows, hasSideBar: false))
        driver.signIn(.staff)
        for number in 0..<count {
            let line = try OrderDraft.Line(productID: Int64(number % 3 + 1), quantity: 1)
            driver.shop.place(try OrderDraft(lines: [line]), nil, driver.state.principal)
        }
        driver.press(.openOrders)
        return driver
    }

    private func find(_ text: String, _ command: Command, _ driver: inout ModelDriver) {
        driver.press(command)
        driver.type(text)
        driver.press(.open)
    }

    @Test func wordsAreFoundInTheListAndOnFurtherPages() throws {
        var driver = try withCustomers(9, rows: 4)
        #expect(driver.state.availability(of: .nextMatch) == .disabled("Nothing has been searched for yet"))
        // Newest first: green tea, cup, board, and so on round.
        find("GREEN tea", .findOrder, &driver)
        func place() -> [Int] {
            [driver.state.orders?.page?.number ?? 0, driver.state.orders?.selection ?? -1]
        }
        #expect(place() == [1, 3], "the row that is selected is not the next\n\(driver)")
        driver.press(.nextMatch)
        #expect(place() == [2, 2], "\(driver)")
        driver.press(.nextMatch)
        #expect(place() == [1, 0], "round the end, past a page without\n\(driver)")
        driver.press(.previousMatch)
        #expect(place() == [2, 2], "\(driver)")
        driver.press(.previousMatch, .previousMatch)
        #expect(place() == [1, 0], "\(driver)")
        let loads = driver.effects { find("blanket", .findOrder, &$0) }.count
        #expect(loads == 3 && place() == [1, 0], "every page once")
        #expect(driver.state.status == StatusMessage(.warning, "No order here has \"blanket\""))
    }

    /// Who goes elsewhere no longer looks.
    @Test func leavingEndsASearch() throws {
        var driver = try withCustomers(9, rows: 4)
        driver.holdsAnswers = true
        find("blanket", .findOrder, &driver)
        driver.press(.openShop)
        for _ in 0..<5 { driver.answerAll() }
        let searched = driver.effects.count { if case .ask(.orders(.list)) = $0 { true } else { false } }
        #expect(searched == 2, "the list itself, and one page of the search")
    }

    @Test func linesOfTheCartAreFound() throws {
        var driver = try ModelDriver()
        for _ in 0..<5 { driver.press(.addOne, .down) }
        driver.press(.openCart, .first)
        find("é", .findLine, &driver)
        #expect(driver.state.cartLine?.name == "Émile café cup, 2 pieces", "\(driver)")
        find("cs-10", .findLine, &driver)
        let start = driver.state.cartSelection
        driver.press(.nextMatch, .previousMatch)
        #expect(driver.state.cartSelection == start)
        driver.press(.last, .nextMatch)
        #expect(driver.state.cartSelection == 0, "round the end")
        driver.press(.previousMatch)
        #expect(driver.state.cartSelection == driver.state.cart.lines.count - 1)
        find("nowhere", .findLine, &driver)
        #expect(driver.state.status == StatusMessage(.warning, "No line has \"nowhere\""))
        find("  ", .findLine, &driver)
        #expect(driver.state.overlays.isEmpty && driver.state.kind == .cart)
    }

    @Test func anUnknownNumberSaysSoInItsPlace() throws {
        var driver = try withOrders()
        driver.shop.failure = .notFound(.order(9))
        driver.press(.findOrder)
        driver.type("9")
        driver.press(.open)
        #expect(driver.state.kind == .order && driver.state.order?.error == .notFound(.order(9)))
        #expect(driver.state.availability(of: .takePayment) != .enabled)
    }

    @Test func aThrowAwayShopSavesNoReceipts() throws {
        var driver = try ModelDriver(context: AppContext(isDemo: true, isThrowAway: true))
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .checkout)
        driver.type("100")
        driver.press(.submit, .showReceipt)
        #expect(driver.state.kind == .receipt)
        driver.press(.saveReceipt)
        #expect(driver.state.status?.kind == .warning)
        let saved = driver.effects.contains { effect in
            if case .ask(.receipt) = effect { true } else { false }
        }
        #expect(!saved)
    }

    @Test func allCountsThoseWithoutACategory() throws {
        var driver = try ModelDriver()
        driver.shop.products[0].category = nil
        driver.press(.retry)
        #expect(driver.state.shop?.totalCount == driver.shop.products.count)
    }
}
