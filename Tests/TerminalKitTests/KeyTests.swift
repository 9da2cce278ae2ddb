import TerminalKit
import Testing

@Suite struct KeyTests {
    private static let all: [Key] = [
        .enter, .tab, .backTab, .escape, .backspace, .delete, .insert, .up, .down, .left, .right, .home, .end,
        .pageUp, .pageDown, .controlLeft, .controlRight, .controlUp, .controlDown, .shiftUp, .shiftDown,
        .shiftLeft, .shiftRight, .function(1), .function(12), .character("a"), .character("A"),
        .character("?"),
        .character("é"), .character(" "), .control("p"), .control(" "), .control("_"), .alt("x"), .alt("X"),
    ]

    @Test(arguments: all)
    func namesAreReadBack(_ key: Key) {
        #expect(Key(name: key.name) == key)
        #expect(Key(name: key.name(ascii: true)) == key)
        #expect(key.name(ascii: true).utf8.allSatisfy { $0 < 0x80 } || key == .character("é"))
    }

    @Test(
        arguments: [
            ("Ctrl-P", .control("p")), ("ctrl+p", .control("p")), ("^P", .control("p")),
            ("C-p", .control("p")),
            ("esc", .escape), ("ESCAPE", .escape), ("F1", .function(1)), ("pageup", .pageUp),
            ("f", .character("f")),
            ("Ctrl-M", .enter), ("Ctrl-I", .tab), ("Alt-Enter", nil), ("", nil), ("F0", nil), ("F99", nil),
            ("Ctrl-é", nil), ("nonsense", nil), ("\u{7}", nil), ("^", .character("^")), ("Up", .up),
            ("↑", .up),
        ] as [(String, Key?)])
    func otherSpellings(_ name: String, _ key: Key?) {
        #expect(Key(name: name) == key)
    }

    @Test func names() {
        #expect(Key.control("p").name == "Ctrl-P")
        #expect(Key.up.name == "↑")
        #expect(Key.up.name(ascii: true) == "Up")
        #expect(Key.character(" ").name == "Space")
    }
}
