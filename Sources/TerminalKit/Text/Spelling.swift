/// Spells text for terminals that cannot show all of it, cell by cell: what takes two cells takes two
/// afterwards.
public enum Spelling {
    /// What is not in the repertoire loses its accents or gets its nearest likeness, the rest becomes `?`.
    /// The result takes as many cells as `text` does.
    public static func spell(_ text: String, in repertoire: Repertoire) -> String {
        if repertoire == .unicode || text.utf8.allSatisfy({ $0 < 0x7f }) { return text }
        var result = ""
        var reader = GlyphReader(text)
        while let piece = reader.next() {
            let scalar = piece.glyph.scalar
            if piece.isNewline {
                result.append("\n")
            } else if piece.width == 2 {
                result += scalar == "\u{3000}" ? "  " : "??"
            } else if scalar.isASCII || repertoire == .console && isInEveryConsole(scalar) {
                result.unicodeScalars.append(scalar)
            } else {
                result.append(spellings[scalar] ?? "?")
            }
        }
        return result
    }

    private static func isInEveryConsole(_ scalar: Unicode.Scalar) -> Bool {
        (0xa1...0xff).contains(scalar.value) && scalar != "\u{ad}" || linesAndBlocks.contains(scalar)
    }

    private static let linesAndBlocks = Set("─│┌┐└┘├┤┬┴┼▀▄█▌▐░▒▓".unicodeScalars)

    private static let spellings: [Unicode.Scalar: Character] = {
        var result: [Unicode.Scalar: Character] = [:]
        for (plain, others) in groups {
            for scalar in others.unicodeScalars { result[scalar] = plain }
        }
        return result
    }()

    private static let groups: [(Character, String)] = [
        ("A", "ÀÁÂÃÄÅĀĂĄÆ"), ("a", "àáâãäåāăąæª"), ("C", "ÇĆĈĊČ"), ("c", "çćĉċč©¢"), ("D", "ÐĎĐ"),
        ("d", "ðďđ"),
        ("E", "ÈÉÊËĒĔĖĘĚ€"), ("e", "èéêëēĕėęě"), ("G", "ĜĞĠĢ"), ("g", "ĝğġģ"), ("H", "ĤĦ"), ("h", "ĥħ"),
        ("I", "ÌÍÎÏĨĪĬĮİ"), ("i", "ìíîïĩīĭįıℹ"), ("J", "Ĵ"), ("j", "ĵ"), ("K", "Ķ"), ("k", "ķĸ"),
        ("L", "ĹĻĽĿŁ£"),
        ("l", "ĺļľŀł"), ("N", "ÑŃŅŇŊ№"), ("n", "ñńņňŉŋ"), ("O", "ÒÓÔÕÖØŌŎŐŒ"), ("o", "òóôõöøōŏőœº°"),
        ("R", "ŔŖŘ®"), ("r", "ŕŗř"), ("S", "ŚŜŞŠȘ§"), ("s", "śŝşšșßſ"), ("T", "ŢŤŦȚÞ™"), ("t", "ţťŧțþ"),
        ("U", "ÙÚÛÜŨŪŬŮŰŲ"), ("u", "ùúûüũūŭůűųµ"), ("W", "Ŵ"), ("w", "ŵ"), ("Y", "ÝŶŸ¥"), ("y", "ýÿŷ"),
        ("Z", "ŹŻŽ"), ("z", "źżž"), ("x", "×✗"), ("/", "÷⁄"), ("-", "‐‑‒–—―−─━═·"), ("'", "‘’‚‛′´"),
        ("\"", "“”„‟″«»"), ("~", "…"), ("*", "•●"), (" ", "\u{a0}\u{2007}\u{2009}\u{202f}"), ("<", "‹←"),
        (">", "›→"), ("^", "↑"), ("v", "↓"), ("|", "│┃║¦"), ("+", "✓±"), ("!", "¡▲⚠"), ("1", "¹"), ("2", "²"),
        ("3", "³"),
    ]
}
