import TerminalKit
import Testing

@Suite struct TextFieldTests {
    private func draw(_ content: TextFieldContent, isFocused: Bool = true) -> Surface {
        let context = RenderContext(theme: .standard, glyphs: .unicode)
        var surface = context.surface(Size(width: 9, height: 1))
        surface.drawTextField(
            content, in: Rect(x: 0, y: 0, width: 8, height: 1), context: context, isFocused: isFocused)
        return surface
    }

    @Test func scrollsWithTheCursorInSight() {
        let end = draw(TextFieldContent("abcdefgh", textBeforeCursor: "abcdefgh"))
        #expect(end.text == " defgh")
        #expect(end.cursor == Point(x: 6, y: 0))
        let start = draw(TextFieldContent("abcdefgh", textBeforeCursor: "ab"))
        #expect(start.text == " abcdef")
        #expect(start.cursor == Point(x: 3, y: 0))
        let wide = draw(TextFieldContent("日本語茶", textBeforeCursor: "日本"))
        #expect(wide.cursor == Point(x: 5, y: 0))
    }

    @Test func hidesSecretsAndLeavesTheCursorToTheFocus() {
        let secret = draw(TextFieldContent("äöü", textBeforeCursor: "ä", isSecret: true), isFocused: false)
        #expect(secret.text == " •••")
        #expect(secret.cursor == nil)
    }

    @Test func showsThePlaceholderWhileEmpty() {
        let empty = draw(TextFieldContent("", textBeforeCursor: "", placeholder: "e-mail address"))
        #expect(empty.text == " e-mai…")
        #expect(empty.cursor == Point(x: 1, y: 0))
    }

    @Test func drawsNothingWithoutRoom() {
        let context = RenderContext(theme: .standard, glyphs: .unicode)
        var surface = context.surface(Size(width: 3, height: 1))
        surface.drawTextField(
            TextFieldContent("x", textBeforeCursor: "x"), in: Rect(x: 2, y: 0, width: 2, height: 1),
            context: context,
            isFocused: true)
        #expect(surface.text == "")
        #expect(surface.cursor == nil)
    }
}
