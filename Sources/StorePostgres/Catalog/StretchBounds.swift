import StoreSearch

/// Where the stretches of an order begin: the order is cut into stretches of the same length, which grow unequal as
/// products come and go, until `SearchUpkeep` cuts it anew.
struct StretchBounds {
    private let bounds: [(place: Int64, key: SortKey, id: Int64)]

    /// Asks for those of a column.
    static func ask(_ column: SortedColumn, in db: PostgresConnection) -> PostgresQuestion {
        db.ask(
            """
            SELECT place, name_key, price, id FROM product_stretch WHERE sorted_by = $1 ORDER BY place
            """, [column.rawValue])
    }

    init(_ question: PostgresQuestion, in db: PostgresConnection) throws {
        let result = try db.answer(question)
        bounds = try (0..<result.count).map { index in
            var row = result.row(index)
            let place = try row.next(Int64.self)
            let (name, price) = try (row.optional(String.self), row.optional(MinorUnits.self))
            return (place, name.map { .name($0) } ?? .price(price?.value ?? 0), try row.next())
        }
    }

    /// The stretch that a row belongs to.
    func place(_ key: SortKey, _ id: Int64) -> Int64 {
        let index = bounds.partitionIndex { (key, id) < ($0.key, $0.id) }
        return index > 0 ? bounds[index - 1].place : 0
    }

    /// The first row of a stretch and of the next one; nil where the order begins or ends.
    func ends(_ place: Int64) -> (first: (key: SortKey, id: Int64)?, next: (key: SortKey, id: Int64)?) {
        let index = bounds.partitionIndex { $0.place >= place }
        func bound(_ index: Int) -> (key: SortKey, id: Int64)? {
            bounds.indices.contains(index) ? (bounds[index].key, bounds[index].id) : nil
        }
        // What lies before the first bound belongs to its stretch.
        return (index == 0 ? nil : bound(index), bound(index + 1))
    }

    /// The digits of a place that are 1, of the highest first.
    static func digits(of place: Int64) -> [Int] {
        (0..<SortedColumn.digits).filter { Stretches.isSet($0, of: place, digits: SortedColumn.digits) }
    }
}

extension Array {
    /// The first index from which on `isBehind` holds, in an array where it holds for no element before one for which it
    /// does not.
    fileprivate func partitionIndex(_ isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
