import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// The till by its states: what each key and each answer leads to.
@Suite struct TillTests {
    /// - Parameter granted: what the account may do; nil for what its role may.
    private func till(_ role: Role = .admin, granted: Role? = nil, policy: ShopPolicy? = nil) throws
        -> ModelDriver
    {
        var shop = try FixtureShop()
        if let granted { shop.users = shop.users.map { $0.role == role ? $0.with(granted) : $0 } }
        if let policy { shop.policy = policy }
        var context = AppContext(policy: policy ?? ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        context.hasDrawer = true
        var driver = try ModelDriver(context: context, shop: shop)
        driver.signIn(role)
        driver.press(.openShop)
        #expect(driver.state.kind == .till, "\(driver)")
        return driver
    }

    private func minor(_ driver: ModelDriver) -> Int64? {
        driver.state.till?.due(driver.state.desk)?.minorUnits
    }

    /// A till that was just opened does not know yet how can be paid.
    @Test func payingWaitsForTheWaysToPayAndFiguresDoNot() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.press(.openShop)
        driver.holdsAnswers = true
        driver.press(.openShop)
        #expect(driver.state.kind == .till, "\(driver)")
        #expect(driver.state.waits(.command(.tillCash)) && driver.state.waits(.command(.tillCard)))
        #expect(!driver.state.waits(.edit(.insert("2"))))
        driver.holdsAnswers = false
        for request in driver.held {
            if let reply = driver.shop.reply(to: request) { driver.send(.replied(request.id, reply)) }
        }
        #expect(!driver.state.waits(.command(.tillCash)), "\(driver)")
    }

