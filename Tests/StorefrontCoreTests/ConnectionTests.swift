import StoreDomain
import StoreTesting
import Testing

import StorefrontCore

@Suite("A server that goes and comes, and a session that ends")
struct ConnectionTests {
    private let since = Timestamp(seconds: 1_795_000_000)

    @Test("Offline keeps what was loaded, tries again by itself, and loads anew when it is back")
    func offline() throws {
        var driver = try ModelDriver()
        let page = try #require(driver.state.shop?.page)
        driver.holdsAnswers = true
        driver.send(.connectionChanged(.offline(since: since)))
        #expect(driver.state.desk.connection == .offline(since: since) && driver.state.shop?.page == page)
        #expect(driver.held.map(\.ask) == [.program(.reconnect(attempt: 1))])
        tried(&driver, 1, succeeded: false)
        #expect(driver.held.map(\.ask) == [.program(.reconnect(attempt: 2))])
        tried(&driver, 2, succeeded: true)
        #expect(driver.state.desk.connection == .connected)
        #expect(driver.held.contains { $0.ask == .shop(.categories) })
        let count = driver.held.count
        driver.send(.connectionChanged(.connected))
        #expect(driver.held.count == count)
    }

    @Test("A session that ends in the middle of paying asks for the password and pays with the same keys")
    func expiry() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.shop.methods = [.simulatedCard]
        driver.press(.addOne, .openCart, .checkout)
        driver.shop.failure = .signInRequired
        driver.press(.submit)
        #expect(driver.state.kind == .signIn)
        #expect(driver.state.signIn?.form.text("email") == "customer@example.com")
        #expect(driver.state.user != nil && !driver.state.cart.isEmpty)
        let first = try #require(lastCheckout(driver))

        driver.shop.failure = nil
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        #expect(driver.state.kind == .checkout && driver.state.checkout?.step == .done)
        let second = try #require(lastCheckout(driver))
        #expect(second.orderKey == first.orderKey && driver.shop.orders.count == 1)
    }

    @Test("Nobody gets back to the screens of a session that has ended without the password")
    func wayBack() throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context)
        driver.signIn(.staff)
        driver.press(.openCart)
        driver.send(.lockDue)
        #expect(driver.state.isLocked, "\(driver)")
        // At a locked screen, too: another terminal has signed the person out.
        let people = driver.shop.users
        driver.shop.users = []
        driver.send(.shopChanged(.everything))
        driver.shop.users = people
        #expect(driver.state.kind == .signIn, "\(driver)")
        driver.press(.back)
        #expect(driver.state.kind == .signIn && driver.state.question == .signOut, "\(driver)")
        driver.send(.answered(false))
        #expect(driver.state.kind == .signIn && driver.state.user != nil, "\(driver)")
        driver.press(.back)
        driver.send(.answered(true))
        #expect(driver.state.user == nil && driver.state.way.count == 1, "\(driver)")
    }

    @Test("Somebody else who signs in there gets nothing of what was under way")
    func somebodyElse() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.press(.addOne, .openCart)
        driver.shop.failure = .signInRequired
        driver.press(.openOrders)
        driver.shop.failure = nil
        #expect(driver.state.kind == .signIn)
        driver.press(.previousField)
        for _ in 0..<30 { driver.send(.edit(.deleteBackward)) }
        driver.type("staff@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        #expect(driver.state.user?.email == "staff@example.com" && driver.state.kind == .shop)
        #expect(driver.state.checkout == nil && driver.state.cart.isEmpty)
    }

    private func tried(_ driver: inout ModelDriver, _ attempt: Int, succeeded: Bool) {
        driver.reply(.program(.reconnectTried(attempt: attempt, succeeded: succeeded))) {
            $0 == .program(.reconnect(attempt: attempt))
        }
    }

    private func lastCheckout(_ driver: ModelDriver) -> PendingCheckout? {
        driver.effects.reversed().lazy.compactMap {
            if case .ask(.checkout(.complete(let pending, _))) = $0 { pending } else { nil }
        }
        .first
    }
}
