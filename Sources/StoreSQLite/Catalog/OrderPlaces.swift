import GRDB
import StoreDomain
import StoreSearch

/// A coarse place of every product on sale in the orders by name and by price, so that products anywhere in an order
/// are found without going through it: the order is cut into 1,024 stretches of the same length, and the number of
/// a product's stretch is kept digit by digit as sets of rows (a bit-sliced index), the highest digit first. Within a
/// stretch `product_order` sorts.
///
/// Stretches grow unequal as products come and go, which costs time, until `SearchUpkeep` cuts them anew.
struct OrderPlaces {
    /// A column that products are sorted by.
    enum Column: String, CaseIterable {
        case name = "name_key"
        case price = "price_minor"

        /// The index that holds the order of what is on sale.
        fileprivate var index: String {
            switch self {
            case .name: "product_name"
            case .price: "product_price"
            }
        }
    }

    let index: SearchIndex
    let column: Column

    static let digits = 10
    static let stretches = Int64(1) << digits

    /// The key under which `SearchBits` has a digit; the highest is 0. No word has a `/` in it.
    private static func key(_ column: Column, _ digit: Int) -> String { "\(column.rawValue)/\(digit)" }

    private static func isSet(_ digit: Int, of place: Int64) -> Bool {
        Stretches.isSet(digit, of: place, digits: digits)
    }

    /// The keys of all digits that are 1 in a place.
    static func keys(of place: Int64, _ column: Column) -> [String] {
        (0..<digits).filter { isSet($0, of: place) }.map { key(column, $0) }
    }

    /// The stretch that a row belongs to.
    static func place(_ value: some DatabaseValueConvertible, _ id: Int64, _ column: Column, in db: Database)
        throws -> Int64
    {
        try db.value(
            Int64.self,
            """
            SELECT place FROM product_stretch
            WHERE sorted_by = ?1 AND (value, id) <= (?2, ?3) ORDER BY value DESC, id DESC LIMIT 1
            """, [column.rawValue, value, id]) ?? 0
    }

    /// Cuts the order of a column into stretches, and keeps each product's.
    ///
    /// - Parameters:
    ///   - count: how many products are on sale.
    ///   - empty: a set as large as the catalogue.
    static func make(_ column: Column, count: Int, empty: RowSet, in db: Database) throws {
        var sets = [RowSet](repeating: empty, count: digits)
        let bound = try db.makeStatement(
            sql: "INSERT INTO product_stretch (sorted_by, value, id, place) VALUES (?, ?, ?, ?)")
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT \(column.rawValue), id FROM product INDEXED BY \(column.index) WHERE archived = 0
                ORDER BY \(column.rawValue), id
                """)
        let total = Int64(max(count, 1))
        var last: Int64 = -1
        var number: Int64 = 0
        while let row = try rows.next() {
            let place: Int64 = min(stretches - 1, number * stretches / total)
            let value: DatabaseValue = row[0]
            let id: Int64 = row[1]
            if place != last {
                try bound.execute(arguments: [column.rawValue, value, id, place])
                last = place
            }
            for digit in 0..<digits where isSet(digit, of: place) { sets[digit].insert(id) }
            number += 1
        }
        for (digit, set) in sets.enumerated() { try SearchBits(db: db).insert(key(column, digit), set) }
    }

    // MARK: - Reading

    /// The digits' sets, the highest digit first; nil when the order isn't cut.
    private func slices() throws -> [RowSet]? {
        var slices: [RowSet] = []
        let bits = SearchBits(db: index.db)
        for digit in 0..<Self.digits {
            guard let number = try bits.number(of: Self.key(column, digit)) else { return nil }
            slices.append(try bits.rows(number, into: index.empty))
        }
        return slices
    }

    /// The first of some products in the column's order; nil when the order isn't cut.
    ///
    /// - Parameters:
    ///   - cursor: nothing before it in the order is taken; its own stretch is left to `sort`.
    ///   - skip: how many are left out at the start; 0 with a cursor.
    ///   - sort: puts the products of a stretch in order, and leaves out those up to the cursor.
    func first(
        of products: RowSet, descending: Bool, from cursor: (value: DatabaseValue, id: Int64)?, skip: Int,
        limit: Int, sort: (_ ids: [Int64], _ skip: Int, _ limit: Int) throws -> [Int64]
    ) throws -> [Int64]? {
        guard let slices = try slices() else { return nil }
        let start = try cursor.map { try Self.place($0.value, $0.id, column, in: index.db) }
        return try Stretches(slices: slices).first(
            of: products, descending: descending, from: start, skip: skip, limit: limit
        ) { stretch, _, skip, limit in try sort(stretch.ids(descending: true), skip, limit) }
    }
}
