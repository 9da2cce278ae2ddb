import StoreDomain
import StoreTesting
import StorefrontCore
import StorefrontTUI
import TerminalKit
import Testing

/// Help, palette and about as panels: their size, and what is to be read in them.
@Suite struct PanelTests {
    private func driver(_ width: Int, _ height: Int) throws -> ModelDriver {
        try ModelDriver(viewport: AppView.viewport(Size(width: width, height: height)))
    }

    /// The rows of the border's top and bottom.
    private func border(_ driver: ModelDriver) throws -> (top: Int, bottom: Int) {
        let lines = driver.description.split(separator: "\n", omittingEmptySubsequences: false)
        return (
            try #require(lines.firstIndex { $0.contains("╭") }, "\(driver)"),
            try #require(lines.lastIndex { $0.contains("╰") }, "\(driver)")
        )
    }

    @Test(arguments: [(80, 24), (120, 40), (200, 60)])
    func helpIsAsLargeAsItsContent(_ width: Int, _ height: Int) throws {
        var driver = try driver(width, height)
        driver.press(.help)
        let whole = try border(driver)
        driver.type("ctrl-z")
        let part = try border(driver)
        // Border, field, a blank row, the section, the command.
        #expect(part.bottom - part.top <= 6, "\(driver)")
        #expect(part.top == whole.top, "the field stays where it is\n\(driver)")
        driver.type(" there is no such thing")
        #expect("\(driver)".contains("Nothing matches"))
    }

    @Test(arguments: [(80, 24), (200, 60)])
    func thePaletteIsAsLargeAsItsContent(_ width: Int, _ height: Int) throws {
        var driver = try driver(width, height)
        driver.press(.palette)
        let whole = try border(driver)
        driver.type("suspend")
        let part = try border(driver)
        #expect(part.bottom - part.top <= 5 && part.top == whole.top, "\(driver)")
    }

    /// In the smallest window, all of it can be read by scrolling, and no key or word is cut.
    @Test(arguments: [ScreenKind.shop, .cart, .signIn, .orders]) func helpIsWholeInTheSmallestWindow(
        _ screen: ScreenKind
    ) throws {
        var driver = try driver(40, 12)
        switch screen {
        case .cart: driver.press(.addOne, .openCart)
        case .signIn: driver.press(.account)
        case .orders:
            driver.signIn(.staff)
            driver.press(.openOrders)
        default: break
        }
        driver.press(.help)
        var seen = ""
        for _ in 0..<500 {
            let rows = driver.description.split(separator: "\n").filter { $0.contains("│") }.dropFirst()
            for row in rows { seen += row.split(separator: "│").dropFirst().first.map { "\($0)\n" } ?? "" }
            driver.press(.down)
        }
        #expect(!seen.contains("…"), "\(seen)")
        let words = Set(seen.split { " \n▐".contains($0) })
        for section in HelpText.sections(for: screen, keyMap: .standard, ascii: false) {
            for row in section.rows {
                for word in "\(row.keys) \(row.title): \(row.help)".split(separator: " ") {
                    #expect(words.contains(word), "\(section.title): \(word)")
                }
            }
        }
    }

    @Test func whereTextIsTypedHelpTellsOfFieldsBeforeLists() {
        let titles = HelpText.sections(for: .signIn, isTyping: true, keyMap: .standard, ascii: false).map(
            \.title)
        #expect(titles.prefix(2) == [ScreenKind.signIn.title, "In text fields"])
    }

    /// A small window shows part of it at a time.
    @Test func aboutScrolls() throws {
        var context = AppContext(policy: ShopPolicy(), version: "1.2.3")
        context.commit = "commit 0123456789ab of 2026-11-22, with changes that nobody has committed"
        context.toolchain = "Swift version 6.2.1 (swift-6.2.1-RELEASE), target x86_64-unknown-linux-gnu"
        context.storeKind = "SQLite, thrown away at the end, schema 4, on a disk that is far away"
        var driver = try ModelDriver(
            context: context, viewport: AppView.viewport(Size(width: 40, height: 12)))
        driver.press(.about)
        let limit = try #require(driver.frame.scroller?.limit)
        try #require(limit > 0, "\(driver)")
        var seen = driver.description
        for _ in 0..<limit {
            driver.press(.down)
            seen += driver.description
        }
        #expect(driver.frame.scroller?.first == limit)
        for fact in driver.state.desk.about.map(\.name) + ["Theme"] {
            #expect(seen.contains(fact), "\(fact)")
        }
        driver.press(.first)
        #expect(driver.frame.scroller?.first == 0)
        driver.press(.back)
        #expect(driver.state.overlays.isEmpty)
    }

    @Test(arguments: [(40, 12), (80, 24)]) func aboutNamesTheBuild(_ width: Int, _ height: Int) throws {
        var context = AppContext(
            policy: ShopPolicy(shopName: "Corner Shop"),
            storePath: "/home/a/.local/share/storefront/store.db",
            version: "1.2.3")
        context.commit = "commit 0123456789ab of 2026-11-22"
        context.toolchain = "Swift 6.2"
        context.storeKind = "SQLite, schema 4"
        var driver = try ModelDriver(
            context: context, viewport: AppView.viewport(Size(width: width, height: height)))
        driver.press(.about)
        let text = driver.description
        for fact in ["1.2.3", "0123456789ab", "2026-11-22", "Swift 6.2", "SQLite, schema 4"] {
            #expect(text.contains(fact), "\(fact)\n\(driver)")
        }
    }
}
