import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Putting things into the cart and changing it there: numbers, scans, caps, undo, codes, differences.
@Suite struct CartTests {
    private func quantities(_ driver: ModelDriver) -> [Int64: Int] {
        driver.state.cart.lines.reduce(into: [:]) { $0[$1.productID] = $1.quantity }
    }

    /// What is on the screen is what is on disk.
    private func expectStored(
        _ driver: ModelDriver, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let stored = driver.shop.carts[driver.state.owner] ?? Cart()
        #expect(driver.state.cart == stored, "\(driver)", sourceLocation: sourceLocation)
    }

    // MARK: - Adding

    @Test func addingOrdersOneChangeAndOnePrice() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        let ordered = driver.effects { $0.press(.addOne) }
        let product = driver.shop.products[0]
        let quoted = Basket.Quoted(
            lines: [
                PricedLine(productID: product.id, name: product.name, unitPrice: product.price, quantity: 1)
            ], code: nil)
        #expect(
            ordered == [
                .ask(.basket(.change(.add(CartLine(product, quantity: 1), by: 1), version: 1))),
                .ask(.basket(.quote(quoted))),
            ])
        #expect(quantities(driver) == [1: 1], "shown before the disk answers")
        driver.answerAll()
        #expect(driver.state.quote?.total.displayText == "$54.24", "49.99 and 4.25 tax")
        expectStored(driver)
    }

    @Test(arguments: [("12", 12), ("3", 3), ("0012", 12), ("100000", 9_999), ("99999999", 9_999)])
    func aNumberBeforeAddsThatMany(_ typed: String, _ count: Int) throws {
        var driver = try ModelDriver()
        driver.shop.products[0].stock = 20_000
        driver.press(.openCart, .openShop)
        driver.number(typed)
        #expect(driver.state.desk.number == typed)
        driver.press(.addOne)
        #expect(quantities(driver) == [1: count], "\(driver)")
        #expect(driver.state.desk.number == nil)
        expectStored(driver)
    }

    /// Not sold out, and capped by what a line takes alone.
    @Test func whatNobodyCountsCanBeAdded() throws {
        var driver = try ModelDriver()
        driver.shop.products[0].stock = .untracked
        driver.press(.openCart, .openShop)
        #expect(driver.state.availability(of: .addOne) == .enabled, "\(driver)")
        driver.number("100000")
        driver.press(.addOne)
        #expect(quantities(driver) == [1: 9_999], "\(driver)")
        driver.press(.openCart)
        #expect(driver.state.desk.basket.differences.isEmpty, "\(driver)")
        driver.press(.takeOne)
        #expect(driver.state.availability(of: .addOne) == .enabled, "\(driver)")
        expectStored(driver)
    }

    @Test func aNumberBeforeTakesThatMany() throws {
        var driver = try ModelDriver()
        driver.number("10")
        driver.press(.addOne)
        driver.number("4")
        driver.press(.takeOne)
        #expect(quantities(driver) == [1: 6])
        driver.number("7")
        driver.press(.takeOne)
        #expect(quantities(driver) == [:], "\(driver)")
        #expect(driver.state.availability(of: .takeOne) == .disabled("It is not in the cart"))
    }

    @Test func escapeDropsTheNumberOnly() throws {
        var driver = try ModelDriver()
        driver.press(.category)
        driver.type("home")
        driver.press(.open)
        driver.number("12")
        driver.press(.back)
        #expect(driver.state.desk.number == nil && driver.state.shop?.category == "Home", "\(driver)")
        driver.press(.addOne)
        #expect(quantities(driver) == [6: 1])
    }

    @Test func otherKeysDropTheNumberToo() throws {
        var driver = try ModelDriver()
        driver.number("7")
        driver.send(.unknownKey(AppAction.UnknownKey("z", help: "?")))
        driver.press(.addOne)
        #expect(quantities(driver) == [1: 1])
    }

    @Test func stockCaps() throws {
        var driver = try ModelDriver()
        driver.press(.down)
        driver.number("5")
        driver.press(.addOne)
        #expect(quantities(driver) == [2: 3])
        #expect(driver.state.status?.kind == .warning, "\(driver)")
        #expect(
            driver.state.availability(of: .addOne) == .disabled("Only 3 left, all in your cart"), "\(driver)")
        driver.press(.down, .down)
        #expect(driver.state.availability(of: .addOne) == .disabled("Bicycle bell, brass is sold out"))
        driver.press(.addOne)
        #expect(driver.state.status == StatusMessage(.warning, "Bicycle bell, brass is sold out"))
        #expect(quantities(driver) == [2: 3])
        driver.press(.openCart)
        #expect(
            driver.state.availability(of: .addOne)
                == .disabled("Only 3 of Émile café cup, 2 pieces in stock"))
    }

    @Test func theProductScreenSteps() throws {
        var driver = try ModelDriver()
        driver.press(.open, .addOne)
        driver.number("5")
        driver.press(.addOne, .takeOne)
        #expect(quantities(driver) == [1: 5], "\(driver)")
        driver.press(.undo)
        #expect(quantities(driver) == [1: 6])
    }

    // MARK: - Scanning

    @Test(arguments: [Command.openShop, .open, .openCart])
    func aScannedCodeGoesIntoTheCart(from place: Command) throws {
        var driver = try ModelDriver()
        driver.press(.addOne, place)
        driver.shop.products[2].barcode = "4006381333931"
        driver.number("4006381333931")
        let ordered = driver.effects { $0.press(.open) }
        #expect(ordered.first == .ask(.shop(.code("4006381333931", count: 1))), "\(ordered)")
        #expect(quantities(driver) == [1: 1, 3: 1], "\(driver)")
        #expect(driver.state.status?.kind == .success && driver.state.desk.number == nil)
        expectStored(driver)
    }

    @Test func aScanIntoAnEmptyCartWorks() throws {
        var driver = try ModelDriver()
        driver.press(.openCart)
        driver.shop.products[2].barcode = "4006381333931"
        driver.number("4006381333931")
        driver.press(.open)
        #expect(driver.state.kind == .cart && quantities(driver) == [3: 1], "\(driver)")
    }

    @Test func aScanIntoTheSearchNeedNotWaitForThePage() throws {
        var driver = try ModelDriver()
        driver.shop.products[2].barcode = "4006381333931"
        driver.press(.search)
        driver.holdsAnswers = true
        driver.type("4006381333931")
        driver.press(.open)
        #expect(driver.held.last?.ask == .shop(.code("4006381333931", count: 1)))
        driver.answerAll()
        driver.answerAll()
        #expect(quantities(driver) == [3: 1], "\(driver)")
    }

    @Test func aNumberBeforeAScanAddsThatMany() throws {
        var driver = try ModelDriver()
        driver.number("3")
        #expect(
            driver.effects { $0.send(.scanned("CS-102")) }.first == .ask(.shop(.code("CS-102", count: 3))))
        #expect(quantities(driver) == [3: 3] && driver.state.desk.number == nil, "\(driver)")
        // A barcode typed by hand whose Enter never came is no number.
        driver.number("4006381333931")
        driver.send(.scanned("CS-102"))
        #expect(quantities(driver) == [3: 4] && driver.state.desk.number == nil, "\(driver)")
        driver.number("0")
        driver.send(.scanned("CS-102"))
        #expect(quantities(driver) == [3: 5], "\(driver)")
    }

    @Test func aScanAnswersNoQuestionAndSellsNothingElsewhere() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .quit, .openCart, .checkout)
        for place in [Command.openOrders, .openShop, .sort] {
            driver.press(place)
            guard !driver.state.takesCodes else { continue }
            let (screens, overlays) = (driver.state.screens, driver.state.overlays)
            #expect(driver.effects { $0.send(.scanned("CS-102")) } == [.beep], "\(driver)")
            #expect(driver.state.status?.kind == .warning)
            #expect(driver.state.screens == screens && driver.state.overlays == overlays, "\(driver)")
        }
        #expect(quantities(driver) == [1: 1])
    }

    @Test func whatNobodyHasIsTypedIntoTheSearch() throws {
        var driver = try ModelDriver()
        driver.press(.search)
        driver.send(.scanned("CS-102"))
        #expect(quantities(driver) == [3: 1] && driver.state.shop?.search.text == "", "\(driver)")
        #expect(driver.state.shop?.pane == .search)
        let ordered = driver.effects { $0.send(.scanned("blanket")) }
        #expect(!ordered.contains(.beep), "\(ordered)")
        #expect(driver.state.shop?.search.text == "blanket" && driver.state.shop?.pane == .table)
        #expect(driver.state.shop?.selected?.name == "Wool blanket", "\(driver)")
        driver.press(.search)
        #expect(driver.effects { $0.send(.scanned("4006381333931")) }.last == .beep)
        #expect(driver.state.shop?.search.text == "blanket")
    }

    @Test func wordsBehindTheKeyOfTheSearchAreTyped() throws {
        var driver = try ModelDriver()
        driver.send(.scanned("/blanket"))
        #expect(driver.state.shop?.search.text == "blanket" && driver.state.shop?.pane == .table)
        #expect(driver.state.shop?.selected?.name == "Wool blanket", "\(driver)")
    }

    @Test func aScannersPrefixIsTakenOff() throws {
        var driver = try ModelDriver(context: AppContext(scannerPrefix: "~"))
        driver.send(.scanned("~CS-102"))
        driver.send(.scanned("CS-102"))
        #expect(quantities(driver) == [3: 2], "\(driver)")
    }

    @Test(arguments: [
        "\u{27}\u{E0}\u{E0}-\"_&\"\"\"\u{E7}\"&", "\u{E9}&(\u{E8}", "4006381333931", "CS-999", "-#:%$",
    ])
    func aScannerOnAnotherKeyboardLayoutIsSuspected(code: String) throws {
        var driver = try ModelDriver()
        #expect(driver.effects { $0.send(.scanned(code)) }.last == .beep)
        #expect(driver.state.status?.text.contains("layout") == !code.allSatisfy(\.isASCII), "\(driver)")
        #expect(quantities(driver).isEmpty)
    }

    /// As in the cart: that many of the product, wherever it is selected.
    @Test func aNumberBeforeEnterIsTheQuantityEverywhere() throws {
        var driver = try ModelDriver()
        driver.number("3")
        driver.press(.open)
        #expect(driver.state.kind == .shop && quantities(driver) == [1: 3], "\(driver)")
        driver.number("2")
        driver.press(.open)
        #expect(quantities(driver) == [1: 2] && driver.state.desk.number == nil, "\(driver)")
        driver.press(.open)
        #expect(driver.state.kind == .product)
        driver.number("5")
        driver.press(.open)
        #expect(driver.state.kind == .product && quantities(driver) == [1: 5], "\(driver)")
        driver.press(.openCart)
        driver.number("4")
        driver.press(.open)
        #expect(driver.state.kind == .cart && quantities(driver) == [1: 4], "\(driver)")
        driver.press(.openShop)
        driver.number("0")
        driver.press(.open)
        #expect(quantities(driver) == [:], "0 takes it out")
        driver.number("0")
        driver.press(.open)
        #expect(driver.state.status?.kind == .info && quantities(driver) == [:], "\(driver)")
    }

    @Test func anUnknownCodeBeeps() throws {
        var driver = try ModelDriver()
        driver.number("4006381333931")
        let ordered = driver.effects { $0.press(.open) }
        #expect(ordered == [.ask(.shop(.code("4006381333931", count: 1))), .beep])
        #expect(driver.state.status == StatusMessage(.failure, "No product has the code 4006381333931"))
        #expect(driver.state.kind == .shop && quantities(driver) == [:])
    }

    @Test func aSoldOutCodeBeeps() throws {
        var driver = try ModelDriver()
        driver.shop.products[3].barcode = "4006381333931"
        driver.number("4006381333931")
        let ordered = driver.effects { $0.press(.open) }
        #expect(ordered.last == .beep && driver.state.status?.kind == .warning, "\(driver)")
    }

    // MARK: - In the cart

    private func full() throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.number("2")
        driver.press(.addOne, .down, .addOne, .down)
        driver.number("12")
        driver.press(.addOne, .openCart)
        return driver
    }

    @Test func aNumberThenEnterSetsTheQuantity() throws {
        var driver = try full()
        driver.press(.last)
        driver.number("5")
        driver.press(.open)
        #expect(quantities(driver) == [1: 2, 2: 1, 3: 5] && driver.state.kind == .cart, "\(driver)")
        driver.number("900")
        driver.press(.open)
        #expect(quantities(driver)[3] == 41)
        #expect(
            driver.state.status == StatusMessage(.warning, "Only 41 of 緑茶 green tea 100 g: that many now"))
        driver.number("0")
        driver.press(.open)
        #expect(quantities(driver) == [1: 2, 2: 1], "0 takes the line out")
        #expect(driver.state.cartSelection == 1)
        expectStored(driver)
    }

    @Test func aNumberOnAnEmptyCartDoesNothing() throws {
        var driver = try ModelDriver()
        driver.press(.openCart)
        driver.number("5")
        driver.press(.open)
        #expect(driver.state.kind == .cart && driver.state.checkout == nil, "\(driver)")
        #expect(driver.state.status == StatusMessage(.warning, "The cart is empty"))
    }

    @Test func removeAndUndoStepByStep() throws {
        var driver = try full()
        driver.press(.remove)
        #expect(quantities(driver) == [2: 1, 3: 12])
        driver.press(.remove, .remove)
        #expect(driver.state.cart.isEmpty && driver.state.quote == nil)
        #expect(driver.state.availability(of: .remove) == .disabled("The cart is empty"))
        driver.press(.undo, .undo, .undo)
        #expect(quantities(driver) == [1: 2, 2: 1, 3: 12], "\(driver)")
        #expect(driver.state.quote?.subtotal.displayText == "$279.28")
        driver.press(.undo, times: 3)
        #expect(driver.state.cart.isEmpty)
        #expect(driver.state.availability(of: .undo) == .disabled("There is nothing to take back"))
        expectStored(driver)
    }

    @Test func selectionStaysWithinTheLines() throws {
        var driver = try full()
        driver.press(.up)
        #expect(driver.state.cartSelection == 0)
        driver.press(.pageDown)
        #expect(driver.state.cartSelection == 2)
        driver.press(.remove)
        #expect(driver.state.cartSelection == 1)
        driver.press(.first)
        driver.send(.rowClicked(7, opens: false))
        #expect(driver.state.cartSelection == 0)
        driver.send(.rowClicked(1, opens: false))
        #expect(driver.state.cartLine?.productID == 2)
    }

    // MARK: - Discount codes

    @Test func aKnownCodeInAnySpelling() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .openCart, .discountCode)
        driver.type(" save20 ")
        driver.press(.open)
        #expect(driver.state.quote?.discountCode == "SAVE20", "\(driver)")
        #expect(driver.state.quote?.discount.displayText == "$10.00")
        driver.press(.undo)
        #expect(driver.state.quote?.discount.isZero == true)
        expectStored(driver)
    }

    @Test func aRefusedCodeLeavesTheOneBeforeInForce() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .openCart, .discountCode)
        driver.type("SAVE20")
        driver.press(.open, .discountCode)
        #expect(driver.state.focusedField?.isAllSelected == true, "\(driver)")
        driver.type("NONSENSE")
        #expect(driver.state.focusedField?.text == "NONSENSE", "the first letter replaces the code")
        let before = driver.state.cart
        driver.press(.open)
        // The dialog stays, with what was typed and why it does not count.
        #expect(driver.state.overlays.count == 1 && driver.state.focusedField?.text == "NONSENSE")
        #expect("\(driver)".contains("Code NONSENSE is not recognised"), "\(driver)")
        #expect(driver.state.cart == before && driver.state.quote?.discountCode == "SAVE20")
        expectStored(driver)
        driver.type("SAVE10")
        driver.press(.open)
        #expect(driver.state.overlays.isEmpty && driver.state.quote?.discountCode == "SAVE10", "\(driver)")
        // Empty takes it away.
        driver.press(.discountCode)
        driver.send(.edit(.deleteBackward))
        driver.press(.open)
        #expect(driver.state.cart.discountCode == nil && driver.state.overlays.isEmpty)
    }

    @Test func aCodeThatCannotBeLookedUpCanBeTriedAgain() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .discountCode)
        driver.type("SAVE20")
        driver.shop.failure = .unreachable("The shop cannot be reached")
        driver.press(.open)
        driver.shop.failure = nil
        #expect(driver.state.overlays.count == 1 && driver.state.cart.discountCode == nil, "\(driver)")
        driver.press(.open)
        #expect(driver.state.cart.discountCode == "SAVE20", "\(driver)")
    }

    @Test func aLateAnswerAboutACodeIsDropped() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .discountCode)
        driver.type("SAVE20")
        driver.holdsAnswers = true
        driver.press(.open, .open)
        #expect(driver.held.count == 1, "a second Enter asks nothing")
        driver.press(.back)
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.cart.discountCode == nil && driver.state.overlays.isEmpty, "\(driver)")
    }

    @Test func anExpiredCodeSaysSo() throws {
        var shop = try FixtureShop()
        shop.discounts.append(
            try Discount(
                code: "SUMMER", kind: .fixed(Money(minorUnits: 100)), validUntil: FixtureShop.now))
        var driver = try ModelDriver(shop: shop)
        driver.press(.addOne, .openCart, .discountCode)
        driver.type("summer")
        driver.press(.open)
        #expect(driver.state.quote?.discount.isZero == true && driver.state.cart.discountCode == nil)
        #expect("\(driver)".contains("Code SUMMER has expired"), "\(driver)")
    }

    @Test func escapeLeavesTheCodeAsItWas() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .openCart, .discountCode)
        driver.type("SAVE")
        let ordered = driver.effects { $0.press(.back) }
        #expect(ordered.isEmpty && driver.state.overlays.isEmpty && driver.state.kind == .cart)
        #expect(driver.state.cart.discountCode == nil)
    }

    // MARK: - Differences

    @Test func changesAreShownAndBlockTheCheckoutUntilAccepted() throws {
        var driver = try full()
        driver.shop.products[0].price = Money(minorUnits: 5_499)
        driver.shop.products[2].stock = 4
        driver.press(.openCart)
        #expect(driver.state.differences.map(\.productID) == [1, 3], "\(driver)")
        #expect(quantities(driver)[3] == 12, "nothing is applied silently")
        #expect(driver.state.availability(of: .checkout) == .disabled("Accept the changes first"))
        driver.press(.open)
        #expect(driver.state.kind == .cart)
        driver.press(.acceptChanges)
        #expect(driver.state.differences.isEmpty && quantities(driver) == [1: 2, 2: 1, 3: 4])
        #expect(driver.state.cart.lines[0].unitPriceMinor == 5_499)
        #expect(driver.state.availability(of: .acceptChanges) == .absent)
        expectStored(driver)
    }

    @Test func whatIsGoneLeavesWhenAccepted() throws {
        var driver = try full()
        driver.shop.products.removeFirst()
        driver.press(.openCart, .acceptChanges)
        #expect(quantities(driver) == [2: 1, 3: 12] && driver.state.differences.isEmpty, "\(driver)")
    }

    @Test func aSmallerQuantitySettlesADifference() throws {
        var driver = try full()
        driver.shop.products[2].stock = 4
        driver.press(.openCart, .last)
        #expect(!driver.state.differences.isEmpty)
        driver.number("4")
        driver.press(.open)
        #expect(driver.state.differences.isEmpty, "\(driver)")
    }

    @Test func whatIsAddedWhileComparingIsNotGone() throws {
        var driver = try ModelDriver()
        driver.press(.addOne)
        driver.holdsAnswers = true
        driver.press(.openCart)
        let compare = try #require(driver.held.firstIndex { $0.ask == .basket(.compare([1])) })
        driver.press(.openShop, .down)
        driver.press(.addOne)
        driver.answer(heldAt: compare)
        #expect(driver.state.differences.isEmpty, "\(driver.state.differences)")
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.differences.isEmpty)
    }

    // MARK: - When writing fails

    private let diskFull = StoreError.storage(
        StorageFault(.full, path: "state.db", sentence: "The disk of state.db is full"))

    @Test func aRefusedChangeIsTakenBackAndSaid() throws {
        var driver = try ModelDriver()
        driver.press(.addOne)
        driver.shop.failure = diskFull
        driver.press(.addOne)
        #expect(quantities(driver) == [1: 1], "\(driver)")
        #expect(driver.state.status == StatusMessage(.failure, "The disk of state.db is full"))
        driver.shop.failure = nil
        driver.press(.addOne)
        #expect(quantities(driver) == [1: 2])
        expectStored(driver)
    }

    @Test func aRefusedChangeIsSaidEvenWhenALaterOneGoesThrough() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        driver.press(.addOne, .down, .addOne)
        driver.shop.failure = diskFull
        driver.answer(heldAt: 0)
        #expect(driver.state.status?.kind == .failure, "\(driver)")
        driver.shop.failure = nil
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(quantities(driver) == [2: 1], "what is on disk counts")
        expectStored(driver)
    }

    @Test func whatIsOnDiskCounts() throws {
        var driver = try ModelDriver()
        driver.press(.addOne)
        var cart = driver.shop.carts[.guest] ?? Cart()
        cart.apply(.add(CartLine(driver.shop.products[4], quantity: 1), by: 2))
        driver.shop.carts[.guest] = cart
        driver.press(.addOne)
        #expect(quantities(driver) == [1: 2, 5: 2], "\(driver)")
    }

    @Test func aCartOfAnEarlierStartIsOffered() throws {
        var shop = try FixtureShop()
        var cart = Cart()
        cart.apply(.add(CartLine(shop.products[0], quantity: 1), by: 2))
        shop.leave(cart, by: .guest)
        let driver = try ModelDriver(shop: shop)
        #expect(driver.state.status?.kind == .success && driver.state.cart.pieces == 2, "\(driver)")
        #expect(driver.state.quote != nil)
    }
}

