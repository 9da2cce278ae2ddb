import StoreDomain
import StoreTesting
import Testing

@testable import StorefrontCore

/// A kiosk's visitor who has come with an SSH key, or without one.
@Suite struct VisitorKeyTests {
    private static func key(_ number: UInt8) throws -> KeyFingerprint {
        try #require(KeyFingerprint(sha256: [UInt8](repeating: number, count: 32)))
    }

    /// - Parameter key: nil for a visitor without one.
    private func visitor(_ key: UInt8?, isReadOnly: Bool = false) throws -> ModelDriver {
        var context = AppContext(
            policy: ShopPolicy(shopName: "Corner Shop"), isThrowAway: true, isReadOnly: isReadOnly)
        context.kiosk = KioskRules(idle: 90)
        context.visitor = VisitorStanding(key: try key.map(Self.key))
        return try ModelDriver(context: context)
    }

    private func rows(_ driver: ModelDriver) -> [VisitorState.Row] {
        driver.state.visitor?.rows(driver.state.desk) ?? []
    }

    private func choose(_ row: VisitorState.Row, _ driver: inout ModelDriver) throws {
        let index = try #require(rows(driver).firstIndex(of: row), "\(driver)")
        driver.press(.first)
        driver.press(.down, times: index)
        driver.press(.open)
    }

    // MARK: - Signing in

    @Test func aKeyGoesOnWhereItsVisitorWas() throws {
        var driver = try visitor(1)
        driver.press(.addOne, .openCart, .checkout)
        #expect(driver.state.kind == .signIn && driver.state.user == nil)
        driver.press(.useKey)
        #expect(driver.state.user?.role == .customer)
        #expect(driver.state.kind == .checkout, "\(driver)")
    }

    @Test func aCodeAddsTheKeyOfWhoeverTypesIt() throws {
        var driver = try visitor(1)
        driver.press(.account, .enterCode)
        driver.type("0000-0000")
        driver.press(.open)
        #expect(driver.state.signIn?.problem?.isEmpty == false && driver.state.user == nil)
        driver.press(.enterCode)
        driver.type("7k4m-9xqr")
        driver.press(.open)
        #expect(driver.state.user?.role == .customer && driver.state.kind == .shop)
    }

    /// Where keys stand for nobody, nothing speaks of them.
    @Test func withoutAKeyThereIsNothingToGoOnWith() throws {
        for standing in [nil, VisitorStanding(key: nil)] {
            var context = AppContext(policy: ShopPolicy())
            context.visitor = standing
            var driver = try ModelDriver(context: context)
            driver.press(.account)
            for command in [Command.useKey, .enterCode] {
                #expect(driver.state.availability(of: command) == .absent, "\(command)")
            }
        }
    }

    /// What cannot be written remembers nobody.
    @Test func aStoreThatIsOnlyLookedAtTakesNoKey() throws {
        var driver = try visitor(1, isReadOnly: true)
        driver.press(.account)
        #expect(driver.state.availability(of: .useKey) != .enabled)
    }

    // MARK: - The account

    @Test func theKeyThatIsThereIsAddedOnce() throws {
        var driver = try visitor(1)
        driver.signIn(.customer)
        driver.press(.account)
        #expect(rows(driver).first == .addKey)
        try choose(.addKey, &driver)
        #expect(rows(driver).first == .makeCode)
        let keys = try #require(driver.state.visitor?.keys)
        #expect(keys.map(\.fingerprint) == [try Self.key(1)])
        // It is taken out after a question only.
        try choose(.key(keys[0]), &driver)
        #expect(driver.state.question == .removeKey(keys[0].fingerprint))
        driver.press(.back)
        #expect(driver.state.visitor?.keys?.count == 1)
        try choose(.key(keys[0]), &driver)
        driver.send(.answered(true))
        #expect(driver.state.visitor?.keys?.isEmpty == true)
        #expect(driver.state.user != nil, "who is there stays")
    }

    @Test func aCodeIsShownUntilTheScreenIsLeft() throws {
        var driver = try visitor(1)
        driver.signIn(.customer)
        driver.press(.account)
        try choose(.makeCode, &driver)
        #expect(driver.description.contains("7K4M-9XQR"))
        driver.press(.back, .account)
        #expect(!driver.description.contains("7K4M-9XQR"))
    }

    @Test func aPasswordIsSetInAForm() throws {
        var driver = try visitor(1)
        driver.signIn(.customer)
        driver.press(.account)
        #expect(!rows(driver).contains(.setPassword), "there is one already")
        driver = try visitor(1)
        driver.press(.account, .useKey, .account)
        try choose(.setPassword, &driver)
        for text in ["Wilhelmina", "w@example.com", "long enough", "long enough"] {
            driver.type(text)
            driver.press(.submit)
        }
        #expect(driver.state.user?.name == "Wilhelmina" && driver.state.kind == .visitor, "\(driver)")
    }

    @Test func whoIsForgottenIsAGuestInTheShop() throws {
        var driver = try visitor(1)
        driver.signIn(.customer)
        driver.press(.addOne, .account)
        try choose(.forget, &driver)
        #expect(driver.state.question == .forgetVisitor)
        driver.press(.open)
        #expect(driver.state.user != nil, "Enter alone forgets nobody")
        try choose(.forget, &driver)
        driver.send(.answered(true))
        #expect(driver.state.user == nil && driver.state.kind == .shop)
    }

    @Test func whatIsRefusedIsSaidAndNothingIsLost() throws {
        var driver = try visitor(1)
        driver.signIn(.customer)
        driver.press(.account)
        let refusal = StoreError.invalid([FieldProblem("account", "has an order that waits")])
        driver.shop.failure = refusal
        try choose(.forget, &driver)
        driver.send(.answered(true))
        #expect(driver.state.user != nil && driver.state.status?.text == refusal.screenText)
    }

    /// Those who work in the shop have nothing there.
    @Test func staffSignOutAsEver() throws {
        var driver = try visitor(1)
        driver.signIn(.staff)
        driver.press(.account)
        #expect(driver.state.question == .signOut)
    }

    // MARK: - The owner

    /// A picture that the owner takes shows nothing to the visitor.
    @Test func whoIsWatchedSeesNothingOfIt() throws {
        var driver = try visitor(nil)
        let before = driver.state
        let ordered = driver.effects { $0.send(.visit(.watched)) }
        #expect(ordered == [.saveScreen(.text)])
        driver.send(.screenSaved(.success("")), .screenSaved(.failure(.unsupported("files"))))
        #expect(driver.state == before)
    }
}
