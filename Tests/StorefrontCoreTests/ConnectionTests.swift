import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

@Suite("A server that goes and comes, and a session that ends")
struct ConnectionTests {
    private let since = Timestamp(seconds: 1_795_000_000)

    @Test("Offline keeps what was loaded, tries again by itself, and loads anew when it is back")
    func offline() throws {
        var driver = try ModelDriver()
        let page = try #require(driver.state.shop.page)
        driver.holdsAnswers = true
        driver.send(.connectionChanged(.offline(since: since)))
        #expect(driver.state.connection == .offline(since: since) && driver.state.shop.page == page)
        #expect(driver.held == [.reconnect(attempt: 1)])
        driver.send(.reconnectTried(attempt: 1, succeeded: false))
        #expect(driver.held == [.reconnect(attempt: 1), .reconnect(attempt: 2)])
        driver.send(.reconnectTried(attempt: 2, succeeded: true))
        #expect(driver.state.connection == .connected)
        #expect(driver.held.contains(.loadCategories))
        let count = driver.held.count
        driver.send(.connectionChanged(.connected), .reconnectTried(attempt: 3, succeeded: false))
        #expect(driver.held.count == count)
    }

    @Test("A session that ends in the middle of paying asks for the password and pays with the same keys")
    func expiry() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.shop.methods = [.simulatedCard]
        driver.press(.addOne, .openCart, .checkout, .submit)
        driver.shop.failure = .signInRequired
        driver.press(.submit)
        #expect(driver.state.screen == .signIn)
        #expect(driver.state.signIn.email.text == "customer@example.com")
        #expect(driver.state.user != nil && !driver.state.cart.cart.isEmpty)
        let first = try #require(driver.effects.lastCheckout)

        driver.shop.failure = nil
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        #expect(driver.state.screen == .checkout && driver.state.checkout?.step == .done)
        let second = try #require(driver.effects.lastCheckout)
        #expect(second.orderKey == first.orderKey && driver.shop.orders.count == 1)
    }

    @Test("Somebody else who signs in there gets nothing of what was under way")
    func somebodyElse() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.press(.addOne, .openCart)
        driver.send(.ordersLoaded(RequestID(0), .failure(.signInRequired)))
        #expect(driver.state.screen == .signIn)
        driver.press(.previousField)
        for _ in 0..<30 { driver.send(.edit(.deleteBackward)) }
        driver.type("staff@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        #expect(driver.state.user?.email == "staff@example.com" && driver.state.screen == .shop)
        #expect(driver.state.checkout == nil && driver.state.cart.cart.isEmpty)
    }
}

extension [Effect] {
    fileprivate var lastCheckout: PendingCheckout? {
        reversed().lazy.compactMap {
            if case .completeCheckout(let pending, _, _, _) = $0 { pending } else { nil }
        }
        .first
    }
}
