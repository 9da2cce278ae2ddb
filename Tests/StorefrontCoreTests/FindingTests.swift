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
        #expect(driver.state.screen == .order && driver.state.order.order?.id == 1042)
        driver.press(.back)
        #expect(driver.state.screen == .orders)
    }

    @Test func whatIsNoNumberIsSaid() throws {
        var driver = try withOrders()
        driver.press(.findOrder)
        driver.type("12x")
        driver.press(.open)
        #expect(driver.state.screen == .orders)
        #expect(driver.state.status == StatusMessage(.warning, "\"12x\" is not an order's number"))
    }

    @Test func anUnknownNumberSaysSoInItsPlace() throws {
        var driver = try withOrders()
        driver.shop.failure = .notFound(.order(9))
        driver.press(.findOrder)
        driver.type("9")
        driver.press(.open)
        #expect(driver.state.screen == .order && driver.state.order.error == .notFound(.order(9)))
        #expect(driver.state.availability(of: .takePayment) != .enabled)
    }

    @Test func aThrowAwayShopSavesNoReceipts() throws {
        var driver = try ModelDriver(context: AppContext(isDemo: true, isThrowAway: true))
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .checkout, .submit)
        driver.type("100")
        driver.press(.submit, .submit)
        #expect(driver.state.screen == .receipt)
        driver.press(.saveReceipt)
        #expect(driver.state.status?.kind == .warning)
        let saved = driver.effects.contains { if case .saveReceipt = $0 { true } else { false } }
        #expect(!saved)
        // An impatient Enter leaves the receipt with its change on the screen.
        driver.press(.open, .submit)
        #expect(driver.state.screen == .receipt)
    }

    @Test func allCountsThoseWithoutACategory() throws {
        var driver = try ModelDriver()
        driver.shop.products[0].category = nil
        driver.press(.retry)
        #expect(driver.state.shop.totalCount == driver.shop.products.count)
    }
}
