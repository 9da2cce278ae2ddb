import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// Every screen at three sizes, in UTF-8 and ASCII, and what lies over screens at two.
@Suite struct ScreenGoldens {
    /// A situation by name, and the way that leads there.
    struct Scene: Sendable, CustomTestStringConvertible {
        let name: String
        let start: StartScreen
        let isDemo: Bool
        /// What lies over a screen looks alike in large windows.
        let isOverlay: Bool
        let play: @Sendable (inout ModelDriver) throws -> Void

        init(
            _ name: String, start: StartScreen = .shop, isDemo: Bool = false, isOverlay: Bool = false,
            _ play: @escaping @Sendable (inout ModelDriver) throws -> Void
        ) {
            self.name = name
            self.start = start
            self.isDemo = isDemo
            self.isOverlay = isOverlay
            self.play = play
        }

        var testDescription: String { name }
    }

    private static func look(at file: String, _ driver: inout ModelDriver) throws {
        driver.signIn(.staff)
        driver.press(.importProducts)
        driver.type(file)
        driver.press(.open)
    }

    /// A shift with a day's sales and cash moved.
    private static func openShift(_ driver: inout ModelDriver) {
        driver.signIn(.admin)
        driver.press(.openShift)
        driver.type("200")
        driver.press(.submit, .paidIn)
        driver.type("90")
        driver.press(.submit)
        driver.type("Coins")
        driver.press(.submit)
        driver.shop.drawer.fill()
    }

    private static func countShift(_ driver: inout ModelDriver) {
        openShift(&driver)
        driver.press(.countDrawer)
        driver.type("9")
        driver.press(.submit)
        driver.press(.submit)
        driver.type("2")
        driver.press(.submit)
    }

    private static func closeShift(_ driver: inout ModelDriver) {
        countShift(&driver)
        driver.press(.submit, times: 9)
        driver.send(.answered(true))
    }

