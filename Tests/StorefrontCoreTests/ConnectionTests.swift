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

    @Test(
        "Whatever was under way in a session that has ended, the password is asked for once and the reason stays",
        arguments: [true, false])
    func together(oldestFirst: Bool) throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.press(.addOne, .openOrders)
        driver.holdsAnswers = true
        driver.send(.shopChanged(.everything))
        #expect(driver.held.count { !$0.terms.isPublic } > 1, "\(driver.held)")
        driver.shop.failure = .signInRequired
        driver.shop.users = []
        let depth = driver.state.way.count
        while !driver.held.isEmpty { driver.answer(heldAt: oldestFirst ? 0 : driver.held.count - 1) }
        #expect(driver.state.kind == .signIn && driver.state.way.count == depth + 1, "\(driver)")
        #expect(driver.state.desk.status?.kind == .warning, "\(driver)")
    }

    @Test("Where somebody registers instead, the password is not asked for over it")
    func registering() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.press(.openOrders)
        driver.holdsAnswers = true
        driver.send(.shopChanged(.everything))
        driver.shop.failure = .signInRequired
        driver.shop.users = []
        driver.answer(heldAt: driver.held.count - 1)
        driver.press(.register)
        #expect(driver.state.kind == .register, "\(driver)")
        driver.answerAll()
        #expect(driver.state.kind == .register, "\(driver)")
    }

    @Test("An answer to what was asked before the password was given again does not ask for it anew")
    func late() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        let user = try #require(driver.state.user)
        driver.shop.methods = [.simulatedCard]
        driver.press(.addOne, .openCart, .checkout, .submit, .openOrders)
        driver.holdsAnswers = true
        driver.send(.shopChanged(.everything))
        driver.press(.exportOrders)
        let ended = StoreError.signInRequired
        driver.reply(.program(.account(.failure(ended)))) {
            if case .program(.account) = $0 { true } else { false }
        }
        #expect(driver.state.kind == .signIn, "\(driver)")
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        let renewed = Session(user: user, since: since)
        driver.reply(.account(.signedIn(.success(renewed)))) {
            if case .account(.signIn) = $0 { true } else { false }
        }
        #expect(driver.state.kind == .orders && driver.state.desk.principal == .user(renewed), "\(driver)")
        driver.reply(.orders(.exported(count: 1, .failure(ended)))) {
            if case .orders(.export) = $0 { true } else { false }
        }
        #expect(driver.state.kind == .orders, "\(driver)")
        #expect(driver.state.desk.status?.kind == .failure, "what was not done is told")
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
