import StoreDomain

/// Pages of a search whose matches are known, best match first: tier by tier, within a tier newest first.
public struct BestFirstPages {
    private let perPage: Int
    private let tiers: [(tier: SearchTier, rows: RowSet)]
    private let total: Int
    private let products: ([Int64]) throws -> [Product]

    /// - Parameters:
    ///   - tiers: the products of each, the best first.
    ///   - products: those with these ids, in their order.
    public init(
        tiers: [(tier: SearchTier, rows: RowSet)], perPage: Int,
        products: @escaping ([Int64]) throws -> [Product]
    ) {
        self.tiers = tiers
        self.perPage = perPage
        self.products = products
        total = tiers.reduce(0) { $0 + $1.rows.count }
    }

    /// A product that was found, by its place in the order.
    private struct Hit {
        let tier: SearchTier
        let id: Int64

        var cursor: PageCursor { PageCursor([.integer(tier.rawValue), .integer(id)]) }
    }

    /// - Throws: `PageStart.foreignCursor`; what reading the products throws.
    public func page(at position: PagePosition) throws -> ProductPage {
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            return try page(number, overflow ? [] : hits(skip: skip))
        case .after(let cursor, let number):
            return try page(number, hits(beyond: hit(cursor)))
        case .before(let cursor, let number):
            let hits = try hits(beyond: hit(cursor), backward: true)
            guard number > 1, hits.count == perPage else { return try page(at: .first) }
            return try page(number, hits.reversed())
        case .last: return try page(at: .number(max(1, (total + perPage - 1) / perPage)))
        }
    }

    private func page(_ number: Int, _ hits: [Hit]) throws -> ProductPage {
        ProductPage(
            products: try products(hits.map(\.id)), number: number, perPage: perPage,
            total: Count(total), first: hits.first?.cursor, last: hits.last?.cursor)
    }

    private func hit(_ cursor: PageCursor) throws -> Hit {
        guard cursor.values.count == 2, case .integer(let number) = cursor.values[0],
            case .integer(let id) = cursor.values[1], let tier = SearchTier(rawValue: number)
        else { throw PageStart.foreignCursor }
        return Hit(tier: tier, id: id)
    }

    /// A page of hits behind (or before) one, or from the start.
    private func hits(beyond start: Hit? = nil, backward: Bool = false, skip: Int = 0) -> [Hit] {
        var hits: [Hit] = []
        var skip = skip
        let tiers = backward ? tiers.reversed() : tiers
        for (tier, rows) in tiers.drop(while: { start != nil && $0.tier != start?.tier })
        where hits.count < perPage {
            let ids = rows.ids(
                descending: !backward, beyond: tier == start?.tier ? start?.id : nil, skip: skip,
                limit: perPage - hits.count)
            skip = max(0, skip - rows.count)
            hits += ids.map { Hit(tier: tier, id: $0) }
        }
        return hits
    }
}
