import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// What others change while somebody looks: it is loaded again where it is in sight, and nothing else moves.
@Suite struct ChangesElsewhereTests {
    private func stock(_ ids: Int64...) -> AppAction { .shopChanged(ShopChanges(stock: .some(Set(ids)))) }

    private func isPage(_ ordered: ModelDriver.Ordered) -> Bool {
        if case .ask(.shop(.page)) = ordered { true } else { false }
    }

    @Test func stockInSightIsLoadedAgainAndTheSelectionStays() throws {
        var driver = try ModelDriver()
        driver.press(.down, .down)
        let selected = try #require(driver.state.shop?.selected)
        driver.shop.products[0].stock = 4
        let first = driver.shop.products[0].id
        let asked = driver.effects { $0.send(stock(first)) }
        #expect(asked.count == 1 && asked.allSatisfy(isPage), "\(asked)")
        #expect(driver.state.shop?.page?.products.contains { $0.stock == .counted(4) } == true)
        #expect(driver.state.shop?.selected?.id == selected.id)
        #expect(driver.state.status == nil, "nothing is said of it")
    }

    @Test func theSelectionFollowsItsProductWhereOthersComeBeforeIt() throws {
        var driver = try ModelDriver()
        driver.press(.down, .down)
        let shop = try #require(driver.state.shop)
        let (selected, row) = (try #require(shop.selected), shop.selection)
        driver.shop.products.removeAll { $0.id == shop.page?.products.first?.id }
        driver.send(.shopChanged(ShopChanges(catalogue: true)))
        #expect(driver.state.shop?.selected?.id == selected.id)
        #expect(driver.state.shop?.selection == row - 1)
    }

    @Test func whatIsNotInSightCostsNothing() throws {
        var driver = try ModelDriver()
        let orders: Touched<TouchedOrder> = .some([TouchedOrder(id: 1, userID: 9)])
        #expect(driver.effects { $0.send(stock(9_999)) }.isEmpty)
        #expect(driver.effects { $0.send(.shopChanged(ShopChanges(orders: orders))) }.isEmpty)
        #expect(driver.effects { $0.send(.shopChanged(ShopChanges())) }.isEmpty)
    }

    @Test func typingIsLeftAlone() throws {
        var driver = try ModelDriver()
        driver.press(.search)
        driver.type("wool")
        driver.send(.shopChanged(.everything))
        #expect(driver.state.focusedField?.text == "wool" && driver.state.shop?.pane == .search)
        driver.type("en")
        #expect(driver.state.focusedField?.text == "woolen")
        driver.press(.back, .account)
        driver.type("staff@example.com")
        driver.send(.shopChanged(.everything))
        #expect(driver.state.focusedField?.text == "staff@example.com", "\(driver)")
    }

    @Test func whatIsBeingLoadedIsNotOvertakenHoweverMuchOthersChange() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        let first = driver.shop.products[0].id
        for _ in 0..<50 { driver.send(stock(first)) }
        #expect(driver.held.count == 1, "one load is under way, and the changes wait for it")
        driver.answerAll()
        #expect(driver.held.count == 1, "what changed meanwhile is loaded once")
        driver.answerAll()
        #expect(driver.held.isEmpty)
    }

