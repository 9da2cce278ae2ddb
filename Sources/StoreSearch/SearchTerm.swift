/// What a list of products in a search index stands for.
///
/// Marked words let one index answer narrower questions: with `nameMark` in front a word stands for itself in a
/// product's name alone, and `categoryMark` is in front of what stands for a category. Both marks are private-use
/// characters, of which no word consists.
public enum SearchTerm: Hashable, Sendable {
    /// The products that have this word, marked or not.
    case word(String)
    /// The products that have a word that begins so. With nothing but a mark it is not asked for; the empty one is
    /// every product on sale.
    case beginning(String)

    /// In front of a word of a name.
    public static let nameMark: Unicode.Scalar = "\u{E001}"
    /// In front of a category.
    public static let categoryMark: Unicode.Scalar = "\u{E000}"

    /// Every product on sale.
    public static let everything = SearchTerm.beginning("")

    /// The word as an index holds it for a product's name.
    public static func inName(_ word: String) -> String { String(nameMark) + word }

    /// As a store of bits knows it. No word has a `*` in it.
    public var key: String {
        switch self {
        case .word(let word): word
        case .beginning(let text): text + "*"
        }
    }

    /// Calls `body` with the terms of one of a product's words, the shortest beginning first, until `body` says that
    /// it does not want longer ones.
    ///
    /// - Parameter word: marked or not, as an index holds it.
    public static func forEach(of word: some Sequence<Unicode.Scalar>, _ body: (SearchTerm) -> Bool) {
        var beginning = String.UnicodeScalarView()
        var isCategory = false
        for scalar in word {
            if beginning.isEmpty { isCategory = scalar == categoryMark }
            beginning.append(scalar)
            guard !isCategory, beginning.count > 1 || scalar != nameMark else { continue }
            guard body(.beginning(String(beginning))) else { return }
        }
        _ = body(.word(String(beginning)))
    }

    /// Whether one of a product's words is, or begins with, what this stands for.
    ///
    /// - Parameter words: marked or not, as an index holds them; those of a product on sale.
    public func isThere(in words: some Sequence<String>) -> Bool {
        switch self {
        case .word(let word): words.contains { $0.utf8.elementsEqual(word.utf8) }
        case .beginning(""): true
        case .beginning(let text): words.contains { $0.utf8.starts(with: text.utf8) }
        }
    }
}

/// Finds the terms that many products have in common, from some of them.
public struct CommonTerms {
    private var counts: [SearchTerm: Int] = [:]
    private var products = 0

    public init() {}

    /// - Parameter words: those of another product, marked or not, as an index holds them.
    public mutating func count(_ words: some Sequence<some Sequence<Unicode.Scalar>>) {
        var terms: Set<SearchTerm> = []
        for word in words {
            SearchTerm.forEach(of: word) { term in
                terms.insert(term)
                return true
            }
        }
        for term in terms { counts[term, default: 0] += 1 }
        products += 1
    }

    /// Those that at least `least` of `all` products have by all appearances, in the order of their keys.
    public func terms(of all: Int, least: Int) -> [SearchTerm] {
        let enough = least * products / max(1, all)
        return counts.filter { $0.value >= max(1, enough) }.keys.sorted { $0.key < $1.key }
    }
}
