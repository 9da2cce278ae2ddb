import StoreDomain
import StoreSearch

/// The products of search terms as sets: of those that many products have, from bits (`product_bits`), else from the
/// index. A set is read once.
final class SearchSets {
    let db: PostgresConnection
    /// As large as the catalogue.
    let empty: RowSet
    private let loose: LooseProducts
    /// The numbers of those terms that have bits, of the ones that were asked for.
    private let numbers: [String: Int64]
    private var stored: [String: RowSet] = [:]
    private var known: [SearchTerm: RowSet] = [:]

    /// - Parameter keys: under which bits may be wanted.
    /// - Returns: nil where there are no bits, or too much has changed since they were written.
    init?(_ db: PostgresConnection, keys: some Sequence<String>) throws {
        let state = db.ask(
            """
            SELECT on_sale > 0 AND (SELECT COUNT(*) FROM (SELECT 1 FROM product_change
                LIMIT \(LooseProducts.limit + 1)) AS noted) <= \(LooseProducts.limit),
                COALESCE((SELECT max(id) FROM product_search), 0)
            FROM product_bits_made
            """)
        let changed = LooseProducts.ask(in: db)
        let terms = db.ask(
            "SELECT key, id FROM product_term WHERE key = ANY($1::text[])", [PostgresValue.list(keys)])
        let (isThere, last) =
            try db.row(state) { (try $0.next(Bool.self), try $0.next(Int64.self)) } ?? (false, 0)
        guard isThere else { return nil }
        self.db = db
        empty = RowSet(upTo: last)
        loose = try LooseProducts(changed, in: db)
        let found = try db.answer(terms)
        numbers = try (0..<found.count).reduce(into: [:]) { numbers, index in
            var row = found.row(index)
            numbers[try row.next(String.self)] = try row.next(Int64.self)
        }
    }

    /// The keys under which a term or an order's digits may have bits.
    static func keys(_ question: TermQuestion?, _ category: String?, _ column: SortedColumn?) -> Set<String> {
        let words = question?.question.words ?? []
        let terms = words.flatMap(SearchMatches.all) + [listed(category)]
        return Set(terms.map(\.stored.key) + (column?.digitKeys ?? []))
    }

    /// The term of a category, or of all that is on sale.
    static func listed(_ category: String?) -> SearchTerm {
        category.map { .word(SearchTerms.category($0)) } ?? .everything
    }

    // MARK: - Terms

    /// Whether many products have it.
    func isCommon(_ term: SearchTerm) -> Bool { numbers[term.stored.key] != nil }

    /// Reads the bits under some keys in one go.
    func fetch(_ keys: some Sequence<String>) throws {
        var wanted: [Int64: String] = [:]
        for key in keys where stored[key] == nil {
            guard let number = numbers[key] else { continue }
            wanted[number] = key
            stored[key] = empty
        }
        guard !wanted.isEmpty else { return }
        let found = try db.run(
            "SELECT term, chunk, rows FROM product_bits WHERE term = ANY($1::int[]) AND chunk < $2",
            [PostgresValue.list(wanted.keys.sorted()), empty.chunks])
        for index in 0..<found.count {
            var row = found.row(index)
            guard let key = wanted[try row.next(Int64.self)] else { continue }
            let (chunk, bytes) = try (row.next(Int.self), row.next([UInt8].self))
            try bytes.withUnsafeBytes { try stored[key]?.setChunk(chunk, $0) }
        }
    }

    /// The products of a term.
    func rows(_ term: SearchTerm) throws -> RowSet {
        if let set = known[term] { return set }
        let key = term.stored.key
        try fetch([key])
        var set = empty
        if let bits = stored[key] {
            set = bits
            loose.correct(&set, term.stored)
        } else {
            let ids = try db.values(
                Int64.self, "SELECT id FROM product_search WHERE terms @@ $1::tsquery",
                [TermQuestion.expression(term)], isPlanned: false)
            for id in ids { set.insert(id) }
        }
        known[term] = set
        return set
    }

    // MARK: - Matches

    /// The products of each tier, best first.
    ///
    /// - Parameter codes: those whose SKU or barcode is what was typed.
    func tiers(_ question: TermQuestion, _ codes: [Int64]) throws -> [(tier: SearchTier, rows: RowSet)] {
        guard let rare = question.rare(isCommon) else {
            return try matches(question, codes, SearchMatches.all).tiers()
        }
        var tiers = Dictionary(uniqueKeysWithValues: SearchTier.allCases.map { ($0, empty) })
        for (id, tier) in try TermMatches(db: db, question: question).ranked(beginningWith: rare) {
            tiers[tier]?.insert(id)
        }
        for id in codes {
            for tier in SearchTier.allCases { tiers[tier]?.remove(id) }
            tiers[.code]?.insert(id)
        }
        return SearchTier.allCases.map { ($0, tiers[$0] ?? empty) }
    }

    /// Everything that is found.
    func all(_ question: TermQuestion, _ codes: [Int64]) throws -> RowSet {
        guard let rare = question.rare(isCommon) else {
            return try matches(question, codes, SearchMatches.anyhow).all()
        }
        var all = empty
        for (id, _) in try TermMatches(db: db, question: question).ranked(beginningWith: rare) {
            all.insert(id)
        }
        for id in codes { all.insert(id) }
        return all
    }

    private func matches(
        _ question: TermQuestion, _ codes: [Int64], _ terms: (SearchQuestion.Word) -> [SearchTerm]
    ) throws -> SearchMatches {
        let category = question.category.map { Self.listed($0) }
        try fetch((question.question.words.flatMap(terms) + [category].compactMap(\.self)).map(\.stored.key))
        return SearchMatches(
            question: question.question, category: category, codes: codes, empty: empty, rows: rows)
    }

    // MARK: - Orders

    /// The stretches of an order; nil where it isn't cut.
    func stretches(_ column: SortedColumn) throws -> (stretches: Stretches, bounds: StretchBounds)? {
        let keys = column.digitKeys
        let question = StretchBounds.ask(column, in: db)
        try fetch(keys)
        let bounds = try StretchBounds(question, in: db)
        var slices = keys.compactMap { stored[$0] }
        guard slices.count == keys.count else { return nil }
        loose.correct(&slices, column, bounds)
        return (Stretches(slices: slices), bounds)
    }
}

extension SearchTerm {
    /// As the index holds it, where words are cut.
    var stored: SearchTerm {
        switch self {
        case .word(let word): .word(Self.cut(word))
        case .beginning(let text): .beginning(Self.cut(text))
        }
    }

    /// A mark is not part of the word.
    private static func cut(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, [nameMark, categoryMark].contains(first) else {
            return SearchTerms.cut(text)
        }
        return String(first) + SearchTerms.cut(String(text.unicodeScalars.dropFirst()))
    }
}
