import StoreDomain

/// A product's words as the search index holds them.
///
/// Marked words let one list of rows answer a narrower question: with `nameMark` in front a word stands for
/// itself in a product's name alone, with `categoryMark` a category's name for the category. Both marks are
/// private-use characters, of which no word consists.
enum SearchTerms {
    private static let categoryMark = "\u{E000}"
    private static let nameMark = "\u{E001}"
    /// A word of the index has at most 2,046 bytes.
    private static let longest = 1_000

    /// A product's words, those of the name a second time and marked, and its category.
    static func indexed(_ words: ProductWords, category: String?) -> [String] {
        let plain = words.inName + words.elsewhere
        let terms = plain.map(cut) + words.inName.map { nameMark + cut($0) }
        return terms + [category.map(Self.category)].compactMap(\.self)
    }

    static func category(_ name: String) -> String { categoryMark + cut(name) }
    static func inName(_ word: String) -> String { nameMark + cut(word) }
    static func cut(_ word: String) -> String { word.cut(toBytes: longest) }
}

/// A person's search within a category as questions to the index, in the language of `tsquery`. Words are
/// quoted, so that nothing typed is an operator.
struct TermQuestion {
    let question: SearchQuestion
    let category: String?

    /// The tiers that can have something; that of codes is found in the table, not the index.
    var tiers: [SearchTier] { SearchTier.allCases.filter { $0 != .plural || question.hasPlural } }

    /// Every product that is found: all tiers together.
    var all: String { inCategory(question.hasPlural ? plural : anywhere) }

    /// The question for one tier of the index.
    func match(_ tier: SearchTier) -> String {
        switch tier {
        case .code: all
        case .wholeInName: inCategory(whole)
        case .beginsInName: inCategory("(\(inName)) & !(\(whole))")
        case .elsewhere: inCategory("(\(anywhere)) & !(\(inName))")
        case .plural: inCategory("(\(plural)) & !(\(anywhere))")
        }
    }

    /// Every word stands whole in the name; begins a word of it; begins any word.
    var whole: String { every { $0.spellings.map { quoted(SearchTerms.inName($0)) } } }
    var inName: String { every { $0.spellings.map { quoted(SearchTerms.inName($0)) + ":*" } } }
    var anywhere: String { every { starts($0) } }

    private var plural: String {
        every { starts($0) + $0.singulars.map { quoted(SearchTerms.cut($0)) } }
    }

    private func starts(_ word: SearchQuestion.Word) -> [String] {
        word.spellings.map { quoted(SearchTerms.cut($0)) + ":*" }
    }

    private func every(_ terms: (SearchQuestion.Word) -> [String]) -> String {
        question.words.map { "(\(terms($0).joined(separator: " | ")))" }.joined(separator: " & ")
    }

    private func inCategory(_ expression: String) -> String {
        guard let category else { return expression }
        return "\(quoted(SearchTerms.category(category))) & (\(expression))"
    }

    private func quoted(_ term: String) -> String {
        var text = "'"
        for scalar in term.unicodeScalars {
            if scalar == "'" || scalar == "\\" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "'"
    }
}
