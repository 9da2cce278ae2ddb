import GRDB
import StoreDomain

/// The row lists of the search index as sets, each read once.
final class SearchIndex {
    let db: Database
    /// As large as the catalogue.
    let empty: RowSet
    private var known: [SearchTerm: RowSet] = [:]

    init(_ db: Database) throws {
        self.db = db
        empty = RowSet(upTo: try db.value(Int64.self, "SELECT max(id) FROM product_words") ?? 0)
    }

    /// The products of a term: from their bits where it has some, else from the index.
    func rows(_ term: SearchTerm) throws -> RowSet {
        if let rows = known[term] { return rows }
        let rows = try commonRows(term) ?? listed(term)
        known[term] = rows
        return rows
    }

    /// The products of a term that has bits; nil for others.
    func commonRows(_ term: SearchTerm) throws -> RowSet? {
        let bits = SearchBits(db: db)
        return try bits.number(of: term.key).map { try bits.rows($0, into: empty) }
    }

    /// What the index itself says.
    func listed(_ term: SearchTerm) throws -> RowSet {
        var set = empty
        let ids = try Int64.fetchCursor(
            db.cachedStatement(sql: "SELECT rowid FROM product_search WHERE product_search MATCH ?"),
            arguments: [term.expression])
        while let id = try ids.next() { set.insert(id) }
        return set
    }
}

/// What a search finds in a category, or in all.
struct SearchMatches {
    let index: SearchIndex
    let question: SearchQuestion
    let categoryID: Int64?
    /// The products whose SKU or barcode is what was typed; the first tier.
    let codes: [Int64]

    /// Every product that is found: all tiers together.
    func all() throws -> RowSet {
        var all = try question.hasPlural ? plural() : anywhere()
        for id in codes { all.insert(id) }
        return all
    }

    /// The products of each tier, best first. No product is in two.
    func tiers() throws -> [(tier: SearchTier, rows: RowSet)] {
        var better = index.empty
        func rest(_ tier: SearchTier, _ rows: RowSet) -> (SearchTier, RowSet) {
            defer { better.formUnion(rows) }
            return (tier, rows.subtracting(better))
        }
        var exact = index.empty
        for id in codes { exact.insert(id) }
        var tiers = [
            rest(.code, exact), rest(.wholeInName, try whole()), rest(.beginsInName, try inName()),
            rest(.elsewhere, try anywhere()),
        ]
        if question.hasPlural { tiers.append(rest(.plural, try plural())) }
        return tiers
    }

    private func whole() throws -> RowSet {
        try every { $0.spellings.map { .word(SearchText.inName($0)) } }
    }

    private func inName() throws -> RowSet {
        try every { $0.spellings.map { .beginning(SearchText.inName($0)) } }
    }

    private func anywhere() throws -> RowSet { try every { $0.spellings.map { .beginning($0) } } }

    private func plural() throws -> RowSet {
        try every { word in word.spellings.map { .beginning($0) } + word.singulars.map { .word($0) } }
    }

    /// The products that have one of the terms of every word.
    private func every(_ terms: (SearchQuestion.Word) -> [SearchTerm]) throws -> RowSet {
        var result = try categoryID.map { try index.rows(.category($0)) }
        for word in question.words {
            var found = index.empty
            for term in terms(word) { found.formUnion(try index.rows(term)) }
            result = result.map { $0.intersection(found) } ?? found
            if result?.isEmpty == true { break }
        }
        return result ?? index.empty
    }
}
