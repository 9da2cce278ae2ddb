/// Makes text from anywhere (names, server messages, files) safe to print: in receipts, logs and plain
/// output. A `Surface` does the same to all that is written on it.
public enum Sanitizer {
    /// Controls and unassigned characters become `�`, tabs and line ends a blank, invisible format
    /// characters (bidi controls, tags, joiners, variation selectors) nothing; at most four marks stay on
    /// a character. What comes out takes `TextWidth.width(of:)` cells and is not changed by another pass.
    public static func harmless(_ text: String, keepNewlines: Bool = false) -> String {
        if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7f || keepNewlines && $0 == 0x0a }) { return text }
        var result = ""
        result.reserveCapacity(text.utf8.count)
        var reader = GlyphReader(text)
        while let piece = reader.next() {
            if piece.isNewline && keepNewlines {
                result.append("\n")
            } else {
                piece.glyph.forEachScalar { result.unicodeScalars.append($0) }
            }
        }
        return result
    }
}
