import Foundation
import GRDB
import StoreDomain
import StoreSearch

/// A product's words as the search index holds them, and a search as a question to it.
enum SearchText {
    /// The text as it is stored: composed, and without NUL, where SQLite would end it.
    static func stored(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 > 0 && $0 < 0x80 }) { return text }
        let kept = text.unicodeScalars.filter { $0.value != 0 }
        return String(String.UnicodeScalarView(kept)).precomposedStringWithCanonicalMapping
    }

    /// What `product_words` says of a product: its words, those of the name a second time and marked, and its
    /// category.
    static func indexed(_ words: ProductWords, categoryID: Int64?) -> String {
        var parts = words.inName + words.elsewhere + words.inName.map(SearchTerm.inName)
        if let categoryID { parts.append(category(categoryID)) }
        return parts.joined(separator: " ")
    }

    fileprivate static func category(_ id: Int64) -> String { String(SearchTerm.categoryMark) + String(id) }
}

extension SearchTerm {
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
        for word in words.unicodeScalars.split(separator: " ") { forEach(of: word, body) }
    }
}
