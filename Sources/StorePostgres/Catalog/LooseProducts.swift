import StoreSearch

/// The products that changed since the bits were written, as they are now: what the bits say of them is not counted.
///
/// Triggers note every change of a product's words, name or price in `product_change`, whoever makes it, so that a
/// transaction that writes a product waits for no other; `SearchUpkeep` brings the bits up to date many at once.
struct LooseProducts {
    struct Product {
        let id: Int64
        /// None of a product that is not on sale.
        let words: [String]
        /// In each order of which bits know the stretches; empty for a product that is not on sale.
        let keys: [SortedColumn: SortKey]

        var isOnSale: Bool { !keys.isEmpty }
    }

    /// So many changes are minded while reading; more take longer than doing without the bits.
    static let limit = 1_000

    let products: [Product]

    static func ask(in db: PostgresConnection) -> PostgresQuestion {
        db.ask(
            """
            SELECT changed.id, terms, name_key, price
            FROM (SELECT DISTINCT id FROM (SELECT id FROM product_change LIMIT \(limit + 1)) AS noted) AS changed
            LEFT JOIN product_search ON product_search.id = changed.id
            LEFT JOIN products ON products.id = product_search.id
            """)
    }

    init(_ question: PostgresQuestion, in db: PostgresConnection) throws {
        let result = try db.answer(question)
        products = try (0..<result.count).map { index in
            var row = result.row(index)
            return try Self.product(&row)
        }
    }

    /// Reads id, words, key of the name and price.
    static func product(_ row: inout PostgresRow) throws -> Product {
        let (id, words) = try (row.next(Int64.self), row.optional(Lexemes.self))
        let (name, price) = try (row.optional(String.self), row.optional(MinorUnits.self))
        guard let words, let name, let price else { return Product(id: id, words: [], keys: [:]) }
        return Product(id: id, words: words.words, keys: [.name: .name(name), .price: .price(price.value)])
    }

    /// Makes a term's set what it is now.
    func correct(_ set: inout RowSet, _ term: SearchTerm) {
        for product in products {
            if product.isOnSale, term.isThere(in: product.words) {
                set.insert(product.id)
            } else {
                set.remove(product.id)
            }
        }
    }

    /// Makes the sets of an order's digits, the highest first, what they are now.
    func correct(_ slices: inout [RowSet], _ column: SortedColumn, _ bounds: StretchBounds) {
        for product in products {
            for digit in slices.indices { slices[digit].remove(product.id) }
            guard let key = product.keys[column] else { continue }
            for digit in StretchBounds.digits(of: bounds.place(key, product.id)) {
                slices[digit].insert(product.id)
            }
        }
    }
}
