import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

/// Products that are to be counted, and counting them.
@Suite struct CountingTests {
    private func driver(_ role: Role = .admin, flagged: [Int64] = [4, 2]) throws -> ModelDriver {
        var shop = try FixtureShop()
        shop.flagged = flagged
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context, shop: shop)
        driver.signIn(role)
        driver.press(.openCounts)
        return driver
    }

    private func rows(_ driver: ModelDriver) -> [CountingState.Row] { driver.state.counting?.rows ?? [] }

    @Test func onlyWhoMayBookStockFindsIt() throws {
        #expect(try driver(.cashier).state.counting == nil)
        let driver = try driver()
        #expect(rows(driver).map(\.product.id) == [4, 2], "\(driver)")
        #expect("\(driver)".contains("Bicycle bell"), "\(driver)")
    }

    @Test func scansCountAndFiguresSetAndTheDifferenceIsSeenBeforeItIsBooked() throws {
        var driver = try driver()
        driver.send(.scanned("CS-103"), .scanned("CS-103"))
        #expect(rows(driver).first?.count?.counted == 2 && rows(driver).first?.count?.difference == 2)
        driver.press(.down)
        driver.number("1")
        driver.press(.open)
        #expect(rows(driver).last?.count?.counted == 1 && rows(driver).last?.count?.difference == -2)
        driver.press(.countMore)
        #expect(rows(driver).last?.count?.difference == -1, "\(driver)")
        // A product that nobody flagged is counted, too.
        driver.send(.scanned("CS-100"))
        #expect(rows(driver).map(\.product.id) == [4, 2, 1] && rows(driver).last?.since == nil, "\(driver)")
        driver.press(.forgetCount)
        #expect(rows(driver).map(\.product.id) == [4, 2])
        driver.press(.bookCounts)
        #expect(driver.shop.bookedCounts.isEmpty && driver.state.question == .bookCounts)
        #expect("\(driver)".contains("1 less than the books"), "\(driver)")
        driver.send(.answered(false))
        #expect(driver.shop.bookedCounts.isEmpty && rows(driver).count == 2)
        driver.press(.bookCounts)
        driver.send(.answered(true))
        #expect(driver.shop.bookedCounts == [2, -1] && driver.shop.flagged.isEmpty, "\(driver)")
        #expect(rows(driver).isEmpty && driver.state.status?.kind == .success, "\(driver)")
    }

    /// What is sold while it is counted is no difference.
    @Test func theBooksAreThoseOfTheFirstCount() throws {
        var driver = try driver()
        driver.number("3")
        driver.press(.open)
        driver.shop.flagged = [4]
        driver.send(.shopChanged(.everything))
        driver.press(.countMore)
        #expect(rows(driver).first?.count?.expected == 0 && rows(driver).first?.count?.counted == 4)
    }

    @Test func aRefusedCountStaysAndOneOfWhichNothingIsKnownIsCountedAnew() throws {
        var driver = try driver()
        driver.send(.scanned("CS-103"))
        driver.shop.failure = .notAllowed(.adjustStock)
        driver.press(.bookCounts)
        driver.send(.answered(true))
        #expect(rows(driver).first?.count?.counted == 1, "\(driver)")
        driver.shop.failure = .unreachable("gone")
        driver.press(.bookCounts)
        driver.send(.answered(true))
        #expect(rows(driver).allSatisfy { $0.count == nil }, "\(driver)")
        #expect(driver.state.status?.kind == .failure)
    }

    @Test func leavingAsksWhereSomethingIsCounted() throws {
        var driver = try driver()
        driver.send(.scanned("CS-103"))
        driver.press(.back)
        #expect(driver.state.question == .leaveForm && driver.state.counting != nil, "\(driver)")
        driver.send(.answered(true))
        #expect(driver.state.counting == nil, "\(driver)")
    }
}
