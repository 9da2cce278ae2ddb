import StoreDomain
import StoreTesting
import StorefrontCore
import TerminalKit
import Testing

@testable import StorefrontTUI

/// What those see who look on at a till.
@Suite struct DisplayTests {
    private static let render = RenderContext(theme: .standard, glyphs: .unicode)
    private static let sizes = [
        Size(width: 40, height: 12), Size(width: 80, height: 24), Size(width: 120, height: 40),
        Size(width: 200, height: 60),
    ]

    private func till(_ role: Role = .staff) throws -> ModelDriver {
        var context = AppContext(policy: ShopPolicy(shopName: "Corner Shop"))
        context.hasTill = true
        var driver = try ModelDriver(context: context, shop: try FixtureShop())
        driver.signIn(role)
        driver.press(.openShop)
        return driver
    }

    private func scene(_ driver: ModelDriver, isForStaff: Bool = false) -> TillScene {
        TillScene(driver.state, isForStaff: isForStaff)
    }

    private func picture(
        _ scene: TillScene?, _ size: Size, for viewer: DisplayView.Viewer = .customer(idleText: "Welcome"),
        glyphs: GlyphSet = .unicode
    ) -> Surface {
        DisplayView(
            for: viewer, till: "1", render: RenderContext(theme: .standard, glyphs: glyphs)
        ).picture(of: scene, size: size)
    }

    @Test func aSaleFromItsFirstLineToItsChange() throws {
        var driver = try till()
        #expect(scene(driver).stage == .idle)
        driver.send(.scanned("CS-102"))
        let selling = scene(driver)
        #expect(selling.stage == .selling && selling.lines.count == 1)
        let due = driver.state.till?.due(driver.state.desk)
        #expect(due != nil && selling.main?.amount == due)
        driver.type("5")
        driver.press(.tillCash)
        #expect(scene(driver).main?.amount.minorUnits == (due?.minorUnits ?? 0) - 500)
        #expect(scene(driver).figures.contains { $0.amount.minorUnits == 500 }, "what was paid is told")
        driver.type("20")
        driver.press(.tillCash)
        let sold = scene(driver)
        #expect(sold.stage == .sold(receipt: driver.shop.orders.first?.number?.text))
        #expect(sold.main?.amount == driver.shop.orders.first?.payments.last?.change)
        driver.send(.scanned("CS-104"))
        #expect(scene(driver).stage == .selling)
    }

