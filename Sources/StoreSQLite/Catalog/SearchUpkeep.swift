import GRDB
import StoreDomain
import StoreSearch

/// Keeps `product_bits` what the products are: notes what a transaction makes of products, and writes it in one go
/// before the commit, so that a chunk is written once however many of its rows change.
final class SearchUpkeep {
    /// What is derived from a product on sale.
    struct Entry: Equatable {
        /// As `SearchText.indexed` makes them.
        let words: String
        let nameKey: String
        let price: Int64
    }

    private let db: Database
    /// What each product that changes was.
    private var changed: [Int64: Entry?] = [:]
    private var inserted = 0
    /// How many products were on sale when bits were made last; 0 without bits.
    private lazy var built = Result { try db.value(Int.self, "SELECT on_sale FROM product_bits_made") ?? 0 }

    /// From so many products on there are bits: fewer are read from the index fast enough.
    static let enough = 2_048
    /// So many changes are noted at most.
    private static let batch = 20_000
    /// Making all bits of so many products takes half a second, which nobody waits for in vain.
    private static let quicklyMade = 50_000

    init(_ db: Database) { self.db = db }

    /// What is stored of a product on sale now; nil for others.
    func entry(_ id: Int64) throws -> Entry? {
        try db.row(
            """
            SELECT words, name_key, price_minor FROM product_words JOIN product_order USING (id) WHERE id = ?
            """, [id]
        ) { Entry(words: $0[0], nameKey: $0[1], price: $0[2]) }
    }

    /// Notes that a product was `old` before a change.
    func note(_ id: Int64, was old: Entry?) throws {
        if old == nil { inserted += 1 }
        guard try built.get() > 0 else { return }
        if changed[id] == nil { changed[id] = .some(old) }
        if changed.count >= Self.batch { try write() }
    }

    /// Writes what was noted. To be called before the commit.
    func finish() throws {
        if try inserted > 0 && isTime() { return try Self.make(in: db) }
        try write()
    }

    /// Whether the shop has outgrown its bits: they were made of the words of half as many products.
    private func isTime() throws -> Bool {
        let onSale = try db.value(Int.self, "SELECT on_sale FROM product_total") ?? 0
        return try onSale >= Self.enough && onSale / 2 >= built.get()
            && (onSale <= Self.quicklyMade || inserted >= onSale / 10)
    }

    private func write() throws {
        guard !changed.isEmpty else { return }
        let bits = SearchBits(db: db)
        let numbers = try bits.numbers()
        var terms: [Int64: [Int64: Bool]] = [:]
        for (id, entry) in changed {
            let old = try Self.terms(entry, id, numbers, in: db)
            let new = try Self.terms(self.entry(id), id, numbers, in: db)
            for term in old.subtracting(new) { terms[term, default: [:]][id] = false }
            for term in new.subtracting(old) { terms[term, default: [:]][id] = true }
        }
        for (term, rows) in terms.sorted(by: { $0.key < $1.key }) { try bits.change(term, rows) }
        changed = [:]
    }

    /// The terms with bits that a product has.
    static func terms(_ entry: Entry?, _ id: Int64, _ numbers: [String: Int64], in db: Database) throws
        -> Set<Int64>
    {
        guard let entry else { return [] }
        var terms = Set([numbers[SearchTerm.everything.key]].compactMap(\.self))
        // What few have in common that begins like this, even fewer have.
        SearchTerm.forEach(of: entry.words) { term in
            guard let number = numbers[term.key] else { return false }
            terms.insert(number)
            return true
        }
        let places = [
            OrderPlaces.keys(of: try OrderPlaces.place(entry.nameKey, id, .name, in: db), .name),
            OrderPlaces.keys(of: try OrderPlaces.place(entry.price, id, .price, in: db), .price),
        ]
        return terms.union(places.joined().compactMap { numbers[$0] })
    }

    // MARK: - Making

    /// Bits are for terms that so many products have at least, and one in so many.
    private static let common = (products: 256, share: 100)
    /// How many products tell which terms are common.
    private static let sample = 4_096

    /// Makes all bits anew, if there are products enough.
    static func make(in db: Database) throws {
        let onSale = try db.value(Int.self, "SELECT on_sale FROM product_total") ?? 0
        let bits = SearchBits(db: db)
        try bits.clear()
        try db.execute(sql: "DELETE FROM product_stretch")
        let isEnough = onSale >= enough
        try db.run("UPDATE product_bits_made SET on_sale = ?", [isEnough ? onSale : 0])
        guard isEnough else { return }
        let index = try SearchIndex(db)
        for term in try commonTerms(onSale, in: db) { try bits.insert(term.key, try index.listed(term)) }
        var all = index.empty
        let ids = try Int64.fetchCursor(db, sql: "SELECT id FROM product_words")
        while let id = try ids.next() { all.insert(id) }
        try bits.insert(SearchTerm.everything.key, all)
        for column in OrderPlaces.Column.allCases {
            try OrderPlaces.make(column, count: onSale, empty: index.empty, in: db)
        }
    }

    /// What a sample of the products has in common, in order.
    private static func commonTerms(_ onSale: Int, in db: Database) throws -> [SearchTerm] {
        let last = try db.value(Int64.self, "SELECT max(id) FROM product_words") ?? 0
        var common = CommonTerms()
        for number in 0..<min(onSale, sample) {
            // Spread by the golden ratio, so that they fall into no rhythm in which products were entered.
            let place = Double(number) * 0.618_033_988_749_895
            let id = Int64((place - place.rounded(.down)) * Double(last))
            let words = try db.value(
                String.self, "SELECT words FROM product_words WHERE id > ? ORDER BY id LIMIT 1", [id])
            common.count((words ?? "").unicodeScalars.split(separator: " "))
        }
        return common.terms(of: onSale, least: max(Self.common.products, onSale / Self.common.share))
    }
}

// MARK: - Checking

extension SearchUpkeep {
    /// So many products are compared with the bits at most, spread over the shop.
    private static let compared = 10_000

    /// Whether the bits say what the products have.
    static func isRight(in db: Database) throws -> Bool {
        let upkeep = SearchUpkeep(db)
        let bits = SearchBits(db: db)
        let index = try SearchIndex(db)
        let numbers = try bits.numbers()
        guard try upkeep.built.get() > 0 else { return numbers.isEmpty }
        let last = try db.value(Int64.self, "SELECT max(id) FROM product") ?? 0
        let step = max(1, last / Int64(compared))
        var expected: [Int64: Set<Int64>] = [:]
        for id in stride(from: 1, through: last, by: Int(step)) {
            for term in try terms(upkeep.entry(id), id, numbers, in: db) {
                expected[term, default: []].insert(id)
            }
        }
        return try numbers.values.allSatisfy { term in
            let rows = try bits.rows(term, into: index.empty)
            let found = stride(from: 1, through: last, by: Int(step)).filter { rows.contains($0) }
            return Set(found) == expected[term, default: []]
        }
    }
}
