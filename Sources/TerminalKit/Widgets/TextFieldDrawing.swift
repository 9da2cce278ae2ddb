/// What a one-line field shows: its text, and what of it stands before the cursor.
public struct TextFieldContent: Hashable, Sendable {
    public let text: String
    public let textBeforeCursor: String
    /// Shown while the field is empty.
    public let placeholder: String
    /// Shows a mark for every character.
    public let isSecret: Bool
    /// Marks the whole text while the field has the focus.
    public let isSelected: Bool

    public init(
        _ text: String, textBeforeCursor: String, placeholder: String = "", isSecret: Bool = false,
        isSelected: Bool = false
    ) {
        self.text = text
        self.textBeforeCursor = textBeforeCursor
        self.placeholder = placeholder
        self.isSecret = isSecret
        self.isSelected = isSelected
    }
}

extension Surface {
    /// Draws a field in the first row of `rect`, a blank at each end, scrolled so that the cursor is in
    /// sight, and puts the hardware cursor there when it has the focus.
    public mutating func drawTextField(
        _ content: TextFieldContent, in rect: Rect, context: RenderContext, isFocused: Bool,
        isWrong: Bool = false
    ) {
        let row = rect.splitTop(1).top
        let inner = row.inset(dx: 1, dy: 0)
        guard !inner.isEmpty else { return }
        fill(row, style: context.style(isFocused ? .fieldFocus : .field))
        guard !content.text.isEmpty else {
            let style = Style(
                foreground: context.style(isFocused ? .fieldFocusPlaceholder : .fieldPlaceholder).foreground)
            write(content.placeholder, at: inner.origin, style: style, width: inner.width)
            if isFocused { cursor = inner.origin }
            return
        }
        func shown(_ text: String) -> String {
            content.isSecret ? String(repeating: context.glyphs.secret, count: text.count) : text
        }
        let column = TextWidth.width(of: shown(content.textBeforeCursor))
        // One cell stays free for the cursor behind the last character.
        let scroll = max(0, column - inner.width + 1)
        let tint = isWrong ? Style(foreground: context.style(.fieldError).foreground) : .none
        write(shown(content.text), at: Point(x: inner.x - scroll, y: inner.y), style: tint, clip: inner)
        guard isFocused else { return }
        cursor = Point(x: inner.x + column - scroll, y: inner.y)
        if content.isSelected {
            let width = min(inner.width, TextWidth.width(of: shown(content.text)))
            restyle(Rect(x: inner.x, y: inner.y, width: width, height: 1), context.style(.selection))
        }
    }
}
