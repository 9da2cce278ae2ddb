extension Surface {
    /// Writes one line of text over what is there, keeping its background where `style` has none.
    ///
    /// - Parameters:
    ///   - width: the field to write in; longer text is cut with an ellipsis. Without it the text runs to the
    ///     edge and is simply clipped.
    ///   - align: where in the field shorter text stands. Nothing is padded.
    ///   - cut: what is left out of longer text.
    ///   - clip: cells outside it stay as they are.
    /// - Returns: the cells the text takes in its field, clipped or not.
    @discardableResult
    public mutating func write(
        _ text: String, at point: Point, style: Style = .none, width: Int? = nil,
        align: TextAlignment = .left, cut: TextCut = .end, clip: Rect? = nil
    ) -> Int {
        let area = (clip ?? bounds).intersection(bounds)
        guard let width else {
            return put(text, x: point.x, y: point.y, limit: .max, style: style, clip: area)
        }
        guard width > 0 else { return 0 }
        let needed = TextWidth.width(of: text)
        guard needed > width else {
            let offset =
                switch align {
                case .left: 0
                case .right: width - needed
                case .center: (width - needed) / 2
                }
            return put(text, x: point.x + offset, y: point.y, limit: width, style: style, clip: area)
        }
        if cut == .middle {
            let text = TextWidth.middle(of: text, to: width, ellipsis: glyphs.ellipsis)
            return put(text, x: point.x, y: point.y, limit: width, style: style, clip: area)
        }
        let used = put(text, x: point.x, y: point.y, limit: width - 1, style: style, clip: area)
        return used
            + put(glyphs.ellipsis, x: point.x + used, y: point.y, limit: 1, style: style, clip: area)
    }

    private mutating func put(
        _ text: String, x: Int, y: Int, limit: Int, style: Style, clip: Rect
    ) -> Int {
        guard y >= clip.y, y < clip.maxY, !clip.isEmpty else {
            return min(limit, TextWidth.width(of: text))
        }
        var reader = glyphReader(text)
        var used = 0
        while let piece = reader.next(), used + piece.width <= limit {
            put(piece.glyph, width: piece.width, x: x + used, y: y, style: style, clip: clip)
            used += piece.width
        }
        return used
    }

    func glyphReader(_ text: String) -> GlyphReader {
        GlyphReader(Spelling.spell(text, in: repertoire))
    }

    // MARK: - Lines and boxes

    public mutating func horizontalLine(at point: Point, length: Int, style: Style, glyph: String? = nil) {
        let row = Rect(x: point.x, y: point.y, width: length, height: 1).intersection(bounds)
        for x in row.x..<row.maxX where !row.isEmpty {
            write(glyph ?? glyphs.border.horizontal, at: Point(x: x, y: row.y), style: style)
        }
    }

    public mutating func verticalLine(at point: Point, length: Int, style: Style, glyph: String? = nil) {
        let column = Rect(x: point.x, y: point.y, width: 1, height: length).intersection(bounds)
        for y in column.y..<column.maxY where !column.isEmpty {
            write(glyph ?? glyphs.border.vertical, at: Point(x: column.x, y: y), style: style)
        }
    }

    /// Draws a frame just inside `rect`; its inside is `rect.inset(by: 1)`. The title stands in the upper
    /// line. Nothing is drawn where there are not at least two rows and columns.
    public mutating func box(
        _ rect: Rect, style: Style, title: String? = nil, titleStyle: Style? = nil,
        glyphs border: BorderGlyphs? = nil
    ) {
        guard rect.width > 1, rect.height > 1 else { return }
        let border = border ?? glyphs.border
        let (right, bottom) = (rect.maxX - 1, rect.maxY - 1)
        let (across, down) = (rect.width - 2, rect.height - 2)
        horizontalLine(
            at: Point(x: rect.x + 1, y: rect.y), length: across, style: style, glyph: border.horizontal)
        horizontalLine(
            at: Point(x: rect.x + 1, y: bottom), length: across, style: style, glyph: border.horizontal)
        verticalLine(at: Point(x: rect.x, y: rect.y + 1), length: down, style: style, glyph: border.vertical)
        verticalLine(at: Point(x: right, y: rect.y + 1), length: down, style: style, glyph: border.vertical)
        write(border.topLeft, at: rect.origin, style: style)
        write(border.topRight, at: Point(x: right, y: rect.y), style: style)
        write(border.bottomLeft, at: Point(x: rect.x, y: bottom), style: style)
        write(border.bottomRight, at: Point(x: right, y: bottom), style: style)
        if let title, rect.width > 6 {
            let width = min(TextWidth.width(of: title), rect.width - 6)
            write(" ", at: Point(x: rect.x + 2, y: rect.y), style: style)
            write(title, at: Point(x: rect.x + 3, y: rect.y), style: titleStyle ?? style, width: width)
            write(" ", at: Point(x: rect.x + 3 + width, y: rect.y), style: style)
        }
    }
}
