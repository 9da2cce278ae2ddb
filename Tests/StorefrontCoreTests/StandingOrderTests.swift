import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Orders that stand, or may, while somebody is about to pay.
@Suite struct StandingOrderTests {
    /// A checkout that a server without keys answers with an order that may be its own.
    private func asked() throws -> (ModelDriver, PendingCheckout, Order) {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .checkout)
        driver.type("60")
        driver.holdsAnswers = true
        driver.press(.submit)
        var pending = try #require(driver.state.checkout?.pending)
        pending.payment = PaymentRequest(methodID: "cash", tenderedMinor: 6_000)
        let order = driver.shop.place(pending.draft, nil, driver.state.principal)
        driver.reply(.checkout(.ended(.failed(.perhapsPlaced(order), pending: pending, order: nil)))) {
            if case .checkout(.complete) = $0 { true } else { false }
        }
        driver.holdsAnswers = false
        return (driver, pending, order)
    }

    @Test func anOrderThatMayBeThisOneIsAskedAbout() throws {
        var (driver, pending, order) = try asked()
        #expect(driver.state.question == .isThisOrder(order, pending), "\(driver)")
        let ordered = driver.effects { $0.send(.answered(true)) }
        #expect(ordered.first == .ask(.checkout(.take(order, pending))))
        #expect(driver.state.checkout?.step == .done && driver.shop.orders.count == 1, "\(driver)")
    }

    @Test func anotherOneIsPlacedOnlyWhenAskedForTwice() throws {
        var (driver, pending, _) = try asked()
        driver.send(.answered(false))
        #expect(driver.state.question == .placeAnew(pending), "\(driver)")
        let waits = driver.effects { $0.press(.back) }
        #expect(waits.isEmpty && driver.state.checkout?.step == .payment, "\(driver)")
        #expect(driver.state.checkout?.isOutcomeUnknown == true && driver.shop.orders.count == 1)

        (driver, pending, _) = try asked()
        driver.send(.answered(false))
        let ordered = driver.effects { $0.send(.answered(true)) }
        #expect(ordered.first == .ask(.checkout(.placeAnew(pending))))
        #expect(driver.state.checkout?.step == .done && driver.shop.orders.count == 2, "\(driver)")
    }

    @Test func anOpenPaymentScreenKeepsItsOrderOpen() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        let line = try OrderDraft.Line(productID: 1, quantity: 1)
        let order = driver.shop.place(try OrderDraft(lines: [line]), nil, driver.state.principal)
        #expect(driver.effects { $0.send(.paymentStillOpen) }.isEmpty)
        driver.press(.openOrders, .takePayment)
        #expect(driver.state.orderBeingPaid == order.id, "\(driver)")
        #expect(
            driver.effects { $0.send(.paymentStillOpen) } == [.ask(.checkout(.keepOpen(order.id)))])
        driver.press(.back)
        #expect(driver.state.orderBeingPaid == nil)
    }

    @Test func theRulesOfAServerTakeThePlaceOfTheSettings() throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Settings"))
        context.isRemote = true
        var shop = try FixtureShop()
        shop.policy.shopName = "Server"
        let driver = try ModelDriver(context: context, shop: shop)
        #expect(driver.state.desk.policy.shopName == "Server")
    }
}
