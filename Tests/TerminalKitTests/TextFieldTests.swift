import TerminalKit
import Testing

@Suite struct TextFieldTests {
    private func typed(_ keys: [Key], into text: String = "") -> TextFieldState {
        var field = TextFieldState(text)
        for key in keys { field.apply(key) }
        return field
    }

    @Test(
        arguments: [
            ("one two", [.control("a"), .character("x")], "xone two", 1),
            ("one two", [.control("w")], "one ", 4), ("one two  ", [.control("w")], "one ", 4),
            ("one two", [.control("u")], "", 0),
            ("one two", [.home, .controlRight, .control("k")], "one", 3),
            ("one two", [.alt("b"), .control("u")], "two", 0),
            ("one two", [.backspace, .backspace], "one t", 5),
            ("abc", [.left, .left, .delete], "ac", 1), ("abc", [.home, .left, .backspace], "abc", 0),
            ("one two", [.control("w"), .home, .control("y")], "twoone ", 3),
            ("one two", [.control("w"), .control("_")], "one two", 7),
            ("日本", [.left, .character("x")], "日x本", 2),
            ("one two", [.home, .alt("d")], " two", 0),
            ("e", [.character("\u{301}"), .character("x")], "e\u{301}x", 2),
            ("ab", [.controlLeft, .controlLeft, .end, .right], "ab", 2),
        ] as [(String, [Key], String, Int)])
    func edits(_ text: String, _ keys: [Key], _ result: String, _ cursor: Int) {
        let field = typed(keys, into: text)
        #expect(field.text == result)
        #expect(field.cursor == cursor)
    }

    @Test func undoTakesBackTypingInOneGo() {
        var field = typed([.character("a"), .character("b"), .left, .character("c"), .character("d")])
        #expect(field.text == "acdb")
        field.apply(.control("_"))
        #expect(field.text == "ab")
        #expect(field.cursor == 1)
        field.apply(.control("_"))
        #expect(field.text == "")
        let isUndone = field.undo()
        #expect(!isUndone)
    }

    @Test func pastedTextBecomesOneLine() {
        var field = TextFieldState("<>")
        field.apply(.left)
        field.insert("a\r\nb\tc\u{1b}[2J\u{7}")
        #expect(field.text == "<a b c[2J>")
        #expect(field.cursor == 9)
    }

    @Test func lengthIsLimited() {
        var field = TextFieldState("abcdef", maxLength: 4)
        #expect(field.text == "abcd")
        field.apply(.character("x"))
        #expect(field.text == "abcd")
        field.apply(.control("u"))
        field.insert("日本語の本")
        #expect(field.text == "日本語の")
        field.text = "123456"
        #expect(field.text == "1234")
    }

    @Test func keysOfOthersAreLeftToThem() {
        var field = TextFieldState("x")
        for key in [Key.enter, .tab, .escape, .up, .down, .function(1), .control("p"), .pageUp] {
            let isHandled = field.apply(key)
            #expect(!isHandled, "\(key)")
        }
        #expect(field.text == "x")
    }

    @Test func drawsScrolledWithTheCursorInSight() {
        let context = RenderContext(theme: .standard, glyphs: .unicode)
        var surface = context.surface(Size(width: 8, height: 2))
        let row = Rect(x: 1, y: 0, width: 6, height: 1)
        surface.drawTextField(TextFieldState("abcdefgh"), in: row, context: context, isFocused: true)
        #expect(surface.text == " defgh\n")
        #expect(surface.cursor == Point(x: 6, y: 0))
        surface.drawTextField(
            TextFieldState("äöü"), in: row, context: context, isFocused: false, isSecret: true)
        #expect(surface.text == " •••\n")
        surface.drawTextField(
            TextFieldState(), in: row, context: context, isFocused: true, placeholder: "e-mail address")
        #expect(surface.text == " e-mai…\n")
        #expect(surface.cursor == Point(x: 1, y: 0))
        surface.drawTextField(
            TextFieldState("x"), in: Rect(x: 9, y: 9, width: 0, height: 0), context: context, isFocused: true)
    }
}
