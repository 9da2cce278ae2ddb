/// Splits text into words for search: the one rule for the index, for what is typed and for what is compared
/// in memory.
public enum SearchWords {
    /// How many words of a question count.
    public static let maximumCount = 12

    /// What a person asks for: the first `maximumCount` words, lower-cased.
    public static func split(_ text: String) -> [String] {
        runs(in: text).prefix(maximumCount).map { $0.lowercased() }
    }

    /// Runs of letters, marks and numbers, as they are written.
    ///
    /// SQLite's index knows Unicode as of version 6.1 and takes what came later for parts of words; so does
    /// this rule, as the two must agree.
    public static func runs(in text: String) -> [String] {
        var words: [String] = []
        var word = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            if scalar.isWordPart {
                word.append(scalar)
            } else if !word.isEmpty {
                words.append(String(word))
                word = String.UnicodeScalarView()
            }
        }
        if !word.isEmpty { words.append(String(word)) }
        return words
    }
}

extension Unicode.Scalar {
    fileprivate var isWordPart: Bool {
        if value < 0x80 {
            return ("a"..."z").contains(self) || ("A"..."Z").contains(self) || ("0"..."9").contains(self)
        }
        if value == 0xFFFE || value == 0xFFFF { return false }
        guard let age = properties.age, (age.major, age.minor) <= (6, 1) else { return true }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .letterNumber, .otherNumber,
            .privateUse, .unassigned:
            return true
        // Unicode's categories, not ours: punctuation, symbols, separators and controls end a word.
        default: return false
        }
    }
}
