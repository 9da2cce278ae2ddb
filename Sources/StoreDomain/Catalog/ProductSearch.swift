/// The words by which a product is found; what an index holds of it.
public struct ProductWords: Hashable, Sendable {
    /// Bounds what a description of 64 KB adds to an index.
    private static let maximumCount = 4_000

    /// Without doubles, in the name's order.
    public let inName: [String]
    /// Those of description, SKU and barcode that are not in the name as well.
    public let elsewhere: [String]

    public init(name: String, description: String, sku: String?, barcode: String?) {
        var known: Set<String> = []
        inName = SearchWords.ofName(name).filter { known.insert($0).inserted }
        let codes = [sku, barcode].compactMap(\.self).flatMap { SearchWords.ofCode($0) }
        elsewhere = Array(
            (codes + SearchWords.of(description)).filter { known.insert($0).inserted }
                .prefix(Self.maximumCount))
    }

    public init(_ product: Product) {
        self.init(
            name: product.name, description: product.description, sku: product.sku, barcode: product.barcode)
    }
}

/// How well a product matches a search, best first. No product is in two tiers.
public enum SearchTier: Int64, CaseIterable, Hashable, Sendable {
    /// Its SKU or barcode is what was typed.
    case code
    /// Every word stands whole in its name.
    case wholeInName
    /// Every word begins a word of its name.
    case beginsInName
    /// Every word begins a word of its name, description, SKU or barcode.
    case elsewhere
    /// Every word that begins none is the plural of one.
    case plural
}

/// A person's search as every store answers it.
public struct SearchQuestion: Hashable, Sendable {
    /// One of its words: it is there when one of the spellings begins (or is) a word of the product.
    public struct Word: Hashable, Sendable {
        /// The word, and what it makes when it is run together with its neighbours.
        public let spellings: [String]
        /// What it is the plural of.
        public let singulars: [String]

        public init(spellings: [String], singulars: [String]) {
            self.spellings = spellings
            self.singulars = singulars
        }
    }

    public let words: [Word]

    public init(words: [Word]) { self.words = words }

    /// nil when the text has no word in it.
    public init?(_ text: String) {
        var words: [Word] = []
        let runs = SearchWords.runs(in: text)
        let all = Array(runs.joined().prefix(SearchWords.maximumCount))
        guard !all.isEmpty else { return nil }
        let number = ProductCode(text)?.gtin.map { String($0.digits.drop { $0 == "0" }) }
        let wholes = runs.flatMap { run in run.map { _ in run.joined() } }
        for (place, word) in all.enumerated() {
            let joins = [
                place > 0 ? all[place - 1] + word : nil, place + 1 < all.count ? word + all[place + 1] : nil,
                wholes[place], all.joined(), number,
            ]
            var spellings = [word]
            for join in joins.compactMap(\.self) where !spellings.contains(join) && join.utf8.count <= 64 {
                spellings.append(join)
            }
            var singulars = SearchWords.singulars(of: word)
            for singular in spellings.dropFirst().flatMap({ SearchWords.singulars(of: $0) })
            where !singulars.contains(singular) {
                singulars.append(singular)
            }
            words.append(Word(spellings: spellings, singulars: singulars))
        }
        self.words = words
    }

    public var hasPlural: Bool { words.contains { !$0.singulars.isEmpty } }

    /// How well these words match; nil when they don't. The tier of codes is not for words to tell.
    public func tier(of product: ProductWords) -> SearchTier? {
        let everywhere = [product.inName, product.elsewhere]
        if words.allSatisfy({ $0.isWhole(in: product.inName) }) { return .wholeInName }
        if words.allSatisfy({ $0.begins(in: product.inName) }) { return .beginsInName }
        if words.allSatisfy({ word in everywhere.contains { word.begins(in: $0) } }) { return .elsewhere }
        return words.allSatisfy { word in
            everywhere.contains { word.begins(in: $0) || word.isPlural(in: $0) }
        } ? .plural : nil
    }
}

extension SearchQuestion.Word {
    fileprivate func isWhole(in words: [String]) -> Bool { words.contains { spellings.contains($0) } }
    fileprivate func isPlural(in words: [String]) -> Bool { words.contains { singulars.contains($0) } }

    fileprivate func begins(in words: [String]) -> Bool {
        words.contains { word in spellings.contains { word.utf8.starts(with: $0.utf8) } }
    }
}
