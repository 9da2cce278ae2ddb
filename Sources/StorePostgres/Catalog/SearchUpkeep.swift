import StoreDomain
import StoreSearch

/// Keeps `product_bits` what the products are. Changes are noted by triggers (`LooseProducts`); the transaction that
/// finds many of them noted brings the bits up to date before its commit, one transaction at a time.
///
/// A note that this transaction takes away was committed, or is its own, and the product is read afterwards; what
/// somebody changes meanwhile is noted once more, and that note stays.
struct SearchUpkeep {
    let db: PostgresConnection
    /// From so many products on there are bits: fewer are ranked all at once fast enough.
    var enough = Self.usuallyEnough
    /// Bits are for terms that so many products have at least, and one in `share`: of the others the index gives the
    /// rows in a few milliseconds.
    var common = 256

    static let usuallyEnough = 2_048
    private static let share = 500
    /// With so many changes noted the bits are brought up to date; each costs a search a few microseconds.
    static let many = 250
    /// Making all bits of so many products takes half a second, which nobody waits for in vain.
    private static let quicklyMade = 50_000
    /// So many products are read at once.
    private static let stride = 1_000

    /// How many products tell which terms are common.
    private static let sample = 16_384

    private struct State {
        /// How many products were on sale when the bits were made; 0 without bits.
        let made: Int
        let onSale: Int
        let noted: Int
    }

    /// Brings the bits up to date where it is time. To be called before the commit.
    ///
    /// - Parameter inserted: how many products this transaction has added; a shop that has grown by a lot of them waits
    ///   for new bits.
    func settle(inserted: Int) throws {
        guard try isDue(state(), inserted) else { return }
        // Somebody else does it just now. What is noted meanwhile is minded by every search.
        guard try db.value(Bool.self, db.tryToHold(Self.lock)) == true else { return }
        let state = try state()
        guard isDue(state, inserted) else { return }
        if isOutgrown(state, inserted) { return try makeAnew(state) }
        let notes = try db.value(Int.self, "SELECT COUNT(*) FROM product_change") ?? 0
        if state.made > 0, notes > max(20_000, state.made / 4) { return try makeAnew(state) }
        try write(state)
    }

    /// Makes all bits anew, if there are products enough.
    func make() throws {
        db.hold(Self.lock)
        try makeAnew(state())
    }

    private static let lock = "storefront-search"

    private func isDue(_ state: State, _ inserted: Int) -> Bool {
        state.noted > Self.many || isOutgrown(state, inserted)
    }

    /// Whether the shop has outgrown its bits: they were made of the words of half as many products.
    private func isOutgrown(_ state: State, _ inserted: Int) -> Bool {
        state.onSale >= enough && state.onSale / 2 >= state.made
            && (state.onSale <= Self.quicklyMade || inserted >= state.onSale / 10)
    }

    private func state() throws -> State {
        let state = try db.row(
            """
            SELECT (SELECT on_sale FROM product_bits_made), on_sale,
                (SELECT COUNT(*) FROM (SELECT 1 FROM product_change LIMIT \(Self.many + 1)) AS noted)
            FROM product_total
            """
        ) { row in State(made: try row.next(), onSale: try row.next(), noted: try row.next()) }
        guard let state else { throw PostgresFailure.corrupt("no row in product_total") }
        return state
    }

    // MARK: - What changed

    private func write(_ state: State) throws {
        let notes = try db.rows("DELETE FROM product_change RETURNING id, terms") { row in
            (id: try row.next(Int64.self), words: try row.optional(Lexemes.self)?.words ?? [])
        }
        guard state.made > 0 else { return }
        let terms = try TermNumbers(db)
        var then: [Int64: Set<Int64>] = [:]
        for (id, words) in notes { then[id, default: terms.places].formUnion(terms.ofWords(words)) }
        let ids = then.keys.sorted()
        var changes: [Int64: [Int64: Bool]] = [:]
        for start in Swift.stride(from: 0, to: ids.count, by: Self.stride) {
            let part = ids[start..<min(start + Self.stride, ids.count)]
            let products = try products(
                "WHERE product_search.id = ANY($1::int[])", [PostgresValue.list(part)])
            let now = Dictionary(uniqueKeysWithValues: products.map { ($0.id, terms.all(of: $0)) })
            for id in part {
                for term in then[id, default: []].union(now[id] ?? []) {
                    changes[term, default: [:]][id] = now[id]?.contains(term) ?? false
                }
            }
        }
        try SearchBits(db: db).change(changes)
    }

    private func products(_ rows: String, _ values: [(any PostgresWritable)?]) throws -> [LooseProducts
        .Product]
    {
        try db.rows(
            """
            SELECT product_search.id, terms, name_key, price FROM product_search JOIN products USING (id) \(rows)
            """, values, LooseProducts.product)
    }

    // MARK: - All of it

