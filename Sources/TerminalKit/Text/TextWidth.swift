/// Measures and cuts text in cells.
public enum TextWidth {
    /// The cells that `text` takes on one line once it is harmless.
    public static func width(of text: String) -> Int {
        let bytes = text.utf8
        if bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) { return bytes.count }
        var reader = GlyphReader(text)
        var width = 0
        while let piece = reader.next() { width += piece.width }
        return width
    }

    /// `text`, harmless and at most `width` cells wide; ends in `ellipsis` (as much of it as fits) when
    /// something had to be left out.
    public static func truncate(_ text: String, to width: Int, ellipsis: String = "…") -> String {
        guard self.width(of: text) > width else { return Sanitizer.harmless(text) }
        let end = self.width(of: ellipsis) <= width ? ellipsis : prefix(of: ellipsis, width: width)
        return prefix(of: text, width: width - self.width(of: end)) + end
    }

    /// As much of `text` from its start, harmless, as fits into `width` cells.
    public static func prefix(of text: String, width: Int) -> String {
        var result = ""
        var used = 0
        var reader = GlyphReader(text)
        while let piece = reader.next(), used + piece.width <= width {
            piece.glyph.forEachScalar { result.unicodeScalars.append($0) }
            used += piece.width
        }
        return result
    }

    /// `text` with blanks up to `width` cells, cut when longer.
    public static func pad(
        _ text: String, to width: Int, align: TextAlignment = .left, ellipsis: String = "…"
    ) -> String {
        let cut = truncate(text, to: width, ellipsis: ellipsis)
        let missing = max(0, width - self.width(of: cut))
        let before =
            switch align {
            case .left: 0
            case .right: missing
            case .center: missing / 2
            }
        return String(repeating: " ", count: before) + cut + String(repeating: " ", count: missing - before)
    }
}

/// Where text stands in a field that is wider than it.
public enum TextAlignment: Hashable, Sendable { case left, right, center }