    /// What is sold stays in sight while the cashier looks at something else, and is gone with the cashier.
    @Test func theSaleStaysInSightAsLongAsItsCashierIsThere() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.press(.openOrders)
        #expect(driver.state.kind != .till && scene(driver).stage == .selling)
        driver.press(.account, .open)
        #expect(driver.state.user == nil, "\(driver)")
        #expect(scene(driver).stage == .idle)
    }

    /// A display stands where anybody reads it.
    @Test func customersSeeNoneOfWhatIsForStaff() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        driver.press(.tillCustomer)
        driver.type("customer@example.com")
        driver.press(.submit)
        #expect(driver.state.cart.terms.customer != nil, "\(driver)")
        let staff = scene(driver, isForStaff: true)
        #expect(staff.staff?.customer != nil && staff.staff?.cashier != nil)
        #expect(staff.forCustomers.staff == nil && staff.forCustomers == scene(driver))
        for size in Self.sizes {
            #expect(!picture(scene(driver), size).text.contains("customer@example.com"))
            #expect(!picture(staff, size, for: .owner).text.contains("customer@example.com"))
        }
    }

    @Test func everySizeShowsLinesAndWhatIsToBePaid() throws {
        var driver = try till()
        for code in ["CS-100", "CS-102", "CS-104"] { driver.send(.scanned(code)) }
        for size in Self.sizes {
            for glyphs in [GlyphSet.unicode, .ascii] {
                let text = picture(scene(driver), size, glyphs: glyphs).text
                #expect(
                    text.contains("TO PAY") && text.contains(scene(driver).lines[2].name.prefix(9)), "\(text)"
                )
                let owner = picture(scene(driver, isForStaff: true), size, for: .owner, glyphs: glyphs).text
                #expect(
                    owner.contains("To pay") && owner.contains(scene(driver).lines[2].name.prefix(9)),
                    "\(owner)")
            }
        }
        // The figures grow with the screen.
        func dots(_ size: Size) -> Int { picture(scene(driver), size).text.count { $0 == "█" } }
        #expect(dots(Self.sizes[0]) > 0 && dots(Self.sizes[3]) > 4 * dots(Self.sizes[0]))
    }

    @Test func pictures() throws {
        var driver = try till()
        for code in ["CS-100", "CS-102", "CS-104"] { driver.send(.scanned(code)) }
        for size in [Self.sizes[0], Self.sizes[1], Self.sizes[3]] {
            let name = "\(size.width)x\(size.height)"
            try Golden.check(picture(scene(driver), size), "display-\(name)")
            try Golden.check(picture(scene(driver, isForStaff: true), size, for: .owner), "watch-\(name)")
        }
        driver.type("200")
        driver.press(.tillCash)
        try Golden.check(picture(scene(driver), Self.sizes[1]), "display-sold-80x24")
        try Golden.check(picture(scene(driver), Self.sizes[3]), "display-sold-200x60")
        try Golden.check(picture(nil, Self.sizes[0]), "display-closed-40x12")
    }

    @Test func nothingBreaksOnAnySize() throws {
        var driver = try till()
        driver.send(.scanned("CS-102"))
        for width in stride(from: 1, through: 90, by: 7) {
            for height in 1...30 {
                let size = Size(width: width, height: height)
                #expect(picture(scene(driver), size).size == size)
                #expect(picture(nil, size, for: .owner).size == size)
            }
        }
    }

    @Test func linesTellWhatIsNewAndNothingTwice() throws {
        var driver = try till()
        var text = DisplayText(till: "1", isForOwner: false)
        #expect(text.lines(nil) == ["Till 1 is not open."])
        #expect(text.lines(nil) == [])
        #expect(text.lines(scene(driver)).count == 1)
        driver.send(.scanned("CS-102"))
        let first = text.lines(scene(driver))
        #expect(first.contains { $0.hasPrefix("TO PAY") } && first.count >= 2, "\(first)")
        #expect(text.lines(scene(driver)) == [])
        driver.send(.scanned("CS-100"))
        let second = text.lines(scene(driver))
        #expect(!second.contains(first[0]), "\(second)")
        driver.type("100")
        driver.press(.tillCash)
        #expect(text.lines(scene(driver)).contains { $0.hasPrefix("CHANGE") })
    }

    @Test func aScreenOfItsOwnFollowsTheTillAndEndsByAKey() async throws {
        var driver = try till()
        let terminal = TestTerminal(size: Size(width: 80, height: 24))
        let runtime = DisplayRuntime(
            terminal: terminal,
            view: DisplayView(for: .customer(idleText: "Welcome"), till: "1", render: Self.render))
        let (scenes, seen) = AsyncStream<TillScene?>.makeStream()
        let program = Task { await runtime.run(scenes) }
        seen.yield(nil)
        _ = try await terminal.waitForSurface { $0.text.contains("Till 1 is not open") }
        driver.send(.scanned("CS-102"))
        seen.yield(scene(driver))
        _ = try await terminal.waitForSurface { $0.text.contains("TO PAY") }
        terminal.resize(Size(width: 40, height: 12))
        _ = try await terminal.waitForSurface { $0.size.width == 40 && $0.text.contains("TO PAY") }
        seen.yield(nil)
        _ = try await terminal.waitForSurface { $0.text.contains("not open") }
        terminal.send(.key(.character("q")))
        #expect(await program.value == nil)
    }

    /// The till does nothing for an audience that is not there, and shows each scene once to one that is.
    @Test func anAudienceSeesEachSceneOnce() throws {
        var driver = try till()
        let audience = CountingAudience()
        var watch = AudienceWatch()
        watch.follow(driver.state, audience)
        driver.send(.scanned("CS-102"))
        watch.follow(driver.state, audience)
        #expect(audience.scenes.isEmpty && audience.isOpen)
        audience.come()
        watch.welcome(driver.state, audience)
        watch.follow(driver.state, audience)
        #expect(audience.scenes.count == 1)
        driver.send(.scanned("CS-100"))
        watch.follow(driver.state, audience)
        #expect(audience.scenes.map(\.lines.count) == [1, 2])
        watch.follow(driver.state, nil)
    }

    @Test func aTillOpensForNobodyWhoMayNotSell() throws {
        let driver = try ModelDriver(context: AppContext(policy: ShopPolicy()), shop: try FixtureShop())
        let audience = CountingAudience()
        var watch = AudienceWatch()
        watch.follow(driver.state, audience)
        #expect(!audience.isOpen)
    }
}
