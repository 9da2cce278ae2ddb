import Foundation
import StoreDomain

/// What text becomes in the search index, and what a person's words become as a question to it.
///
/// Marked words let one list of rows answer a narrower question: with `nameMark` in front a word stands for
/// itself in a product's name alone, and `categoryMark` with a number is the word of a category. Both marks
/// are private-use characters that `stored` takes out of everything people write.
enum SearchText {
    private static let categoryMark = "\u{E000}"
    private static let nameMark = "\u{E001}"
    /// As long as the longest prefix that the index keeps lists for, and enough of any CJK run.
    private static let longestSuffix = 12
    /// Bounds what a description of 64 KB of CJK text adds to the index.
    private static let maximumSuffixes = 2_000

    /// The text as it is stored: composed, so that the index folds its accents; without NUL, where SQLite
    /// would end it, and without our marks.
    static func stored(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0 && $0 < 0x80 }) { return text }
        let kept = text.unicodeScalars.filter { $0.value != 0 && $0.value != 0xE000 && $0.value != 0xE001 }
        return String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
    }

    /// What names are ordered by: without case, accents and width.
    static func nameKey(_ name: String) -> String {
        if name.utf8.allSatisfy({ $0 < 0x80 }) { return name.lowercased() }
        return name.folding(
            options: [.caseInsensitive, .diacriticInsensitive, .widthInsensitive], locale: nil)
    }

    /// What spellings of one SKU share: case does not count, in any script.
    static func skuKey(_ sku: String) -> String { stored(sku).lowercased() }

    // MARK: - What is indexed

    /// The column `search_extra`: the marked words, and for CJK text, which has no blanks, its words from
    /// every character on.
    static func extra(name: String, description: String, categoryID: Int64?) -> String {
        var parts: [String] = []
        for word in SearchWords.runs(in: name) {
            parts.append(nameMark + word)
            for suffix in suffixes(of: word) {
                parts.append(nameMark + suffix)
                parts.append(suffix)
            }
        }
        if description.utf8.contains(where: { $0 >= 0xE1 }) {
            for word in SearchWords.runs(in: description) where parts.count < maximumSuffixes {
                parts.append(contentsOf: suffixes(of: word))
            }
        }
        if let categoryID { parts.append(categoryMark + String(categoryID)) }
        return parts.joined(separator: " ")
    }

    private static func suffixes(of word: String) -> [String] {
        let scalars = Array(word.unicodeScalars)
        guard scalars.contains(where: \.isCJK) else { return [] }
        return scalars.indices.dropFirst().filter { scalars[$0].isCJK || scalars[$0 - 1].isCJK }.map {
            start in
            let end = min(start + longestSuffix, scalars.count)
            return String(String.UnicodeScalarView(scalars[start..<end]))
        }
    }
}

/// A person's search as questions to the index. Words are quoted, so that nothing typed is an operator.
struct SearchQuestion: Hashable {
    let words: [String]
    let categoryID: Int64?

    /// nil when `text` has no word in it.
    init?(text: String, categoryID: Int64?) {
        let words = SearchWords.runs(in: SearchText.stored(text)).prefix(SearchWords.maximumCount)
        guard !words.isEmpty else { return nil }
        self.words = Array(words)
        self.categoryID = categoryID
    }

    /// How well a product matches, best first. No product is in two tiers.
    enum Tier: Int64, CaseIterable {
        /// Its SKU or barcode is what was typed; found in the table, not the index.
        case code
        /// Every word stands whole in its name.
        case wholeInName
        /// Every word begins a word of its name.
        case beginsInName
        case elsewhere
    }

    /// Every product in which every word begins some word: all tiers together.
    var anywhere: String { inCategory(all("", prefix: true)) }

    /// Every word begins a word of the name: the tiers `wholeInName` and `beginsInName` together.
    var beginsInName: String { inCategory(all(SearchText.marked(""), prefix: true)) }

    /// The question for one tier of the index.
    func match(_ tier: Tier) -> String {
        let whole = all(SearchText.marked(""), prefix: false)
        let begins = all(SearchText.marked(""), prefix: true)
        return switch tier {
        case .code: anywhere
        case .wholeInName: inCategory(whole)
        case .beginsInName: inCategory("(\(begins)) NOT (\(whole))")
        case .elsewhere: inCategory("(\(all("", prefix: true))) NOT (\(begins))")
        }
    }

    private func all(_ mark: String, prefix: Bool) -> String {
        words.map { "\"\(mark)\($0)\"\(prefix ? "*" : "")" }.joined(separator: " AND ")
    }

    private func inCategory(_ expression: String) -> String {
        guard let categoryID else { return expression }
        return "\"\(SearchText.category(categoryID))\" AND (\(expression))"
    }
}

extension SearchText {
    fileprivate static func marked(_ word: String) -> String { nameMark + word }
    fileprivate static func category(_ id: Int64) -> String { categoryMark + String(id) }
}

extension Unicode.Scalar {
    /// Han, kana or hangul: scripts whose words are not set apart by blanks, or carry endings.
    fileprivate var isCJK: Bool {
        switch value {
        case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF,
            0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFF66...0xFF9F, 0x20000...0x3134F:
            true
        default: false
        }
    }
}
