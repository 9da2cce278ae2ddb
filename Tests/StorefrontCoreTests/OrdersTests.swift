import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Orders, one order, and receipts.
@Suite struct OrdersTests {
    private static let viewport = Viewport(
        width: 80, height: 24, shopRows: 5, orderRows: 5, hasSideBar: false)

    /// Staff looking at 12 orders, newest first; every second one is paid.
    private func driver(_ role: Role = .staff) throws -> ModelDriver {
        var driver = try ModelDriver(viewport: Self.viewport)
        driver.signIn(role)
        for index in 1...12 {
            let line = try OrderDraft.Line(productID: Int64(index % 8 + 1), quantity: index)
            let payment =
                index.isMultiple(of: 2) ? PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000) : nil
            driver.shop.place(try OrderDraft(lines: [line]), payment, driver.state.principal)
        }
        driver.press(.openOrders)
        return driver
    }

    private func page(_ driver: ModelDriver) -> [Int64] { driver.state.orders?.page?.orders.map(\.id) ?? [] }

    @Test func staffAskForEverybodysOrdersAndCustomersForTheirOwn() throws {
        for (role, everybody) in [(Role.customer, false), (.staff, true), (.admin, true)] {
            let driver = try driver(role)
            let query = OrderQuery(status: nil, everybody: everybody, page: 1, perPage: 5)
            #expect(driver.effects.last == .ask(.orders(.list(query, .row(0)))), "\(role)")
        }
    }

    @Test func pagesAndTheirBorders() throws {
        var driver = try driver()
        #expect(page(driver) == [1052, 1051, 1050, 1049, 1048])
        driver.press(.down, times: 5)
        #expect(page(driver).first == 1047 && driver.state.orders?.selection == 0, "\(driver)")
        driver.press(.up)
        #expect(page(driver).first == 1052 && driver.state.orders?.selection == 4)
        driver.press(.last)
        #expect(page(driver) == [1042, 1041] && driver.state.orders?.selection == 1)
        driver.press(.down)
        #expect(driver.state.orders?.selected?.id == 1041)
        driver.press(.pageUp)
        #expect(page(driver).first == 1047 && driver.state.orders?.selection == 0)
        driver.press(.pageDown, .pageDown)
        #expect(driver.state.orders?.selected?.id == 1041, "at the end the last row is taken")
        driver.press(.first)
        #expect(driver.state.orders?.selected?.id == 1052, "\(driver)")
    }

    @Test func keysWhileAPageIsUnderWayKeepTheSelectionInside() throws {
        var driver = try driver()
        driver.press(.last)
        driver.holdsAnswers = true
        driver.press(.first, .down, .down)
        #expect(driver.state.orders?.selected != nil)
        driver.holdsAnswers = false
        driver.answerAll()
        #expect(driver.state.orders?.selected != nil, "\(driver)")
    }

    @Test func aStatusNarrowsAndTheFirstPageComes() throws {
        var driver = try driver()
        driver.press(.pageDown, .filterStatus, .down, .down, .open)
        #expect(driver.state.orders?.status == .paid, "\(driver)")
        #expect(page(driver) == [1052, 1050, 1048, 1046, 1044] && driver.state.orders?.selection == 0)
        driver.press(.filterStatus, .first, .open)
        #expect(driver.state.orders?.status == nil && page(driver).first == 1052)
        let nothing = driver.effects { $0.press(.filterStatus, .open) }
        #expect(nothing.isEmpty, "the same status asks nothing")
    }

    @Test(arguments: [1, 2, 3, 8, 40]) func anotherHeightKeepsTheOrder(rows: Int) throws {
        var driver = try driver()
        driver.press(.pageDown, .down, .down)
        let id = driver.state.orders?.selected?.id
        var viewport = Self.viewport
        viewport.orderRows = rows
        driver.send(.resized(viewport))
        #expect(driver.state.orders?.selected?.id == id, "\(driver)")
    }

    @Test func cancellingAsksAndKeepsThePlace() throws {
        var driver = try driver()
        driver.press(.down)
        #expect(driver.state.orders?.selected?.status == .pending)
        driver.press(.cancelOrder, .open)
        #expect(driver.state.orders?.selected?.status == .pending, "Keep it is offered first")
        // Another order arrives meanwhile: the same one stays selected.
        driver.shop.place(
            try OrderDraft(lines: [OrderDraft.Line(productID: 1, quantity: 1)]), nil, driver.state.principal)
        driver.press(.cancelOrder, .nextField, .open)
        #expect(driver.state.orders?.selected?.id == 1051, "\(driver)")
        #expect(driver.state.orders?.selected?.status == .cancelled && driver.state.orders?.selection == 2)
        #expect(
            driver.state.availability(of: .cancelOrder)
                == .disabled("Only pending orders can be cancelled; this one is cancelled"))
    }

    @Test func aCancelThatFailsSaysWhy() throws {
        var driver = try driver()
        driver.press(.down, .cancelOrder, .nextField)
        driver.holdsAnswers = true
        driver.press(.open)
        driver.reply(.orders(.cancelled(.failure(.wrongStatus(orderID: 1051, status: .paid))))) {
            $0 == .orders(.cancel(1051))
        }
        #expect(driver.state.status == StatusMessage(.failure, "Order 1051 is already paid"), "\(driver)")
        guard case .orders(.list)? = driver.held.last?.ask else {
            Issue.record("what is shown is not loaded again: \(driver.held)")
            return
        }
    }

    @Test func oneOrderAndItsReceiptAndTheWayBack() throws {
        var driver = try driver()
        driver.press(.down, .open)
        #expect(driver.state.screens == [.shop, .orders, .order])
        #expect(driver.state.order?.order?.id == 1051)
        driver.press(.showReceipt)
        #expect(driver.state.receipt?.order.id == 1051)
        driver.press(.back)
        #expect(driver.state.screens == [.shop, .orders, .order], "\(driver)")
        driver.press(.back, .showReceipt, .back)
        #expect(driver.state.screens == [.shop, .orders] && driver.state.orders?.selected?.id == 1051)
        driver.press(.back)
        #expect(driver.state.screens == [.shop])
    }

    @Test func customersTakeNoPayments() throws {
        let driver = try driver(.customer)
        #expect(driver.state.availability(of: .takePayment) == .absent)
    }

    @Test func anErrorCanBeTriedAgain() throws {
        var driver = try driver()
        driver.shop.failure = .unreachable("The shop cannot be reached")
        driver.press(.pageDown)
        #expect(driver.state.orders?.error != nil && page(driver).first == 1052)
        #expect(driver.state.orders?.selection == 0)
        driver.shop.failure = nil
        driver.press(.retry)
        #expect(driver.state.orders?.error == nil, "\(driver)")
    }

    // MARK: - Receipts

    private func receipt(hasPrinter: Bool) throws -> ModelDriver {
        let context = AppContext(policy: ShopPolicy(), hasPrinter: hasPrinter)
        var driver = try ModelDriver(context: context)
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .checkout)
        driver.type("60")
        driver.press(.submit, .showReceipt)
        return driver
    }

    @Test func receiptsAreSavedAndPrinted() throws {
        var driver = try receipt(hasPrinter: true)
        let order = try #require(driver.state.receipt?.order)
        #expect(
            driver.effects { $0.press(.saveReceipt) } == [
                .ask(.receipt(.save(order, ReceiptStyle(driver.state.desk))))
            ])
        let path = "receipt-1041.txt"
        #expect(driver.state.status == StatusMessage(.success, "Receipt saved as \(path)", file: path))
        #expect(
            driver.effects { $0.press(.printReceipt) } == [
                .ask(.receipt(.print(order, ReceiptStyle(driver.state.desk))))
            ])
        #expect(driver.state.status == StatusMessage(.success, "Receipt sent to the printer"))
        driver.shop.failure = .storage(
            StorageFault(.other, path: "lp", sentence: "The printer did not answer"))
        driver.press(.printReceipt)
        #expect(driver.state.status == StatusMessage(.failure, "The printer did not answer"))
        #expect(driver.state.kind == .receipt, "\(driver)")
    }

    @Test func withoutAPrinterItSaysHowToGetOne() throws {
        var driver = try receipt(hasPrinter: false)
        #expect(driver.effects { $0.press(.printReceipt) }.isEmpty)
        #expect(driver.state.status?.text == "Set printer.command to print receipts")
    }

    @Test func textScrollsOnlyAsFarAsItGoes() throws {
        var driver = try receipt(hasPrinter: false)
        var low = driver.state.desk.viewport
        low.height = 12
        driver.send(.resized(low))
        func line() -> Int { driver.frame.scroller?.first ?? -1 }
        let limit = try #require(driver.frame.scroller?.limit)
        driver.press(.last)
        #expect(line() == limit && limit > 2)
        driver.press(.down, .pageDown)
        #expect(line() == limit)
        driver.press(.up)
        #expect(line() == limit - 1, "the first step back shows")
        low.height = 14
        driver.send(.resized(low))
        #expect(line() == limit - 2, "a higher window shows the end")
        driver.press(.pageUp, .pageUp)
        #expect(line() == 0)
        driver.press(.down, .first)
        #expect(line() == 0)
        driver.press(.down, .help, .down)
        #expect(driver.state.receipt?.scroll == 1, "what lies in front is what scrolls")
    }
}
