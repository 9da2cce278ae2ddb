import StoreDomain
import StoreSearch

/// Pages of a search, best match first: tier by tier, within a tier newest first. Few matches are ranked all at
/// once; of many, each tier is read from its newest row on until the page is full.
struct BestMatches {
    let db: PostgresConnection
    let question: TermQuestion
    /// The products whose SKU or barcode is what was typed, latest first; the first tier.
    let codes: [Int64]
    let perPage: Int
    private let matches: TermMatches
    /// What many products are among: all matches, or those of a tier.
    private let common: (all: Bool, tiers: Set<SearchTier>)

    private typealias Tier = SearchTier

    /// - Parameter few: up to so many matches are ranked all at once; nil for the usual number.
    init(
        db: PostgresConnection, question: TermQuestion, codes: [Int64], perPage: Int, few: Int? = nil
    ) throws {
        self.db = db
        self.question = question
        self.codes = codes
        self.perPage = perPage
        var matches = TermMatches(db: db, question: question)
        if let few { matches.few = few }
        self.matches = matches
        common = try matches.commonness()
    }

    /// A product that was found, by its place in the order.
    private struct Hit: Equatable {
        let tier: Tier
        let id: Int64

        var cursor: PageCursor { PageCursor([.integer(tier.rawValue), .integer(id)]) }

        func isBefore(_ other: Hit) -> Bool {
            tier == other.tier ? id > other.id : tier.rawValue < other.tier.rawValue
        }
    }

    func page(at position: PagePosition) throws -> ProductPage {
        if let few = try matches.ranked(isCommon: common.all) {
            let hits = few.filter { !codes.contains($0.id) }.map { Hit(tier: $0.tier, id: $0.id) }
            let all = (codes.map { Hit(tier: .code, id: $0) } + hits).sorted { $0.isBefore($1) }
            return try page(at: position, of: all)
        }
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            return try page(number, overflow ? [] : hits(skipping: skip), matches.many)
        case .after(let cursor, let number):
            return try page(
                number, hits(beyond: hit(cursor), backward: false, limit: perPage), matches.many)
        case .before(let cursor, let number):
            let hits = try hits(beyond: hit(cursor), backward: true, limit: perPage)
            guard number > 1, hits.count == perPage else { return try page(at: .first) }
            return try page(number, hits.reversed(), matches.many)
        case .last:
            let total = try matches.exactCount()
            let pages = max(1, (total + perPage - 1) / perPage)
            let hits = try hits(beyond: nil, backward: true, limit: total - (pages - 1) * perPage)
            return try page(pages, hits.reversed(), Count(total))
        }
    }

    private func page(_ number: Int, _ hits: [Hit], _ total: Count) throws -> ProductPage {
        ProductPage(
            products: try ProductRows(db: db).onSale(hits.map(\.id)), number: number, perPage: perPage,
            total: total, first: hits.first?.cursor, last: hits.last?.cursor)
    }

    private func hit(_ cursor: PageCursor) throws -> Hit {
        guard cursor.values.count == 2, case .integer(let number) = cursor.values[0],
            case .integer(let id) = cursor.values[1], let tier = Tier(rawValue: number)
        else { throw PageStart.foreignCursor }
        return Hit(tier: tier, id: id)
    }

    // MARK: - Few matches

    private func page(at position: PagePosition, of hits: [Hit]) throws -> ProductPage {
        let total = Count(hits.count)
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            return try page(number, overflow ? [] : Array(hits.dropFirst(skip).prefix(perPage)), total)
        case .last:
            return try page(at: .number(max(1, (hits.count + perPage - 1) / perPage)), of: hits)
        case .after(let cursor, let number):
            let start = try hit(cursor)
            return try page(number, Array(hits.drop { !start.isBefore($0) }.prefix(perPage)), total)
        case .before(let cursor, let number):
            let start = try hit(cursor)
            let before = hits.prefix { $0.isBefore(start) }.suffix(perPage)
            guard number > 1, before.count == perPage else { return try page(at: .first, of: hits) }
            return try page(number, Array(before), total)
        }
    }

    // MARK: - Many matches

    /// The hits behind (or before) one, or from the start (or end).
    private func hits(beyond start: Hit?, backward: Bool, limit: Int) throws -> [Hit] {
        var hits: [Hit] = []
        let tiers = backward ? question.tiers.reversed() : question.tiers
        for tier in tiers.drop(while: { start != nil && $0 != start?.tier }) where hits.count < limit {
            let bound = tier == start?.tier ? start?.id : nil
            hits += try ids(
                in: tier, beyond: bound, backward: backward, skip: 0, limit: limit - hits.count
            ).map { Hit(tier: tier, id: $0) }
        }
        return hits
    }

    private func hits(skipping skip: Int) throws -> [Hit] {
        var hits: [Hit] = []
        var skip = skip
        for tier in question.tiers where hits.count < perPage {
            let found = try ids(
                in: tier, beyond: nil, backward: false, skip: skip, limit: perPage - hits.count)
            skip = found.isEmpty && skip > 0 ? skip - (try count(in: tier)) : 0
            hits += found.map { Hit(tier: tier, id: $0) }
        }
        return hits
    }

    private func ids(in tier: Tier, beyond bound: Int64?, backward: Bool, skip: Int, limit: Int) throws
        -> [Int64]
    {
        guard tier != .code else {
            let rest = (backward ? codes.reversed() : codes)
                .filter { id in bound.map { backward ? id > $0 : id < $0 } ?? true }
            return Array(rest.dropFirst(skip).prefix(limit))
        }
        let start = bound ?? (backward ? 0 : .max)
        let isCommon = common.tiers.contains(tier)
        if !isCommon, let few = try few(in: tier) {
            let sorted =
                backward ? few.filter { $0 > start }.sorted() : few.filter { $0 < start }.sorted(by: >)
            return Array(sorted.dropFirst(skip).prefix(limit))
        }
        return try db.values(
            Int64.self,
            """
            SELECT id FROM product_search WHERE \(TermMatches.condition(isCommon: isCommon))
                AND id \(backward ? ">" : "<") $2::bigint AND id <> ALL($3::int[])
            ORDER BY id \(backward ? "ASC" : "DESC") LIMIT $4 OFFSET $5
            """, [question.match(tier), start, PostgresValue.list(codes), limit, skip], isPlanned: false)
    }

    /// Those of a tier that has few, which PostgreSQL would look for among all products if it were asked for the
    /// newest; nil when there are many.
    private func few(in tier: Tier) throws -> [Int64]? {
        let found = try db.values(
            Int64.self,
            "SELECT id FROM product_search WHERE terms @@ $1::tsquery AND id <> ALL($2::int[]) LIMIT $3",
            [question.match(tier), PostgresValue.list(codes), matches.few + 1], isPlanned: false)
        return found.count > matches.few ? nil : found
    }

    private func count(in tier: Tier) throws -> Int {
        guard tier != .code else { return codes.count }
        return try db.value(
            Int.self,
            "SELECT count(*) FROM product_search WHERE terms @@ $1::tsquery AND id <> ALL($2::int[])",
            [question.match(tier), PostgresValue.list(codes)], isPlanned: false) ?? 0
    }
}
