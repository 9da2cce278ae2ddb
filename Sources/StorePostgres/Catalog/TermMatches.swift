import StoreDomain

/// The products that a search finds, and how many.
struct TermMatches {
    let db: PostgresConnection
    let question: TermQuestion
    /// Up to so many matches are ranked all at once, and counted.
    var few = 1_000

    /// So many of the newest products say what is common: at least one in twenty.
    private static let newest = 500
    private static let common = 25

    /// The condition on a row. PostgreSQL cannot tell how many words begin with given letters: of a question that many
    /// rows answer it would collect all of them in the index before it shows a page. Those are met soon anyway.
    static func condition(isCommon: Bool, _ argument: Int = 1) -> String {
        isCommon ? "(terms @@ $\(argument)::tsquery) IS TRUE" : "terms @@ $\(argument)::tsquery"
    }

    /// Of all matches and of those of each tier, whether many products are among them.
    func commonness() throws -> (all: Bool, tiers: Set<SearchTier>) {
        let tiers = question.tiers.filter { $0 != .code }
        let counts = ([question.all] + tiers.map(question.match)).indices.map {
            "count(*) FILTER (WHERE terms @@ $\($0 + 1)::tsquery) >= \(Self.common)"
        }
        let found = try db.row(
            """
            SELECT \(counts.joined(separator: ", "))
            FROM (SELECT terms FROM product_search ORDER BY id DESC LIMIT \(Self.newest)) AS newest
            """, [question.all] + tiers.map(question.match), isPlanned: false
        ) { row in (all: try row.next(Bool.self), tiers: try tiers.map { _ in try row.next(Bool.self) }) }
        guard let found else { return (false, []) }
        return (found.all, Set(zip(tiers, found.tiers).filter { $0.1 }.map { $0.0 }))
    }

    func askCount() -> PostgresQuestion {
        db.ask(
            "SELECT count(*) FROM (SELECT 1 FROM product_search WHERE terms @@ $1::tsquery LIMIT $2) AS found",
            [question.all, few + 1], isPlanned: false)
    }

    /// Counts as far as the count is shown.
    func count(_ question: PostgresQuestion) throws -> Count {
        let count = try db.value(Int.self, question) ?? 0
        return count > few ? many : Count(count)
    }

    /// More than `few`.
    var many: Count { Count(few, isExact: false) }

    func exactCount() throws -> Int {
        try db.value(
            Int.self, "SELECT count(*) FROM product_search WHERE terms @@ $1::tsquery", [question.all],
            isPlanned: false) ?? 0
    }

    /// All of them with their tiers, in no order, when they are few; else nil.
    func ranked(isCommon: Bool) throws -> [(id: Int64, tier: SearchTier)]? {
        let found = try ranked("\(Self.condition(isCommon: isCommon)) LIMIT \(few + 1)")
        return found.count > few ? nil : found
    }

    /// All of them with their tiers, in no order.
    ///
    /// - Parameter rare: a question that few products answer, and all of these.
    func ranked(beginningWith rare: String) throws -> [(id: Int64, tier: SearchTier)] {
        try ranked("terms @@ $5::tsquery AND \(Self.condition(isCommon: true))", [rare])
    }

    private func ranked(_ rows: String, _ more: [String] = []) throws -> [(id: Int64, tier: SearchTier)] {
        try db.rows(
            """
            SELECT id, CASE WHEN terms @@ $2::tsquery THEN \(SearchTier.wholeInName.rawValue)
                WHEN terms @@ $3::tsquery THEN \(SearchTier.beginsInName.rawValue)
                WHEN terms @@ $4::tsquery THEN \(SearchTier.elsewhere.rawValue)
                ELSE \(SearchTier.plural.rawValue) END
            FROM (SELECT id, terms FROM product_search WHERE \(rows)) AS found
            """, [question.all, question.whole, question.inName, question.anywhere] + more, isPlanned: false
        ) { row in (id: try row.next(Int64.self), tier: SearchTier(rawValue: try row.next()) ?? .plural) }
    }
}
