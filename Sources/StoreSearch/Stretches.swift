/// An order of the catalogue cut into stretches, and of every product the number of its stretch, digit by digit as sets
/// of rows (a bit-sliced index), the highest digit first: so products anywhere in the order are found without going
/// through it.
public struct Stretches {
    private let slices: [RowSet]

    /// - Parameter slices: the digits' sets, the highest digit first.
    public init(slices: [RowSet]) { self.slices = slices }

    /// Whether a digit of a place is 1.
    public static func isSet(_ digit: Int, of place: Int64, digits: Int) -> Bool {
        (place >> Int64(digits - 1 - digit)) & 1 == 1
    }

    /// The first of some products in the order.
    ///
    /// - Parameters:
    ///   - start: nothing in a stretch before this one is taken, and what is in it is left to `sort`.
    ///   - skip: how many are left out at the start; 0 with a start.
    ///   - sort: puts the products of a stretch in order, and leaves out those up to where the page begins.
    public func first(
        of products: RowSet, descending: Bool, from start: Int64?, skip: Int, limit: Int,
        sort: (_ products: RowSet, _ place: Int64, _ skip: Int, _ limit: Int) throws -> [Int64]
    ) rethrows -> [Int64] {
        var rest = start.map { notBefore($0, descending: descending, of: products) } ?? products
        var found: [Int64] = []
        var skip = skip
        while found.count < limit, !rest.isEmpty {
            let (stretch, place) = stretch(of: &rest, descending: descending, skip: &skip)
            found += try sort(stretch, place, skip, limit - found.count)
            skip = 0
        }
        return found
    }

    /// Takes the first stretch with something in it out of `rest`, and all that lies before the `skip` first rows.
    private func stretch(of rest: inout RowSet, descending: Bool, skip: inout Int) -> (RowSet, Int64) {
        var stretch = rest
        var place: Int64 = 0
        for slice in slices {
            var near = stretch
            if descending { near.formIntersection(slice) } else { near.subtract(slice) }
            let count = near.count
            let isNear = skip < count
            if isNear {
                stretch = near
            } else {
                skip -= count
                rest.subtract(near)
                stretch.subtract(near)
            }
            place = place << 1 | (isNear == descending ? 1 : 0)
        }
        rest.subtract(stretch)
        return (stretch, place)
    }

    /// Those in a stretch and behind it.
    private func notBefore(_ place: Int64, descending: Bool, of rows: RowSet) -> RowSet {
        var same = rows
        var behind = rows.subtracting(rows)
        for (digit, slice) in slices.enumerated() {
            let isSet = Self.isSet(digit, of: place, digits: slices.count)
            if isSet == descending {
                behind.formUnion(descending ? same.subtracting(slice) : same.intersection(slice))
            }
            if isSet { same.formIntersection(slice) } else { same.subtract(slice) }
        }
        same.formUnion(behind)
        return same
    }
}
