import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// Marking rows, and what commands do to all that are marked.
@Suite struct MarksTests {
    private static let viewport = Viewport(
        width: 80, height: 24, shopRows: 5, orderRows: 5, hasSideBar: false)

    /// Staff looking at 12 orders, 1052 to 1041; every second one, 1052 the first, is paid.
    private func orders(isThrowAway: Bool = false) throws -> ModelDriver {
        let context = AppContext(policy: ShopPolicy(), isThrowAway: isThrowAway, hasPrinter: true)
        var driver = try ModelDriver(context: context, viewport: Self.viewport)
        driver.signIn(.staff)
        for index in 1...12 {
            let line = try OrderDraft.Line(productID: Int64(index % 8 + 1), quantity: index)
            let payment =
                index.isMultiple(of: 2) ? PaymentRequest(methodID: "cash", tenderedMinor: 10_000_000) : nil
            driver.shop.place(try OrderDraft(lines: [line]), payment, driver.state.principal)
        }
        driver.press(.openOrders)
        return driver
    }

    /// Three lines: products 1 to 3.
    private func cart() throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.press(.addOne, .down, .addOne, .down, .addOne, .openCart)
        return driver
    }

    private func marked(_ driver: ModelDriver) -> [Int64] { driver.state.orders?.marks.items.map(\.id) ?? [] }
    private func lines(_ driver: ModelDriver) -> [Int64] { driver.state.cart.lines.map(\.productID) }

    // MARK: - Marking

    @Test func spaceMarksAndMovesOnAndTakesTheMarkAway() throws {
        var driver = try orders()
        driver.press(.mark, .mark)
        #expect(marked(driver) == [1052, 1051] && driver.state.orders?.selected?.id == 1050)
        driver.press(.up, .mark)
        #expect(marked(driver) == [1052])
        driver.press(.last, .mark, .mark)
        #expect(marked(driver) == [1052], "the last row stays where it is")
    }

    @Test func marksSurvivePagesReloadingAndFilters() throws {
        var driver = try orders()
        driver.press(.mark, .pageDown, .mark, .first, .retry)
        #expect(marked(driver) == [1052, 1047], "\(driver)")
        #expect(driver.description.contains("2 orders marked"))
        driver.press(.filterStatus)
        driver.type("pend")
        driver.press(.open)
        #expect(marked(driver) == [1052, 1047])
    }

    @Test func allThatShowAreMarkedOrNone() throws {
        var driver = try orders()
        driver.press(.down, .mark, .markAll)
        #expect(Set(marked(driver)) == [1052, 1051, 1050, 1049, 1048])
        driver.press(.pageDown, .mark, .first, .markAll)
        #expect(marked(driver) == [1047], "those of other pages keep their marks")
    }

    @Test func escapeTakesMarksAwayFirst() throws {
        var driver = try orders()
        driver.press(.mark, .back)
        #expect(marked(driver).isEmpty && driver.state.kind == .orders)
        driver.press(.back)
        #expect(driver.state.kind == .shop)
        driver = try cart()
        driver.press(.markAll, .back)
        #expect(driver.state.kind == .cart)
        driver.press(.back)
        #expect(driver.state.kind == .shop)
    }

    @Test func lookingAtAnOrderKeepsMarksAndGoingToTheOrdersAnewDoesNot() throws {
        var driver = try orders()
        driver.press(.mark, .open, .back)
        #expect(marked(driver) == [1052], "\(driver)")
        driver.press(.openShop, .openOrders)
        #expect(marked(driver).isEmpty)
    }

    @Test func thereIsNothingToMarkInAnEmptyList() throws {
        var driver = try ModelDriver()
        driver.press(.openCart, .mark, .markAll)
        #expect(driver.state.status == StatusMessage(.warning, "There is nothing to mark"))
    }

    // MARK: - Cancelling

    @Test func cancellingSeveralAsksWithWhatCannotBeCancelled() throws {
        var driver = try orders()
        driver.press(.mark, .mark, .down, .mark, .cancelOrder)
        guard case .confirm(let confirm)? = driver.state.overlays.last else {
            Issue.record("nothing is asked: \(driver)")
            return
        }
        #expect(confirm.question == .cancelOrders([1051, 1049]) && !confirm.choosesYes)
        #expect(confirm.text.contains("1 marked order cannot be cancelled: it is paid."))
        #expect(driver.effects { $0.send(.answered(false)) }.isEmpty)
        #expect(marked(driver) == [1052, 1051, 1049])
        driver.press(.cancelOrder)
        driver.send(.answered(true))
        #expect(driver.state.status == StatusMessage(.success, "2 orders cancelled"), "\(driver)")
        #expect(driver.shop.orders.filter { $0.status == .cancelled }.map(\.id) == [1051, 1049])
        #expect(marked(driver) == [1052])
    }

    @Test func eachResultIsTold() throws {
        var driver = try orders()
        driver.press(.down, .mark, .down, .mark, .down, .mark)
        driver.press(.cancelOrder)
        driver.holdsAnswers = true
        driver.send(.answered(true))
        #expect(driver.state.waits(.command(.down)), "keys wait: marks change with the answer")
        let failed = [
            OrderOutcomes.Failure(id: 1049, error: .wrongStatus(orderID: 1049, status: .paid)),
            OrderOutcomes.Failure(id: 1047, error: .unreachable("The shop cannot be reached")),
        ]
        driver.reply(.orders(.cancelledAll(OrderOutcomes(done: [1051], failed: failed, left: [1045])))) {
            if case .orders(.cancelAll) = $0 { true } else { false }
        }
        let text = driver.state.status?.text ?? ""
        #expect(driver.state.status?.kind == .warning)
        for part in ["1 order cancelled", "1 was paid already", "The shop cannot be reached", "1 not tried"] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(!marked(driver).contains(1051) && !marked(driver).contains(1049))
    }

    @Test func whatWasBegunStopsWhereTheRestWouldFailToo() async {
        let outcomes = await OrderOutcomes.of([1, 2, 3, 4]) { (id: Int64) throws(StoreError) in
            if id == 2 { throw .wrongStatus(orderID: 2, status: .paid) }
            if id == 3 { throw .unreachable("gone") }
        }
        #expect(outcomes.done == [1] && outcomes.failed.map(\.id) == [2, 3] && outcomes.left == [4])
        #expect(outcomes.settled == [1, 2])
    }

    @Test func nothingMarkedActsOnTheSelectedOrder() throws {
        var driver = try orders()
        driver.press(.down, .cancelOrder)
        driver.send(.answered(true))
        #expect(driver.effects.contains(.ask(.orders(.cancel(1051)))))
        driver.press(.first)
        driver.press(.mark, .cancelOrder)
        #expect(driver.state.overlays.isEmpty && driver.state.status?.kind == .warning, "it is paid")
    }

    // MARK: - Printing and exporting

    @Test func printingStopsAtAFailureAndKeepsTheMarksOfTheRest() throws {
        var driver = try orders()
        driver.press(.mark, .mark, .mark)
        let style = ReceiptStyle(driver.state.desk)
        let ordered = driver.effects { $0.press(.printOrders) }
        #expect(ordered == [.ask(.orders(.print([1052, 1051, 1050], style)))])
        #expect(driver.state.status == StatusMessage(.success, "3 orders sent to the printer"))
        #expect(marked(driver) == [1052, 1051, 1050])
        driver.shop.failure = .device("The printer did not answer")
        driver.press(.printOrders)
        #expect(driver.state.status?.kind == .warning && marked(driver) == [1051, 1050])
        driver.press(.back)
        driver.shop.failure = nil
        #expect(driver.effects { $0.press(.printOrders) } == [.ask(.orders(.print([1049], style)))])
    }

    @Test func exportingTakesTheMarkedOrdersAndIsNotThereInAThrowAwayShop() throws {
        var driver = try orders()
        driver.press(.mark, .down, .mark)
        #expect(driver.effects { $0.press(.exportOrders) } == [.ask(.orders(.export([1052, 1050])))])
        #expect(
            driver.state.status?.text == "2 orders saved as orders.csv" && marked(driver) == [1052, 1050])
        driver = try orders(isThrowAway: true)
        #expect(driver.effects { $0.press(.exportOrders) }.isEmpty)
    }

    // MARK: - The cart

    @Test func markedLinesLeaveInOneStep() throws {
        var driver = try cart()
        driver.press(.first, .mark, .down, .mark, .remove)
        #expect(lines(driver) == [2], "\(driver)")
        #expect(driver.state.status?.text.hasPrefix("2 lines removed") == true)
        #expect(driver.state.cart == driver.shop.carts[.guest])
        driver.press(.undo)
        #expect(lines(driver) == [1, 2, 3] && !driver.description.contains("marked"), "\(driver)")
        driver.press(.redo)
        #expect(lines(driver) == [2] && driver.state.cart == driver.shop.carts[.guest])
        driver.press(.remove)
        #expect(lines(driver).isEmpty, "without marks it is the selected one")
    }

    @Test func aLineThatLeftHasNoMark() throws {
        var driver = try cart()
        driver.press(.first, .mark, .undo)
        driver.press(.undo, .undo)
        #expect(driver.state.cart.isEmpty)
        driver.press(.back)
        #expect(driver.state.kind == .shop, "there is no mark to take away first")
    }
}
