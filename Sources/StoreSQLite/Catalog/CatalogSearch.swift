import GRDB
import StoreDomain

/// Pages of a search, best match first: tier by tier, within a tier newest first. Each tier is a list of rows
/// that the index gives in order, so a page costs its rows, however many products match. When few match,
/// their lists may be long to go through for little, so all of them are ranked in one go.
struct CatalogSearch {
    let db: Database
    let records: ProductRecord
    let question: IndexQuestion
    /// The products whose SKU or barcode is what was typed, latest first; the first tier.
    let codes: [Int64]
    let perPage: Int

    /// How far matches are counted.
    static let countLimit = 10_000

    private typealias Tier = SearchTier

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
        let matches = SearchMatches(db: db, question: question)
        if let few = try matches.few() { return try page(at: position, of: ranked(few)) }
        switch position {
        case .number(let number):
            let (skip, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
            return try page(number, overflow ? [] : hits(skipping: skip), matches.count())
        case .after(let cursor, let number):
            let hits = try hits(beyond: hit(cursor), backward: false, limit: perPage)
            return try page(number, hits, matches.count())
        case .before(let cursor, let number):
            let hits = try hits(beyond: hit(cursor), backward: true, limit: perPage)
            guard number > 1, hits.count == perPage else { return try page(at: .first) }
            return try page(number, hits.reversed(), matches.count())
        case .last:
            let total = try matches.exactCount()
            let pages = max(1, (total + perPage - 1) / perPage)
            let hits = try hits(beyond: nil, backward: true, limit: total - (pages - 1) * perPage)
            return try page(pages, hits.reversed(), Count(total))
        }
    }

    private func page(_ number: Int, _ hits: [Hit], _ total: Count) throws -> ProductPage {
        ProductPage(
            products: try records.onSale(hits.map(\.id), in: db), number: number, perPage: perPage,
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

    /// All matches, best first.
    private func ranked(_ matches: [Int64]) throws -> [Hit] {
        guard !matches.isEmpty || !codes.isEmpty else { return [] }
        let begins = Set(try SearchMatches.ids(question.beginsInName, in: db))
        let whole = begins.isEmpty ? [] : Set(try SearchMatches.ids(question.match(.wholeInName), in: db))
        let plural =
            question.tiers.contains(.plural)
            ? Set(try SearchMatches.ids(question.match(.plural), in: db)) : []
        let hits = matches.filter { !codes.contains($0) }.map { id in
            let tier: Tier =
                whole.contains(id)
                ? .wholeInName
                : begins.contains(id) ? .beginsInName : plural.contains(id) ? .plural : .elsewhere
            return Hit(tier: tier, id: id)
        }
        return (codes.map { Hit(tier: .code, id: $0) } + hits).sorted { $0.isBefore($1) }
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
            if found.isEmpty, skip > 0 {
                skip -= try count(in: tier)
            } else {
                skip = 0
            }
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
        let statement = try db.cachedStatement(
            sql: """
                SELECT rowid FROM product_search WHERE product_search MATCH ?
                AND rowid \(backward ? ">" : "<") ? AND rowid NOT IN (?, ?)
                ORDER BY rowid \(backward ? "ASC" : "DESC") LIMIT ? OFFSET ?
                """)
        return try Int64.fetchAll(
            statement,
            arguments: [
                question.match(tier), bound ?? (backward ? 0 : .max), codes.first ?? 0, codes.last ?? 0,
                limit, skip,
            ])
    }

    private func count(in tier: Tier) throws -> Int {
        guard tier != .code else { return codes.count }
        let statement = try db.cachedStatement(
            sql: """
                SELECT count(*) FROM product_search WHERE product_search MATCH ? AND rowid NOT IN (?, ?)
                """)
        return try Int.fetchOne(
            statement, arguments: [question.match(tier), codes.first ?? 0, codes.last ?? 0]) ?? 0
    }
}
