import StoreDomain
import StoreSearch

/// A product's words as the search index holds them, marked as `SearchTerm` says; a category is known by its name.
enum SearchTerms {
    /// A word of the index has at most 2,046 bytes.
    private static let longest = 1_000

    /// A product's words, those of the name a second time and marked, and its category.
    static func indexed(_ words: ProductWords, category: String?) -> [String] {
        let plain = words.inName + words.elsewhere
        let terms = plain.map(cut) + words.inName.map(inName)
        return terms + [category.map(Self.category)].compactMap(\.self)
    }

    static func category(_ name: String) -> String { String(SearchTerm.categoryMark) + cut(name) }
    static func inName(_ word: String) -> String { SearchTerm.inName(cut(word)) }
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
    var whole: String { every { $0.spellings.map { Self.quoted(SearchTerms.inName($0)) } } }
    var inName: String { every { $0.spellings.map { Self.quoted(SearchTerms.inName($0)) + ":*" } } }
    var anywhere: String { every { starts($0) } }

    private var plural: String {
        every { starts($0) + $0.singulars.map { Self.quoted(SearchTerms.cut($0)) } }
    }

    private func starts(_ word: SearchQuestion.Word) -> [String] {
        word.spellings.map { Self.quoted(SearchTerms.cut($0)) + ":*" }
    }

    /// What no more than some of the products have: the words of which no term is common, and the category where it
    /// isn't; nil when all are.
    func rare(_ isCommon: (SearchTerm) -> Bool) -> String? {
        let words =
            question.words.map(SearchMatches.anyhow) + [category.map { [SearchSets.listed($0)] } ?? []]
        let rare = words.filter { !$0.isEmpty && !$0.contains(where: isCommon) }
        guard !rare.isEmpty else { return nil }
        return rare.map { "(\($0.map(Self.expression).joined(separator: " | ")))" }.joined(separator: " & ")
    }

    /// A term as a question to the index.
    static func expression(_ term: SearchTerm) -> String {
        switch term.stored {
        case .word(let word): quoted(word)
        case .beginning(let text): quoted(text) + ":*"
        }
    }

    private func every(_ terms: (SearchQuestion.Word) -> [String]) -> String {
        question.words.map { "(\(terms($0).joined(separator: " | ")))" }.joined(separator: " & ")
    }

    private func inCategory(_ expression: String) -> String {
        guard let category else { return expression }
        return "\(Self.quoted(SearchTerms.category(category))) & (\(expression))"
    }

    private static func quoted(_ term: String) -> String {
        var text = "'"
        for scalar in term.unicodeScalars {
            if scalar == "'" || scalar == "\\" { text.unicodeScalars.append(scalar) }
            text.unicodeScalars.append(scalar)
        }
        return text + "'"
    }
}
