import StoreTesting
import StorefrontCore
import TerminalKit
import Testing

@testable import StorefrontTUI

@Suite struct KeyMapOverridesTests {
    @Test func replacesKeysAndTakesThemAway() throws {
        let map = try KeyMap(overrides: [
            "addOne": ["Ctrl-N", "="], "takeOne": ["none"], "help": ["f20"], "search": ["a"],
        ])
        #expect(map.keys(of: .addOne) == [.control("n"), .character("=")])
        #expect(map.keys(of: .takeOne).isEmpty)
        #expect(map.keys(of: .help) == [.function(20)])
        #expect(map.keys(of: .openCart) == [.function(3)])
        let state = try ModelDriver().state
        #expect(Self.command(map.action(for: .character("="), in: state)) == .addOne)
        #expect(Self.command(map.action(for: .character("a"), in: state)) == .search)
        #expect(Self.command(map.action(for: .character("+"), in: state)) == nil)
    }

    @Test func nothingChangesTheDefaults() throws {
        #expect(try KeyMap(overrides: [:]) == .standard)
        let all = Command.allCases.filter { !KeyMap.standard.keys(of: $0).isEmpty }
            .map { ($0.rawValue, KeyMap.standard.keys(of: $0).map(\.name)) }
        #expect(try KeyMap(overrides: Dictionary(uniqueKeysWithValues: all)) == .standard)
    }

    @Test(
        arguments: [
            (["addOn": ["b"]], "keys.addOn: there is no command of that name"),
            (["Addone": ["b"]], "keys.Addone: there is no command of that name; the name is addOne"),
            (["Print": ["b"]], "keys.Print: there is no command of that name; the name is printReceipt"),
            (["setQuantity": ["b"]], "keys.setQuantity: there is no command of that name to bind"),
            (
                ["help": ["Hyper-X"]],
                "keys.help: \"Hyper-X\" is no key; write a character, Ctrl-X, Alt-X, F1, Enter, Up, PgDn and "
                    + "the like, or none alone"
            ),
            (
                ["help": ["none", "F1"]],
                "keys.help: \"none\" is no key; write a character, Ctrl-X, Alt-X, F1, Enter, Up, PgDn and "
                    + "the like, or none alone"
            ),
            (["help": []], "keys.help: names no key; write none to leave it without one"),
            (
                ["sort": ["7"]],
                "keys.sort: digits are for numbers before a command, so 7 can mean nothing else"
            ),
            (
                ["addOne": ["u"]],
                "keys.addOne: u already means undo on the screen Shop; give undo another key, or none"
            ),
            (
                ["up": ["Up", "p"]],
                "keys.up: p already means printReceipt on the screen Receipt; "
                    + "give printReceipt another key, or none"
            ),
            (["down": ["Up"]], "keys.down: Up already means up in lists; give up another key, or none"),
            (
                ["openShop": ["F3"]],
                "keys.openShop: F3 already means openCart everywhere; give openCart another key, or none"
            ),
            (
                ["back": ["b"]],
                "keys.back: it is needed while a text field has the keys, so give it one that is not typed, "
                    + "such as Esc"
            ),
            (
                ["quit": ["none"]],
                "keys.quit: it is needed while a text field has the keys, so give it one that is not typed, "
                    + "such as Ctrl-C"
            ),
            (
                ["reveal": ["Left"]],
                "keys.reveal: it is needed while a text field has the keys, so give it one that is not typed, "
                    + "such as Ctrl-R"
            ),
        ] as [([String: [String]], String)])
    func refuses(overrides: [String: [String]], sentence: String) {
        let problem = #expect(throws: KeyMapProblem.self) { try KeyMap(overrides: overrides) }
        #expect(problem?.description == sentence)
    }

    /// Screens that never meet may use one key for two things, and a key is free once its command is
    /// elsewhere.
    @Test func keysOfOtherPlacesAreFree() throws {
        let map = try KeyMap(overrides: ["search": ["f"], "undo": ["z"], "addOne": ["u"]])
        #expect(map.keys(of: .filterStatus) == [.character("f")])
        #expect(map.keys(of: .addOne) == [.character("u")])
    }

    @Test func footerHelpAndPaletteFollow() throws {
        let map = try KeyMap(overrides: ["search": ["Ctrl-F"], "open": ["Enter", "l"], "explain": ["none"]])
        let state = try ModelDriver().state
        let context = ViewContext(render: RenderContext(theme: .standard, glyphs: .unicode), keyMap: map)
        let frame = AppView.render(state, size: Size(width: 80, height: 24), context: context)
        #expect(frame.surface.text.contains("Ctrl-F search"))
        let rows = HelpText.allSections(keyMap: map).flatMap(\.rows)
        #expect(rows.first { $0.name == "search" }?.keys == "Ctrl-F")
        #expect(rows.first { $0.name == "explain" }?.keys == "")
        #expect(rows.first { $0.title == "Set quantity" }?.keys == "0-9 Enter l")
    }

    private static func command(_ action: AppAction?) -> Command? {
        if case .command(let command) = action { command } else { nil }
    }
}