    @Test func exactCashIsAKeyAndEnter() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.press(.tillCash)
        #expect(
            driver.state.till?.takesExactCash(driver.state.desk) == true && driver.shop.orders.isEmpty,
            "\(driver)")
        driver.press(.submit)
        #expect(driver.shop.orders.count == 1 && driver.state.cart.isEmpty, "\(driver)")
        #expect(driver.shop.drawerOpenings == 1)
        #expect(driver.shop.orders.first?.payments.first?.change?.isZero == true)
    }

    @Test func anotherKeyTakesExactCashBack() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.press(.tillCash)
        driver.type("1")
        #expect(driver.state.till?.takesExactCash(driver.state.desk) == false)
        driver.press(.back, .submit)
        #expect(driver.shop.orders.isEmpty)
    }

    @Test func figuresBeforeCashPayAtOnceAndTheChangeStaysUntilTheNextScan() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.type("20")
        driver.press(.tillCash)
        let sold = driver.state.till?.sold(driver.state.desk)
        #expect(sold?.payments.first?.change?.minorUnits == 600, "\(driver)")
        driver.send(.scanned("CS-999"))
        #expect(
            driver.state.till?.sold(driver.state.desk) != nil, "a code that no product has begins nothing")
        driver.send(.scanned("CS-104"))
        #expect(driver.state.till?.sold(driver.state.desk) == nil)
        #expect(driver.state.cart.lines.map(\.productID) == [5] && driver.state.kind == .till)
    }

    @Test func partsArePaidOneAfterTheOtherAndAreTakenBack() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        let total = try #require(minor(driver))
        driver.type("5")
        driver.press(.tillCash)
        #expect(minor(driver) == total - 500 && driver.shop.orders.isEmpty, "\(driver)")
        driver.press(.undo)
        #expect(minor(driver) == total)
        driver.press(.redo)
        #expect(minor(driver) == total - 500)
        driver.press(.tillCard)
        driver.type("A-77")
        driver.press(.submit)
        let payments = try #require(driver.shop.orders.first?.payments)
        #expect(payments.map(\.amount.minorUnits) == [500, total - 500])
        #expect(payments.map(\.method.kind) == [.cash, .externalCard])
        #expect(driver.state.cart.addedTerms == nil)
    }

    /// What was paid for goods that are out again stays in sight, and pays nothing by itself.
    @Test func whatIsPaidForGoodsThatAreOutGoesBack() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.type("13")
        driver.press(.tillCash, .tillTakeOut)
        #expect(minor(driver) == -1_300 && "\(driver)".contains("GIVE BACK"), "\(driver)")
        driver.send(.scanned("CS-107"))
        driver.press(.tillCash, .submit)
        #expect(driver.shop.orders.isEmpty && driver.state.till?.problem != nil, "\(driver)")
        driver.press(.undo, .undo, .undo)
        #expect(minor(driver) == 1_400, "the part is taken back with what followed it")
    }

    @Test func aPartByCardCannotBeMoreThanWhatIsLeft() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.type("99")
        driver.press(.tillCard)
        #expect(driver.state.till?.mode == .figures && driver.state.till?.problem != nil, "\(driver)")
        // What is typed next takes the place of what was refused.
        driver.type("5")
        #expect(driver.state.till?.line.text == "5")
        driver.press(.tillCard)
        let part = TillState.CardPart(methodID: "card", amountMinor: 500, isRest: false)
        #expect(driver.state.till?.mode == .approval(part))
        driver.press(.back)
        #expect(driver.state.till?.mode == .figures && driver.state.cart.terms.tenders.isEmpty)
    }

    @Test func aQuantityBeforeAScanCountsForItAndBeforeEnterForTheLine() throws {
        var driver = try till()
        driver.type("3*")
        driver.send(.scanned("CS-100"))
        #expect(driver.state.cart.lines.map(\.quantity) == [3] && driver.state.till?.line.isEmpty == true)
        driver.send(.scanned("CS-101"))
        driver.press(.up)
        driver.type("2*")
        driver.press(.submit)
        #expect(driver.state.cart.lines.map(\.quantity) == [2, 1], "\(driver)")
        driver.press(.tillMore)
        driver.type("-")
        driver.press(.submit, .tillTakeOut)
        #expect(driver.state.cart.lines.map(\.productID) == [2])
        driver.press(.undo)
        #expect(driver.state.cart.lines.map(\.quantity) == [2, 1])
    }

    @Test func aLineDiscountAndAPriceAreSetUndoneAndSold() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.type("10")
        driver.press(.tillDiscount)
        #expect(driver.state.quote?.subtotal.minorUnits == 4_499, "\(driver)")
        driver.press(.undo)
        #expect(driver.state.quote?.subtotal.minorUnits == 4_999)
        driver.press(.redo)
        driver.type("40.00")
        driver.press(.tillPrice)
        #expect(driver.state.prompt?.input.isEmpty == false, "a reason is asked for")
        driver.press(.open)
        #expect(driver.state.quote?.subtotal.minorUnits == 3_600, "\(driver)")
        driver.press(.tillCash, .submit)
        let item = try #require(driver.shop.orders.first?.items.first)
        #expect(item.unitPrice.minorUnits == 4_000 && item.lineDiscount.minorUnits == 400)
    }

    @Test func aDiscountOnTheSaleTakesThePlaceOfACode() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.press(.tillDiscount)
        driver.type("save10")
        driver.press(.open)
        #expect(driver.state.cart.discountCode?.lowercased() == "save10", "\(driver)")
        driver.type("-10")
        driver.press(.tillDiscount)
        #expect(driver.state.cart.discountCode == nil)
        #expect(driver.state.quote?.discount.minorUnits == 500, "\(driver)")
        driver.press(.undo)
        #expect(driver.state.cart.discountCode != nil && driver.state.cart.terms.discount == nil)
    }

    @Test func whatTheRoleMayNotDoIsSaidWithItsLimit() throws {
        var grants = Role.staff.grants
        grants[.discountLines] = nil
        var driver = try till(.staff, granted: Role(name: "helper", grants: grants))
        driver.send(.scanned("CS-100"))
        driver.type("10")
        driver.press(.tillDiscount)
        #expect(driver.state.till?.problem != nil && driver.state.cart.lines.first?.discount == nil)
    }

    @Test func aSaleIsParkedAndTakenUpWithAllThatWasSet() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.type("10")
        driver.press(.tillDiscount)
        let before = driver.state.cart.lines
        driver.press(.tillPark)
        #expect(driver.state.cart.isEmpty && driver.shop.parked.count == 1, "\(driver)")
        driver.send(.scanned("CS-102"))
        driver.press(.tillTakeOut)
        driver.press(.tillPark)
        #expect(driver.state.picker?.items.count == 1, "\(driver)")
        driver.press(.open)
        #expect(driver.state.cart.lines == before && driver.shop.parked.isEmpty)
    }

    /// What is parked is elsewhere: it must not be sold twice.
    @Test func whatIsParkedDoesNotComeBackByUndo() throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.press(.tillPark)
        #expect(driver.shop.parked.count == 1)
        driver.press(.undo)
        #expect(driver.state.cart.isEmpty, "\(driver)")
    }

    /// Whoever pays next, or comes back to the till, learns that it is parked; the till is free for the next sale, and
    /// what a card terminal has printed is told.
    @Test(arguments: ["cash", "card", "back"])
    func whatWasParkedWithoutAnAnswerIsNotSold(next: String) throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.shop.losesAnswers = true
        driver.press(.tillPark)
        #expect(driver.shop.parked.count == 1 && !driver.state.cart.isEmpty, "\(driver)")
        driver.shop.losesAnswers = false
        switch next {
        case "cash": driver.press(.tillCash, .submit)
        case "card":
            driver.press(.tillCard)
            driver.type("123456")
            driver.press(.submit)
            #expect(driver.state.status?.text.contains("123456") == true, "\(driver)")
        default:
            driver.send(.connectionChanged(.offline(since: FixtureShop.now)), .connectionChanged(.connected))
        }
        #expect(driver.shop.orders.isEmpty && driver.state.cart.isEmpty, "\(driver)")
        #expect(driver.state.till?.isBusy == false && driver.state.till?.parkedSales == 1, "\(driver)")
        driver.send(.scanned("CS-102"))
        #expect(driver.state.cart.pieces == 1, "\(driver)")
    }

    /// The cash is in this drawer, and would be counted in that of the till which takes the sale up.
    @Test func aSaleThatIsPaidInPartIsNotParked() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.type("5")
        driver.press(.tillCash)
        driver.press(.tillPark)
        #expect(driver.shop.parked.isEmpty && driver.state.till?.problem != nil, "\(driver)")
        driver.press(.tillTakeBack)
        #expect(minor(driver) == 1_400)
        driver.press(.tillPark)
        #expect(driver.shop.parked.count == 1, "\(driver)")
    }

    /// The card terminal has the money: what it printed is there again, for the amount that it took and no other.
    @Test func aCardsCodeOutlivesARefusal() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.press(.tillCard)
        driver.type("A-77")
        driver.shop.failure = .shiftCounting(till: "1")
        driver.press(.submit)
        #expect(driver.state.till?.line.text == "A-77" && driver.shop.orders.isEmpty, "\(driver)")
        driver.shop.failure = nil
        driver.press(.submit)
        #expect(driver.shop.orders.first?.payments.first?.approvalCode == "A-77", "\(driver)")
    }

    @Test func aCardIsBookedForWhatItWasAskedFor() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.send(.scanned("CS-104"))
        driver.press(.tillCard)
        driver.type("A-77")
        driver.press(.undo)
        driver.press(.submit)
        #expect(driver.shop.orders.isEmpty && driver.state.till?.problem != nil, "\(driver)")
    }

    /// A second Enter of a scanner takes no cash for goods that came after.
    @Test func exactCashIsForWhatWasDueThen() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.press(.tillCash)
        driver.send(.scanned("CS-104"))
        driver.press(.submit)
        #expect(driver.shop.orders.isEmpty, "\(driver)")
    }

    @Test func partsThatComeToTheTotalEndTheSaleByEnter() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.send(.scanned("CS-104"))
        let both = try #require(minor(driver))
        driver.press(.tillTakeOut)
        let first = try #require(minor(driver))
        driver.press(.undo)
        driver.type(first == 1_400 ? "14" : "0")
        driver.press(.tillCash, .tillTakeOut)
        #expect(both > first && minor(driver) == 0, "\(driver)")
        driver.press(.submit)
        #expect(driver.shop.orders.first?.payments.map(\.amount.minorUnits) == [1_400], "\(driver)")
    }

    @Test(arguments: ["9223372036854775807", "-5", "0"])
    func noNumberOfPiecesIsTooMuchForThePlusKey(_ typed: String) throws {
        var driver = try till()
        driver.send(.scanned("CS-100"))
        driver.type(typed)
        driver.press(.tillMore)
        #expect(driver.state.cart.lines.map(\.quantity) == [1] && driver.state.till?.problem != nil)
    }

    /// 9.29 for 9.28, of which coins make 9.30, is neither.
    @Test func cashBetweenTheExactAndTheRoundedSumIsRefused() throws {
        let policy = ShopPolicy(
            shopName: "Corner Shop", taxes: TaxTable(standardRate: .zero), cashRounding: CashRounding(step: 5)
        )
        var driver = try till(policy: policy)
        driver.send(.scanned("CS-102"))
        driver.type("13.98=")
        driver.press(.submit, .submit)
        #expect(minor(driver) == 1_398, "\(driver)")
        driver.type("13.99")
        driver.press(.tillCash)
        #expect(driver.state.cart.terms.tenders.isEmpty && driver.state.till?.problem != nil, "\(driver)")
        driver.type("13.98")
        driver.press(.tillCash)
        #expect(driver.shop.orders.first?.rounding.isZero == true, "\(driver)")
    }

    @Test func anExemptionIsTakenBackByItsWordAlone() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        for words in ["exempt CH-1 mission", "exempt"] {
            driver.press(.tillWords)
            driver.type(words)
            driver.press(.submit)
            #expect((driver.state.cart.terms.exemption == nil) == (words == "exempt"), "\(driver)")
        }
    }

    @Test func wordsDoWhatKeysDo() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.press(.tillWords)
        driver.type("customer customer@example.com")
        driver.press(.submit)
        #expect(driver.state.cart.terms.customer?.name == "Demo customer", "\(driver)")
        driver.press(.tillWords)
        driver.type("park blue coat")
        driver.press(.submit)
        #expect(driver.shop.parked.first?.label == "blue coat")
        #expect(driver.state.till?.mode == .figures)
    }

    @Test func findingByWordsAddsTheOneOrAsksWhich() throws {
        var driver = try till()
        driver.press(.tillFind)
        driver.type("lamp")
        driver.press(.submit)
        #expect(driver.state.cart.lines.map(\.productID) == [7], "\(driver)")
        driver.press(.tillFind)
        driver.type("e")
        driver.press(.submit)
        #expect((driver.state.picker?.items.count ?? 0) > 1)
        driver.press(.open)
        #expect(driver.state.cart.lines.count == 2)
    }

    /// The store has sold and its answer is lost: asked again, it is the same sale, and nothing else is done before.
    @Test func aLostAnswerIsAskedForAgainUnderTheSameKey() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.shop.losesAnswers = true
        driver.press(.tillCash, .submit)
        #expect(driver.state.till?.pending != nil && !driver.state.cart.isEmpty, "\(driver)")
        driver.press(.tillTakeOut, .tillCard)
        #expect(driver.state.cart.lines.count == 1 && driver.state.till?.mode == .figures)
        driver.shop.losesAnswers = false
        driver.press(.submit)
        #expect(driver.shop.orders.count == 1 && driver.state.cart.isEmpty)
        #expect(driver.state.till?.pending == nil)
        #expect(driver.state.till?.sold(driver.state.desk)?.id == driver.shop.orders.first?.id)
    }

    @Test func aSaleThatAnEarlierRunLeftIsFinishedAtTheStart() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.shop.losesAnswers = true
        driver.press(.tillCash, .submit)
        driver.shop.losesAnswers = false
        var shop = driver.shop
        shop.failure = nil
        var context = AppContext(policy: shop.policy)
        context.hasTill = true
        var next = try ModelDriver(context: context, shop: shop)
        next.signIn(.admin)
        #expect(next.shop.orders.count == 1 && next.shop.sales.isEmpty, "\(next)")
        #expect(next.state.status?.kind == .success)
    }

    @Test func aNewPriceSellsNothingAndIsSeenFirst() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.shop.products[2] = Product(
            id: 3, sku: "CS-102", name: "Tea", price: Money(minorUnits: 1_500), stock: .counted(4),
            category: "Food", createdAt: FixtureShop.now, updatedAt: FixtureShop.now)
        driver.press(.tillCash, .submit)
        #expect(driver.shop.orders.isEmpty && driver.state.cart.lines.count == 1, "\(driver)")
        #expect(!driver.state.differences.isEmpty && driver.state.till?.isBusy == false)
        driver.press(.acceptChanges, .tillCash, .submit)
        #expect(driver.shop.orders.first?.subtotal.minorUnits == 1_500)
    }

    @Test func farTooMuchCashIsAskedAbout() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.type("99999")
        driver.press(.tillCash)
        guard case .takeCash? = driver.state.question else { return #expect(Bool(false), "\(driver)") }
        driver.send(.answered(false))
        #expect(driver.shop.orders.isEmpty)
        driver.type("99999")
        driver.press(.tillCash)
        driver.send(.answered(true))
        #expect(driver.shop.orders.count == 1)
    }

    @Test func cashIsRoundedToTheCoinsAndTheExactSumIsTakenAsItIs() throws {
        let policy = ShopPolicy(
            shopName: "Corner Shop", cashRounding: CashRounding(step: 5, tiesGoDown: false))
        var driver = try till(policy: policy)
        driver.send(.scanned("CS-102"))
        let due = try #require(minor(driver))
        #expect(driver.state.till?.cashDue(driver.state.desk)?.amount.minorUnits == (due + 2) / 5 * 5)
        driver.press(.tillCash, .submit)
        #expect(driver.shop.orders.first?.rounding.minorUnits == (due + 2) / 5 * 5 - due)
    }

    @Test func escapeNeverLosesASale() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.type("12")
        driver.press(.back)
        #expect(driver.state.till?.line.isEmpty == true)
        driver.press(.back, times: 3)
        #expect(driver.state.kind == .till && driver.state.cart.lines.count == 1)
    }

    @Test func whoDoesNotSellHasNoTill() throws {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context)
        driver.signIn(.customer)
        #expect(driver.state.availability(of: .openTill) == .absent)
        driver.press(.openCart, .openShop)
        #expect(driver.state.kind == .shop)
    }
}
