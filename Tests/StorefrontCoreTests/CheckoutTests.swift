import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// From cart to paid, in every way that it can go wrong.
@Suite struct CheckoutTests {
    /// Staff with one board (49.99, with tax 54.24) in the cart.
    private func atReview(_ role: Role = .staff) throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(role)
        driver.press(.addOne, .openCart, .checkout, .back)
        return driver
    }

    private func atPayment(_ role: Role = .staff, tender: String = "60") throws -> ModelDriver {
        var driver = try atReview(role)
        driver.press(.submit)
        driver.type(tender)
        return driver
    }

    private func step(_ driver: ModelDriver) -> CheckoutState.Stage? { driver.state.checkout?.step }

    // MARK: - The straight way

    @Test func reviewPaymentDone() throws {
        var driver = try atReview()
        #expect(step(driver) == .review, "\(driver)")
        driver.press(.submit)
        #expect(step(driver) == .payment && driver.state.checkout?.methods?.count == 2)
        driver.type("60")
        driver.press(.submit)
        let order = try #require(driver.state.checkout?.order)
        #expect(step(driver) == .done && order.status == .paid, "\(driver)")
        #expect(order.payments.first?.change?.displayText == "$5.76")
        #expect(driver.state.cart.isEmpty && driver.shop.checkouts.isEmpty)
        driver.press(.showReceipt)
        #expect(
            driver.state.screens == [.shop, .receipt] && driver.state.receipt?.order == order, "\(driver)")
        driver.press(.newSale)
        #expect(driver.state.screens == [.shop] && driver.state.checkout == nil)
    }

    @Test func enterHammeredIsOneAttempt() throws {
        var driver = try atPayment()
        driver.holdsAnswers = true
        let ordered = driver.effects { $0.press(.submit, times: 20) }
        #expect(ordered.count == 1, "\(ordered)")
        let pending = try #require(driver.state.checkout?.pending)
        let payment = PaymentRequest(methodID: "cash", tenderedMinor: 6_000)
        #expect(ordered == [.ask(.checkout(.complete(pending, payment)))])
        #expect(driver.state.availability(of: .submit) == .disabled("One moment: the order is being placed"))
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.shop.orders.count == 1, "\(driver)")
    }

    @Test func enterHammeredAtTheReviewBeginsOnce() throws {
        var driver = try atReview()
        driver.holdsAnswers = true
        let ordered = driver.effects { $0.press(.submit, times: 20) }
        #expect(ordered.count == 1, "\(ordered)")
    }

    @Test func whileBusyOnlyHelpAndTheLikeWork() throws {
        var driver = try atPayment()
        driver.holdsAnswers = true
        driver.press(.submit)
        for command in [Command.openShop, .openCart, .openOrders, .account, .palette, .down, .submit] {
            let ordered = driver.effects { $0.press(command) }
            #expect(ordered.isEmpty && driver.state.kind == .checkout, "\(command)")
        }
        driver.press(.back)
        #expect(driver.state.kind == .checkout && driver.state.status?.kind == .info)
        driver.type("9")
        #expect(driver.state.checkout?.tender.text == "60")
        // Quitting asks, and the question can be answered by Enter.
        driver.press(.quit, .open)
        #expect(driver.state.ending == .no && driver.state.overlays.isEmpty, "\(driver)")
        driver.press(.quit, .nextField, .open)
        #expect(driver.state.ending == .waiting)
    }

    // MARK: - Ways to pay

    @Test func cashMustSuffice() throws {
        for (tender, problem) in [
            ("50", "$4.24 is missing"),
            ("fifty", "\"fifty\" is not an amount such as 50 or 50.00"),
            ("-60", nil), ("99999999999999", nil),
        ] {
            var driver = try atPayment(tender: tender)
            let ordered = driver.effects { $0.press(.submit) }
            #expect(ordered.isEmpty && step(driver) == .payment, "\(tender)")
            #expect(driver.state.checkout?.problem != nil)
            if let problem { #expect(driver.state.checkout?.problem == problem, "\(driver)") }
            driver.type("1")
            #expect(driver.state.checkout?.problem == nil, "typing takes the complaint away")
        }
    }

    @Test func aCardNeedsItsApprovalCode() throws {
        var driver = try atReview()
        driver.press(.submit, .down)
        #expect(driver.state.checkout?.method == .externalCard)
        driver.press(.submit)
        #expect(driver.state.checkout?.problem != nil && driver.shop.orders.isEmpty, "\(driver)")
        driver.type("A1-77")
        driver.press(.submit)
        #expect(driver.state.checkout?.order?.payments.first?.approvalCode == "A1-77", "\(driver)")
    }

    @Test func methodsAreChosenByKeyAndClick() throws {
        var driver = try atReview()
        driver.press(.submit, .down, .down, .down)
        #expect(driver.state.checkout?.methodIndex == 1)
        driver.press(.up, .up)
        #expect(driver.state.checkout?.methodIndex == 0)
        driver.send(.rowClicked(1, opens: false))
        #expect(driver.state.checkout?.method == .externalCard)
        driver.send(.rowClicked(9, opens: false))
        #expect(driver.state.checkout?.methodIndex == 1)
    }

    @Test func aMethodThatIsNoLongerOfferedIsNotPayingLater() throws {
        var driver = try atReview()
        driver.press(.submit, .down)
        driver.shop.methods = [.cash]
        driver.send(.connectionChanged(.offline(since: FixtureShop.now)))
        driver.holdsAnswers = true
        driver.press(.back, .back, .checkout)
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.checkout?.method == .cash, "\(driver)")
    }

    @Test func aCustomerPaysAtTheCounter() throws {
        var driver = try atReview(.customer)
        driver.press(.submit)
        #expect(driver.state.checkout?.paysLater == true, "\(driver)")
        let ordered = driver.effects { $0.press(.submit) }
        guard case .ask(.checkout(.complete(_, nil)))? = ordered.first else {
            Issue.record("\(ordered)")
            return
        }
        #expect(step(driver) == .done && driver.state.checkout?.order?.status == .pending)
        #expect("\(driver)".contains("Pay at the counter and name order 1041"), "\(driver)")
    }

    @Test func missingMethodsCanBeLoadedAgain() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.press(.addOne, .openCart)
        driver.shop.failure = .unreachable("The shop cannot be reached")
        driver.press(.checkout)
        driver.shop.failure = nil
        driver.press(.submit)
        #expect(driver.state.availability(of: .retry) == .enabled, "\(driver)")
        #expect(driver.effects { $0.press(.submit) }.isEmpty, "without methods nothing is paid or ordered")
        driver.press(.retry)
        #expect(driver.state.checkout?.methods?.count == 2)
    }

    // MARK: - Refusals

    @Test func soldOutMeanwhileLeadsBackToTheReview() throws {
        var driver = try atPayment()
        driver.shop.products[0].stock = 0
        driver.shop.failure = .insufficientStock(
            productID: 1, name: "Walnut chopping board", available: 0)
        driver.holdsAnswers = true
        driver.press(.submit)
        driver.answerAll()
        driver.shop.failure = nil
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(step(driver) == .review && driver.state.checkout?.pending == nil, "\(driver)")
        #expect(
            driver.state.status
                == StatusMessage(.failure, "Walnut chopping board is sold out"))
        #expect(driver.state.differences.count == 1)
        driver.press(.submit)
        #expect(step(driver) == .review && driver.state.checkout?.isBusy == false)
        driver.press(.acceptChanges)
        #expect(driver.state.cart.isEmpty)
        driver.press(.submit)
        #expect(driver.state.checkout?.isBusy == false, "an empty cart begins nothing: \(driver)")
        #expect(driver.shop.checkouts.isEmpty)
    }

    @Test func anUnknownOutcomeIsAskedAgainWithTheSameKeys() throws {
        var driver = try atPayment()
        driver.shop.losesAnswers = true
        driver.press(.submit)
        let first = try #require(driver.state.checkout?.pending)
        #expect(driver.state.checkout?.isOutcomeUnknown == true && step(driver) == .payment, "\(driver)")
        driver.press(.submit, times: 3)
        #expect(driver.state.checkout?.pending == first)
        driver.shop.losesAnswers = false
        let ordered = driver.effects { $0.press(.submit) }
        guard case .ask(.checkout(.complete(first, _)))? = ordered.first else {
            Issue.record("\(ordered)")
            return
        }
        #expect(step(driver) == .done && driver.shop.orders.count == 1, "\(driver)")
        #expect(driver.state.checkout?.isOutcomeUnknown == false)
    }

    @Test func anOrderCancelledMeanwhileLeadsBackToTheReview() throws {
        var driver = try atPayment()
        driver.shop.failure = .wrongStatus(orderID: 1041, status: .cancelled)
        driver.press(.submit)
        #expect(step(driver) == .review && driver.state.checkout?.pending == nil, "\(driver)")
        #expect(driver.state.cart.pieces == 1)
        driver.shop.failure = nil
        driver.shop.checkouts = [:]
        driver.press(.submit)
        #expect(step(driver) == .payment, "\(driver)")
    }

    @Test func aRefusedPaymentLeavesTheOrderToBePaidOrCancelled() throws {
        var driver = try atPayment()
        let pending = try #require(driver.state.checkout?.pending)
        driver.holdsAnswers = true
        driver.press(.submit)
        let draft = pending.draft
        let order = driver.shop.place(draft, nil, driver.state.principal)
        driver.reply(
            .checkout(.ended(.failed(.paymentRefused(.told("No")), pending: pending, order: order)))
        ) { if case .checkout(.complete) = $0 { true } else { false } }
        #expect(step(driver) == .payment && driver.state.checkout?.problem == "No", "\(driver)")
        #expect(driver.state.availability(of: .cancelOrder) == .enabled)
        driver.press(.cancelOrder, .nextField)
        let ordered = driver.effects { $0.press(.open) }
        #expect(ordered == [.ask(.checkout(.abandon(pending)))])
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.screens == [.shop, .cart] && driver.state.checkout == nil, "\(driver)")
    }

    @Test func cancellingWhatWasPaidAfterAllFinishesTheCheckout() throws {
        var driver = try atPayment()
        driver.shop.losesAnswers = true
        driver.press(.submit)
        driver.shop.carts[.user(2)] = Cart()
        driver.shop.checkouts = [:]
        let pending = try #require(driver.state.checkout?.pending)
        driver.holdsAnswers = true
        let order = driver.shop.orders[0]
        driver.press(.submit)
        driver.reply(
            .checkout(
                .ended(.failed(.outcomeUnknown, pending: pending, order: order.unpaid)))
        ) { if case .checkout(.complete) = $0 { true } else { false } }
        driver.press(.cancelOrder, .nextField, .open)
        driver.holdsAnswers = false
        driver.reply(.checkout(.abandoned(.failure(.wrongStatus(orderID: 1041, status: .paid))))) {
            $0 == .checkout(.abandon(pending))
        }
        #expect(driver.state.checkout == nil && driver.state.screens == [.shop, .cart], "\(driver)")
        #expect(driver.state.cart.isEmpty, "what was bought is not in the cart any more")
        #expect(driver.state.status == StatusMessage(.failure, "Order 1041 is already paid"))
    }

    @Test func whatIsScannedWhilePlacingStaysInTheCart() throws {
        var driver = try atReview()
        driver.press(.back)
        driver.holdsAnswers = true
        driver.send(.scanned("CS-104"))
        driver.holdsAnswers = false
        driver.press(.checkout)
        driver.type("60")
        let scan = try #require(driver.held.firstIndex { $0.ask == .shop(.code("CS-104", count: 1)) })
        driver.holdsAnswers = true
        driver.press(.submit)
        driver.answer(heldAt: scan)
        driver.answerAll()
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(step(driver) == .done)
        #expect(driver.state.cart.lines.map(\.productID) == [5], "\(driver)")
        #expect(driver.state.cart == driver.shop.carts[.user(2)])
    }

    // MARK: - Leaving

    @Test func leavingTheReviewGoesToTheCart() throws {
        var driver = try atReview()
        driver.press(.back)
        #expect(driver.state.screens == [.shop, .cart] && driver.state.checkout == nil)
    }

    @Test func leavingThePaymentGoesToTheReview() throws {
        var driver = try atPayment()
        driver.press(.back)
        #expect(step(driver) == .review && driver.state.kind == .checkout, "\(driver)")
        driver.press(.submit)
        #expect(step(driver) == .payment)
    }

    @Test(arguments: [Command.openShop, .openCart, .openOrders])
    func functionKeysLeaveWhatHoldsNoOrder(by command: Command) throws {
        for start in [try atReview(), try atPayment()] {
            var driver = start
            driver.press(command)
            #expect(driver.state.kind != .checkout && driver.state.checkout == nil, "\(driver)")
            #expect(driver.state.cart.pieces == 1)
        }
    }

    @Test(arguments: [Command.back, .openShop, .openCart, .openOrders])
    func leavingAnOrderThatMayStandAsks(by command: Command) throws {
        var driver = try atPayment()
        driver.shop.losesAnswers = true
        driver.press(.submit, command)
        #expect(driver.state.overlays.count == 1 && driver.state.kind == .checkout, "\(driver)")
        driver.press(.open)
        #expect(driver.state.kind == .checkout && driver.state.overlays.isEmpty, "Stay is offered first")
        driver.press(command, .nextField, .open)
        #expect(driver.state.screens == [.shop, .cart], "\(driver)")
        // It is kept: the next checkout finishes it instead of beginning a second order.
        driver.shop.losesAnswers = false
        driver.press(.checkout)
        #expect(driver.state.overlays.count == 1, "\(driver)")
        driver.press(.open)
        #expect(step(driver) == .done && driver.shop.orders.count == 1, "\(driver)")
        #expect(driver.state.cart.isEmpty)
    }

    @Test func leavingWhenDoneStartsTheNextSale() throws {
        for command in [Command.back, .openShop] {
            var driver = try atPayment()
            driver.press(.submit)
            driver.shop.products[0].stock = 11
            driver.press(command)
            #expect(driver.state.screens == [.shop] && driver.state.checkout == nil, "\(command)")
            #expect(driver.state.shop?.page?.products[0].stock == 11, "the stock is fresh")
        }
    }

    // MARK: - After an interruption

    private func interrupted() throws -> ModelDriver {
        var driver = try atPayment()
        driver.shop.losesAnswers = true
        driver.press(.submit)
        driver.shop.losesAnswers = false
        var next = try ModelDriver(shop: driver.shop)
        next.signIn(.staff)
        return next
    }

    @Test func anInterruptedCheckoutIsOfferedAndFinished() throws {
        var driver = try interrupted()
        let pending = try #require(driver.shop.checkouts[.user(2)])
        #expect(driver.state.question == .resumeCheckout(pending), "\(driver)")
        driver.press(.open)
        #expect(driver.state.kind == .checkout && step(driver) == .done, "\(driver)")
        #expect(driver.shop.orders.count == 1 && driver.state.cart.isEmpty)
    }

    @Test func anInterruptedCheckoutCanWait() throws {
        var driver = try interrupted()
        driver.press(.back)
        #expect(driver.state.kind == .shop && driver.state.checkout == nil, "\(driver)")
        #expect(driver.shop.checkouts.count == 1)
        driver.press(.addOne, .openCart, .checkout)
        #expect(driver.state.overlays.count == 1, "\(driver)")
        driver.press(.back)
        #expect(driver.state.screens == [.shop, .cart], "\(driver)")
        #expect(driver.shop.orders.count == 1)
    }

    @Test func whatWasNeverConfirmedIsNotOffered() throws {
        let before = try atPayment()
        var driver = try ModelDriver(shop: before.shop)
        driver.signIn(.staff)
        #expect(driver.state.overlays.isEmpty, "\(driver)")
        driver.press(.openCart, .checkout)
        #expect(driver.state.overlays.isEmpty && step(driver) == .payment)
    }

    // MARK: - Orders placed before

    @Test func anOrderIsPaidLater() throws {
        var driver = try atReview(.customer)
        driver.press(.submit, .submit)
        var counter = try ModelDriver(shop: driver.shop)
        counter.signIn(.staff)
        counter.press(.openOrders, .takePayment)
        #expect(step(counter) == .payment && counter.state.checkout?.paysOldOrder == true, "\(counter)")
        counter.type("100")
        counter.holdsAnswers = true
        let ordered = counter.effects { $0.press(.submit, times: 5) }
        #expect(ordered.count == 1, "\(ordered)")
        counter.holdsAnswers = false
        counter.answerAll()
        #expect(step(counter) == .done && counter.state.checkout?.order?.status == .paid, "\(counter)")
        counter.press(.openOrders)
        #expect(counter.state.orders?.selected?.status == .paid)
        #expect(counter.state.availability(of: .takePayment) == .disabled("Order 1041 is paid"))
    }

    @Test func leavingAnOldOrdersPaymentGoesBackToTheOrders() throws {
        var driver = try atReview(.customer)
        driver.press(.submit, .submit)
        var counter = try ModelDriver(shop: driver.shop)
        counter.signIn(.staff)
        counter.press(.openOrders, .open, .takePayment, .back)
        #expect(counter.state.screens == [.shop, .orders, .order], "\(counter)")
    }

    @Test func anOldOrderCancelledFromItsPayment() throws {
        var driver = try atReview(.customer)
        driver.press(.submit, .submit)
        var counter = try ModelDriver(shop: driver.shop)
        counter.signIn(.staff)
        counter.press(.openOrders, .takePayment, .cancelOrder, .nextField, .open)
        #expect(counter.state.screens == [.shop, .orders], "\(counter)")
        #expect(counter.state.orders?.selected?.status == .cancelled)
    }
}

extension Order {
    /// The same order before it was paid.
    fileprivate var unpaid: Order {
        Order(
            id: id, userID: userID, userName: userName, status: .pending, items: items, subtotal: subtotal,
            discount: discount, tax: tax, total: total, discountCode: discountCode,
            createdAt: createdAt, updatedAt: updatedAt)
    }
}
