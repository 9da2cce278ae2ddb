import Foundation
import GRDB
import StoreDomain

/// A product's words as the search index holds them, and a search as a question to it.
///
/// Marked words let one list of rows answer a narrower question: with `nameMark` in front a word stands for
/// itself in a product's name alone, and `categoryMark` with a number is the word of a category. Both marks
/// are private-use characters, of which no word consists.
enum SearchText {
    private static let categoryMark = "\u{E000}"
    private static let nameMark = "\u{E001}"

    /// The text as it is stored: composed, and without NUL, where SQLite would end it.
    static func stored(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0 && $0 < 0x80 }) { return text }
        let kept = text.unicodeScalars.filter { $0.value != 0 }
        return String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
    }

    /// What `product_words` says of a product: its words, those of the name a second time and marked, and its
    /// category.
    static func indexed(_ words: ProductWords, categoryID: Int64?) -> String {
        var parts = words.inName + words.elsewhere + words.inName.map { nameMark + $0 }
        if let categoryID { parts.append(category(categoryID)) }
        return parts.joined(separator: " ")
    }

    fileprivate static func category(_ id: Int64) -> String { categoryMark + String(id) }
    fileprivate static func mark(inName: Bool) -> String { inName ? nameMark : "" }
}

/// A person's search within a category as questions to the index. Words are quoted, so that nothing typed is an
/// operator.
struct IndexQuestion: Hashable {
    let question: SearchQuestion
    let categoryID: Int64?

    /// The same question without spellings that begin no word of any product, and singulars that are none: each
    /// that stays is another list of rows to go through, and hardly any does.
    func asked(of db: Database) throws -> IndexQuestion {
        var known: [String: Bool] = [:]
        func finds(_ expression: String) throws -> Bool {
            if let known = known[expression] { return known }
            let statement = try db.cachedStatement(
                sql: "SELECT 1 FROM product_search WHERE product_search MATCH ? LIMIT 1")
            let isFound = try Int.fetchOne(statement, arguments: [expression]) != nil
            known[expression] = isFound
            return isFound
        }
        let words = try question.words.map { word in
            let others = try word.spellings.dropFirst().filter { try finds("\"\($0)\"*") }
            return SearchQuestion.Word(
                spellings: word.spellings.prefix(1) + others,
                singulars: try word.singulars.filter { try finds("\"\($0)\"") })
        }
        return IndexQuestion(question: SearchQuestion(words: words), categoryID: categoryID)
    }

    /// The tiers that can have something; that of codes is found in the table, not the index.
    var tiers: [SearchTier] { SearchTier.allCases.filter { $0 != .plural || question.hasPlural } }

    /// Every product that is found: all tiers together.
    var all: String { inCategory(question.hasPlural ? plural : anywhere) }

    /// Every word begins some word: the tiers down to `elsewhere` together.
    var begins: String { inCategory(anywhere) }

    /// Every word begins a word of the name: the tiers `wholeInName` and `beginsInName` together.
    var beginsInName: String { inCategory(inName) }

    /// The question for one tier of the index.
    func match(_ tier: SearchTier) -> String {
        switch tier {
        case .code: all
        case .wholeInName: inCategory(whole)
        case .beginsInName: inCategory("(\(inName)) NOT (\(whole))")
        case .elsewhere: inCategory("(\(anywhere)) NOT (\(inName))")
        case .plural: inCategory("(\(plural)) NOT (\(anywhere))")
        }
    }

    private var whole: String { every { terms($0.spellings, inName: true, "") } }
    private var inName: String { every { terms($0.spellings, inName: true, "*") } }
    private var anywhere: String { every { terms($0.spellings, inName: false, "*") } }
    private var plural: String {
        every { terms($0.spellings, inName: false, "*") + terms($0.singulars, inName: false, "") }
    }

    private func every(_ terms: (SearchQuestion.Word) -> [String]) -> String {
        question.words.map(terms).map { $0.count == 1 ? $0[0] : "(\($0.joined(separator: " OR ")))" }
            .joined(separator: " AND ")
    }

    private func terms(_ words: [String], inName: Bool, _ ending: String) -> [String] {
        words.map { "\"\(SearchText.mark(inName: inName))\($0)\"\(ending)" }
    }

    private func inCategory(_ expression: String) -> String {
        guard let categoryID else { return expression }
        return "\"\(SearchText.category(categoryID))\" AND (\(expression))"
    }
}
