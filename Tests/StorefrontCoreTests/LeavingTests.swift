import Foundation
import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Leaving the program waits for what must not be lost; signing out leaves nothing behind.
@Suite struct LeavingTests {
    @Test func signingOutLeavesNoMarks() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .mark)
        for _ in 1...2 {
            driver.shop.place(
                try OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 1)]), nil,
                driver.state.principal)
        }
        driver.press(.openOrders, .markAll)
        #expect(driver.state.orders?.marks.count == 2)
        driver.press(.account, .open)
        #expect(driver.state.user == nil, "\(driver)")
        driver.signIn(.customer)
        driver.press(.openOrders)
        #expect(driver.state.orders?.marks.isEmpty == true, "\(driver)")
    }

    // MARK: - Waiting

    /// Each thing that must not be lost, and the keys that begin it.
    private static let works: [(String, @Sendable (inout ModelDriver) -> Void)] = [
        ("a change of the cart", { $0.press(.addOne) }),
        (
            "printing",
            {
                $0.holdsAnswers = false
                $0.press(.addOne, .openCart, .checkout)
                $0.type("60")
                $0.press(.submit, .showReceipt)
                $0.holdsAnswers = true
                $0.press(.printReceipt)
            }
        ),
        (
            "saving",
            {
                $0.holdsAnswers = false
                $0.press(.addOne, .openCart, .checkout)
                $0.type("60")
                $0.press(.submit, .showReceipt)
                $0.holdsAnswers = true
                $0.press(.saveReceipt)
            }
        ),
        (
            "cancelling",
            {
                $0.holdsAnswers = false
                $0.press(.openOrders)
                $0.holdsAnswers = true
                $0.press(.cancelOrder, .nextField, .open)
            }
        ),
    ]

    private func busy(_ index: Int) throws -> ModelDriver {
        var driver = try ModelDriver(context: AppContext(policy: ShopPolicy(), hasPrinter: true))
        driver.signIn(.staff)
        driver.shop.place(
            try OrderDraft(lines: [OrderDraft.Line(productID: 3, quantity: 1)]), nil,
            driver.state.principal)
        driver.holdsAnswers = true
        Self.works[index].1(&driver)
        return driver
    }

    @Test(arguments: 0..<4) func quittingWaitsForIt(work index: Int) throws {
        var driver = try busy(index)
        driver.press(.quit)
        #expect(driver.state.ending == .waiting, "\(Self.works[index].0)\n\(driver)")
        #expect(driver.state.status?.kind == .info, "the wait is shown")
        driver.press(.addOne, .openShop)
        #expect(driver.state.ending == .waiting, "keys do nothing meanwhile")
        driver.answerAll()
        #expect(driver.state.isEnding, "\(Self.works[index].0)\n\(driver)")
    }

    @Test(arguments: 0..<4) func aFailureEndsTheWaitToo(work index: Int) throws {
        var driver = try busy(index)
        driver.press(.quit)
        driver.shop.failure = .unreachable("The shop cannot be reached")
        driver.answerAll()
        driver.shop.failure = nil
        driver.answerAll()
        #expect(driver.state.isEnding, "\(driver)")
    }

    @Test func quittingTwiceWaitsNoLongerAndEscapeStays() throws {
        var driver = try busy(0)
        driver.press(.quit, .back)
        #expect(driver.state.ending == .no)
        driver.press(.quit, .quit)
        #expect(driver.state.isEnding)
    }

    @Test func loadingHoldsNobodyUp() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        driver.press(.retry, .quit)
        #expect(driver.state.isEnding)
    }

    // MARK: - Signing out

    /// One signed-in driver on each screen, with things in the cart, filters set and something in front.
    private func scenes() throws -> [ModelDriver] {
        var shop = try ModelDriver(context: AppContext(policy: ShopPolicy(), themes: ["default", "mono"]))
        shop.signIn(.staff)
        shop.press(.addOne, .search)
        shop.type("e")
        shop.press(.open)
        shop.number("7")
        var product = shop
        product.press(.back, .open)
        var cart = shop
        cart.press(.openCart, .findLine)
        cart.type("board")
        cart.press(.open, .discountCode)
        cart.type("SAVE")
        var checkout = shop
        checkout.press(.openCart, .checkout)
        checkout.type("60")
        var receipt = checkout
        receipt.press(.submit, .showReceipt)
        var orders = receipt
        orders.press(.openOrders, .filterStatus)
        var order = receipt
        order.press(.openOrders, .open, .theme, .down)
        var baskets = receipt
        var left = Cart()
        left.apply(.add(CartLine(baskets.shop.products[1], quantity: 1), by: 2))
        baskets.shop.leave(left, by: .user(2))
        baskets.press(.openBaskets)
        var returns = try ModelDriver(context: AppContext(policy: ShopPolicy(), themes: ["default", "mono"]))
        returns.shop.users[1] = User(
            id: 2, email: "staff@example.com", name: "Demo staff", role: .manager, createdAt: FixtureShop.now,
            updatedAt: FixtureShop.now)
        returns.signIn(.staff)
        returns.shop.place(
            try OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 2)]),
            PaymentRequest(methodID: "cash", tenderedMinor: 100_000), returns.state.principal)
        returns.press(.addOne, .openReturns, .open, .returnMore, .open)
        var renewing = checkout
        renewing.shop.failure = .signInRequired
        renewing.press(.submit)
        renewing.type("secret")
        renewing.shop.failure = nil
        var registering = renewing
        registering.press(.register)
        registering.type("Demo Name")
        var importing = shop
        importing.press(.importProducts)
        importing.type("goods.csv")
        importing.press(.open, .importUnpublished)
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        context.macros = MacroShelf()
        var till = try ModelDriver(context: context)
        till.signIn(.staff)
        till.press(.openTill)
        till.send(.scanned("CS-100"))
        till.press(.tillCash, .submit)
        till.send(.scanned("CS-102"))
        till.type("10")
        till.press(.tillDiscount)
        till.type("12")
        var shift = shop
        shift.press(.openShift)
        shift.type("200")
        shift.press(.submit, .countDrawer)
        shift.type("3")
        var loose = returns
        loose.press(.back, .back, .back, .openLooseReturn)
        loose.send(.scanned("CS-100"))
        var cards = returns
        cards.press(.back, .back, .back, .openGiftCards)
        var customers = returns
        customers.press(.back, .back, .back, .openCustomers, .open)
        var products = returns
        products.press(.back, .back, .back, .openProducts, .open)
        products.type("x")
        var stock = returns
        stock.press(.back, .back, .back, .openStock, .receiveStock)
        stock.send(.scanned("CS-100"))
        var approvals = try ModelDriver(context: context)
        approvals.signIn(.staff)
        approvals.press(.openApprovals)
        // The same account, which may see to the accounts as well.
        var office = try ModelDriver(context: returns.state.context)
        office.shop.users[1] = User(
            id: 2, email: "staff@example.com", name: "Demo staff", role: .admin,
            createdAt: FixtureShop.now, updatedAt: FixtureShop.now)
        office.signIn(.staff)
        office.press(.addOne, .openPeople)
        var firstSteps = try ModelDriver(context: returns.state.context)
        firstSteps.shop.users[1] = office.shop.users[1]
        firstSteps.signIn(.staff)
        firstSteps.press(.addOne, .openFirstSteps, .up)
        var reports = returns
        reports.press(.back, .back, .back, .openReports)
        var counting = try ModelDriver(context: context)
        counting.signIn(.staff)
        counting.press(.openCounts)
        counting.send(.scanned("CS-100"))
        return [
            products, stock, loose, cards, customers, counting, approvals, office, firstSteps, reports, shop,
            product,
            cart,
            checkout,
            receipt,
            orders, order, baskets, renewing,
            registering,
            importing, till, shift, returns,
        ]
    }

    /// The program as it would be had it begun with signing in just now.
    private func fresh(_ driver: ModelDriver) throws -> AppState {
        var fresh = try ModelDriver(
            start: .signIn, context: driver.state.context, viewport: driver.state.desk.viewport)
        fresh.send(.noticed(""))
        return fresh.state
    }

    /// A kiosk's customer at what is his.
    private func visitor() throws -> ModelDriver {
        var context = AppContext(policy: ShopPolicy(), themes: ["default", "mono"])
        context.visitor = VisitorStanding(key: nil)
        var visitor = try ModelDriver(context: context)
        visitor.signIn(.customer)
        visitor.press(.account, .open)
        return visitor
    }

    @Test func signingOutLeavesNoTraceOfThePerson() throws {
        var seen: Set<ScreenKind> = []
        for var driver in try scenes() + [visitor()] {
            seen.insert(driver.state.kind)
            let kind = driver.state.kind
            // As idleness does, whatever is in front.
            driver.send(.idledTooLong)
            guard driver.state.user == nil else {
                Issue.record("still signed in on \(kind)")
                continue
            }
            driver.send(.noticed(""))
            #expect(driver.state.traceless == (try fresh(driver)).traceless, "\(kind)")
            #expect(driver.state.shownTheme == "default", "\(kind)")
        }
        let personal = Set(ScreenKind.allCases).subtracting([.welcome])
        #expect(seen == personal, "not walked: \(personal.subtracting(seen))")
    }

    // MARK: - Coming back after idleness

    private func enterPassword(_ driver: inout ModelDriver) {
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
    }

    @Test func theSamePersonComesBackToTheSamePlace() throws {
        for var driver in try scenes() {
            let before = driver.state
            driver.send(.idledTooLong)
            enterPassword(&driver)
            let now = driver.state
            let place = before.screens.filter { $0 != .signIn && $0 != .register }
            #expect(now.screens == place && now.user == before.user, "\(before.screens)\n\(driver)")
            #expect(now.shop?.search == before.shop?.search && now.shop?.selection == before.shop?.selection)
            #expect(now.cartSelection == before.cartSelection && now.cart == before.cart)
            #expect(now.checkout?.step == before.checkout?.step)
            #expect(now.checkout?.tender == before.checkout?.tender)
            #expect(now.checkout?.pending == before.checkout?.pending)
            #expect(now.receipt?.order == before.receipt?.order && now.order?.order == before.order?.order)
            #expect(now.prompt == before.prompt)
            let isLeft = !driver.shop.leftBaskets.isEmpty
            #expect(now.status?.kind == (isLeft ? .warning : .success), "\(driver)")
        }
    }

    /// The others who may go on from the sign-in screen.
    private static let others: [@Sendable (inout ModelDriver) -> Void] = [
        { $0.press(.browseAsGuest) }, { $0.press(.openCart) },
        {
            $0.press(.previousField)
            $0.type("customer@example.com")
            $0.press(.nextField)
            $0.type(AppContext.demoPassword)
            $0.press(.submit)
        },
        {
            $0.press(.register)
            for text in ["Somebody Else", "ada@example.com", "correct horse", "correct horse"] {
                $0.type(text)
                $0.press(.nextField)
            }
            $0.press(.previousField, .submit)
        },
    ]

    @Test(arguments: 0..<4) func anotherPersonGetsNoneOfIt(other index: Int) throws {
        for var driver in try scenes() {
            let kind = driver.state.kind
            driver.send(.idledTooLong)
            Self.others[index](&driver)
            #expect(driver.state.kind == (index == 1 ? .cart : .shop), "\(kind)\n\(driver)")
            #expect(driver.state.cart.isEmpty && driver.state.overlays.isEmpty, "\(kind)")
            let written = String(decoding: try JSONEncoder().encode(driver.state), as: UTF8.self)
            #expect(!written.contains("Demo staff"), "\(kind): something of the person is in the state")
            let letGo = driver.effects.filter { $0 == .ask(.basket(.letGo(.user(2)))) }
            #expect(letGo.count == 1, "\(kind): others may have the basket")
            // Nor is it there for the first person any more.
            driver.press(.account)
            if driver.state.user != nil { driver.press(.open) }
            if driver.state.signIn?.form.focused.name == "password" { driver.press(.previousField) }
            driver.type("staff@example.com")
            driver.press(.nextField)
            enterPassword(&driver)
            #expect(driver.state.screens == [.shop], "\(kind)\n\(driver)")
        }
    }

    @Test func whoSignsOutByHandBeginsAnew() throws {
        for var driver in try scenes() where driver.state.kind == .cart || driver.state.kind == .orders {
            driver.press(.back, .back, .account, .open)
            #expect(driver.state.screens == [.signIn], "\(driver)")
            #expect(driver.effects.contains(.ask(.basket(.letGo(.user(2))))))
            enterPassword(&driver)
            #expect(driver.state.screens == [.shop], "\(driver)")
        }
    }

    @Test func whatWasUnderWayMeanwhileIsLoadedAnew() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.down, .addOne)
        driver.send(.idledTooLong)
        driver.shop.products[1].stock = 0
        enterPassword(&driver)
        #expect(driver.state.shop?.selected?.stock == 0 && driver.state.shop?.selection == 1, "\(driver)")
        #expect(driver.state.differences.count == 1)
    }
}

extension AppState {
    /// Without the count of requests, which is not a person's.
    fileprivate var traceless: [AnyHashable] {
        [
            way, overlays, desk.basket, desk.principal, desk.status, desk.number, desk.requests.open,
            desk.context, desk.viewport, slowWork, destination, ending,
        ]
    }
}
