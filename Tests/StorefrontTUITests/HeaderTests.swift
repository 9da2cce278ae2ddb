import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// What can be clicked above the rows: the way here, and titles of columns.
@Suite struct HeaderTests {
    private func driver(width: Int) throws -> ModelDriver {
        try ModelDriver(viewport: AppView.viewport(Size(width: width, height: 24)))
    }

    /// Clicks the first cell of a text.
    private func click(_ text: String, row: Int, _ driver: inout ModelDriver) throws {
        let surface = driver.frame.surface
        let line = (0..<surface.size.width).map { surface[$0, row].glyph }
        let letters = text.map(String.init)
        let x = try #require(
            line.indices.first {
                $0 + letters.count <= line.count && Array(line[$0..<$0 + letters.count]) == letters
            },
            "\(text): \(driver)")
        switch driver.frame.meaning(at: Point(x: x, y: row)) {
        case .place(let place): driver.send(.wentBack(to: place))
        case .choice(let choice): driver.send(.chose(choice))
        case .command(let command): driver.send(.command(command))
        case .row, .category, .pane, nil: Issue.record("\(text) cannot be clicked: \(driver)")
        }
    }

    // MARK: - The way here

    @Test func aPlaceOnTheWayIsGoneBackTo() throws {
        var driver = try driver(width: 120)
        driver.signIn(.staff)
        driver.press(.addOne, .openCart, .checkout)
        #expect(driver.state.way.map(\.kind) == [.shop, .cart, .checkout])
        try click("Cart", row: 0, &driver)
        #expect(driver.state.way.map(\.kind) == [.shop, .cart], "\(driver)")
        try click("Shop", row: 0, &driver)
        #expect(driver.state.way.map(\.kind) == [.shop], "\(driver)")
    }

    @Test func leavingAFormAsksFirst() throws {
        var driver = try driver(width: 120)
        driver.press(.account, .register)
        driver.type("Demo Name")
        try click("Sign in", row: 0, &driver)
        #expect(driver.state.kind == .register && driver.state.overlays.count == 1, "\(driver)")
    }

    @Test func nothingIsClickedUnderAnOverlay() throws {
        var driver = try driver(width: 120)
        driver.press(.openCart, .help)
        driver.send(.wentBack(to: 0), .chose(.sort(.name)))
        #expect(driver.state.kind == .cart && driver.state.overlays.count == 1, "\(driver)")
    }

    @Test func aPlaceThatIsNotOnTheWayMeansNothing() throws {
        var driver = try driver(width: 120)
        driver.press(.openCart)
        driver.send(.wentBack(to: 1), .wentBack(to: 7), .wentBack(to: -1))
        #expect(driver.state.kind == .cart, "\(driver)")
    }

    /// Wherever the way does not fit, a mark says so, and the place one is at is there.
    @Test func aCutWayIsMarked() throws {
        var driver = try driver(width: 80)
        driver.signIn(.staff)
        let line = try OrderDraft.Line(productID: 1, quantity: 1)
        driver.shop.place(try OrderDraft(lines: [line], discountCode: nil), nil, driver.state.principal)
        driver.press(.openOrders, .open)
        for width in 40...160 {
            driver.send(.resized(AppView.viewport(Size(width: width, height: 24))))
            let header = driver.frame.surface.text.prefix { $0 != "\n" }
            let isWhole = header.contains("› Shop › Orders › Order 1041")
            #expect(isWhole || header.contains("…"), "\(width): \(header)")
            if width >= 48 { #expect(header.contains("Order 1041"), "\(width): \(header)") }
        }
        driver.send(.resized(AppView.viewport(Size(width: 80, height: 24))))
        try click("…", row: 0, &driver)
        #expect(driver.state.way.map(\.kind) == [.shop, .orders], "\(driver)")
    }

    // MARK: - Titles of columns

    @Test func titlesSortTheirColumn() throws {
        var driver = try driver(width: 80)
        let titles = 2
        #expect(driver.state.shop?.sort == .automatic, "\(driver)")
        try click("Price", row: titles, &driver)
        #expect(driver.state.shop?.sort == .priceUp && "\(driver)".contains("Price ↑"), "\(driver)")
        try click("Price", row: titles, &driver)
        #expect(driver.state.shop?.sort == .priceDown && "\(driver)".contains("Price ↓"), "\(driver)")
        try click("Product", row: titles, &driver)
        #expect(driver.state.shop?.sort == .name && "\(driver)".contains("Product ↑"), "\(driver)")
        try click("Product", row: titles, &driver)
        #expect(driver.state.shop?.sort == .automatic, "\(driver)")
    }

    @Test func aKeySortsByOneColumnAfterTheOther() throws {
        var driver = try driver(width: 80)
        var sorts: [ProductSort] = []
        for _ in 0..<4 {
            driver.press(.sortNext)
            sorts.append(try #require(driver.state.shop?.sort))
        }
        #expect(sorts == [.name, .priceUp, .priceDown, .automatic])
    }

    // MARK: - The status line

    @Test(arguments: [(80, 24), (80, 12), (60, 14)])
    func aLongWarningGoesOnBesideTheKeyThatHelps(width: Int, height: Int) throws {
        var driver = try ModelDriver(viewport: AppView.viewport(Size(width: width, height: height)))
        let text = "days must be such as 2026-12-01 2026-12-31, from 2026-12-01, until 2026-12-31, or always"
        driver.send(.noticed(text))
        let rows = "\(driver)".split(separator: "\n", omittingEmptySubsequences: false).suffix(2)
        let words = rows.joined(separator: " ").split(separator: " ").joined(separator: " ")
        #expect(words.contains(text), "\(driver)")
        #expect(rows.last?.contains("help") == true, "\(driver)")
        driver.send(.noticed("short"))
        #expect(!"\(driver)".contains("or always") && "\(driver)".contains("? help"), "\(driver)")
    }

    @Test(arguments: [40, 80]) func aSavedFileIsLinkedAsFarAsItIsSeen(width: Int) throws {
        var driver = try driver(width: width)
        let path = "/home/demo/Ünder a long way/to the screens/screen.svg"
        driver.send(.screenSaved(.success(path)))
        let surface = driver.frame.surface
        let link = try #require(surface.link)
        #expect(link.path == path)
        let seen = (link.cells.x..<link.cells.maxX).map { surface[$0, link.cells.y].glyph }.joined()
        #expect(path.hasPrefix(seen.prefix(10)) && (width < 80 || seen == path), "\(driver)")
        driver.send(.screenSaved(.success("screen.svg")))
        #expect(driver.frame.surface.link == nil, "the terminal is in another folder")
    }
}
