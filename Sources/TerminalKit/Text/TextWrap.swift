extension TextWidth {
    /// Breaks `text` into lines of at most `width` cells: at line ends of the text, between words, between
    /// East Asian characters, and inside words that are longer than a line. Blanks at a break are dropped;
    /// an empty line stays one. The lines are harmless. Empty when `width` is less than 1.
    public static func wrap(_ text: String, width: Int) -> [String] {
        guard width > 0 else { return [] }
        var wrapper = LineWrapper(width: width)
        var reader = GlyphReader(text)
        while let piece = reader.next() { wrapper.take(piece) }
        return wrapper.finish()
    }
}

/// Collects words into lines. A word is what may not be broken unless it is longer than a line.
private struct LineWrapper {
    let width: Int
    private var lines: [String] = []
    private var line = ""
    private var lineWidth = 0
    private var gap = 0
    private var word: [GlyphReader.Piece] = []
    private var wordWidth = 0

    init(width: Int) { self.width = width }

    mutating func take(_ piece: GlyphReader.Piece) {
        if piece.isNewline {
            endLine()
        } else if piece.glyph == .blank {
            endWord()
            gap += 1
        } else if piece.width == 2 {
            endWord()
            add(piece)
            endWord()
        } else {
            add(piece)
        }
    }

    mutating func finish() -> [String] {
        endLine()
        return lines
    }

    private mutating func add(_ piece: GlyphReader.Piece) {
        word.append(piece)
        wordWidth += piece.width
    }

    private mutating func endLine() {
        endWord()
        breakLine()
        gap = 0
    }

    private mutating func breakLine() {
        lines.append(line)
        line = ""
        lineWidth = 0
    }

    private mutating func endWord() {
        guard !word.isEmpty else { return }
        if lineWidth + gap + wordWidth > width, lineWidth > 0 {
            breakLine()
            gap = 0
        }
        if gap > 0 {
            let blanks = min(gap, max(0, width - wordWidth))
            line += String(repeating: " ", count: blanks)
            lineWidth += blanks
            gap = 0
        }
        for piece in word {
            // A glyph wider than the whole line has no place at all.
            guard piece.width <= width else { continue }
            if lineWidth + piece.width > width { breakLine() }
            piece.glyph.forEachScalar { line.unicodeScalars.append($0) }
            lineWidth += piece.width
        }
        word.removeAll(keepingCapacity: true)
        wordWidth = 0
    }
}
