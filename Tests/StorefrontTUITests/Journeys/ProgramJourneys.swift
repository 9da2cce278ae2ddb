import StoreDomain
import StoreSQLite
import StorefrontCore
import TerminalKit
import Testing

/// The ways round the selling: first start, accounts, orders, looks, mouse, window.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ProgramJourneys {
    // MARK: - First start

    @Test func anEmptyStoreIsFilledWithDemoData() async throws {
        let files = try await JourneyStore(products: 0)
        let store = try files.open()
        let journey = await Journey(store, start: .welcome)
        journey.ports.fail(with: .device("The disk is full: free some space"))
        await journey.press("d")
        journey.expect("The disk is full: free some space")
        journey.ports.fail(with: nil)
        await journey.press("d")
        journey.expect("The demo shop is ready", "staff@example.com")
        await journey.press(.function(7))
        journey.expect("Product", "Price", "Stock")
        #expect(await journey.state.shop?.page?.products.isEmpty == false, "\(journey.screen)")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    @Test func anEmptyStoreGetsItsAdmin() async throws {
        let files = try await JourneyStore(products: 0)
        let store = try files.open()
        let journey = await Journey(store, start: .welcome)
        await journey.press("m")
        journey.expect("First account")
        for text in ["Demo Name", "ada@example.com", "short", "short"] {
            await journey.type(text)
            await journey.press(.tab)
        }
        await journey.press(.enter)
        journey.expect("must be 8 characters or more")
        await journey.press(.control("u"))
        await journey.type("correct horse")
        await journey.press(.enter, .control("u"))
        await journey.type("correct horse")
        await journey.press(.enter)
        journey.expect("Welcome, Demo Name", "Demo Name (admin)")
        journey.abandon()
        try store.close()
    }

    // MARK: - Accounts

    @Test func wrongPasswordsAreThrottled() async throws {
        let files = try await JourneyStore(products: 5)
        let store = try files.open()
        let journey = await Journey(store, start: .signIn)
        await journey.type("staff@example.com")
        await journey.press(.tab)
        for _ in 0..<5 {
            await journey.type("not the password")
            await journey.press(.enter)
            journey.expect("Invalid email or password")
        }
        await journey.type(DemoData.password.revealed)
        await journey.press(.enter)
        journey.expect("Too many failed attempts")
        files.clock.advance(bySeconds: 2)
        // What was not looked at need not be typed again.
        await journey.press(.enter)
        journey.expect("Welcome, Demo Staff")
        journey.abandon()
        try store.close()
    }

    @Test func passwordsAreNeverOnTheScreenUnlessAskedFor() async throws {
        let files = try await JourneyStore(products: 5)
        let store = try files.open()
        let journey = await Journey(store, start: .signIn)
        await journey.press(.tab)
        await journey.type("correct horse")
        journey.expectNot("correct")
        await journey.press(.control("r"))
        journey.expect("correct horse")
        await journey.press(.control("r"))
        journey.expectNot("correct")
        journey.abandon()
        try store.close()
    }

    @Test func registeringOpensTheShop() async throws {
        let files = try await JourneyStore(products: 5)
        let store = try files.open()
        let journey = await Journey(store, start: .signIn)
        await journey.press(.function(6))
        for text in ["Demo Name", "CUSTOMER@example.com", "correct horse", "correct horse"] {
            await journey.type(text)
            await journey.press(.enter)
        }
        journey.expect("Email already registered")
        await journey.press(.control("u"))
        await journey.type("ada+shop@example.com")
        await journey.press(.enter)
        journey.expect("Welcome, Demo Name")
        journey.abandon()
        try store.close()
    }

    // MARK: - Orders

    @Test func ordersAreFilteredCancelledAndPaidLater() async throws {
        let files = try await JourneyStore()
        let store = try files.open()
        let customer = try await store.services.auth.signIn(
            email: "customer@example.com", password: DemoData.password)
        let product = try #require(
            try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 50).products.first {
                $0.stock.isTracked && $0.stock.covers(4)
            })
        let draft = try OrderDraft(lines: [OrderDraft.Line(productID: product.id, quantity: 2)])
        for key in [UInt64(1), 2] {
            _ = try await store.services.orders.place(
                draft, key: IdempotencyKey(random: 9, key), as: .user(customer))
        }
        let pending = try await store.services.orders.orders(
            OrderQuery(status: .pending, everybody: true), as: .operatorOfStore
        ).total
        let journey = await Journey(store)
        await journey.signIn(.staff)
        await journey.press(.function(4), .character("f"), .down, .enter)
        journey.expect("pending")
        #expect(await journey.state.orders?.page?.total == pending, "\(journey.screen)")
        await journey.press("x")
        journey.expect("Cancel order", "2 pieces go back into stock")
        await journey.press("n")
        #expect(await journey.state.orders?.page?.total == pending)
        await journey.press(.character("x"), .character("y"))
        journey.expect("cancelled; its stock is back")
        #expect(await journey.state.orders?.page?.total == pending - 1, "\(journey.screen)")
        #expect(try await store.services.catalog.product(product.id).stock == product.stock.moved(by: -2))
        await journey.press("p")
        await journey.type("999999")
        await journey.press(.enter, .character("y"))
        journey.expect("is paid")
        await journey.press(.function(4))
        #expect(await journey.state.orders?.page?.total == pending - 2, "\(journey.screen)")
        journey.abandon()
        try store.close()
        #expect(try await files.violations() == [])
    }

    // MARK: - Finding

    @Test func searchFiltersWhileTyping() async throws {
        let files = try await JourneyStore(products: 60)
        let store = try files.open()
        let journey = await Journey(store)
        let category = try #require(try await store.services.catalog.categories().first)
        await journey.press("c")
        await journey.type(category.name)
        await journey.press(.enter)
        journey.expect("of \(category.count)")
        await journey.press("/")
        await journey.type("zzzz")
        journey.expect("Nothing")
        await journey.press(.escape)
        journey.expect("of \(category.count)")
        await journey.press("x")
        journey.expect("of 60")
        await journey.press("]")
        journey.expect("page 2")
        await journey.press("G")
        journey.expect("60 of 60")
        await journey.press("g")
        journey.expect("page 1 of")
        journey.abandon()
        try store.close()
    }

    // MARK: - Looks, mouse, window

    @Test func helpPaletteAndThemes() async throws {
        let files = try await JourneyStore(products: 5)
        let store = try files.open()
        let journey = await Journey(store)
        await journey.press("?")
        journey.expect("Help", "Put one in the cart")
        // The end of the help is where it ends: one step back shows at once.
        await journey.press(.pageDown, .pageDown, .pageDown, .pageDown, .pageDown)
        let end = journey.screen
        await journey.press(.up)
        #expect(journey.screen != end, "\(end)")
        await journey.press(.escape, .character(":"))
        await journey.type("theme")
        await journey.press(.enter)
        journey.expect("mono")
        await journey.press(.down, .down)
        journey.expect("broken.yaml line 3: no such colour")
        await journey.press(.up, .enter)
        journey.expect("Theme mono")
        #expect(journey.ports.keptThemes == ["mono"])
        journey.abandon()
        try store.close()
    }

    @Test func theMouseSelectsOpensAndPressesHints() async throws {
        let files = try await JourneyStore(products: 20)
        let store = try files.open()
        let journey = await Journey(store)
        let products = try #require(await journey.state.shop?.page?.products)
        let third = String(products[2].name.prefix(16))
        try await journey.click(third)
        #expect(await journey.state.shop?.selection == 2, "\(journey.screen)")
        try await journey.click(third)
        journey.expect("Shop › Product", "In cart")
        await journey.press(.escape)
        await journey.hear(.mouse(MouseEvent(kind: .wheelDown, position: Point(x: 10, y: 8))))
        #expect(await journey.state.shop?.selection == 5, "\(journey.screen)")
        try await journey.click("cart")
        journey.expect("Your cart is empty")
        try await journey.click("Shop")
        try await journey.click("Price")
        journey.expect("Price ↑")
        #expect(await journey.state.shop?.sort == .priceUp, "\(journey.screen)")
        await journey.press(.control("t"))
        #expect(!journey.terminal.hasMouseCapture)
        journey.abandon()
        try store.close()
    }

    @Test func everyWindowKeepsWhatIsSelected() async throws {
        let files = try await JourneyStore(products: 60)
        let store = try files.open()
        let journey = await Journey(store)
        await journey.press("]")
        await journey.press(.down, .down)
        let id = await journey.state.shop?.selected?.id
        for size in [(200, 60), (40, 12), (10, 3), (1, 1), (80, 24)] {
            await journey.resize(Size(width: size.0, height: size.1))
            if size.0 == 10 { journey.expect("needs") }
        }
        #expect(await journey.state.shop?.selected?.id == id, "\(journey.screen)")
        journey.abandon()
        try store.close()
    }

    @Test func pastedTextIsNeverKeys() async throws {
        let files = try await JourneyStore(products: 5)
        let store = try files.open()
        let journey = await Journey(store)
        await journey.hear(.paste("+++q\u{1B}[31m\n"))
        journey.expect("Cart empty")
        await journey.press("/")
        await journey.hear(.paste("q\u{1B}[31m\u{202E}x\ny"))
        #expect(await journey.state.shop?.search.text.unicodeScalars.allSatisfy { $0.value >= 0x20 } == true)
        #expect(await journey.state.isEnding == false)
        journey.abandon()
        try store.close()
    }

    @Test func endsAreTold() async throws {
        let files = try await JourneyStore(products: 5)
        let store = try files.open()
        let journey = await Journey(store)
        await journey.press("+")
        journey.send(.ended(.terminated(signal: 15)))
        #expect(await journey.end() == .terminated(signal: 15))
        let cart = try await store.services.cart.cart(of: .guest)
        #expect(cart.pieces == 1, "what was on the screen is on disk")
        try store.close()
    }

    @Test func quittingWaitsForWhatMustNotBeLost() async throws {
        let files = try await JourneyStore(products: 5)
        let store = try files.open()
        let (plan, gate) = (FaultPlan(), Gate())
        plan.before(.applyChange) { await gate.wait() }
        let journey = await Journey(store, services: plan.wrap(store.services))
        journey.send(.key(.character("+")))
        journey.send(.key(.character("q")))
        try await journey.terminal.waitForText("the program ends when it is done")
        #expect(await journey.state.ending == .waiting)
        gate.open()
        #expect(await journey.end() == nil)
        #expect(try await store.services.cart.cart(of: .guest).pieces == 1)
        try store.close()
    }
}
