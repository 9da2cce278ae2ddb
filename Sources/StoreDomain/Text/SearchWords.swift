/// Splits text into words for search: the one rule for the index, for what is typed and for what is compared in
/// memory. Words are folded.
public enum SearchWords {
    /// How many words of a question count.
    public static let maximumCount = 12
    /// What is run together of more, or longer, stands for nothing that somebody types.
    private static let longestRun = 12
    private static let longestJoin = 64
    /// As long as the longest start of a word that an index keeps a list for, and enough of any run of a script
    /// without blanks.
    private static let longestSuffix = 12

    /// The words of a text between two blanks: `Men's` is `men` and `s`.
    public typealias Run = [String]

    /// The text's words in its order: runs of letters, marks and digits, set apart by anything else, and those
    /// that no blank sets apart together.
    public static func runs(in text: some StringProtocol) -> [Run] {
        var runs: [Run] = []
        var run: Run = []
        var word = String.UnicodeScalarView()
        func endWord() {
            if !word.isEmpty { run.append(String(word)) }
            word = String.UnicodeScalarView()
        }
        func endRun() {
            endWord()
            if !run.isEmpty { runs.append(run) }
            run = []
        }
        for scalar in text.folded.unicodeScalars {
            if scalar.isWordPart {
                word.append(scalar)
            } else if scalar.properties.isWhitespace {
                endRun()
            } else {
                endWord()
            }
        }
        endRun()
        return runs
    }

    /// What a person asks for: the first `maximumCount` words.
    public static func split(_ text: some StringProtocol) -> [String] {
        Array(runs(in: text).joined().prefix(maximumCount))
    }

    // MARK: - What is found

    /// The words that find a text. Each by itself; each with those that follow it in its run, so that `tshirt` finds
    /// T-Shirt; in scripts without blanks also each from any letter on.
    public static func of(_ text: some StringProtocol) -> [String] { words(of: runs(in: text)) }

    /// The words that find a name: as of any text, and each together with the next, so that `tshirt` finds
    /// T Shirt.
    public static func ofName(_ name: some StringProtocol) -> [String] {
        let runs = runs(in: name)
        let all = Array(runs.joined())
        return words(of: runs) + zip(all, all.dropFirst()).map { $0 + $1 }.filter(isShort)
    }

    /// The words that find a code: as of any text, all of it run together, and a number without its zeros in
    /// front.
    public static func ofCode(_ code: some StringProtocol) -> [String] {
        let runs = runs(in: code)
        let all = Array(runs.joined())
        let number = ProductCode(code)?.bareNumber
        return words(of: runs) + (runs.count > 1 ? joined(all) : []) + [number].compactMap(\.self)
    }

    private static func words(of runs: [Run]) -> [String] {
        runs.flatMap { run in run + joined(run) + run.flatMap(suffixes) }
    }

    /// Each word with all that follow it.
    private static func joined(_ run: Run) -> [String] {
        guard (2...longestRun).contains(run.count) else { return [] }
        return run.indices.dropLast().map { run[$0...].joined() }.filter(isShort)
    }

    private static func isShort(_ word: String) -> Bool { word.utf8.count <= longestJoin }

    private static func suffixes(of word: String) -> [String] {
        guard word.utf8.contains(where: { $0 >= 0xE0 }) else { return [] }
        let scalars = Array(word.unicodeScalars)
        guard scalars.contains(where: \.isOfScriptWithoutBlanks) else { return [] }
        return scalars.indices.dropFirst().filter {
            scalars[$0].beginsLetter
                && (scalars[$0].isOfScriptWithoutBlanks || scalars[$0 - 1].isOfScriptWithoutBlanks)
        }.map { start in
            String(String.UnicodeScalarView(scalars[start..<min(start + longestSuffix, scalars.count)]))
        }
    }

    // MARK: - Plurals

    /// What an English plural is the plural of, as far as its ending tells: -ies of -y, -es of what hisses or ends
    /// in o, any other -s but -ss, -us and -is of what stands before it. Words of fewer than four letters, and with
    /// other letters than a to z, are none.
    public static func singulars(of word: String) -> [String] {
        guard word.utf8.count >= 4, word.utf8.allSatisfy({ (0x61...0x7A).contains($0) }), word.hasSuffix("s"),
            !["ss", "us", "is"].contains(where: word.hasSuffix)
        else { return [] }
        var singulars = [String(word.dropLast())]
        if word.hasSuffix("ies"), word.utf8.count > 4 { singulars.append(word.dropLast(3) + "y") }
        if word.hasSuffix("es") {
            let stem = String(word.dropLast(2))
            if ["s", "x", "z", "ch", "sh", "o"].contains(where: stem.hasSuffix) { singulars.append(stem) }
        }
        return singulars
    }
}

extension Unicode.Scalar {
    fileprivate var isWordPart: Bool {
        if value < 0x80 { return (0x61...0x7A).contains(value) || (0x30...0x39).contains(value) }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber:
            return true
        // Unicode's categories, not ours: punctuation, symbols, separators and controls end a word.
        default: return false
        }
    }

    fileprivate var beginsLetter: Bool {
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: false
        // Unicode's categories, not ours.
        default: true
        }
    }

    /// Han, kana, hangul, Thai, Lao, Burmese, Khmer: scripts whose words are not set apart by blanks, or carry
    /// endings.
    fileprivate var isOfScriptWithoutBlanks: Bool {
        switch value {
        case 0x0E00...0x0EFF, 0x1000...0x109F, 0x1780...0x17FF, 0x2E80...0x2FDF, 0x3005...0x3007,
            0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7A3,
            0xF900...0xFAFF, 0x20000...0x323AF:
            true
        default: false
        }
    }
}
