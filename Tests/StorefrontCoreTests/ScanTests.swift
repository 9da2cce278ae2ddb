import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// A scan is told from typing in every field, and confirms nothing anywhere.
@Suite struct ScanTests {
    private static let code = "96385074"

    private func payment(card: Bool = false) throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .checkout)
        if card { driver.press(.down) }
        return driver
    }

    /// Each place with a field or a question that is for something else.
    private func places() throws -> [(String, ModelDriver)] {
        func driver(_ start: StartScreen = .shop, _ play: (inout ModelDriver) -> Void) throws -> ModelDriver {
            var driver = try ModelDriver(
                start: start, context: AppContext(isThrowAway: true, themes: ["default", "mono"]))
            play(&driver)
            return driver
        }
        return [
            ("cash", try payment()), ("approval code", try payment(card: true)),
            ("e-mail", try driver(.signIn) { _ in }),
            ("password", try driver(.signIn) { $0.press(.nextField) }),
            ("name", try driver(.signIn) { $0.press(.register) }),
            ("address", try driver(.welcome) { $0.press(.connect) }),
            ("find a line", try driver { $0.press(.addOne, .openCart, .findLine) }),
            (
                "find an order",
                try driver {
                    $0.signIn(.staff)
                    $0.press(.openOrders, .findOrder)
                }
            ),
            ("help", try driver { $0.press(.help) }), ("palette", try driver { $0.press(.palette) }),
            ("themes", try driver { $0.press(.theme) }), ("sorts", try driver { $0.press(.sort) }),
            ("question", try driver { $0.press(.addOne, .quit) }),
            ("welcome", try driver(.welcome) { _ in }),
            (
                "orders",
                try driver {
                    $0.signIn(.staff)
                    $0.press(.openOrders)
                }
            ),
            (
                "review",
                try driver {
                    $0.signIn(.staff)
                    $0.press(.addOne, .checkout, .back)
                }
            ),
        ]
    }

    @Test func aScanFillsNothingThatIsForSomethingElse() throws {
        for (name, before) in try places() {
            #expect(!before.state.isTyping(Self.code), "\(name)")
            var driver = before
            #expect(driver.effects { $0.send(.scanned(Self.code)) } == [.beep], "\(name)\n\(driver)")
            #expect(driver.state.status?.kind == .warning, "\(name)")
            // A password is not shown, whatever it looks like.
            #expect(driver.state.status?.text.contains(Self.code) == (name != "password"), "\(name)")
            #expect(driver.state.way == before.state.way, "\(name)")
            #expect(driver.state.overlays == before.state.overlays, "\(name)")
            #expect(driver.state.cart == before.state.cart, "\(name)")
        }
    }

    /// What comes at once from a tool or over a slow line is typing where it is what the field is for.
    @Test func whatFitsTheFieldIsTyping() throws {
        let fits = [
            "cash": "20.50", "e-mail": "ada@example.com", "password": "correct-horse7",
            "name": "Ada Lovelace",
            "address": "https://shop.example.com", "find a line": "walnut board", "palette": "theme",
        ]
        for (name, driver) in try places() {
            if let text = fits[name] { #expect(driver.state.isTyping(text), "\(name)") }
            for code in ["4006381333931", "CS-104", "\u{E9}&(\u{E8}"] where name != "password" {
                #expect(!driver.state.isTyping(code), "\(code) in \(name)")
            }
        }
    }

    @Test func aScanPaysNothing() throws {
        for card in [false, true] {
            var driver = try payment(card: card)
            driver.send(.scanned(Self.code))
            #expect(driver.state.focusedField?.isEmpty == true && driver.shop.orders.isEmpty, "\(driver)")
        }
    }

    /// A scanner that is so slow that time does not tell.
    @Test func anArticlesNumberTypedIntoAnotherFieldIsNotTaken() throws {
        for name in ["e-mail", "name", "find a line", "find an order", "address"] {
            var driver = try #require(try places().first { $0.0 == name }).1
            let screens = driver.state.screens
            driver.type(Self.code)
            driver.press(.open)
            #expect(driver.state.focusedField?.isEmpty == true, "\(name)\n\(driver)")
            #expect(driver.state.screens == screens && driver.state.status?.kind == .warning, "\(name)")
        }
    }

    @Test func anArticlesNumberAsApprovalCodeIsAskedAboutOnce() throws {
        var driver = try payment(card: true)
        driver.type(Self.code)
        driver.press(.submit)
        #expect(
            driver.state.question == .takeApprovalCode(Self.code) && driver.shop.orders.isEmpty, "\(driver)")
        driver.send(.scanned("4006381333931"))
        #expect(driver.state.question == .takeApprovalCode(Self.code), "a scan answers nothing")
        // Enter corrects it, y means it.
        driver.press(.open)
        #expect(driver.state.overlays.isEmpty && driver.shop.orders.isEmpty)
        driver.press(.submit)
        driver.send(.answered(true))
        #expect(driver.state.checkout?.order?.payments.first?.approvalCode == Self.code, "\(driver)")
    }

    @Test func aScanIntoTheDiscountFieldWaitsForEnter() throws {
        var driver = try ModelDriver()
        driver.press(.addOne, .discountCode)
        driver.type("SAVE")
        #expect(driver.effects { $0.send(.scanned("SAVE10")) }.isEmpty, "\(driver)")
        #expect(driver.state.focusedField?.text == "SAVE10" && driver.state.cart.discountCode == nil)
        driver.press(.open)
        #expect(driver.state.quote?.discountCode == "SAVE10", "\(driver)")
    }

    // MARK: - Far too much cash

    @Test func cashFarAboveTheTotalIsAskedAboutOnce() throws {
        var driver = try payment()
        driver.type("5424")
        driver.press(.submit)
        #expect(driver.state.question == .takeCash(542_400) && driver.shop.orders.isEmpty, "\(driver)")
        driver.press(.open)
        #expect(driver.state.overlays.isEmpty && driver.shop.orders.isEmpty, "Enter corrects it")
        #expect(driver.state.checkout?.tender.text == "5424")
        driver.shop.losesAnswers = true
        driver.press(.submit)
        driver.send(.answered(true))
        #expect(driver.shop.orders.count == 1 && driver.state.checkout?.isOutcomeUnknown == true, "\(driver)")
        driver.shop.losesAnswers = false
        driver.press(.submit)
        #expect(driver.state.overlays.isEmpty, "it is not asked about again")
        #expect(driver.state.checkout?.order?.payments.first?.tendered?.displayText == "$5,424.00")
    }

    @Test func thePolicySaysHowFarIsTooFar() throws {
        for (times, asks) in [(1, true), (2, false), (0, false)] {
            var policy = ShopPolicy()
            policy.cashAskAbove = times
            var driver = try ModelDriver(context: AppContext(policy: policy))
            driver.signIn(.staff)
            driver.press(.addOne, .checkout)
            driver.type("108.48")
            driver.press(.submit)
            #expect(driver.state.overlays.isEmpty != asks, "\(times)\n\(driver)")
        }
    }

    // MARK: - Round amounts

    @Test func aKeyFillsInARoundAmountAndPaysNothing() throws {
        var driver = try payment()
        #expect(
            driver.state.checkout?.roundAmounts(driver.state.desk).map(\.decimalText) == [
                "55.00", "60.00", "100.00",
            ])
        driver.press(Command.roundAmounts[1])
        #expect(driver.state.checkout?.tender.text == "60.00" && driver.shop.orders.isEmpty, "\(driver)")
        #expect("\(driver)".contains("F7 $60.00") && "\(driver)".contains("$5.76"), "\(driver)")
        driver.type("100")
        #expect(driver.state.checkout?.tender.text == "100", "what is typed next is another amount")
        driver.press(Command.roundAmounts[1], .submit)
        #expect(driver.state.checkout?.order?.payments.first?.change?.displayText == "$5.76")
        #expect(driver.state.availability(of: Command.roundAmounts[0]) == .absent)
    }

    @Test func theSuggestionIsWhatCoinsCanMake() throws {
        var policy = ShopPolicy(currency: .usd)
        policy.cashRounding = CashRounding(step: 5)
        var driver = try ModelDriver(context: AppContext(policy: policy))
        driver.signIn(.staff)
        driver.press(.addOne, .checkout)
        #expect("\(driver)".contains("54.25"), "\(driver)")
        driver.type("60,00")
        #expect("\(driver)".contains("$5.75"), "\(driver)")
    }
}
