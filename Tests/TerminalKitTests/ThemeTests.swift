import Foundation
import TerminalKit
import Testing

@Suite struct ThemeTests {
    /// The themes of this package.
    static let directory = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("themes").path

    static let names = [
        "default", "espresso", "fjord", "high-contrast", "light", "mono", "phosphor", "sakura",
    ]

    private let catalog = ThemeCatalog(directories: [directory])

    @Test func allAreFoundWithTheDefaultFirst() {
        #expect(catalog.entries().map(\.name) == Self.names)
        #expect(catalog.entries().allSatisfy { $0.path != nil })
    }

    @Test(arguments: names)
    func everyThemeNamesEveryRole(_ name: String) throws {
        let theme = try catalog.theme(named: name)
        #expect(theme.name == name)
        #expect(!theme.summary.isEmpty)
        #expect(Set(theme.styles.keys) == Set(Theme.standard.styles.keys))
    }

    @Test func thePageOnThemesListsEveryRole() throws {
        let page = URL(fileURLWithPath: Self.directory).deletingLastPathComponent()
            .appendingPathComponent("Sources/TerminalKit/Documentation.docc/Themes.md")
        let listed = try String(contentsOf: page, encoding: .utf8).components(separatedBy: "\n")
            .compactMap {
                $0.wholeMatch(of: #/\| `((?:ui|state|shop|chart)[a-z.]*)` \|.*/#).map { String($0.1) }
            }
        #expect(listed.sorted() == Theme.standard.styles.keys.sorted())
    }

    @Test func theCompiledInThemesAreTheFiles() throws {
        #expect(try catalog.theme(named: "default") == .standard)
        #expect(try catalog.theme(named: "mono") == .mono)
        #expect(try ThemeCatalog(directories: []).theme(named: "mono") == .mono)
    }

    @Test(
        arguments: [
            ("0;15", .light), ("0;default;15", .light), ("0;7", .light), ("0;10", .light), ("15;0", .dark),
            ("15;default;0", .dark), ("12;8", .dark), ("7", .light), ("default;default", nil), ("", nil),
            ("0;", nil), ("0;16", nil), ("15;-1", nil), ("0;white", nil),
        ] as [(String, TerminalBackground?)])
    func backgroundAsTheTerminalSaysIt(_ text: String, _ expected: TerminalBackground?) {
        #expect(TerminalBackground(colorFGBG: text) == expected)
    }

    @Test func aLightTerminalGetsTheLightThemeWhereThereIsOne() {
        #expect(catalog.name(for: .light) == "light")
        #expect(catalog.name(for: .dark) == "default")
        #expect(catalog.name(for: nil) == "default")
        #expect(ThemeCatalog(directories: []).name(for: .light) == "default")
    }

    /// Lines that are not read.
    private static let decoration: Set<String> = [
        "ui.border", "ui.border.focus", "ui.dialog.border", "ui.scrollbar", "ui.selection.mark",
    ]

    @Test(arguments: names)
    func textIsLegible(_ name: String) throws {
        let theme = try catalog.theme(named: name)
        let limit = name == "high-contrast" ? 7.0 : 4.5
        for (role, style) in theme.styles where !Self.decoration.contains(role) {
            guard let foreground = style.foreground, foreground != .terminal else { continue }
            let backgrounds =
                style.background.map { [$0] }
                ?? [ThemeRole.ui, .dialog].compactMap { theme.style($0).background }
            #expect(!backgrounds.isEmpty)
            for background in backgrounds {
                let contrast = try #require(foreground.contrast(with: background))
                #expect(contrast >= limit, "\(role): \(foreground) on \(background) has \(contrast)")
            }
        }
    }

    @Test func monoHasNoColors() {
        for (role, style) in Theme.mono.styles {
            #expect(
                [nil, .terminal].contains(style.foreground) && [nil, .terminal].contains(style.background),
                "\(role)")
        }
        #expect(Theme.mono.style(.selection) != Theme.mono.style(.text))
    }

