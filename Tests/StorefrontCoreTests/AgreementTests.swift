import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// What is paid is what the buyer saw and agreed to.
@Suite struct AgreementTests {
    /// Staff with one board, 49.99 and 4.25 tax, who has agreed to 54.24.
    private func agreed(card: Bool = false, code: String? = nil) throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openCart)
        if let code {
            driver.press(.discountCode)
            driver.type(code)
            driver.press(.open)
        }
        driver.press(.checkout)
        if card {
            driver.press(.down)
            driver.type("A1-77")
        } else {
            driver.type("100")
        }
        return driver
    }

    private func total(_ driver: ModelDriver) -> String? { driver.state.checkout?.toPay?.displayText }

    /// What the store may come to meanwhile, and its total then.
    private static let changes: [(String, String?, @Sendable (inout FixtureShop) -> Void)] = [
        ("price", nil, { $0.products[0].price = Money(minorUnits: 5_499) }),
        ("tax", nil, { $0.policy.taxes = TaxTable(standardRate: Rate(percentText: "20") ?? .seedTax) }),
        ("discount", "SAVE20", { $0.discounts = [] }),
    ]

    @Test(arguments: 0..<3, [false, true])
    func aStoreThatComesToAnotherPricePlacesNothingAndAsks(change index: Int, card: Bool) throws {
        let (name, code, change) = Self.changes[index]
        var driver = try agreed(card: card, code: code)
        let old = try #require(driver.state.checkout?.toPay)
        change(&driver.shop)
        driver.press(.submit)
        #expect(driver.shop.orders.isEmpty && driver.shop.checkouts.isEmpty, "\(name)")
        guard case .payNewPrice(let price)? = driver.state.question else {
            Issue.record("nothing is asked after the \(name) changed\n\(driver)")
            return
        }
        #expect(price.total > old, "\(name)")
        // Both figures are in front of the one who decides.
        #expect("\(driver)".contains(old.displayText) && "\(driver)".contains(price.total.displayText))

        var declined = driver
        declined.press(.open)
        #expect(declined.state.checkout?.step == .review && declined.shop.orders.isEmpty, "\(declined)")

        driver.send(.answered(true))
        #expect(driver.state.checkout?.step == .payment && driver.state.checkout?.toPay == price.total)
        driver.press(.submit)
        let order = try #require(driver.shop.orders.first, "\(name)\n\(driver)")
        #expect(order.total == price.total && order.payments.first?.amount == price.total)
        #expect(driver.state.checkout?.step == .done && driver.state.cart.isEmpty)
    }

    /// The cart, the header and the next quote may say what they want.
    @Test func aLateScanWhilePayingChangesNoAgreement() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne)
        driver.holdsAnswers = true
        driver.send(.scanned("CS-104"))
        let scan = try #require(driver.held.last)
        driver.holdsAnswers = false
        driver.press(.openCart, .checkout)
        driver.type("60")
        let found = driver.shop.reply(to: scan)
        driver.send(.replied(scan.id, try #require(found)))
        #expect(driver.state.cart.pieces == 2 && driver.state.quote?.total.displayText != "$54.24")
        #expect(total(driver) == "$54.24" && driver.state.status?.kind == .success, "\(driver)")
        driver.press(.submit)
        #expect(driver.state.checkout?.order?.total.displayText == "$54.24", "\(driver)")
        #expect(driver.state.checkout?.order?.payments.first?.change?.displayText == "$5.76")
        #expect(driver.state.cart.lines.map(\.productID) == [5], "it waits for the next sale")
    }

    @Test func theNewPriceIsOneOfTheSameLines() throws {
        var driver = try agreed()
        driver.holdsAnswers = true
        driver.press(.back, .back)
        driver.send(.scanned("CS-104"))
        let scan = try #require(driver.held.last)
        driver.holdsAnswers = false
        driver.press(.checkout)
        driver.type("100")
        driver.shop.products[0].price = Money(minorUnits: 5_499)
        driver.press(.submit)
        let found = driver.shop.reply(to: scan)
        driver.send(.replied(scan.id, try #require(found)))
        #expect(driver.state.cart.pieces == 2)
        driver.send(.answered(true))
        driver.press(.submit)
        #expect(driver.shop.orders.first?.items.map(\.productID) == [1], "\(driver)")
        #expect(driver.state.cart.lines.map(\.productID) == [5], "\(driver)")
    }

    @Test func aScanIntoTheCashFieldIsNoMoney() throws {
        var driver = try agreed()
        #expect(driver.state.isTyping("99.99") && !driver.state.isTyping("4006381333931"))
        #expect(driver.effects { $0.send(.scanned("4006381333931")) } == [.beep])
        #expect(driver.state.checkout?.tender.text == "100" && driver.state.status?.kind == .warning)
        // The same from a scanner that is not told from a hand.
        driver.send(.edit(.killToStart))
        driver.type("40063813")
        #expect(driver.effects { $0.press(.submit, .submit) }.isEmpty, "\(driver)")
        #expect(driver.state.checkout?.problem != nil && driver.shop.orders.isEmpty)
        driver.type("60")
        #expect(driver.state.checkout?.tender.text == "60", "what is typed next replaces it")
    }

    @Test func anInterruptedCheckoutPaysWhatWasAgreedOverAChangedCart() throws {
        var first = try agreed()
        first.holdsAnswers = true
        first.press(.submit)
        // The program dies before the store answers; the checkout is on disk.
        var shop = first.shop
        shop.checkouts[.user(2)] = try #require(first.state.checkout?.pending).confirmed
        var cart = try #require(shop.carts[.user(2)])
        cart.apply(.add(CartLine(shop.products[4], quantity: 1), by: 2))
        cart.apply(.add(CartLine(first.shop.products[0], quantity: 1), by: 1))
        shop.carts[.user(2)] = cart
        var driver = try ModelDriver(shop: shop)
        driver.signIn(.staff)
        driver.holdsAnswers = true
        driver.send(.answered(true))
        #expect(driver.state.kind == .checkout && total(driver) == "$54.24", "\(driver)")
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.checkout?.order?.total.displayText == "$54.24", "\(driver)")
        #expect(driver.state.checkout?.order?.payments.first?.amount.displayText == "$54.24")
    }

    @Test func withoutTheTotalTheCheckoutCannotGoOn() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openCart)
        driver.holdsAnswers = true
        driver.press(.addOne, .checkout)
        #expect(driver.state.kind == .checkout)
        #expect(driver.state.quote != nil, "an older price shows")
        #expect(driver.state.checkout?.isOnTheWay == true && driver.state.checkout?.agreed == nil)
        #expect(driver.effects { $0.press(.submit, times: 3) }.isEmpty, "\(driver)")
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.checkout?.step == .payment, "\(driver)")
        #expect(total(driver) == driver.state.quote?.total.displayText)
    }

    @Test func aQuoteThatFailedIsAskedAgain() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.shop.failure = .unreachable("The shop cannot be reached")
        driver.press(.openCart)
        driver.shop.failure = nil
        driver.press(.openShop)
        driver.holdsAnswers = true
        driver.press(.addOne)
        driver.reply(
            .basket(.quoted(Basket.Quoted(lines: [], code: nil), .failure(.outcomeUnknown)))
        ) { if case .basket(.quote) = $0 { true } else { false } }
        driver.holdsAnswers = false
        driver.answerAll()
        driver.press(.openCart, .checkout)
        #expect(driver.state.availability(of: .submit) == .enabled, "\(driver)")
    }

    @Test func anEmptyCashFieldGivesTheExactAmount() throws {
        var driver = try agreed()
        driver.send(.edit(.killToStart))
        driver.press(.submit)
        let payment = try #require(driver.state.checkout?.order?.payments.first, "\(driver)")
        #expect(payment.tendered?.displayText == "$54.24" && payment.change?.isZero == true)
    }
}

extension PendingCheckout {
    /// As it is stored once Enter was pressed.
    fileprivate var confirmed: PendingCheckout {
        var copy = self
        copy.payment = PaymentRequest(methodID: "cash", tenderedMinor: 10_000)
        return copy
    }
}