/// What is read from disk, and what was changed since.
@Suite struct BasketTests {
    @Test func aLoadedCartNeverReplacesANewerOne() throws {
        var shop = try FixtureShop()
        var cart = Cart()
        cart.apply(.add(CartLine(shop.products[4], quantity: 1), by: 1))
        shop.carts[.guest] = cart
        var driver = try ModelDriver(shop: shop)
        driver.press(.openCart)
        driver.holdsAnswers = true
        driver.press(.retry)
        let load = try #require(driver.held.first)
        #expect(load.ask == .basket(.load(version: 0)))
        let read = driver.shop.reply(to: load)
        driver.press(.addOne)
        driver.send(.replied(load.id, try #require(read)))
        #expect(driver.state.cart.quantity(of: 5) == 2, "\(driver)")
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.cart == driver.shop.carts[.guest] && driver.state.cart.quantity(of: 5) == 2)
    }

    @Test(arguments: [Command.openShop, .openCart]) func lessWorksWhereTheStockFellToNothing(
        on place: Command
    )
        throws
    {
        var driver = try ModelDriver()
        driver.number("3")
        driver.press(.addOne)
        driver.shop.products[0].stock = 0
        driver.press(.retry, place, .takeOne)
        #expect(driver.state.cart.quantity(of: 1) == 2, "\(driver)")
        #expect(driver.state.cart == driver.shop.carts[.guest])
        driver.press(.takeOne, .takeOne)
        #expect(driver.state.cart.isEmpty)
    }
}