    @Test func aCartInProgressIsComparedAndSaysWhatChanged() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .openCart)
        let cart = driver.state.cart
        let line = try #require(cart.lines.first)
        driver.send(stock(9_999))
        #expect(driver.state.differences.isEmpty)
        let index = try #require(driver.shop.products.firstIndex { $0.id == line.productID })
        driver.shop.products[index].price = Money(minorUnits: 5_555)
        driver.send(.shopChanged(ShopChanges(catalogue: true)))
        #expect(driver.state.differences.count == 1, "\(driver)")
        #expect(driver.state.cart == cart, "nothing is applied silently")
    }

    @Test func aPaymentKeepsWhatWasAgreed() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.press(.addOne, .openCart, .checkout)
        let checkout = try #require(driver.state.checkout)
        #expect(checkout.step == .payment, "\(driver)")
        for index in driver.shop.products.indices {
            driver.shop.products[index].price = Money(minorUnits: 7_777)
        }
        let before = "\(driver)".split(separator: "\n").filter { $0.contains("Total") || $0.contains("due") }
        driver.send(.shopChanged(.everything))
        let after = "\(driver)".split(separator: "\n").filter { $0.contains("Total") || $0.contains("due") }
        #expect(driver.state.checkout?.step == .payment && before == after, "\(driver)")
    }

    @Test func ordersAreLoadedAgainWhereTheyShow() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .checkout)
        driver.press(.openOrders)
        #expect(driver.state.screens.last == .orders, "\(driver)")
        let changes = ShopChanges(orders: .some([TouchedOrder(id: 77, userID: nil)]))
        let asked = driver.effects { $0.send(.shopChanged(changes)) }
        #expect(asked.contains { if case .ask(.orders(.list)) = $0 { true } else { false } }, "\(asked)")
        #expect(!asked.contains(where: isPage))
        #expect(driver.effects { $0.send(stock(9_999)) }.isEmpty)
    }

    @Test func anotherRuleOfTheShopPricesTheCartAnew() throws {
        var driver = try ModelDriver()
        driver.press(.addOne)
        driver.shop.policy.shopName = "Other Shop"
        let asked = driver.effects { $0.send(.shopChanged(ShopChanges(catalogue: true))) }
        #expect(driver.state.desk.policy.shopName == "Other Shop")
        #expect(asked.contains { if case .ask(.basket(.quote)) = $0 { true } else { false } }, "\(asked)")
    }

    @Test func aCodeThatChangedPricesTheCartAnewAndOnlyWhereThereIsOne() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .openCart)
        let changes = AppAction.shopChanged(ShopChanges(discounts: true))
        #expect(driver.effects { $0.send(changes) }.isEmpty)
        driver.press(.discountCode)
        driver.type("SAVE10")
        driver.press(.submit)
        let before = try #require(driver.state.desk.basket.quote)
        #expect(before.discount.minorUnits > 0, "\(driver)")
        driver.shop.discounts.removeAll()
        let asked = driver.effects { $0.send(changes) }
        #expect(asked.contains { if case .ask(.basket(.quote)) = $0 { true } else { false } }, "\(asked)")
        #expect(driver.state.desk.basket.quote?.discount.minorUnits == 0)
    }

    @Test func whatOnesOwnAccountMayDoShowsAtOnceAndWhoIsThereStays() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        let user = try #require(driver.state.user)
        #expect(!driver.state.desk.principal.allows(.seeAllOrders))
        #expect(driver.effects { $0.send(.shopChanged(ShopChanges(accounts: .some([99])))) }.isEmpty)
        let index = try #require(driver.shop.users.firstIndex { $0.id == user.id })
        driver.shop.users[index] = User(
            id: user.id, email: user.email, name: user.name, role: .staff, createdAt: user.createdAt,
            updatedAt: user.updatedAt)
        let cart = driver.state.cart
        driver.send(.shopChanged(ShopChanges(accounts: .some([user.id]))))
        #expect(driver.state.desk.principal.allows(.seeAllOrders), "\(driver)")
        #expect(driver.state.user?.id == user.id && driver.state.cart == cart)
        // A role that may do something else is one of everybody's who has it.
        let role = try Role(name: "staff", grants: [:])
        driver.shop.users[index] = User(
            id: user.id, email: user.email, name: user.name, role: role, createdAt: user.createdAt,
            updatedAt: user.updatedAt)
        driver.send(.shopChanged(ShopChanges(accounts: .any)))
        #expect(!driver.state.desk.principal.allows(.seeAllOrders))
    }

    @Test func aFocusIsOneMoreWayToHearOfIt() throws {
        var driver = try ModelDriver()
        driver.press(.open)
        driver.shop.products[0].name = "Another name"
        let shown = try #require(driver.state.product?.product.id)
        let asked = driver.effects { $0.send(.focused) }
        #expect(asked.contains(.ask(.product(.load(shown)))), "\(asked)")
        #expect(asked == driver.effects { $0.send(.shopChanged(.everything)) })
    }

    @Test func onlyScreensThatShowTheShopListen() throws {
        var driver = try ModelDriver(start: .signIn)
        #expect(!driver.state.showsTheShop)
        driver.press(.browseAsGuest)
        #expect(driver.state.showsTheShop)
        driver.press(.openCart)
        #expect(driver.state.showsTheShop)
    }
}