    private func makeAnew(_ state: State) throws {
        try db.script(
            "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
        let bits = SearchBits(db: db)
        try bits.clear()
        try db.run("DELETE FROM product_change")
        let isEnough = state.onSale >= enough
        try db.run("UPDATE product_bits_made SET on_sale = $1", [isEnough ? state.onSale : 0])
        guard isEnough else { return }
        let terms = try commonTerms(state.onSale).map(\.key)
        let places = SortedColumn.allCases.flatMap(\.digitKeys)
        try bits.insert(terms + [SearchTerm.everything.key] + places)
        for column in SortedColumn.allCases { try cut(column, of: state.onSale) }
        try fill(TermNumbers(db))
    }

    /// What a sample of the products has in common.
    private func commonTerms(_ onSale: Int) throws -> [SearchTerm] {
        let percent = min(100, 100 * Double(Self.sample) / Double(onSale))
        let sample = try db.values(
            Lexemes.self,
            "SELECT terms FROM product_search TABLESAMPLE BERNOULLI (\(percent)) REPEATABLE (1)",
            isPlanned: false)
        var common = CommonTerms()
        for product in sample { common.count(product.words.map(\.unicodeScalars)) }
        return common.terms(of: onSale, least: max(self.common, onSale / Self.share))
            .filter { $0 != .everything }
    }

    /// Cuts an order into stretches of the same length.
    private func cut(_ column: SortedColumn, of onSale: Int) throws {
        try db.run(
            """
            INSERT INTO product_stretch (sorted_by, place, \(column.name), id)
            SELECT $1, place, \(column.name), id
            FROM (SELECT \(column.name), id, place, lag(place) OVER (ORDER BY \(column.name), id) AS before
                FROM (SELECT \(column.name), id, LEAST(\(1 << SortedColumn.digits) - 1,
                        (row_number() OVER (ORDER BY \(column.name), id) - 1) * \(1 << SortedColumn.digits) / $2::bigint)
                        AS place
                    FROM products WHERE NOT archived) AS numbered) AS stretched
            WHERE place IS DISTINCT FROM before
            """, [column.rawValue, onSale], isPlanned: false)
    }

    /// Writes all bits, chunk by chunk.
    private func fill(_ terms: TermNumbers) throws {
        let bits = SearchBits(db: db)
        let first = terms.numbers.lowerBound
        var chunk: Int64 = 0
        var sets = [RowSet?](repeating: nil, count: terms.numbers.count)
        func finish() throws {
            let chunks = sets.enumerated().compactMap { index, set in
                set.map { (SearchBits.Place(term: first + Int64(index), chunk: chunk), $0.chunk(0)) }
            }
            try bits.write(chunks)
            sets = [RowSet?](repeating: nil, count: sets.count)
        }
        var last: Int64 = 0
        while true {
            let products = try products(
                // Said of both, so that neither is read from its start.
                "WHERE product_search.id > $1 AND products.id > $1 ORDER BY product_search.id LIMIT \(Self.stride)",
                [last])
            guard let end = products.last else { return try finish() }
            last = end.id
            for product in products {
                let place = product.id / RowSet.chunkRows
                if place != chunk {
                    try finish()
                    chunk = place
                }
                terms.forEach(of: product) { term in
                    let index = Int(term - first)
                    if sets[index] == nil { sets[index] = RowSet(upTo: 0) }
                    sets[index]?.insert(product.id % RowSet.chunkRows)
                }
            }
        }
    }
}

// MARK: - Checking

extension SearchUpkeep {
    /// So many products are compared with the bits at most, spread over the shop.
    private static let compared = 10_000

    /// Products of which the bits say something else than their words, name and price do, up to `limit`.
    func wrong(limit: Int) throws -> [Int64] {
        guard try db.value(Bool.self, "SELECT on_sale > 0 FROM product_bits_made") == true else { return [] }
        let terms = try TermNumbers(db)
        let loose = Set(try db.values(Int64.self, "SELECT DISTINCT id FROM product_change"))
        let last = try db.value(Int64.self, "SELECT max(id) FROM products") ?? 0
        let step = max(1, last / Int64(Self.compared))
        var wrong: [Int64] = []
        for chunk in 0...(last / RowSet.chunkRows) {
            let first = max(1, chunk * RowSet.chunkRows)
            let ids = Swift.stride(
                from: first + (step - first % step) % step, to: min(last + 1, (chunk + 1) * RowSet.chunkRows),
                by: Int(step)
            ).filter { !loose.contains($0) }
            let products = try products("WHERE product_search.id = ANY($1::int[])", [PostgresValue.list(ids)])
            var expected: [Int64: Set<Int64>] = [:]
            for product in products {
                for term in terms.all(of: product) { expected[term, default: []].insert(product.id) }
            }
            let sets = try db.rows("SELECT term, rows FROM product_bits WHERE chunk = $1", [chunk]) { row in
                (try row.next(Int64.self), try SearchBits.set(row.next([UInt8].self)))
            }
            let found = Dictionary(sets) { first, _ in first }
            for term in Set(expected.keys).union(found.keys) {
                let (said, meant) = (found[term] ?? RowSet(upTo: 0), expected[term] ?? [])
                wrong += ids.filter { said.contains($0 % RowSet.chunkRows) != meant.contains($0) }
            }
        }
        return Array(Set(wrong).sorted().prefix(limit))
    }
}
