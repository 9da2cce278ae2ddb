import StoreCrypto
import StoreDomain
import StoreService

/// Looks a whole store over: its counts and the invariants of selling. CHECKs hold by themselves, and references but
/// those to what every sale shares.
public struct PostgresVerifier: Sendable {
    /// What is looked at, in this order.
    public enum Check: String, CaseIterable, Sendable {
        case references, counts, stock, figures, payments, refunds, cards, keys, numbers, shifts,
            discounts, settings, parked, journal, sums, costs
        case search
    }

    /// One thing that is not as it must be.
    public struct Violation: Hashable, Sendable {
        public let check: Check
        /// For people: what is wrong, and where.
        public let sentence: String
    }

    /// Of one kind of violation no more than this many are listed.
    static let listed = 100
    /// So many records of the journal are read at once.
    private static let stride = 1_000

    private let database: PostgresDatabase
    private let zones: any ZoneSource

    /// - Parameter zones: in which days are counted; a shop in a zone that is not among them counts in UTC.
    public init(_ database: PostgresDatabase, zones: any ZoneSource = OnlyUTC()) {
        self.database = database
        self.zones = zones
    }

    /// Every violation there is, up to 100 of a kind. All is looked at in one state, so that sales going on
    /// meanwhile are no violations.
    ///
    /// - Parameter progress: hears of each check before it begins.
    public func verify(progress: @escaping @Sendable (Check) -> Void = { _ in }) async throws(StoreError)
        -> [Violation]
    {
        try await database.read { [zones] db in
            try db.script("SET LOCAL statement_timeout = 0")
            return try Self.violations(in: db, zones: zones, progress: progress)
        }
    }

    /// The same within a transaction.
    static func violations(
        in db: PostgresConnection, zones: any ZoneSource = OnlyUTC(), progress: (Check) -> Void = { _ in }
    ) throws -> [Violation] {
        try Check.allCases.flatMap { check in
            progress(check)
            return try sentences(check, in: db, zones).map { Violation(check: check, sentence: $0) }
        }
    }

    private static func sentences(
        _ check: Check, in db: PostgresConnection, _ zones: any ZoneSource
    ) throws -> [String] {
        switch check {
        case .references, .counts, .stock, .figures, .payments, .refunds, .cards, .keys, .numbers, .shifts:
            try PostgresInvariant.of(check).flatMap { try $0.sentences(in: db) }
        case .search:
            try PostgresInvariant.of(check).flatMap { try $0.sentences(in: db) }
                + SearchUpkeep(db: db).wrong(limit: listed)
                .map { "What the search's bits say of product \($0) is not what it has." }
        case .discounts: try discountSentences(in: db)
        case .settings: try settingSentences(in: db)
        case .parked:
            try db.rows("SELECT code, basket FROM parked_sale ORDER BY id") { row in
                (code: try row.next(String.self), basket: try row.next(String.self))
            }.filter { !isReadable(Cart.self, $0.basket) }.prefix(listed)
                .map { "The parked sale \($0.code) cannot be read." }
        case .journal: try journalSentences(in: db)
        case .sums:
            try SalesCount.differences(
                PostgresTransaction(
                    db: db, identity: PostgresStore.identity(db), cache: StoredValueCache(), chain: "",
                    locks: false), zones: zones, limit: listed)
        case .costs:
            try CostCount.differences(
                PostgresTransaction(
                    db: db, identity: PostgresStore.identity(db), cache: StoredValueCache(), chain: "",
                    locks: false), limit: listed)
        }
    }

    private static func discountSentences(in db: PostgresConnection) throws -> [String] {
        let orders = try DiscountRows(db: db).usesByOrders()
        return try db.rows(
            """
            SELECT code_key, COALESCE(SUM(uses), 0)::bigint FROM discount LEFT JOIN discount_use USING (code_key)
            GROUP BY code_key ORDER BY code_key
            """
        ) { row in (key: try row.next(String.self), counted: try row.next(Int.self)) }
        .compactMap { discount in
            let found = orders[discount.key] ?? 0
            return discount.counted == found
                ? nil
                : "Discount \(discount.key) says it was used \(discount.counted) times, but \(found) orders used it."
        }
    }

    /// Versions of the policy are numbered from 1 without a gap and can be read, as can the roles.
    private static func settingSentences(in db: PostgresConnection) throws -> [String] {
        var sentences: [String] = []
        let policies = try db.rows("SELECT number, content FROM policy ORDER BY number") { row in
            (number: try row.next(Int.self), content: try row.next(String.self))
        }
        if policies.isEmpty { sentences.append("The store has no policy.") }
        for (index, policy) in policies.enumerated() {
            if policy.number != index + 1 {
                sentences.append("Version \(index + 1) of the policy is missing.")
            }
            if !isReadable(ShopPolicy.self, policy.content) {
                sentences.append("Version \(policy.number) of the policy cannot be read.")
            }
        }
        let roles = try db.rows("SELECT name, grants FROM role ORDER BY name") { row in
            (name: try row.next(String.self), grants: try row.next(String.self))
        }
        for role in roles where !isReadable(StoredGrants.self, role.grants) {
            sentences.append("What the role \(role.name) may do cannot be read.")
        }
        return Array(sentences.prefix(listed))
    }

    /// Records whose columns are not what their text says, then where each chain breaks first.
    private static func journalSentences(in db: PostgresConnection) throws -> [String] {
        let differing = try db.rows(
            """
            SELECT chain, number FROM journal
            WHERE (content::json ->> 'kind', content::json ->> 'n', content::json ->> 'till',
                    content::json ->> 'at', content::json ->> 'by')
                IS DISTINCT FROM (kind, number::text, chain,
                    (extract(epoch FROM created_at) * 1000)::bigint::text, person::text)
            ORDER BY chain, number LIMIT \(listed)
            """
        ) { row in
            let chain = try row.next(String.self)
            return """
                Record \(try row.next(Int.self)) of the journal \(chain) says something else than its columns.
                """
        }
        guard differing.isEmpty else { return differing }
        let journal = JournalChain(digest: Fingerprint.hex)
        let uuid = try PostgresStore.identity(db).uuid
        return try JournalRows.chains(in: db).compactMap { chain in
            var head = journal.start(storeID: uuid)
            while true {
                let records = try JournalRows.records(
                    of: chain, from: head.number + 1, limit: stride, in: db)
                if let number = journal.firstBreak(in: records, after: head) {
                    return "Record \(number) of the journal \(chain) does not follow the one before it."
                }
                guard let last = records.last else { return nil }
                head = JournalHead(number: last.number, hash: last.hash)
            }
        }
    }

    private static func isReadable<Value: Decodable>(_ type: Value.Type, _ text: String) -> Bool {
        (try? StoredJSON.read(type, from: text)) != nil
    }
}
