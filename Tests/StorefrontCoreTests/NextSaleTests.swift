import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// From the end of one sale to the beginning of the next, and from the shop to the payment.
@Suite struct NextSaleTests {
    /// A sale is done that was found by search.
    private func done() throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.search)
        driver.type("board")
        driver.press(.open, .addOne, .checkout)
        driver.type("60")
        driver.press(.submit)
        #expect(driver.state.checkout?.step == .done, "\(driver)")
        return driver
    }

    private func receipt() throws -> ModelDriver {
        var driver = try done()
        driver.press(.showReceipt)
        #expect(driver.state.kind == .receipt, "\(driver)")
        return driver
    }

    @Test func aScanBeginsTheNextSale() throws {
        for var driver in [try done(), try receipt()] {
            driver.send(.scanned("CS-104"))
            #expect(driver.state.screens == [.shop], "\(driver)")
            #expect(driver.state.cart.lines.map(\.productID) == [5])
            #expect(driver.state.shop?.hasFilters == false && driver.state.shop?.page?.products.count == 8)
        }
    }

    /// The change stays in sight until something is sold.
    @Test func aCodeThatNoProductHasBeginsNothing() throws {
        for var driver in [try done(), try receipt()] {
            let screens = driver.state.screens
            #expect(driver.effects { $0.send(.scanned("CS-999")) }.last == .beep)
            #expect(driver.state.screens == screens && driver.state.status?.kind == .failure, "\(driver)")
        }
    }

    @Test(arguments: [Command.newSale, .submit, .open])
    func enterAndNMeanTheSame(_ command: Command) throws {
        for var driver in [try done(), try receipt()] {
            if driver.state.availability(of: command) == .absent { continue }
            let showsChange = driver.state.kind == .checkout
            driver.press(command)
            #expect(driver.state.screens == [.shop] && driver.state.shop?.hasFilters == false, "\(driver)")
            #expect(driver.state.focusedField == nil && driver.state.shop?.page?.products.count == 8)
            if showsChange { #expect("\(driver)".contains("the change is $5.76"), "\(driver)") }
        }
    }

    @Test func searchingBeginsTheNextSale() throws {
        for var driver in [try done(), try receipt()] {
            driver.press(.search)
            driver.type("lamp")
            #expect(driver.state.screens == [.shop] && driver.state.shop?.search.text == "lamp", "\(driver)")
            #expect(driver.state.shop?.selected?.name.contains("lamp") == true)
        }
    }

    @Test(arguments: [Command.openShop, .back])
    func everyWayFromASaleLeadsToAllProducts(by command: Command) throws {
        for var driver in [try done(), try receipt()] {
            driver.press(command)
            #expect(driver.state.screens == [.shop] && driver.state.shop?.hasFilters == false, "\(driver)")
            #expect(driver.state.shop?.page?.products.count == 8)
        }
    }

    // MARK: - The search

    @Test func theFirstLetterReplacesWhatWasSearchedFor() throws {
        var driver = try ModelDriver()
        driver.press(.search)
        driver.type("lamp")
        driver.press(.open, .search)
        #expect(driver.state.shop?.search.isAllSelected == true && driver.state.shop?.search.text == "lamp")
        driver.type("bell")
        #expect(driver.state.shop?.search.text == "bell", "\(driver)")
        driver.press(.open, .search)
        driver.send(.edit(.end))
        driver.type("s")
        #expect(driver.state.shop?.search.text == "bells", "a cursor key keeps it")
        driver.press(.open, .search)
        driver.send(.edit(.undo))
        #expect(driver.state.shop?.search.isAllSelected == false)
    }

    // MARK: - To the payment

    @Test func whatIsAsItWasAgreedNeedsNoReview() throws {
        for place in [Command.openShop, .open, .openCart] {
            var driver = try ModelDriver()
            driver.signIn(.staff)
            driver.press(.addOne, place, .checkout)
            let checkout = try #require(driver.state.checkout, "\(driver)")
            #expect(checkout.step == .payment && checkout.toPay?.displayText == "$54.24", "\(driver)")
            #expect(checkout.pending?.draft.agreement?.total == checkout.toPay, "the draft has the agreement")
            driver.press(.back)
            #expect(driver.state.checkout?.step == .review, "the review can be asked for: \(driver)")
        }
    }

    @Test func anEmptyCartChecksNothingOut() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.checkout)
        #expect(driver.state.kind == .shop && driver.state.status?.kind == .warning, "\(driver)")
    }

    /// What the store may say by now that the buyer has not seen.
    private static let changes: [(String, String?, @Sendable (inout FixtureShop) -> Void)] = [
        ("price", nil, { $0.products[0].price = Money(minorUnits: 5_499) }),
        ("stock", nil, { $0.products[0].stock = 0 }),
        ("tax", nil, { $0.policy.taxes = TaxTable(standardRate: Rate(percentText: "20") ?? .seedTax) }),
        ("discount", "SAVE20", { $0.discounts = [] }),
    ]

    @Test(arguments: 0..<4) func whatHasChangedIsReviewed(change index: Int) throws {
        let (name, code, change) = Self.changes[index]
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne)
        if let code {
            driver.press(.discountCode)
            driver.type(code)
            driver.press(.open)
        }
        change(&driver.shop)
        driver.press(.checkout)
        let checkout = try #require(driver.state.checkout, "\(driver)")
        #expect(checkout.step == .review && checkout.agreed == nil, "\(name)\n\(driver)")
        #expect(driver.state.status?.kind == .warning && driver.shop.checkouts.isEmpty, "\(name)")
        // It is gone on from there once it was seen.
        if name != "stock" {
            driver.press(.acceptChanges, .submit)
            #expect(driver.state.checkout?.step == .payment, "\(name)\n\(driver)")
        }
    }

    @Test func whatCannotBeLookedUpIsReviewed() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne)
        driver.shop.failure = .unreachable("The shop cannot be reached")
        driver.press(.checkout)
        driver.shop.failure = nil
        #expect(
            driver.state.checkout?.step == .review && driver.state.checkout?.isOnTheWay == false, "\(driver)")
    }

    @Test func enterOnTheWayPaysNothing() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne)
        driver.holdsAnswers = true
        driver.press(.checkout)
        #expect(driver.effects { $0.press(.submit, times: 9) }.isEmpty, "\(driver)")
        driver.press(.back)
        #expect(driver.state.kind == .shop, "it can be left: \(driver)")
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.shop.orders.isEmpty && driver.shop.checkouts.isEmpty)
    }
}
