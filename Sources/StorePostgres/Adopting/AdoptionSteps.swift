import StoreDomain
import StoreService

/// Taking over, step by step, in one transaction.
struct AdoptionSteps {
    let db: PostgresConnection
    let seed: StoreSeed
    let statuses: [String: OrderStatus]
    let progress: @Sendable (PostgresAdoption.Progress) -> Void

    /// So many rows are read and written at once.
    private static let batch = 1_000

    func run(_ errors: PostgresErrors) throws {
        tell("waiting for the tables")
        try PostgresAdoption.actAsOwner(db)
        try db.script("LOCK TABLE users, products, orders, order_items IN ACCESS EXCLUSIVE MODE")
        // Nobody changes anything from here on; what was seen before may have changed.
        let report = try AdoptionSurvey(db: db, statuses: statuses).report()
        if let obstacle = report.findings.first(where: { $0.weight == .blocks }) {
            throw StoreError.storage(errors.fault(.notAStore, obstacle.sentence))
        }
        tell("making the tables")
        try db.script(TableTakeover.moveAway)
        try PostgresSchema.migrate(db)
        try db.script(TableTakeover.moveBack)
        try db.script(TableTakeover.number)
        try db.script(OtherServiceRules.statements)
        for (word, status) in statuses.sorted(by: { $0.key < $1.key }) {
            try db.run("INSERT INTO other_service_status VALUES ($1, $2)", [word, status.rawValue])
        }
        try PostgresBirth.insert(seed, in: db)
        tell("booking orders, payments and stock")
        try db.script(AdoptionRows.mend)
        try readAccounts()
        try readProducts()
        tell("adding the rules of the tables")
        try db.script(TableTakeover.addRules)
        try db.script(MaintainedCounts.make)
        try DiscountRows(db: db).count(DiscountRows(db: db).usesByOrders())
        tell("preparing the search")
        try SearchUpkeep(db: db).make()
        try PostgresAdoption.share(db)
        let violations = try PostgresVerifier.violations(in: db) { check in tell("checking \(check.rawValue)")
        }
        if let violation = violations.first {
            throw StoreError.storage(
                errors.fault(
                    .notAStore,
                    """
                    The \(errors.name) cannot be taken over, and nothing was changed: \(violation.sentence)
                    """))
        }
        try db.script("ANALYZE")
        tell("writing it to disk")
    }

    private func tell(_ step: String, _ done: Int = 0, of total: Int? = nil) {
        progress(PostgresAdoption.Progress(step: step, done: done, total: total))
    }

    // MARK: - What the domain reckons

    /// The keys by which accounts sign in. Of several that would have the same, the one that is written so has it, else
    /// the first.
    private func readAccounts() throws {
        let accounts = try db.rows("SELECT id, email FROM users ORDER BY id") { row in
            (id: try row.next(Int64.self), email: try row.next(String.self))
        }
        var owners: [String: Int64] = [:]
        for (id, email) in accounts {
            let key = email.cleanText.lowercased()
            if owners[key] == nil || email == key { owners[key] = id }
        }
        let keys = accounts.map { account -> (id: Int64, key: String) in
            let key = account.email.cleanText.lowercased()
            return (account.id, owners[key] == account.id ? key : "\(key) #\(account.id)")
        }
        for start in stride(from: 0, to: keys.count, by: Self.batch) {
            tell("reading the accounts", start, of: keys.count)
            let part = keys[start..<min(start + Self.batch, keys.count)]
            try db.run(
                """
                UPDATE users SET email_key = new.key FROM unnest($1::int[], $2::text[]) AS new (id, key)
                WHERE users.id = new.id
                """, [PostgresValue.list(part.map(\.id)), PostgresValue.list(part.map(\.key))])
        }
    }

    private func readProducts() throws {
        let total = try db.value(Int.self, "SELECT COUNT(*) FROM products") ?? 0
        var (last, done) = (Int64(0), 0)
        while true {
            tell("reading the products", done, of: total)
            let products = try ProductReading(db: db).products(
                "WHERE id > $1 ORDER BY id LIMIT \(Self.batch)", [last])
            guard let end = products.last else { return }
            try db.run(
                "INSERT INTO product_search (id, terms) SELECT unnest($1::int[]), ''",
                [PostgresValue.list(products.map(\.id))])
            try ProductReading(db: db).write(products)
            last = end.id
            done += products.count
        }
    }
}
