extension Surface {
    /// Draws a field in the first row of `rect`, scrolled so that the cursor is in sight, and puts the
    /// hardware cursor there when it has the focus.
    ///
    /// - Parameters:
    ///   - placeholder: shown while the field is empty.
    ///   - isSecret: shows a mark for every character.
    public mutating func drawTextField(
        _ field: TextFieldState, in rect: Rect, context: RenderContext, isFocused: Bool,
        placeholder: String = "", isSecret: Bool = false, isWrong: Bool = false
    ) {
        let row = rect.splitTop(1).top
        guard !row.isEmpty else { return }
        let role: ThemeRole = isFocused ? .fieldFocus : .field
        fill(row, style: context.style(role))
        let error = isWrong ? Self.withoutBackground(context.style(.fieldError)) : .none
        if field.isEmpty {
            let style = Self.withoutBackground(context.style(.fieldPlaceholder))
            write(placeholder, at: row.origin, style: style, width: row.width)
            if isFocused { cursor = row.origin }
            return
        }
        let shown = isSecret ? String(repeating: context.glyphs.secret, count: field.count) : field.text
        let before =
            isSecret ? String(repeating: context.glyphs.secret, count: field.cursor) : field.textBeforeCursor
        let cursorColumn = TextWidth.width(of: before)
        // One cell stays free for the cursor behind the last character.
        let scroll = max(0, cursorColumn - row.width + 1)
        write(shown, at: Point(x: row.x - scroll, y: row.y), style: error, clip: row)
        if isFocused { cursor = Point(x: row.x + cursorColumn - scroll, y: row.y) }
    }

    private static func withoutBackground(_ style: Style) -> Style {
        Style(foreground: style.foreground, attributes: style.attributes)
    }
}
