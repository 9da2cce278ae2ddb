import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Receipts by mail, and the drawer, by the states of the till.
@Suite struct MailingTests {
    private func till(
        hasMail: Bool = true, methods: Set<String> = [], hasDrawer: Bool = true
    ) throws -> ModelDriver {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        context.hasDrawer = hasDrawer
        context.drawerMethods = methods
        context.hasMail = hasMail
        var driver = try ModelDriver(context: context, shop: try FixtureShop())
        driver.signIn(.admin)
        driver.press(.openShop)
        driver.send(.scanned("CS-102"))
        return driver
    }

    private func mailed(_ effects: [ModelDriver.Ordered]) -> String? {
        for case .ask(.receipt(.mail(_, _, let recipient))) in effects { return recipient.address }
        return nil
    }

    @Test func afterASaleAKeyAsksForTheAddressAndMails() throws {
        var driver = try till()
        driver.type("100")
        driver.press(.tillCash)
        driver.press(.mailReceipt)
        driver.type("emile@example.com")
        #expect(mailed(driver.effects { $0.press(.submit) }) == "emile@example.com")
        #expect(driver.state.overlays.isEmpty && driver.state.status?.kind == .success, "\(driver)")
        #expect(driver.state.kind == .till)
    }

    /// The address of a named customer stands there already, at the till and on the receipt.
    @Test func aNamedCustomersAddressStandsThere() throws {
        var driver = try till()
        driver.press(.tillCustomer)
        driver.type("customer@example.com")
        driver.press(.submit)
        driver.type("100")
        driver.press(.tillCash)
        driver.press(.mailReceipt)
        #expect(mailed(driver.effects { $0.press(.submit) }) == "customer@example.com", "\(driver)")
        driver.press(.tillReceipt, .mailReceipt)
        #expect(driver.state.kind == .receipt)
        #expect(mailed(driver.effects { $0.press(.submit) }) == "customer@example.com", "\(driver)")
    }

    /// Two keys after the sale: what is typed is looked at, and the paper is the invoice from then on.
    @Test func theReceiptBecomesAnInvoiceForWhoWantsOne() throws {
        var driver = try till()
        driver.type("100")
        driver.press(.tillCash, .tillReceipt, .makeInvoice)
        for text in ["", "a; b; c; d"] {
            driver.type(text)
            driver.press(.submit)
            #expect(driver.state.overlays.count == 1 && driver.shop.orders.allSatisfy { $0.invoice == nil })
        }
        driver.type("Corner Ltd; 1 High Street, Town; GB123")
        driver.press(.submit)
        let invoice = try #require(driver.shop.orders.first?.invoice)
        #expect(invoice.party.name == "Corner Ltd" && invoice.party.address == ["1 High Street", "Town"])
        #expect(invoice.party.taxNumber == "GB123" && invoice.number.text == "I1-000001")
        guard case .receipt(let receipt) = driver.state.screen else {
            return #expect(Bool(false), "\(driver)")
        }
        #expect(receipt.order.invoice == invoice && driver.state.overlays.isEmpty, "\(driver)")
        guard case .disabled = driver.state.availability(of: .makeInvoice) else {
            return #expect(Bool(false), "a sale has one invoice")
        }
    }

    @Test func whatIsNoAddressIsRefusedWhereItIsTyped() throws {
        var driver = try till()
        driver.type("100")
        driver.press(.tillCash)
        driver.press(.mailReceipt)
        for text in ["", "nobody", "a b@example.com"] {
            driver.type(text)
            #expect(mailed(driver.effects { $0.press(.submit) }) == nil)
            guard case .prompt(let prompt)? = driver.state.overlays.last else {
                Issue.record("the prompt is gone\n\(driver)")
                return
            }
            #expect(prompt.problem != nil)
        }
    }

    @Test func aFailureIsToldAndTheReceiptIsStillThere() throws {
        var driver = try till()
        driver.type("100")
        driver.press(.tillCash)
        driver.shop.failure = .device("The mail command ended with code 75")
        driver.press(.mailReceipt)
        driver.type("emile@example.com")
        driver.press(.submit)
        let words = driver.state.status
        #expect(words?.kind == .failure, "\(driver)")
        #expect(words?.text.contains("emile@example.com") == true && words?.text.contains("75") == true)
        driver.shop.failure = nil
        driver.press(.tillReceipt)
        #expect(driver.state.receipt?.order == driver.shop.orders.first)
    }

    @Test func withoutMailItSaysHowToGetIt() throws {
        var driver = try till(hasMail: false)
        driver.type("100")
        driver.press(.tillCash)
        driver.press(.mailReceipt)
        #expect(driver.state.overlays.isEmpty)
        #expect(driver.state.status?.text.contains("mail.command") == true, "\(driver)")
    }

    // MARK: - The drawer

    @Test func aCardOpensNoDrawerUnlessItsMethodDoes() throws {
        for (methods, openings) in [([], 0), (["card"], 1), (["voucher"], 0)] as [(Set<String>, Int)] {
            var driver = try till(methods: methods)
            driver.press(.tillCard)
            driver.type("A-77")
            driver.press(.submit)
            #expect(driver.shop.orders.count == 1, "\(driver)")
            #expect(driver.shop.drawerOpenings == openings, "\(methods)")
        }
    }

    @Test func cashOpensIt() throws {
        for hasDrawer in [true, false] {
            var driver = try till(hasDrawer: hasDrawer)
            driver.type("100")
            driver.press(.tillCash)
            #expect(driver.shop.drawerOpenings == (hasDrawer ? 1 : 0))
        }
    }
}
