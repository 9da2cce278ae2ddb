import Foundation
import GRDB
import StoreDomain

/// A product's words as the search index holds them, and a search as a question to it.
///
/// Marked words let one list of rows answer a narrower question: with `nameMark` in front a word stands for
/// itself in a product's name alone, and `categoryMark` with a number is the word of a category. Both marks
/// are private-use characters, of which no word consists.
enum SearchText {
    private static let categoryMark: Unicode.Scalar = "\u{E000}"
    fileprivate static let nameMark = "\u{E001}"

    /// The text as it is stored: composed, and without NUL, where SQLite would end it.
    static func stored(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0 && $0 < 0x80 }) { return text }
        let kept = text.unicodeScalars.filter { $0.value != 0 }
        return String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
    }

    /// What `product_words` says of a product: its words, those of the name a second time and marked, and its
    /// category.
    static func indexed(_ words: ProductWords, categoryID: Int64?) -> String {
        var parts = words.inName + words.elsewhere + words.inName.map(inName)
        if let categoryID { parts.append(category(categoryID)) }
        return parts.joined(separator: " ")
    }

    /// The word as the index holds it for a product's name.
    static func inName(_ word: String) -> String { nameMark + word }

    fileprivate static func category(_ id: Int64) -> String { String(categoryMark) + String(id) }

    fileprivate static func isCategory(_ word: Substring.UnicodeScalarView) -> Bool {
        word.first == categoryMark
    }
}

/// What a row list of the search index stands for.
enum SearchTerm: Hashable {
    /// The products that have this word, marked or not.
    case word(String)
    /// The products that have a word that begins so. With nothing but a mark it is not asked for; the empty one is
    /// every product on sale.
    case beginning(String)

    /// As `SearchBits` knows it. No word has a `*` in it.
    var key: String {
        switch self {
        case .word(let word): word
        case .beginning(let text): text + "*"
        }
    }

    /// The question to the index; quoted, so that nothing typed is an operator.
    var expression: String {
        switch self {
        case .word(let word): "\"\(word)\""
        case .beginning(let text): "\"\(text)\"*"
        }
    }

    static func category(_ id: Int64) -> SearchTerm { .word(SearchText.category(id)) }

    /// Calls `body` with the terms of a product, of each word and its beginnings the shortest first, until `body`
    /// says that it does not want longer ones of this word. A term may come twice.
    ///
    /// - Parameter words: as `SearchText.indexed` makes them.
    static func forEach(of words: String, _ body: (SearchTerm) -> Bool) {
        for word in words.unicodeScalars.split(separator: " ") {
            guard !SearchText.isCategory(word) else {
                _ = body(.word(String(word)))
                continue
            }
            var beginning = ""
            var isWanted = true
            for scalar in word where isWanted {
                beginning.unicodeScalars.append(scalar)
                if beginning != SearchText.nameMark { isWanted = body(.beginning(beginning)) }
            }
            if isWanted { _ = body(.word(beginning)) }
        }
    }

    /// The terms of a product.
    static func all(of words: String) -> Set<SearchTerm> {
        var terms: Set<SearchTerm> = []
        forEach(of: words) { term in
            terms.insert(term)
            return true
        }
        return terms
    }
}
