import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// The one place that decides which answers are still wanted.
@Suite struct LedgerTests {
    @Test func aNewerRequestOfASlotReplacesTheOlder() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        driver.press(.search)
        driver.type("le")
        #expect(driver.held.count == 2)
        #expect(driver.state.desk.requests.open == [driver.held[1]])
        driver.answer(heldAt: 0)
        #expect(driver.state.shop?.page?.total.value == 8, "the answer to \"l\" is late")
    }

    @Test func numbersComeFromTheStateAlone() throws {
        var (one, other) = (try ModelDriver(), try ModelDriver())
        one.holdsAnswers = true
        other.holdsAnswers = true
        one.press(.addOne, .openCart)
        other.press(.addOne, .openCart)
        #expect(one.held == other.held && one.state == other.state)
        #expect(one.held.map(\.id) == one.held.map(\.id).sorted())
    }

    @Test func whatAScreenAskedIsDroppedOnceItIsLeft() throws {
        var driver = try ModelDriver()
        driver.holdsAnswers = true
        driver.press(.open)
        #expect(driver.state.desk.requests.isWaiting(forSlot: "product"))
        driver.press(.back)
        #expect(!driver.state.desk.requests.isWaiting(forSlot: "product"))
        let before = driver.state
        driver.answerAll()
        #expect(driver.state == before)
    }

    @Test func anAnswerReachesOnlyTheOneWhoAsked() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.press(.addOne)
        driver.holdsAnswers = true
        driver.press(.addOne, .account, .open)
        driver.holdsAnswers = false
        let late = driver.held
        #expect(late.contains { if case .basket(.change) = $0.ask { true } else { false } })
        driver.signIn(.staff)
        let cart = driver.state.cart
        driver.answerAll()
        #expect(driver.state.cart == cart && driver.state.desk.requests.open.isEmpty, "\(driver)")
    }

    @Test func anyAnswerMayTellThatTheSessionHasEnded() throws {
        var driver = try ModelDriver()
        driver.signIn(.customer)
        driver.shop.failure = .signInRequired
        driver.press(.addOne)
        #expect(driver.state.kind == .signIn && driver.state.user != nil, "\(driver)")
    }
}
