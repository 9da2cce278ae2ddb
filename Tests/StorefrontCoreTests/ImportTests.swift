import StoreDomain
import StoreTesting
import StorefrontCore
import Testing

@Suite struct ImportTests {
    private func looked(at file: String, as role: Role = .staff) throws -> ModelDriver {
        var driver = try ModelDriver()
        driver.signIn(role)
        driver.press(.importProducts)
        driver.type(file)
        driver.press(.open)
        return driver
    }

    private func stage(_ driver: ModelDriver) -> ImportState.Stage? {
        if case .importing(let state) = driver.state.screen { state.stage } else { nil }
    }

    private func requests(_ driver: ModelDriver) -> [ImportRequest] {
        driver.effects.compactMap { effect in
            if case .ask(.importing(let request)) = effect { request } else { nil }
        }
    }

    @Test func nothingComesInBeforeItWasSeen() throws {
        var driver = try looked(at: "goods.csv")
        let preview = ImportPreview.fixture(of: "goods.csv", ImportChoices())
        #expect(stage(driver) == .shown(preview))
        #expect(requests(driver) == [.look("goods.csv", ImportChoices())])
        driver.press(.submit)
        #expect(requests(driver).last == .carryOut(preview, ImportChoices()))
        #expect(stage(driver) == .done(preview), "\(driver)")
        driver.press(.submit)
        #expect(driver.state.kind == .shop)
    }

    @Test func choicesLookAgainAndGoWithTheImport() throws {
        var driver = try looked(at: "goods.csv")
        driver.press(.importUnpublished)
        driver.number("12")
        driver.press(.importStock)
        var choices = ImportChoices()
        choices.includesUnpublished = true
        choices.untrackedStock = 12
        #expect(requests(driver).last == .look("goods.csv", choices))
        driver.press(.importStock)
        choices.untrackedStock = nil
        let preview = ImportPreview.fixture(of: "goods.csv", choices)
        #expect(stage(driver) == .shown(preview))
        driver.press(.submit)
        #expect(requests(driver).last == .carryOut(preview, choices))
    }

    @Test("What cannot come in, or has nothing new, is not imported", arguments: ["broken.csv", "same.csv"])
    func refused(file: String) throws {
        var driver = try looked(at: file)
        driver.press(.submit)
        #expect(requests(driver).count == 1, "\(driver)")
        #expect(driver.state.status?.kind == .warning)
    }

    @Test func aFileThatChangedSinceIsShownAnew() throws {
        var driver = try looked(at: "goods.csv")
        driver.shop.fileIsChanged = true
        driver.press(.submit)
        #expect(stage(driver) == .shown(.fixture(of: "broken.csv", ImportChoices())))
        #expect(driver.state.status?.kind == .warning)
    }

    @Test func aFileThatCannotBeReadIsSaidAndTriedAgain() throws {
        var driver = try ModelDriver()
        driver.signIn(.staff)
        driver.shop.failure = .device("goods.csv is not there")
        driver.press(.importProducts, .open)
        #expect(driver.state.kind == .shop, "a path is wanted\n\(driver)")
        driver.type("goods.csv")
        driver.press(.open)
        #expect(stage(driver) == .failed(.device("goods.csv is not there")))
        driver.shop.failure = nil
        driver.press(.retry)
        #expect(stage(driver) == .shown(.fixture(of: "goods.csv", ImportChoices())))
    }

    @Test func whileItRunsNothingElseIsDoneAndLeavingWaits() throws {
        var driver = try looked(at: "goods.csv")
        driver.holdsAnswers = true
        driver.press(.submit)
        let preview = ImportPreview.fixture(of: "goods.csv", ImportChoices())
        let id = try #require(driver.held.first?.id)
        driver.send(.progress(id, done: 2, of: 3))
        driver.send(.progress(id, done: 1, of: 3))
        #expect(stage(driver) == .importing(preview, done: 2))
        driver.press(.submit, .openShop)
        #expect(driver.state.kind == .importing && driver.held.count == 1, "\(driver)")
        driver.press(.quit)
        #expect(driver.state.ending == .waiting)
        driver.answerAll()
        #expect(driver.state.isEnding)
    }

    @Test func aServerTakesFilesToo() throws {
        var driver = try ModelDriver(context: AppContext(isRemote: true))
        driver.signIn(.staff)
        driver.press(.importProducts)
        #expect(driver.state.overlays.count == 1, "\(driver)")
    }

    @Test func customersAndThrowAwayShopsHaveNone() throws {
        var customer = try ModelDriver()
        customer.signIn(.customer)
        customer.press(.importProducts)
        #expect(customer.state.overlays.isEmpty)
        for context in [AppContext(isThrowAway: true), AppContext(isReadOnly: true)] {
            var driver = try ModelDriver(context: context)
            driver.signIn(.staff)
            driver.press(.importProducts)
            #expect(driver.state.overlays.isEmpty && driver.state.status?.kind == .warning, "\(driver)")
        }
    }
}
