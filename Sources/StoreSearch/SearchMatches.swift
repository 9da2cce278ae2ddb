import StoreDomain

/// What a search finds in a category, or in all, put together from the products of its terms.
public struct SearchMatches {
    private let question: SearchQuestion
    private let category: SearchTerm?
    private let codes: [Int64]
    private let empty: RowSet
    private let rows: (SearchTerm) throws -> RowSet

    /// - Parameters:
    ///   - codes: the products whose SKU or barcode is what was typed; the first tier.
    ///   - empty: a set as large as the catalogue.
    ///   - rows: the products of a term.
    public init(
        question: SearchQuestion, category: SearchTerm?, codes: [Int64], empty: RowSet,
        rows: @escaping (SearchTerm) throws -> RowSet
    ) {
        self.question = question
        self.category = category
        self.codes = codes
        self.empty = empty
        self.rows = rows
    }

    /// Every product that is found: all tiers together.
    public func all() throws -> RowSet {
        var all = try every(Self.anyhow)
        for id in codes { all.insert(id) }
        return all
    }

    /// The products of each tier, best first. No product is in two.
    public func tiers() throws -> [(tier: SearchTier, rows: RowSet)] {
        var better = empty
        func rest(_ tier: SearchTier, _ rows: RowSet) -> (SearchTier, RowSet) {
            defer { better.formUnion(rows) }
            return (tier, rows.subtracting(better))
        }
        var exact = empty
        for id in codes { exact.insert(id) }
        var tiers = [
            rest(.code, exact), rest(.wholeInName, try every(Self.whole)),
            rest(.beginsInName, try every(Self.inName)), rest(.elsewhere, try every(Self.anywhere)),
        ]
        if question.hasPlural { tiers.append(rest(.plural, try every(Self.anyhow))) }
        return tiers
    }

    // MARK: - Terms

    /// The terms by which one of the words matches, well or badly.
    public static func anyhow(_ word: SearchQuestion.Word) -> [SearchTerm] {
        anywhere(word) + word.singulars.map { .word($0) }
    }

    /// The terms of one of the words that `tiers` asks for.
    public static func all(_ word: SearchQuestion.Word) -> [SearchTerm] {
        whole(word) + inName(word) + anyhow(word)
    }

    private static func whole(_ word: SearchQuestion.Word) -> [SearchTerm] {
        word.spellings.map { .word(SearchTerm.inName($0)) }
    }

    private static func inName(_ word: SearchQuestion.Word) -> [SearchTerm] {
        word.spellings.map { .beginning(SearchTerm.inName($0)) }
    }

    private static func anywhere(_ word: SearchQuestion.Word) -> [SearchTerm] {
        word.spellings.map { .beginning($0) }
    }

    /// The products that have one of the terms of every word.
    private func every(_ terms: (SearchQuestion.Word) -> [SearchTerm]) throws -> RowSet {
        var result = try category.map(rows)
        for word in question.words {
            var found = empty
            for term in terms(word) { found.formUnion(try rows(term)) }
            result = result.map { $0.intersection(found) } ?? found
            if result?.isEmpty == true { break }
        }
        return result ?? empty
    }
}
