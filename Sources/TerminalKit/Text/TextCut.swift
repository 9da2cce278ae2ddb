/// Where text that is too long for its field is cut.
public enum TextCut: Hashable, Sendable {
    /// Its end is left out.
    case end
    /// Its middle is left out: for names, which often differ at their end alone. What stands behind the last
    /// dash, such as a variant's options, is kept whole where that leaves a third of the field for the start.
    case middle
}

extension TextWidth {
    /// `text`, harmless and at most `width` cells wide, with `ellipsis` for what was left out of its middle.
    public static func middle(of text: String, to width: Int, ellipsis: String = "…") -> String {
        let dots = self.width(of: ellipsis)
        guard self.width(of: text) > width, width >= 3 * dots + 2 else {
            return truncate(text, to: width, ellipsis: ellipsis)
        }
        let room = width - dots
        let wanted = endingWidth(of: text).flatMap { $0 <= room * 2 / 3 ? $0 : nil } ?? room / 3
        let end = suffix(of: text, width: wanted)
        return prefix(of: text, width: room - self.width(of: end)) + ellipsis + end
    }

    /// As much of `text` from its end, harmless, as fits into `width` cells.
    static func suffix(of text: String, width: Int) -> String {
        var pieces: [GlyphReader.Piece] = []
        var reader = GlyphReader(text)
        while let piece = reader.next() { pieces.append(piece) }
        var first = pieces.endIndex
        var used = 0
        while first > 0, used + pieces[first - 1].width <= width {
            first -= 1
            used += pieces[first].width
        }
        var result = ""
        for piece in pieces[first...] { piece.glyph.forEachScalar { result.unicodeScalars.append($0) } }
        return result
    }

    /// The cells behind the last dash between blanks, with the dash; nil for a text without one.
    private static func endingWidth(of text: String) -> Int? {
        let scalars = Array(text.unicodeScalars)
        let dashes: Set<Unicode.Scalar> = ["-", "\u{2013}", "\u{2014}"]
        let last = scalars.indices.last { index in
            dashes.contains(scalars[index]) && index > 0 && scalars[index - 1] == " "
                && index + 1 < scalars.count && scalars[index + 1] == " "
        }
        return last.map { index in
            var ending = String.UnicodeScalarView()
            ending.append(contentsOf: scalars[index...])
            return width(of: String(ending)) + 1
        }
    }
}
