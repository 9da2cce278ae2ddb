import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Goods back and others for them, from the sale that is found to the one amount.
@Suite struct ExchangeTests {
    /// A till with README's pen-and-lamp sale behind it: order 1041, of one product at 14.00.
    private func till(_ sku: String = "CS-102") throws -> ModelDriver {
        var shop = try FixtureShop()
        shop.policy.taxes = TaxTable(standardRate: .zero)
        var context = AppContext(policy: shop.policy)
        context.hasTill = true
        context.hasDrawer = true
        context.hasPrinter = true
        var driver = try ModelDriver(context: context, shop: shop)
        driver.signIn(.admin)
        driver.press(.openShop)
        driver.send(.scanned(sku))
        driver.press(.tillCash, .submit)
        #expect(driver.shop.orders.map(\.id) == [1041], "\(driver)")
        return driver
    }

    /// Everything of the sale comes back for other goods: `r`, its number, all, exchange, the first reason.
    private func exchange(_ driver: inout ModelDriver) {
        driver.press(.tillReturn, .findSale)
        driver.type("1041")
        driver.press(.open, .returnAll, .exchangeGoods, .open)
    }

    private func due(_ driver: ModelDriver) -> Int64? {
        driver.state.till?.due(driver.state.desk)?.minorUnits
    }

    @Test func theGoodsBackStandInTheSaleAndTheDifferenceIsPaid() throws {
        var driver = try till("CS-107")
        let cheap = try #require(driver.shop.orders.first?.total)
        exchange(&driver)
        #expect(driver.state.kind == .till && driver.state.cart.terms.back?.lines.count == 1, "\(driver)")
        #expect(driver.shop.refunds.isEmpty, "nothing is booked before it is paid")
        driver.send(.scanned("CS-100"))
        let dear = try #require(driver.state.desk.basket.quote?.total)
        #expect(due(driver) == dear.minorUnits - cheap.minorUnits, "\(driver)")
        driver.press(.tillCash, .submit)
        let order = try #require(driver.shop.orders.first { $0.goodsBack != nil })
        #expect(order.tendered.map(\.amount) == [dear - cheap] && order.settled == dear - cheap, "\(driver)")
        #expect(driver.shop.orders.last?.status == .refunded && driver.state.cart.addedTerms == nil)
    }

    @Test func moreBackThanTakenGoesBackWithEnterAndOpensTheDrawer() throws {
        var driver = try till("CS-100")
        exchange(&driver)
        driver.send(.scanned("CS-107"))
        let openings = driver.shop.drawerOpenings
        #expect((due(driver) ?? 0) < 0 && "\(driver)".contains("GIVE BACK"), "\(driver)")
        driver.press(.submit)
        let order = try #require(driver.shop.orders.first { $0.goodsBack != nil })
        #expect(order.goodsBack?.handedOut.first?.method.kind == .cash && order.tendered.isEmpty, "\(driver)")
        #expect(driver.shop.drawerOpenings == openings + 1)
    }

    @Test func asMuchBackAsIsTakenEndsWithEnter() throws {
        var driver = try till()
        exchange(&driver)
        driver.send(.scanned("CS-102"))
        #expect(due(driver) == 0 && driver.state.till?.preview(driver.state.desk) != nil, "\(driver)")
        driver.press(.submit)
        let order = try #require(driver.shop.orders.first { $0.goodsBack != nil })
        #expect(order.settled.isZero && order.tendered.isEmpty, "\(driver)")
    }

    @Test func undoTakesTheGoodsBackOutAndTheyAreParkedWithTheSale() throws {
        var driver = try till("CS-107")
        exchange(&driver)
        driver.press(.undo)
        #expect(driver.state.cart.terms.back == nil, "\(driver)")
        driver.press(.redo)
        #expect(driver.state.cart.terms.back != nil)
        driver.send(.scanned("CS-100"))
        let before = due(driver)
        driver.press(.tillPark)
        #expect(driver.state.cart.isEmpty && driver.state.cart.terms.back == nil, "\(driver)")
        driver.press(.tillPark, .open)
        #expect(driver.state.cart.terms.back != nil && due(driver) == before, "\(driver)")
    }

    @Test func oneSaleTakesOneReturn() throws {
        var driver = try till()
        exchange(&driver)
        driver.press(.tillReturn, .findSale)
        driver.type("1041")
        driver.press(.open, .returnAll)
        guard case .disabled = driver.state.availability(of: .exchangeGoods) else {
            return #expect(Bool(false), "\(driver)")
        }
    }

    @Test func clearedSalesAndPaymentsTakenBackAreKept() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.type("5")
        driver.press(.tillCash, .undo)
        #expect(
            driver.shop.happenings == [
                .tenderTakenBack(methodID: "cash", amount: Money(minorUnits: 500))
            ], "\(driver)")
        let total = try #require(driver.state.desk.basket.quote?.total)
        driver.press(.tillTakeOut)
        #expect(driver.shop.happenings.last == .abandoned(pieces: 1, amount: total), "\(driver)")
        #expect(driver.shop.happenings.count == 2)
    }

    @Test func theDrawerOpensWithoutASaleForAReason() throws {
        var driver = try till()
        let openings = driver.shop.drawerOpenings
        driver.press(.tillDrawer)
        driver.type("change for a note")
        driver.press(.open)
        #expect(driver.shop.happenings == [.noSale(reason: "change for a note")], "\(driver)")
        #expect(driver.shop.drawerOpenings == openings + 1)
    }

    @Test func aSlipSaysWhatIsToBePaid() throws {
        var driver = try till()
        #expect(driver.state.availability(of: .tillSlip) != .enabled)
        driver.send(.scanned("CS-102"))
        driver.press(.tillSlip)
        #expect(driver.shop.slips.map(\.due.minorUnits) == [due(driver)], "\(driver)")
        #expect(driver.shop.slips.first?.lines.map(\.quantity) == [1])
    }
}
