import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// A new shop's owner is led from one thing to the next, and back again.
@Suite struct FirstStepsTests {
    private func driver(_ role: Role = .admin) throws -> ModelDriver {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context)
        driver.signIn(role)
        driver.press(.openFirstSteps)
        return driver
    }

    @Test func whatIsNextIsSelectedUntilSomebodyChooses() throws {
        var driver = try driver()
        let standing = try #require(driver.state.firstSteps?.standing)
        let next = try #require(FirstStep.allCases.first { !standing.isDone($0) })
        #expect(driver.state.firstSteps?.selected == next, "\(driver)")
        driver.press(.up)
        let chosen = driver.state.firstSteps?.selected
        driver.press(.retry)
        #expect(driver.state.firstSteps?.selected == chosen && chosen != next)
    }

    @Test(arguments: [
        (FirstStep.rules, ScreenKind.office), (.products, .products), (.people, .office), (.pins, .office),
        (.sale, .till),
    ]) func eachLeadsToItsScreenAndBack(_ step: FirstStep, _ kind: ScreenKind) throws {
        var driver = try driver()
        for _ in FirstStep.allCases { driver.press(.up) }
        for _ in 0..<(FirstStep.allCases.firstIndex(of: step) ?? 0) { driver.press(.down) }
        #expect(driver.state.firstSteps?.selected == step)
        driver.press(.open)
        #expect(driver.state.kind == kind, "\(driver)")
        driver.press(.back)
        // Whoever is at the till stays there.
        #expect(driver.state.kind == (kind == .till ? .till : .firstSteps), "\(driver)")
    }

    @Test func whatWasDoneMeanwhileShowsOnTheWayBack() throws {
        var driver = try driver()
        let before = try #require(driver.state.firstSteps?.standing?.products.value)
        for _ in FirstStep.allCases { driver.press(.up) }
        driver.press(.down, .open)
        driver.shop.products.removeLast()
        driver.press(.back)
        #expect(driver.state.firstSteps?.standing?.products.value == before - 1, "\(driver)")
    }

    @Test func aTestReceiptIsPrintedOrKept() throws {
        var driver = try driver()
        for _ in FirstStep.allCases { driver.press(.up) }
        for _ in 0..<4 { driver.press(.down) }
        let asked = driver.effects { $0.press(.open) }
        let style = ReceiptStyle(driver.state.desk)
        #expect(
            asked == [
                .ask(.firstSteps(.tryPaper(style, prints: driver.state.desk.context.hasPrinter)))
            ], "\(asked)")
    }

    @Test func onlyWhoMaySetRulesIsLed() throws {
        for role in try FixtureShop().users.map(\.role) {
            let driver = try driver(role)
            #expect((driver.state.firstSteps != nil) == role.allows(.changePolicy), "\(role.name)")
        }
    }

    /// Each step is open before it is done, and done by what it is about alone.
    @Test func aStandingSaysWhatIsDone() {
        let nothing = FirstStepsStanding(
            hasOwnRules: false, products: Count(0), sellers: 0, pins: 0, hasSold: false)
        #expect(FirstStep.allCases.allSatisfy { !nothing.isDone($0) })
        let all = FirstStepsStanding(
            hasOwnRules: true, products: Count(1), sellers: 1, pins: 1, hasSold: true)
        #expect(FirstStep.allCases.allSatisfy { all.isDone($0) })
        var some = nothing
        some.products = Count(1)
        #expect(FirstStep.allCases.filter { some.isDone($0) } == [.products])
        some = nothing
        some.hasSold = true
        #expect(FirstStep.allCases.filter { some.isDone($0) } == [.paper, .sale])
        for step in FirstStep.allCases { #expect(nothing.words(step) != all.words(step)) }
    }
}