    @Test func namesFallBackAlongTheirDots() throws {
        let theme = try Theme.parse("name: x\nstyles:\n  ui: { bg: 1 }\n  ui.text: red\n", file: "x.yaml")
        #expect(theme.style(ThemeRole("ui.text.focus.deep")) == Style(foreground: .indexed(1)))
        #expect(theme.style(.selection) == Style(background: .indexed(1)))
        #expect(theme.style(ThemeRole("shop.price")) == .none)
    }

    @Test(arguments: [
        ("", "t.yaml:1:1: is empty"),
        (
            "name: x\nstyles:\n  ui: nocolor\n",
            "t.yaml:3:7: \"nocolor\" is neither in the palette nor a colour"
        ),
        ("name: x\nstyles:\n  ui: { fg: red, blink: yes }\n", "t.yaml:3:18: \"blink\" is not known"),
        ("name: x\nstyles:\n  ui: { attributes: [blod] }\n", "t.yaml:3:22: \"blod\" is no attribute"),
        ("name: x\nstyle: {}\n", "t.yaml:2:1: \"style\" is not known"),
        ("styles:\n  ui: red\n", "t.yaml:1:1: the theme has no name"),
        ("name: x\n", "t.yaml:1:1: the theme has no styles"),
        ("name: x\nstyles: [a\n", "t.yaml:3:1: "),
        ("name: x\npalette:\n  a: \"#12345\"\nstyles:\n  ui: a\n", "t.yaml:3:6: \"#12345\" is neither"),
        ("- a\n", "t.yaml:1:1: a theme is a list of names with values"),
        ("name: \"\\e[31mx\"\nstyles: x\u{1b}\n", "t.yaml:"),
    ])
    func brokenFilesNameThePlace(_ yaml: String, _ message: String) {
        let error = #expect(throws: ThemeError.self) { try Theme.parse(yaml, file: "t.yaml") }
        #expect(error?.description.hasPrefix(message) == true, "\(error?.description ?? "")")
        #expect(error?.description.contains("\u{1b}") == false)
    }

    @Test(arguments: names) func aThemeIsReadAsItIsWritten(_ name: String) throws {
        let theme = try catalog.theme(named: name)
        #expect(try Theme.parse(theme.yaml, file: "written.yaml") == theme)
    }

    @Test func whateverAThemeHoldsIsReadBack() throws {
        let theme = Theme(
            name: "\"a\": \\ #b", summary: "two\nlines, \u{2028}\u{7DD1}\u{1F600}\u{7}",
            styles: [
                "ui": .none, "ui.text": Style(foreground: .indexed(7)), "yes": Style(foreground: .terminal),
                "odd: [role]": Style(
                    foreground: .rgb(0, 1, 255), background: .terminal,
                    attributes: [.bold, .dim, .italic, .underline, .reverse, .strikethrough]),
            ])
        #expect(try Theme.parse(theme.yaml, file: "written.yaml") == theme)
    }

    @Test func whatEachBuildHasIsKnown() {
        let other = Theme(name: Theme.mono.name, summary: "", styles: ["ui": .none])
        #expect(Theme.standard.isBuiltIn && Theme.mono.isBuiltIn && !other.isBuiltIn)
    }

    @Test func missingAndForeignFiles() throws {
        #expect(throws: ThemeError.self) { try catalog.theme(named: "nothing-here") }
        #expect(throws: ThemeError.self) { try catalog.theme(named: "/nowhere/x.yaml") }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("bytes-\(getpid()).yaml")
            .path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try Data([0xff, 0xfe, 0x00]).write(to: URL(fileURLWithPath: path))
        #expect(throws: ThemeError(file: path, reason: "is not UTF-8 text")) { try ThemeCatalog.load(path) }
    }

    @Test func colorsAreReadBack() {
        for text in ["#00ff7f", "7", "255", "terminal"] { #expect(Color(text)?.description == text) }
        #expect(Color("bright-red") == .indexed(9))
        #expect(Color("indexed 12") == .indexed(12))
        for text in ["", "#12", "#-12345", "256", "reddish", "indexed"] { #expect(Color(text) == nil) }
    }
}