    static let scenes: [Scene] = [
        Scene("shift-opening") { driver in
            driver.signIn(.staff)
            driver.press(.openShift)
        },
        Scene("shift-open") { driver in
            openShift(&driver)
            driver.press(.retry)
        },
        Scene("shift-x") { driver in
            openShift(&driver)
            driver.press(.xReport)
        },
        Scene("shift-count") { countShift(&$0) },
        Scene("reports") { driver in
            driver.signIn(.admin)
            driver.press(.openReports)
        },
        Scene("reports-weekdays") { driver in
            driver.signIn(.admin)
            driver.press(.openReports, .report(.weekdays), .reportChart)
        },
        Scene("shift-close") { driver in
            closeShift(&driver)
            driver.press(.submit)
            driver.send(.answered(true))
        },
        Scene("shift-z") { driver in
            closeShift(&driver)
            driver.press(.nextField)
            driver.type("Too much change given")
            driver.press(.submit)
            driver.send(.answered(true))
        },
        Scene("shift-explained") { driver in
            closeShift(&driver)
            driver.press(.nextField)
            driver.type("Too much change given")
            driver.press(.submit)
            driver.send(.answered(true))
            driver.press(.explainReport)
        },
        Scene("shift-earlier") { driver in
            closeShift(&driver)
            driver.press(.nextField)
            driver.type("Too much change given")
            driver.press(.submit)
            driver.send(.answered(true))
            driver.press(.back, .earlierShifts)
        },
        Scene("welcome", start: .welcome) { _ in },
        Scene("welcome-connect", start: .welcome, isOverlay: true) { driver in
            driver.press(.connect)
            driver.type("127.0.0.1:1")
            driver.shop.failure = .unreachable("127.0.0.1:1 cannot be reached: Could not connect to server")
            driver.press(.open)
        },
        Scene("sign-in", start: .signIn) { $0.type("staff@example.com") },
        Scene("sign-in-demo-wrong", start: .signIn, isDemo: true) { driver in
            driver.type("staff@example.com")
            driver.press(.nextField)
            driver.type("not the password")
            driver.press(.submit)
        },
        Scene("register", start: .signIn) { driver in
            driver.press(.register)
            driver.type("Demo Customer")
            driver.press(.nextField)
            driver.type("nobody")
            driver.press(.nextField)
            driver.type("short")
            driver.press(.nextField)
            driver.type("shor")
            driver.press(.submit)
        },
        Scene("shop-untracked") { driver in
            driver.shop.products[0].stock = .untracked
            driver.press(.openCart, .openShop, .addOne)
        },
        Scene("shop") { driver in
            driver.press(.down, .addOne, .addOne, .down)
        },
        Scene("shop-search") { driver in
            driver.press(.search)
            driver.type("le")
        },
        Scene("shop-nothing-found") { driver in
            driver.press(.search)
            driver.type("zeppelin")
            driver.press(.open)
        },
        Scene("shop-empty") { driver in
            driver.shop.products = []
            driver.press(.sort)
            driver.press(.back)
            driver.press(.search)
            driver.type("a")
            driver.press(.back)
        },
        Scene("shop-error") { driver in
            var broken = try ModelDriver(start: .welcome)
            broken.holdsAnswers = true
            driver.shop.failure = .storage(
                StorageFault(
                    .busy, path: "store.db", sentence: "store.db is held by another program; try again"))
            driver.press(.search)
            driver.type("a")
        },
        Scene("product") { driver in
            driver.press(.down, .open, .addOne)
        },
        Scene("cart-empty") { $0.press(.openCart) },
        Scene("cart") { driver in
            driver.number("2")
            driver.press(.addOne, .down, .addOne, .down)
            driver.number("12")
            driver.press(.addOne, .openCart, .discountCode)
            driver.type("save20")
            driver.press(.open)
        },
        Scene("cart-marked") { driver in
            driver.press(.addOne, .down, .addOne, .down, .addOne, .openCart, .mark, .down, .mark)
        },
        Scene("cart-changed") { driver in
            driver.press(.addOne, .down)
            driver.number("3")
            driver.press(.addOne)
            driver.shop.products[0].price = Money(minorUnits: 5_499)
            driver.shop.products[1].stock = 1
            driver.press(.openCart)
        },
        Scene("cart-code-refused", isOverlay: true) { driver in
            driver.press(.addOne, .openCart, .discountCode)
            driver.type("nonsense")
            driver.press(.open)
        },
        Scene("cart-explain", isOverlay: true) { driver in
            driver.press(.addOne, .down, .addOne, .openCart, .discountCode)
            driver.type("SAVE10")
            driver.press(.open, .explain)
        },
        Scene("cart-discount", isOverlay: true) { driver in
            driver.press(.addOne, .openCart, .discountCode)
            driver.type("SAVE")
        },
        Scene("till-ready") { driver in
            driver.signIn(.admin)
            driver.press(.openTill)
        },
        Scene("till-sale") { driver in
            driver.shop.policy.cashRounding = CashRounding(step: 5)
            driver.signIn(.admin)
            driver.press(.openTill)
            driver.type("3*")
            driver.send(.scanned("CS-100"))
            driver.send(.scanned("CS-101"))
            driver.type("10")
            driver.press(.tillDiscount)
            driver.send(.scanned("CS-102"))
            driver.type("12.50")
            driver.press(.tillPrice, .open)
            driver.type("-5")
            driver.press(.tillDiscount)
            driver.type("20")
            driver.press(.tillCash)
            driver.press(.tillWords)
            driver.type("park blue coat")
        },
        Scene("till-sold") { driver in
            driver.signIn(.admin)
            driver.press(.openTill)
            driver.send(.scanned("CS-102"))
            driver.type("20")
            driver.press(.tillCash)
        },
        Scene("till-refused") { driver in
            driver.signIn(.staff)
            driver.press(.openTill)
            driver.send(.scanned("CS-102"))
            driver.type("10")
            driver.press(.tillDiscount)
        },
        Scene("till-found", isOverlay: true) { driver in
            driver.signIn(.admin)
            driver.press(.openTill, .tillFind)
            driver.type("e")
            driver.press(.submit)
        },
        Scene("checkout-review") { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .down, .addOne, .openCart, .checkout, .back)
        },
        Scene("checkout-cash") { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .openCart, .checkout)
            driver.type("60")
        },
        Scene("checkout-card-refused") { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .openCart, .checkout, .down, .submit)
        },
        Scene("checkout-counter") { driver in
            driver.shop.methods = [.cash]
            driver.signIn(.customer)
            driver.press(.addOne, .openCart, .checkout)
        },
        Scene("checkout-outcome-unknown") { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .openCart, .checkout)
            driver.type("60")
            driver.shop.failure = .outcomeUnknown
            driver.press(.submit)
        },
        Scene("checkout-price-changed", isOverlay: true) { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .openCart, .checkout)
            driver.shop.products[0].price = Money(minorUnits: 5_499)
            driver.type("60")
            driver.press(.submit)
        },
        Scene("checkout-done") { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .openCart, .checkout)
            driver.type("60")
            driver.press(.submit)
        },
        Scene("receipt") { driver in
            driver.signIn(.staff)
            driver.press(.addOne, .down, .addOne, .openCart, .discountCode)
            driver.type("SAVE20")
            driver.press(.open, .checkout)
            driver.type("100")
            driver.press(.submit, .showReceipt)
        },
        Scene("orders-empty") { driver in
            driver.signIn(.customer)
            driver.press(.openOrders)
        },
        Scene("import") { driver in
            try look(at: "/home/demo/goods from the old shop.csv", &driver)
            driver.press(.importUnpublished)
            driver.number("0")
            driver.press(.importStock)
        },
        Scene("import-refused") { try look(at: "broken.csv", &$0) },
        Scene("orders") { try fill(&$0) },
        Scene("orders-marked") { driver in
            try fill(&driver)
            driver.press(.mark, .mark, .down, .mark, .up)
        },
        Scene("orders-cancel-marked", isOverlay: true) { driver in
            try fill(&driver)
            driver.press(.mark, .mark, .mark, .cancelOrder)
        },
        Scene("orders-filter", isOverlay: true) { driver in
            try fill(&driver)
            driver.press(.filterStatus)
        },
        Scene("order") { driver in
            try fill(&driver)
            driver.press(.down, .open)
        },
        Scene("order-cancel", isOverlay: true) { driver in
            try fill(&driver)
            driver.press(.open, .cancelOrder)
        },
        Scene("returns") { driver in
            try fill(&driver, as: .admin)
            driver.press(.openReturns, .down)
        },
        Scene("returns-choosing") { driver in
            try fill(&driver, as: .admin)
            driver.press(.openReturns, .open)
            driver.number("3")
            driver.press(.open, .returnLoss)
        },
        Scene("returns-reason", isOverlay: true) { driver in
            try fill(&driver, as: .admin)
            driver.press(.openReturns, .open, .returnAll, .open)
        },
        Scene("returns-explain", isOverlay: true) { driver in
            try fill(&driver, as: .admin)
            driver.press(.openReturns, .open, .returnMore, .explainReturn)
        },
        Scene("returns-done") { driver in
            try fill(&driver, as: .admin)
            driver.press(.openReturns, .open, .returnMore, .open, .open)
        },
        Scene("returns-partly") { driver in
            try fill(&driver, as: .admin)
            driver.press(.openReturns, .open, .returnMore, .open, .open, .open)
        },
        Scene("till-counting") { driver in
            driver.signIn(.admin)
            driver.shop.flagged = [4, 2]
            driver.press(.openCounts)
            driver.send(.scanned("CS-103"), .scanned("CS-100"))
            driver.press(.down)
        },
        Scene("till-counting-book", isOverlay: true) { driver in
            driver.signIn(.admin)
            driver.shop.flagged = [4, 2]
            driver.press(.openCounts)
            driver.send(.scanned("CS-103"), .scanned("CS-101"))
            driver.press(.bookCounts)
        },
        Scene("till-macros", isOverlay: true) { driver in
            driver.signIn(.admin)
            driver.press(.openShop, .tillMacros)
        },
        Scene("till-recording") { driver in
            driver.signIn(.admin)
            driver.press(.openShop, .tillRecord)
            driver.send(.scanned("CS-102"))
        },
        Scene("baskets") { driver in
            driver.signIn(.staff)
            for (owner, index) in [(CartOwner.user(2), 0), (.user(2), 4), (.guest, 6)] {
                var cart = Cart()
                for product in driver.shop.products[index...].prefix(index + 1) {
                    cart.apply(.add(CartLine(product, quantity: 1), by: index + 1))
                }
                driver.shop.leave(cart, by: owner, hasCheckout: index == 4)
            }
            driver.press(.openBaskets, .down)
        },
        Scene("customers") { driver in
            try people(&driver)
            driver.press(.openCustomers, .down)
        },
        Scene("customer") { driver in
            try people(&driver)
            driver.press(.openCustomers)
            for _ in 0..<12 { driver.press(.down) }
            driver.press(.open)
        },
        Scene("customer-merge", isOverlay: true) { driver in
            try people(&driver)
            driver.press(.openCustomers, .mergeCustomers)
            driver.type("100")
            driver.press(.open)
        },
        Scene("products") { driver in
            driver.signIn(.admin)
            driver.press(.openProducts, .down, .down)
        },
        Scene("product-form") { driver in
            driver.signIn(.admin)
            driver.press(.openProducts, .down, .open)
        },
        Scene("price-batch") { driver in
            driver.signIn(.admin)
            driver.press(.openProducts, .changePrices)
            driver.type("5%")
            driver.press(.submit, .submit)
        },
        Scene("stock") { driver in
            driver.signIn(.admin)
            driver.press(.openStock)
        },
        Scene("stock-count") { driver in
            driver.signIn(.admin)
            driver.press(.openStock, .countStock)
            driver.send(.scanned("CS-100"), .scanned("CS-102"), .scanned("CS-102"))
        },
        Scene("office-people") { driver in
            driver.signIn(.admin)
            driver.press(.openPeople, .down)
        },
        Scene("office-rights") { driver in
            driver.signIn(.admin)
            driver.press(.openRights, .nextField, .down, .down)
        },
        Scene("office-limit", isOverlay: true) { driver in
            driver.signIn(.admin)
            driver.press(.openRights, .nextField)
            (0..<4).forEach { _ in driver.press(.down) }
            driver.press(.open)
        },
        Scene("office-settings") { driver in
            driver.signIn(.admin)
            driver.press(.openSettings, .down, .down)
        },
        Scene("office-history", isOverlay: true) { driver in
            driver.signIn(.admin)
            driver.press(.openSettings, .open)
            driver.type("The Other Shop")
            driver.press(.submit, .officeHistory)
        },
        Scene("office-discounts", isOverlay: true) { driver in
            driver.signIn(.admin)
            driver.press(.openDiscounts)
        },
        Scene("office-journal") { driver in
            driver.signIn(.admin)
            driver.press(.openJournal)
        },
        Scene("first-steps") { driver in
            driver.signIn(.admin)
            driver.press(.openFirstSteps)
        },
        Scene("baskets-none", isOverlay: true) { $0.press(.openBaskets) },
        Scene("sign-in-known", start: .signIn, isOverlay: true) { driver in
            driver.signIn(.staff)
            driver.press(.account, .open)
        },
        Scene("help", isOverlay: true) { $0.press(.help) },
        Scene("palette", isOverlay: true) { driver in
            driver.press(.palette)
            driver.type("or")
        },
        Scene("categories", isOverlay: true) { $0.press(.category) },
        Scene("sorts", isOverlay: true) { $0.press(.sort) },
        Scene("themes", isOverlay: true) { $0.press(.theme) },
        Scene("about", isOverlay: true) { $0.press(.about) },
        Scene("quit-throw-away", isDemo: true, isOverlay: true) { $0.press(.addOne, .quit) },
    ]

    /// Customers, one of whom bought something.
    private static func people(_ driver: inout ModelDriver) throws {
        driver.signIn(.admin)
        let customer = Principal.user(Session(user: driver.shop.users[0]))
        for index in 1...6 {
            let line = try OrderDraft.Line(productID: Int64(index), quantity: index)
            let payment = PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000)
            driver.shop.place(
                try OrderDraft(lines: [line]), index.isMultiple(of: 3) ? nil : payment, customer)
        }
        driver.shop.users += ["Ada Byron", "\u{00C9}mile Zola", "\u{7530}\u{4E2D} \u{82B1}"].enumerated()
            .map { place, name in
                User(
                    id: Int64(100 + place), email: "person\(place)@example.com", name: name, role: .customer,
                    createdAt: FixtureShop.now, updatedAt: FixtureShop.now)
            }
    }

    private static func fill(_ driver: inout ModelDriver, as role: Role = .staff) throws {
        driver.signIn(role)
        for index in 1...9 {
            let line = try OrderDraft.Line(productID: Int64(index % 8 + 1), quantity: index)
            let draft = try OrderDraft(lines: [line], discountCode: index.isMultiple(of: 3) ? "SAVE10" : nil)
            let payment =
                index.isMultiple(of: 2) ? PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000) : nil
            driver.shop.place(draft, payment, driver.state.principal)
        }
        driver.press(.openOrders)
    }

    /// Where tables and forms of an owner show, in the window that an owner's desk has.
    private static let officeScenes: Set = [
        "customers", "customer", "products", "product-form", "price-batch", "stock", "stock-count",
    ]

    private static func sizes(of scene: Scene) -> [Size] {
        let small = [Size(width: 80, height: 24), Size(width: 40, height: 12)]
        if officeScenes.contains(scene.name) { return small + [Size(width: 120, height: 40)] }
        return scene.isOverlay ? small : small + [Size(width: 200, height: 60)]
    }

    @Test(arguments: scenes) func looksAsOnFile(_ scene: Scene) throws {
        for size in Self.sizes(of: scene) {
            let state = try Self.state(of: scene, size: size)
            let unicode = ViewContext(render: RenderContext(theme: .standard, glyphs: .unicode))
            try Golden.check(
                AppView.render(state, size: size, context: unicode).surface,
                "\(scene.name)-\(size.width)x\(size.height)")
            let ascii = ViewContext(render: RenderContext(theme: .standard, glyphs: .ascii))
            let plain = AppView.render(state, size: size, context: ascii).surface
            let isPlain = plain.text.unicodeScalars.allSatisfy { $0.isASCII }
            #expect(isPlain, "\(scene.name) \(size)")
            let console = ViewContext(render: RenderContext(theme: .standard, glyphs: .console))
            let modest = AppView.render(state, size: size, context: console).surface.text
            #expect(modest == Spelling.spell(modest, in: .console), "\(scene.name) \(size)")
            if size.width == 80, !scene.isOverlay { try Golden.check(plain, "\(scene.name)-80x24-ascii") }
        }
    }

    /// What is drawn stays inside, and the cursor stands on it, from the largest window to the smallest.
    @Test(arguments: scenes) func survivesEverySize(_ scene: Scene) throws {
        for size in [
            (1, 1), (2, 3), (39, 12), (40, 11), (40, 12), (61, 13), (109, 24), (110, 30), (120, 40),
            (500, 200),
        ] {
            let size = Size(width: size.0, height: size.1)
            let state = try Self.state(of: scene, size: size)
            let context = ViewContext(render: RenderContext(theme: .standard, glyphs: .unicode))
            let frame = AppView.render(state, size: size, context: context)
            #expect(frame.surface.size == size)
            if let cursor = frame.surface.cursor {
                #expect(frame.surface.bounds.contains(cursor), "\(scene.name) \(size)")
            }
            if size.width < 40 || size.height < 12 {
                #expect(frame.surface.cursor == nil)
            }
        }
    }

    private static func state(of scene: Scene, size: Size) throws -> AppState {
        var context = AppContext(
            policy: ShopPolicy(shopName: "Corner Shop"), isDemo: scene.isDemo, isThrowAway: scene.isDemo,
            storeLabel: scene.isDemo ? "demo" : "local", storePath: "store.db", hasPrinter: true,
            version: "test",
            themes: ["default", "light", "mono"])
        context.idleMinutes = 10
        context.hasTill = scene.name.hasPrefix("till")
        if ["till-macros", "till-recording"].contains(scene.name) {
            context.macros = MacroShelf(macros: [
                TillMacro(name: "coffee and cake", key: "F6", words: ["4006381333931", "-10%", "20 cash"]),
                TillMacro(name: "Tee", key: nil, words: ["CS-102", "card"]),
            ])
        }
        var driver = try ModelDriver(start: scene.start, context: context, viewport: AppView.viewport(size))
        try scene.play(&driver)
        return driver.state
    }
}
