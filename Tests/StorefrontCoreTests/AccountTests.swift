import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Signing in and out, registering, the first start.
@Suite struct AccountTests {
    // MARK: - Sign in

    @Test func enterGoesFromFieldToFieldThenSignsIn() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.type("staff@example.com")
        driver.press(.submit)
        #expect(driver.state.signIn?.form.focused.name == "password")
        driver.type(AppContext.demoPassword)
        let ordered = driver.effects { $0.press(.submit) }
        let password = Secret(AppContext.demoPassword)
        #expect(
            ordered.first == .ask(.account(.signIn(email: "staff@example.com", password: password))))
        #expect(driver.state.user?.role == .staff && driver.state.kind == .shop, "\(driver)")
        #expect(driver.state.signIn == nil, "the password is not kept")
        #expect(driver.state.owner == .user(2))
    }

    @Test func wrongPasswordAndUnknownEmailReadTheSame() throws {
        var messages: [String?] = []
        for email in ["staff@example.com", "nobody@example.com"] {
            var driver = try ModelDriver(start: .signIn)
            driver.type(email)
            driver.press(.nextField)
            driver.type("not the password")
            driver.press(.submit)
            #expect(driver.state.user == nil && driver.state.kind == .signIn)
            #expect(
                driver.state.signIn?.form.text("email") == email
                    && driver.state.signIn?.form.text("password") == "")
            #expect(driver.state.signIn?.form.focused.name == "password", "the password is to be typed again")
            messages.append(driver.state.signIn?.error)
            driver.type("x")
            #expect(driver.state.signIn?.error == nil, "typing takes the complaint away")
        }
        #expect(messages[0] == messages[1] && messages[0] == "Invalid email or password")
    }

    @Test func throttlingSaysHowLong() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.holdsAnswers = true
        driver.type("staff@example.com")
        driver.press(.nextField)
        driver.type("wrong wrong")
        driver.press(.submit)
        driver.reply(.account(.signedIn(.failure(.signInMustWait(seconds: 64))))) { ask in
            if case .account(.signIn) = ask { true } else { false }
        }
        #expect(
            driver.state.signIn?.problem == "Too many failed attempts. Try again in 2 minutes.", "\(driver)")
        #expect(driver.state.signIn?.form.text("password") == "wrong wrong", "it was not looked at")
        // It says something else at each full minute, then each second.
        #expect(driver.state.signIn?.wait?.next == 60)
        driver.send(.signInWaited(number: 1, left: 60))
        #expect(driver.state.signIn?.problem == "Too many failed attempts. Try again in 1 minute.")
        #expect(driver.state.signIn?.wait?.next == 59)
        driver.send(.signInWaited(number: 1, left: 1))
        #expect(driver.state.signIn?.problem == "Too many failed attempts. Try again in 1 second.")
        // Another e-mail need not wait.
        driver.press(.previousField)
        driver.type("x")
        #expect(driver.state.signIn?.problem == nil)
        driver.send(.edit(.deleteBackward))
        #expect(driver.state.signIn?.problem != nil)
        driver.send(.signInWaited(number: 1, left: 0))
        #expect(driver.state.signIn?.wait == nil && driver.state.signIn?.problem == nil)
        #expect(driver.state.status?.kind == .info)
    }

    @Test func fieldsMustBeFilled() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.press(.nextField)
        let ordered = driver.effects { $0.press(.submit) }
        #expect(ordered.isEmpty && driver.state.signIn?.error == "Enter your e-mail")
        #expect(driver.state.signIn?.form.focused.name == "email")
        driver.type("staff@example.com")
        driver.press(.nextField, .submit)
        #expect(driver.state.signIn?.error == "Enter your password")
    }

    @Test func enterWhileSigningInCountsOnce() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.holdsAnswers = true
        driver.type("staff@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        let ordered = driver.effects { $0.press(.submit, times: 20) }
        #expect(ordered.count == 1, "\(ordered)")
        driver.type("x")
        #expect(driver.state.signIn?.form.text("password") == AppContext.demoPassword, "what is sent stays")
    }

    @Test func whoHasLeftIsNotSignedInBehindTheirBack() throws {
        var driver = try ModelDriver()
        driver.press(.account)
        driver.type("staff@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        driver.holdsAnswers = true
        driver.press(.submit, .browseAsGuest, .openCart)
        driver.answerAll()
        #expect(driver.state.user == nil && driver.state.kind == .cart, "\(driver)")
    }

    @Test func revealShowsThePassword() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.press(.nextField)
        driver.type("hunter22")
        #expect(!"\(driver)".contains("hunter22"), "\(driver)")
        driver.press(.reveal)
        #expect("\(driver)".contains("hunter22"), "\(driver)")
    }

    @Test func theStartCanBeLeftAsAGuest() throws {
        for leave in [Command.back, .browseAsGuest, .openShop] {
            var driver = try ModelDriver(start: .signIn)
            driver.press(leave)
            #expect(driver.state.screens == [.shop], "\(leave)")
        }
    }

    // MARK: - Whoever signed in last

    @Test func theLastEmailStandsThereSelected() throws {
        var driver = try ModelDriver(
            start: .signIn, context: AppContext(lastEmail: "customer@example.com"))
        #expect(driver.state.signIn?.form.focused.name == "password")
        #expect(driver.state.signIn?.form.text("email") == "customer@example.com")
        driver.type("not the password")
        driver.press(.submit, .previousField)
        driver.type("s")
        #expect(driver.state.signIn?.form.text("email") == "s", "what is typed replaces it")
        driver.type("taff@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        #expect(driver.state.user?.role == .staff, "\(driver)")
        #expect(driver.effects.contains(.ask(.program(.keepEmail("staff@example.com")))))
        #expect(driver.state.context.lastEmail == "staff@example.com")
        driver.press(.account, .open)
        #expect(driver.state.signIn?.form.text("email") == "staff@example.com", "\(driver)")
        #expect(driver.state.signIn?.form.text("password") == "")
    }

    @Test func aThrowAwayShopKeepsNoEmail() throws {
        var driver = try ModelDriver(context: AppContext(isDemo: true, isThrowAway: true))
        driver.signIn(.staff)
        let kept = driver.effects.filter { if case .ask(.program(.keepEmail)) = $0 { true } else { false } }
        #expect(kept.isEmpty && driver.state.context.lastEmail == nil)
        driver.press(.account, .open)
        #expect(driver.state.signIn?.form.text("email") == "", "\(driver)")
        #expect(driver.state.signIn?.form.focused.name == "email")
    }

    @Test func whatCannotBeKeptIsSaid() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.type("staff@example.com")
        driver.press(.nextField)
        driver.type(AppContext.demoPassword)
        driver.holdsAnswers = true
        driver.press(.submit)
        driver.answer(heldAt: 0)
        let fault = StoreError.storage(StorageFault(.full, path: "state.db", sentence: "The disk is full"))
        driver.reply(.program(.emailKept(.failure(fault)))) {
            $0 == .program(.keepEmail("staff@example.com"))
        }
        #expect(driver.state.status?.kind == .failure && driver.state.user != nil, "\(driver)")
    }

    @Test(arguments: DemoAccount.allCases) func aDemoAccountIsPickedByKey(account: DemoAccount) throws {
        var driver = try ModelDriver(start: .signIn, context: AppContext(isDemo: true))
        driver.type("somebody")
        driver.press(account.command)
        #expect(driver.state.user?.email == account.email && driver.state.kind == .shop, "\(driver)")
    }

    @Test func onlyADemoShopHasDemoAccounts() throws {
        let driver = try ModelDriver(start: .signIn)
        for account in DemoAccount.allCases {
            #expect(driver.state.availability(of: account.command) == .absent)
        }
    }

    // MARK: - The guest's cart

    @Test func theGuestsCartComesAlongToTheCheckout() throws {
        var shop = try FixtureShop()
        var cart = Cart()
        cart.apply(.add(CartLine(shop.products[1], quantity: 1), by: 2))
        shop.carts[.user(2)] = cart
        var driver = try ModelDriver(shop: shop)
        driver.number("2")
        driver.press(.addOne, .down)
        driver.number("3")
        driver.press(.addOne, .openCart, .checkout)
        #expect(driver.state.kind == .signIn, "\(driver)")
        #expect(driver.state.checkout == nil)
        driver.type("staff@example.com")
        driver.press(.submit)
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        #expect(driver.state.screens == [.shop, .cart], "\(driver)")
        #expect(driver.state.cart.quantity(of: 1) == 2)
        #expect(driver.state.cart.quantity(of: 2) == 3, "2 and 3 make 5, but there are only 3")
        #expect(driver.state.status?.kind == .warning, "\(driver)")
        #expect(driver.shop.carts[.guest] == nil)
        driver.press(.open)
        #expect(driver.state.kind == .checkout, "\(driver)")
    }

    @Test func registeringAlsoLeadsOnToTheCheckout() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .openCart, .checkout, .register)
        fill(&driver, ["Demo Name", "ada@example.com", "correct horse", "correct horse"])
        driver.press(.submit)
        #expect(driver.state.screens == [.shop, .cart, .checkout], "\(driver)")
        #expect(driver.state.checkout?.step == .payment && driver.state.cart.pieces == 1)
    }

    @Test func ordersAskToSignInFirst() throws {
        var driver = try ModelDriver()
        driver.press(.openOrders)
        #expect(driver.state.kind == .signIn)
        driver.type("staff@example.com")
        driver.press(.submit)
        driver.type(AppContext.demoPassword)
        driver.press(.submit)
        #expect(driver.state.screens == [.shop, .orders], "\(driver)")
    }

    // MARK: - Sign out

    @Test func signingOutAsksAndForgetsThePerson() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openOrders, .account)
        #expect(driver.state.overlays.count == 1)
        driver.press(.back)
        #expect(driver.state.user != nil)
        driver.press(.account, .open)
        #expect(driver.state.user == nil && driver.state.screens == [.signIn], "\(driver)")
        #expect(driver.state.cart.isEmpty && driver.state.orders?.page == nil)
        #expect(driver.shop.carts[.user(2)]?.pieces == 1, "the cart is kept")
        driver.press(.browseAsGuest, .openCart)
        #expect(driver.state.cart.isEmpty)
        driver.signIn(.staff)
        #expect(driver.state.cart.pieces == 1, "\(driver)")
    }

    @Test func idlenessSignsOutUsersOnly() throws {
        var driver = try ModelDriver(
            context: AppContext(policy: ShopPolicy(), themes: ["default", "mono"], idleMinutes: 10))
        driver.send(.idledTooLong)
        #expect(driver.state.kind == .shop && driver.state.status == nil)
        driver.signIn(.customer)
        driver.press(.openOrders, .theme, .down)
        #expect(driver.state.shownTheme == "mono")
        driver.send(.idledTooLong)
        #expect(driver.state.user == nil && driver.state.overlays.isEmpty)
        #expect(driver.state.status == StatusMessage(.info, "Signed out after 10 minutes"))
        #expect(driver.state.shownTheme == "default", "a theme that was only tried is taken back")
    }

    @Test func idlenessWaitsForAnOrderBeingPlaced() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .checkout)
        driver.type("60")
        driver.holdsAnswers = true
        driver.press(.submit)
        driver.send(.idledTooLong)
        #expect(driver.state.user != nil && driver.state.kind == .checkout, "\(driver)")
    }

    @Test func anAnswerForAnotherOwnerIsDropped() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        driver.press(.addOne)
        driver.holdsAnswers = false
        let late = driver.held
        driver.signIn(.customer)
        let cart = driver.state.cart
        #expect(late.count == 2)
        driver.answerAll()
        #expect(driver.state.cart == cart, "\(driver)")
    }

    // MARK: - Register

    private func focus(_ driver: ModelDriver) -> String? {
        driver.state.register?.form.focused.name
    }

    private func fill(_ driver: inout ModelDriver, _ texts: [String]) {
        for (index, text) in texts.enumerated() {
            driver.type(text)
            if index + 1 < texts.count { driver.press(.nextField) }
        }
    }

    @Test func rulesAreSaidByField() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.press(.register)
        fill(&driver, [" ", "nobody", "short", "shorter"])
        let ordered = driver.effects { $0.press(.submit) }
        #expect(ordered.isEmpty)
        let problems = try #require(driver.state.register).form.fields.map(\.problem)
        #expect(problems[0] == "must be 1 to 255 characters", "\(driver)")
        #expect(problems[1] != nil)
        #expect(problems[2] == "must be 8 characters or more")
        #expect(problems[3] == "is not the same")
        #expect(focus(driver) == "name", "the first wrong field is where the keys go")
        driver.type("Demo Name")
        #expect(driver.state.register?.form.focused.problem == nil)
    }

    @Test func rulesShowWhileTyping() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.press(.register, .nextField, .nextField)
        driver.type("1234567")
        #expect(driver.state.register?.form.rules.map(\.isMet) == [false, true, false])
        driver.type("8")
        driver.press(.nextField)
        driver.type("12345678")
        #expect(driver.state.register?.form.rules.map(\.isMet) == [true, true, true])
        driver.press(.previousField)
        driver.type(String(repeating: "é", count: 33))
        #expect(driver.state.register?.form.rules.map(\.isMet) == [true, false, false], "74 bytes")
    }

    @Test func aTakenEmailGoesBackToItsField() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.press(.register)
        fill(&driver, ["Demo Name", "staff@example.com", "correct horse", "correct horse"])
        driver.press(.submit)
        #expect(driver.state.register?.error == "Email already registered", "\(driver)")
        #expect(focus(driver) == "email" && driver.state.register?.isBusy == false)
    }

    @Test func escapeAsksBeforeItForgetsWhatWasTyped() throws {
        var driver = try ModelDriver(start: .signIn)
        driver.press(.register)
        driver.type("Demo Name")
        driver.press(.back, .open)
        #expect(driver.state.kind == .register && driver.state.register?.form.isTouched == true, "\(driver)")
        driver.press(.back)
        driver.send(.answered(true))
        #expect(driver.state.screens == [.signIn], "\(driver)")
    }

    // MARK: - First start

    @Test func theFirstAccountIsTheAdmins() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.press(.submit)
        #expect(driver.state.kind == .register && driver.state.register?.makesAdmin == true)
        fill(&driver, ["Demo Name", "ada@example.com", "correct horse", "correct horse"])
        driver.press(.submit)
        #expect(driver.state.user?.name == "Demo Name" && driver.state.kind == .firstSteps, "\(driver)")
        driver.press(.back)
        #expect(driver.state.kind == .shop)
    }

    @Test func demoDataLoadsWithProgress() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.holdsAnswers = true
        driver.press(.down)
        let ordered = driver.effects { $0.press(.submit, .submit, .loadDemoData, .makeAdmin) }
        #expect(ordered == [.ask(.welcome(.loadDemoData))])
        #expect(driver.state.availability(of: .loadDemoData) == .disabled("Demo data is loading"))
        let id = try #require(driver.held.last?.id)
        driver.send(.progress(id, done: 120, of: 240), .progress(id, done: 60, of: 240))
        #expect(driver.state.welcome?.progress?.done == 120, "a report that comes late is not shown")
        driver.press(.openShop)
        #expect(driver.state.kind == .welcome)
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.kind == .signIn && driver.state.context.isDemo, "\(driver)")
        let before = driver.state
        driver.send(.progress(id, done: 240, of: 240))
        #expect(driver.state == before, "a report after the end does not begin it again")
    }

    /// As after `product import` from the shell.
    @Test func aStoreWithProductsIsNotCalledEmpty() throws {
        var context = AppContext(policy: ShopPolicy())
        context.hasProducts = true
        var driver = try ModelDriver(start: .welcome, context: context)
        #expect(!"\(driver)".contains("new and empty"), "\(driver)")
        #expect(WelcomeState.choices(driver.state.desk) == [.makeAdmin, .connect, .lookAround])
        #expect(driver.effects { $0.press(.loadDemoData) }.isEmpty)
        #expect(driver.state.availability(of: .loadDemoData) == .disabled("Demo data needs an empty store"))
        driver.press(.down, .down, .submit)
        #expect(driver.state.kind == .shop, "\(driver)")
    }

    @Test func failingDemoDataSaysSoAndCanBeTriedAgain() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.holdsAnswers = true
        driver.press(.loadDemoData)
        let fault = StoreError.storage(StorageFault(.full, path: "store.db", sentence: "The disk is full"))
        driver.reply(.welcome(.demoDataLoaded(.failure(fault)))) { $0 == .welcome(.loadDemoData) }
        #expect(driver.state.kind == .welcome && driver.state.welcome?.error == fault)
        #expect("\(driver)".contains("The disk is full"), "\(driver)")
        #expect(driver.effects { $0.press(.loadDemoData) } == [.ask(.welcome(.loadDemoData))])
        #expect(driver.state.welcome?.error == nil)
    }

    @Test func lookingAroundNeedsNoAccount() throws {
        var driver = try ModelDriver(start: .welcome)
        driver.press(.down, .down, .down, .down, .submit)
        #expect(driver.state.screens == [.shop])
        var clicked = try ModelDriver(start: .welcome)
        clicked.send(.rowClicked(4, opens: false), .rowClicked(4, opens: true))
        #expect(clicked.state.screens == [.shop])
    }

    @Test func aReadOnlyStoreSellsNothing() throws {
        var context = AppContext(policy: ShopPolicy())
        context.isReadOnly = true
        var welcome = try ModelDriver(start: .welcome, context: context)
        #expect(welcome.effects { $0.press(.loadDemoData) }.isEmpty)
        var driver = try ModelDriver(context: context)
        driver.press(.addOne, .openCart)
        #expect(driver.state.cart.pieces == 1, "the cart is the terminal's own")
        let reason = Availability.disabled("The store is read-only: nothing can be sold here")
        #expect(driver.state.availability(of: .checkout) == reason)
        driver.press(.open)
        #expect(driver.state.kind == .cart && driver.state.status?.kind == .warning, "\(driver)")
    }
}
