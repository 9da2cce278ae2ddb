import StoreDomain
import StoreSearch

/// Puts products that are known as a set in an order of the catalogue.
struct SortedSets {
    let sets: SearchSets
    let order: ListingOrder

    /// Up to so many are sorted at once; more are sorted stretch by stretch.
    var few = 1_000
    /// Whether the products are all of the order, so that none is to be left out of a stretch.
    var isWhole = false
    /// Up to so many of a stretch are looked for one by one; for more the stretch is read.
    var apart = 100

    /// Pages of what was found.
    func pages(of found: RowSet, perPage: Int) -> FoundPages {
        FoundPages(total: found.count, perPage: perPage, cursor: order.cursor) { start in
            let ids = try ids(start, of: found)
            return try ProductRows(db: sets.db).onSale(start.isBackward ? ids.reversed() : ids)
        }
    }

    /// Some products' ids in the order.
    func ids(_ start: PageStart, of products: RowSet) throws -> [Int64] {
        let descending = order.isDescending != start.isBackward
        let cursor = try start.cursor.map(order.place)
        guard let column = order.column else {
            return products.ids(
                descending: descending, beyond: cursor?.id, skip: start.skip, limit: start.limit)
        }
        if products.count > few, let (stretches, bounds) = try sets.stretches(column) {
            let place = cursor.flatMap { cursor in cursor.key.map { bounds.place($0, cursor.id) } }
            return try stretches.first(
                of: products, descending: descending, from: place, skip: start.skip, limit: start.limit
            ) { stretch, place, skip, limit in
                var rest = start
                (rest.skip, rest.limit) = (skip, limit)
                return stretch.count > apart
                    ? try read(place, bounds, rest, of: stretch)
                    : try sorted(stretch.ids(descending: true), rest)
            }
        }
        return try sorted(products.ids(descending: true), start)
    }

    /// Sorts some products.
    private func sorted(_ ids: [Int64], _ start: PageStart) throws -> [Int64] {
        var arguments: [(any PostgresWritable)?] = [PostgresValue.list(ids), start.limit, start.skip]
        let condition = try order.condition(start, after: &arguments)
        return try sets.db.values(
            Int64.self,
            """
            SELECT p.id FROM products p WHERE p.id = ANY($1::int[]) AND \(condition)
            ORDER BY \(order.orderBy(backward: start.isBackward)) LIMIT $2 OFFSET $3
            """, arguments, isPlanned: false)
    }

    /// Reads a stretch in the order's index and takes those that are wanted.
    private func read(_ place: Int64, _ bounds: StretchBounds, _ start: PageStart, of wanted: RowSet) throws
        -> [Int64]
    {
        var arguments: [(any PostgresWritable)?] = []
        var condition = try order.condition(start, after: &arguments)
        let ends = bounds.ends(place)
        if let first = ends.first {
            condition += " AND " + order.bound(">=", first.key, first.id, &arguments)
        }
        if let next = ends.next { condition += " AND " + order.bound("<", next.key, next.id, &arguments) }
        let part = isWhole ? "LIMIT \(start.limit) OFFSET \(start.skip)" : ""
        let ids = try sets.db.values(
            Int64.self,
            """
            SELECT p.id FROM products p WHERE \(condition)
            ORDER BY \(order.orderBy(backward: start.isBackward)) \(part)
            """, arguments, isPlanned: false)
        if isWhole { return ids }
        return Array(ids.lazy.filter { wanted.contains($0) }.dropFirst(start.skip).prefix(start.limit))
    }
}
