import StoreDomain

/// The products that a search finds, and how many.
struct TermMatches {
    let db: PostgresConnection
    let question: TermQuestion

    /// Up to so many matches are ranked all at once.
    static let few = 2_000
    /// How far matches are counted.
    static let countLimit = 10_000

    /// Counts as far as the count is shown.
    func count() throws -> Count { try count(askCount()) }

    func askCount() -> PostgresQuestion {
        db.ask(
            "SELECT count(*) FROM (SELECT 1 FROM product_search WHERE terms @@ $1::tsquery LIMIT $2) AS found",
            [question.all, Self.countLimit + 1], isPlanned: false)
    }

    func count(_ question: PostgresQuestion) throws -> Count {
        let count = try db.value(Int.self, question) ?? 0
        return count > Self.countLimit ? Count(Self.countLimit, isExact: false) : Count(count)
    }

    func exactCount() throws -> Int {
        try db.value(
            Int.self, "SELECT count(*) FROM product_search WHERE terms @@ $1::tsquery", [question.all],
            isPlanned: false) ?? 0
    }

    /// All of them with their tiers, in no order, when they are few; else nil.
    func ranked() throws -> [(id: Int64, tier: SearchTier)]? {
        let found = try db.rows(
            """
            SELECT id, CASE WHEN terms @@ $2::tsquery THEN \(SearchTier.wholeInName.rawValue)
                WHEN terms @@ $3::tsquery THEN \(SearchTier.beginsInName.rawValue)
                WHEN terms @@ $4::tsquery THEN \(SearchTier.elsewhere.rawValue)
                ELSE \(SearchTier.plural.rawValue) END
            FROM (SELECT id, terms FROM product_search WHERE terms @@ $1::tsquery LIMIT $5) AS found
            """, [question.all, question.whole, question.inName, question.anywhere, Self.few + 1],
            isPlanned: false
        ) { row in (id: try row.next(Int64.self), tier: SearchTier(rawValue: try row.next()) ?? .plural) }
        return found.count > Self.few ? nil : found
    }
}
