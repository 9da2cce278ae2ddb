import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Baskets that ended programs left behind, undo and redo, and what others change meanwhile.
@Suite struct LeftBasketTests {
    private func cart(_ shop: FixtureShop, _ index: Int, _ count: Int) -> Cart {
        var cart = Cart()
        cart.apply(.add(CartLine(shop.products[index], quantity: 1), by: count))
        return cart
    }

    // MARK: - Left behind

    @Test func theOnlyOneIsTakenUpOnSigningInAndSaid() throws {
        var shop = try FixtureShop()
        shop.leave(cart(shop, 0, 2), by: .user(2))
        var driver = try ModelDriver(shop: shop)
        #expect(driver.state.cart.isEmpty)
        driver.signIn(.staff)
        #expect(driver.state.cart.pieces == 2 && driver.state.quote != nil, "\(driver)")
        let status = try #require(driver.state.status)
        #expect(status.text.contains("2 pieces") && status.text.contains("Welcome"), "\(status)")
    }

    @Test func ofSeveralNoneIsGuessedAndTheyAreSaid() throws {
        var shop = try FixtureShop()
        shop.leave(cart(shop, 0, 2), by: .user(2))
        shop.leave(cart(shop, 4, 1), by: .user(2), hasCheckout: true)
        shop.leave(cart(shop, 2, 3), by: .guest)
        shop.leave(cart(shop, 7, 9), by: .user(1))
        var driver = try ModelDriver(start: .signIn, shop: shop)
        driver.type("staff@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        driver.shop.carts[.guest] = nil
        driver.press(.submit)
        #expect(driver.state.cart.isEmpty, "\(driver)")
        #expect(driver.state.status?.kind == .warning && driver.state.status?.text.contains("2 ") == true)

        driver.press(.openBaskets)
        let listed = try #require(driver.state.baskets?.baskets)
        #expect(listed.map(\.basket.cart.pieces) == [2, 1], "one's own, and those of guests: \(driver)")
        #expect(listed.map(\.total?.displayText) == ["$108.48", "$129.66"])
        driver.press(.down, .open)
        #expect(driver.state.screens == [.shop, .cart] && driver.state.cart.pieces == 1, "\(driver)")
        #expect(driver.state.quote?.total.displayText == "$129.66")

        // What is in hand goes where the other came from.
        driver.press(.openBaskets, .open)
        #expect(driver.state.cart.quantity(of: 1) == 2, "\(driver)")
        driver.press(.openBaskets)
        #expect(driver.state.baskets?.baskets?.map(\.basket.cart.pieces) == [1], "\(driver)")
    }

    @Test func oneThatAnotherProgramTookIsSaidAndTheListIsNew() throws {
        var shop = try FixtureShop()
        for count in 1...2 { shop.leave(cart(shop, 0, count), by: .guest) }
        var driver = try ModelDriver(shop: shop)
        driver.press(.openBaskets)
        driver.shop.leftBaskets.removeFirst()
        driver.press(.open)
        #expect(driver.state.kind == .baskets && driver.state.status?.kind == .warning, "\(driver)")
        #expect(driver.state.cart.isEmpty && driver.state.baskets?.baskets?.count == 1)
        driver.press(.open)
        #expect(driver.state.kind == .cart && driver.state.cart.pieces == 2, "\(driver)")
    }

    @Test func enterTakesUpOnce() throws {
        var shop = try FixtureShop()
        for count in 1...2 { shop.leave(cart(shop, 0, count), by: .guest) }
        var driver = try ModelDriver(shop: shop)
        driver.press(.openBaskets)
        driver.holdsAnswers = true
        let ordered = driver.effects { $0.press(.open, times: 5) }
        #expect(ordered.count == 1, "\(ordered)")
        driver.shop.failure = .unreachable("no")
        driver.answerAll()
        driver.shop.failure = nil
        driver.answerAll()
        driver.holdsAnswers = false
        #expect(driver.state.kind == .baskets && driver.state.status?.kind == .failure, "\(driver)")
        driver.press(.open)
        #expect(driver.state.kind == .cart, "\(driver)")
    }

    @Test func theGuestsPiecesThatComeAlongAreSaid() throws {
        var driver = try ModelDriver()
        driver.number("3")
        driver.press(.addOne)
        driver.signIn(.customer)
        #expect(driver.state.cart.pieces == 3 && driver.state.status?.text.contains("3 pieces") == true)
    }

    @Test func bothThatTheyCameAlongAndWhatIsLeftBehindAreSaid() throws {
        var driver = try ModelDriver()
        driver.number("3")
        driver.press(.addOne)
        for index in 0...1 { driver.shop.leave(cart(driver.shop, index, 1), by: .user(1)) }
        driver.signIn(.customer)
        let text = try #require(driver.state.status).text
        #expect(driver.state.cart.pieces == 3 && text.contains("3 pieces"), "\(text)")
        #expect(text.contains("2 baskets"), "\(text)")
    }

    @Test func aBasketThatIsElsewhereNowIsSaid() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        driver.signIn(.customer)
        driver.answer(heldAt: 0)
        let elsewhere = AdoptedBasket(opened: OpenedBasket(cart: Cart(), origin: .elsewhere))
        driver.reply(.basket(.adopted(version: 0, .success(elsewhere)))) {
            if case .basket(.adopt) = $0 { true } else { false }
        }
        #expect(driver.state.status?.text.contains("another program") == true, "\(driver)")
    }

    @Test func aThrowAwayShopLeavesNothingBehind() throws {
        let driver = try ModelDriver(context: AppContext(isThrowAway: true))
        guard case .disabled = driver.state.availability(of: .openBaskets) else {
            Issue.record("it can be asked for")
            return
        }
    }

    // MARK: - Others' changes

    @Test func stockSoldElsewhereIsSaidWhenOneIsBack() throws {
        var driver = try ModelDriver()
        driver.number("3")
        driver.press(.addOne)
        driver.shop.products[0].stock = 1
        driver.send(.focused)
        #expect(driver.state.differences.count == 1)
        #expect(driver.state.status?.kind == .warning, "\(driver)")
        let said = driver.state.status
        driver.send(.focused)
        #expect(driver.state.status == said, "what is known is not said twice")
        driver.press(.openCart)
        driver.shop.products[0].stock = 0
        driver.send(.focused)
        #expect("\(driver)".contains("cannot be had any more"), "\(driver)")
    }

    // MARK: - Undo and redo

    @Test func undoAndRedoSayWhatTheyDid() throws {
        var driver = try ModelDriver()
        let name = driver.shop.products[0].name
        #expect(driver.state.availability(of: .redo) == .disabled("Nothing was taken back"))
        driver.number("2")
        driver.press(.addOne, .takeOne, .undo)
        #expect(driver.state.status?.text.contains("1 \u{D7} \(name)") == true, "\(driver)")
        driver.press(.undo)
        #expect(driver.state.status?.text.contains("2 \u{D7} \(name)") == true && driver.state.cart.isEmpty)
        driver.press(.redo)
        #expect(driver.state.status?.text.contains("2 \u{D7} \(name)") == true, "\(driver)")
        #expect(driver.state.cart.pieces == 2)
        driver.press(.redo)
        #expect(driver.state.cart.pieces == 1 && driver.state.cart == driver.shop.carts[.guest])
        driver.press(.openCart, .undo)
        #expect(driver.state.cart.canRedo && driver.state.cart.pieces == 2)
        driver.press(.addOne)
        #expect(!driver.state.cart.canRedo, "a new change clears it")
        #expect(driver.state.cart == driver.shop.carts[.guest])
    }
}
