import StoreSearch

/// The numbers under which bits are kept, and which of them a product has.
final class TermNumbers {
    private let found: [String: Int64]
    /// All numbers are among these.
    let numbers: Range<Int64>
    private let everything: Set<Int64>
    private let orders: [(column: SortedColumn, bounds: StretchBounds, digits: [Int64])]
    /// What was found of words: products share most of them.
    private var known: [String: [Int64]] = [:]

    private static let knownLimit = 200_000

    init(_ db: PostgresConnection) throws {
        let numbers = try SearchBits(db: db).numbers()
        found = numbers
        let first = numbers.values.min() ?? 0
        self.numbers = first..<(numbers.values.max() ?? first - 1) + 1
        everything = Set([numbers[SearchTerm.everything.key]].compactMap(\.self))
        orders = try SortedColumn.allCases.map { column in
            (
                column, try StretchBounds(StretchBounds.ask(column, in: db), in: db),
                column.digitKeys.compactMap { numbers[$0] }
            )
        }
    }

    /// Those that change with more than a product's words: of all on sale, and of the digits.
    var places: Set<Int64> { everything.union(orders.flatMap(\.digits)) }

    /// Those of a product's words.
    func ofWords(_ words: [String]) -> Set<Int64> { Set(words.flatMap(of)) }

    /// Those of a product that is on sale.
    func all(of product: LooseProducts.Product) -> Set<Int64> {
        var found: Set<Int64> = []
        forEach(of: product) { found.insert($0) }
        return found
    }

    /// The same one by one; one may come twice.
    func forEach(of product: LooseProducts.Product, _ body: (Int64) -> Void) {
        for term in everything { body(term) }
        for word in product.words { for term in of(word) { body(term) } }
        for order in orders where !order.digits.isEmpty {
            guard let key = product.keys[order.column] else { continue }
            for digit in StretchBounds.digits(of: order.bounds.place(key, product.id)) {
                body(order.digits[digit])
            }
        }
    }

    private func of(_ word: String) -> [Int64] {
        if let terms = known[word] { return terms }
        var terms: [Int64] = []
        // What few have in common that begins like this, even fewer have.
        SearchTerm.forEach(of: word.unicodeScalars) { term in
            guard let number = found[term.key] else { return false }
            terms.append(number)
            return true
        }
        if known.count >= Self.knownLimit { known = [:] }
        known[word] = terms
        return terms
    }
}
