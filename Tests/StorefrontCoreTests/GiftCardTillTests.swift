import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Gift cards and store credit by the states of the till, and goods without a receipt.
@Suite struct GiftCardTillTests {
    private let code = GiftCardCode(number: 4_711)

    private func till(_ role: Role = .admin, granted: Role? = nil, balance: Int64? = nil) throws
        -> ModelDriver
    {
        var shop = try FixtureShop()
        if let granted { shop.users = shop.users.map { $0.role == role ? $0.with(granted) : $0 } }
        shop.methods = [.cash, .externalCard, .giftCard, .storeCredit]
        if let balance { shop.cards[code] = card(balance) }
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context, shop: shop)
        driver.signIn(role)
        driver.press(.openShop)
        return driver
    }

    private func card(_ balance: Int64) -> GiftCard {
        GiftCard(
            id: 9, holder: .bearer(lastFour: code.lastFour), name: nil, balance: Money(minorUnits: balance),
            expiresAt: nil, createdAt: FixtureShop.now)
    }

    private func minor(_ driver: ModelDriver) -> Int64? {
        driver.state.till?.due(driver.state.desk)?.minorUnits
    }

    @Test func aGiftCardIsSoldAloneAndItsCodeIsTold() throws {
        var driver = try till()
        driver.type("50")
        driver.press(.tillSellGiftCard)
        #expect(minor(driver) == 5_000, "\(driver)")
        driver.press(.undo)
        #expect(minor(driver) == nil)
        driver.press(.redo)
        driver.press(.tillCash, .submit)
        let sold = driver.state.till?.sold(driver.state.desk)
        #expect(sold?.giftCards.first?.amount.minorUnits == 5_000, "\(driver)")
        #expect(sold?.giftCards.first?.code != nil && sold?.total.isZero == true)
        #expect(driver.state.cart.isEmpty)
    }

    @Test func aGiftCardIsALineBesideGoodsAndWordsSellItToo() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        let goods = try #require(minor(driver))
        driver.press(.tillWords)
        driver.type("gift 50")
        driver.press(.submit)
        #expect(minor(driver) == goods + 5_000, "\(driver)")
        driver.type("0")
        driver.press(.tillSellGiftCard)
        #expect(minor(driver) == goods)
    }

    @Test func aCardPaysWhatIsOnItAndTheRestIsPaidOtherwise() throws {
        var driver = try till(balance: 1_000)
        driver.send(.scanned("CS-102"))
        let goods = try #require(minor(driver))
        driver.press(.tillGiftCard)
        #expect(driver.state.till?.mode == .cardCode(pays: true, nil), "\(driver)")
        driver.type(code.printed)
        driver.press(.submit)
        #expect(minor(driver) == goods - 1_000, "\(driver)")
        #expect(driver.state.cart.terms.tenders.first?.cardCode == code)
        driver.press(.undo)
        #expect(minor(driver) == goods)
        driver.press(.redo, .tillCash, .submit)
        let order = try #require(driver.shop.orders.first)
        #expect(order.payments.map(\.method.kind) == [.giftCard, .cash])
        #expect(order.payments.first?.card?.left.isZero == true)
        #expect(driver.shop.cards[code]?.balance.isZero == true)
    }

    @Test func aPartOfACardAndNoMoreThanIsOnIt() throws {
        var driver = try till(balance: 700)
        driver.send(.scanned("CS-102"))
        let goods = try #require(minor(driver))
        driver.type("5")
        driver.press(.tillGiftCard)
        driver.type(code.text)
        driver.press(.submit)
        #expect(minor(driver) == goods - 500, "\(driver)")
        driver.type("5")
        driver.press(.tillGiftCard)
        driver.type(code.text)
        driver.press(.submit)
        #expect(minor(driver) == goods - 700)
        driver.press(.tillGiftCard)
        driver.type(code.text)
        driver.press(.submit)
        #expect(driver.state.till?.problem != nil && minor(driver) == goods - 700)
    }

    @Test func acardThatCoversItAllEndsTheSale() throws {
        var driver = try till(balance: 100_000)
        driver.send(.scanned("CS-102"))
        driver.press(.tillGiftCard)
        driver.type(code.text)
        driver.press(.submit)
        #expect(driver.shop.orders.first?.payments.map(\.method.kind) == [.giftCard], "\(driver)")
    }

    @Test func aWrongCodeStaysToBeCorrected() throws {
        var driver = try till(balance: 700)
        driver.send(.scanned("CS-102"))
        driver.press(.tillGiftCard)
        driver.type("ABCD")
        driver.press(.submit)
        #expect(driver.state.till?.problem != nil)
        #expect(driver.state.till?.mode == .cardCode(pays: true, nil))
        driver.press(.back)
        #expect(driver.state.till?.mode == .figures)
        #expect(driver.state.cart.terms.tenders.isEmpty)
    }

    @Test func aBalanceIsTold() throws {
        var driver = try till(balance: 700)
        driver.press(.tillBalance)
        driver.type(code.text)
        driver.press(.submit)
        #expect(driver.state.desk.status?.text.contains("7.00") == true, "\(driver)")
        #expect(driver.state.till?.mode == .figures && driver.shop.orders.isEmpty)
    }

    @Test func storeCreditIsTheCustomersOfTheSale() throws {
        var driver = try till()
        driver.shop.credit = GiftCard(
            id: 5, holder: .account(3), name: "Customer", balance: Money(minorUnits: 1_000), expiresAt: nil,
            createdAt: FixtureShop.now)
        driver.send(.scanned("CS-102"))
        let goods = try #require(minor(driver))
        driver.press(.tillWords)
        driver.type("credit")
        driver.press(.submit)
        #expect(driver.state.till?.problem != nil && minor(driver) == goods, "\(driver)")
        driver.press(.back, .tillWords)
        driver.type("customer customer@example.com")
        driver.press(.submit, .tillWords)
        driver.type("credit")
        driver.press(.submit)
        #expect(minor(driver) == goods - 1_000, "\(driver)")
    }

    @Test func whoMayNotSellGiftCardsIsTold() throws {
        var grants = Role.staff.grants
        grants[.issueGiftCards] = nil
        var driver = try till(.staff, granted: Role(name: "helper", grants: grants))
        driver.type("50")
        driver.press(.tillSellGiftCard)
        #expect(driver.state.till?.problem != nil && driver.state.cart.isEmpty, "\(driver)")
    }

    // MARK: - Screens

    @Test func theGiftCardsAreListedAndOneIsOpened() throws {
        var driver = try till(balance: 700)
        driver.press(.openGiftCards)
        #expect(driver.state.giftCards?.cards?.count == 1, "\(driver)")
        driver.press(.open)
        #expect(driver.state.giftCards?.history?.card.id == 9)
        driver.press(.back)
        #expect(driver.state.giftCards?.history == nil)
    }

    @Test func goodsWithoutAReceiptBecomeAGiftCard() throws {
        var driver = try till()
        driver.press(.openLooseReturn)
        driver.send(.scanned("CS-102"))
        driver.press(.looseMore)
        #expect(driver.state.looseReturns?.goods?.pieces == 2, "\(driver)")
        #expect(driver.state.looseReturns?.goods?.figures?.lines.first?.quantity == 2)
        driver.press(.giveLoose)
        driver.type("Ann Example")
        driver.press(.submit)
        driver.press(.open)
        guard case .done(let taken) = driver.state.looseReturns?.stage else {
            Issue.record("\(driver)")
            return
        }
        #expect(taken.name == "Ann Example" && taken.code != nil && driver.shop.looseReturns.count == 1)
        #expect(driver.effects(of: { $0.send(.scanned("CS-102")) }) == [.beep])
        #expect(driver.state.status?.text.contains("CS-102") == true, "\(driver)")
        driver.press(.open)
        #expect(driver.state.looseReturns?.goods?.lines.isEmpty == true)
    }

    @Test func aLostAnswerIsAskedForAgainAsItWas() throws {
        var driver = try till()
        driver.press(.openLooseReturn)
        driver.send(.scanned("CS-102"))
        driver.shop.losesAnswers = true
        driver.press(.giveLoose)
        driver.type("Ann")
        driver.press(.submit, .open)
        guard case .choosing = driver.state.looseReturns?.stage else {
            Issue.record("\(driver)")
            return
        }
        // What was asked stands: nothing of it can be changed meanwhile.
        driver.press(.looseMore)
        #expect(driver.state.looseReturns?.goods?.pieces == 1)
        driver.shop.losesAnswers = false
        driver.press(.giveLoose)
        #expect(driver.shop.looseReturns.count == 1, "\(driver)")
    }
}
