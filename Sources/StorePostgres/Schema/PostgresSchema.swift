import StoreDomain
import StoreService

/// The numbered steps that make a database what this program expects. Those that have landed stay as they are.
enum PostgresSchema {
    private static let migrations = [
        PostgresSchemaV1.statements, PostgresSchemaV2.statements, PostgresSchemaV3.statements,
        PostgresSchemaV4.statements, PostgresSchemaV5.statements, PostgresSchemaShifts.statements,
        PostgresSchemaVoids.statements, PostgresSchemaRights.statements,
        PostgresSchemaPeople.statements, PostgresSchemaCards.statements, PostgresSchemaExchanges.statements,
        PostgresSchemaSetup.statements, PostgresSchemaReports.statements, PostgresSchemaOffice.statements,
        PostgresSchemaDesk.statements, PostgresSchemaCost.statements,
        PostgresSchemaDates.statements,
    ]

    static var newest: Int { migrations.count }

    /// The tables that the migrations make.
    static var tables: [String] {
        migrations.flatMap { $0.split(separator: "CREATE TABLE ").dropFirst() }
            .map { String($0.prefix { $0 != " " }) }
    }

    /// The columns that the migrations give to a table.
    static func columns(of table: String) -> [String] {
        let statements = migrations.joined(separator: "\n")
        let made = statements.components(after: "CREATE TABLE \(table) (\n").flatMap { rest in
            rest.split(separator: "\n").prefix { !$0.hasPrefix(")") }.map { $0.drop { $0 == " " } }
        }
        let added = statements.components(after: "ALTER TABLE \(table) ADD COLUMN ")
        // What begins with a capital letter or a sign is a rule.
        return (made + added).map { String($0.prefix { $0.isLowercase || $0 == "_" }) }.filter { !$0.isEmpty }
    }

    /// Brings a database up to date and makes its store where it has none; of several that do so at once, one
    /// does and the others find it done. Runs in one transaction, so that a failure changes nothing.
    ///
    /// - Parameter seed: what a new store is made with; nil makes none.
    /// - Throws: `storage` as `look`, for a database that can only be read, and for one without a store where none
    ///   is to be made.
    static func prepare(_ db: PostgresConnection, _ errors: PostgresErrors, seed: StoreSeed?) throws {
        let isReadOnly = try db.value(Bool.self, "SELECT current_setting('transaction_read_only')::boolean")
        guard isReadOnly == false else { throw StoreError.storage(errors.readOnly) }
        guard try needsWork(db, errors, makesStore: seed != nil) else { return }
        try db.script("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
        db.hold("storefront-schema")
        guard try needsWork(db, errors, makesStore: seed != nil) else { return }
        try migrate(db)
        if let seed, try !hasStore(db) { try PostgresBirth.insert(seed, in: db) }
    }

    /// Makes what is missing, step by step.
    static func migrate(_ db: PostgresConnection) throws {
        let version = try version(db)
        if version == 0 {
            try db.script(
                """
                CREATE TABLE storefront_schema (
                    number INTEGER PRIMARY KEY,
                    applied_at TIMESTAMP NOT NULL DEFAULT (now() AT TIME ZONE 'UTC')
                )
                """)
        }
        for (index, statements) in migrations.enumerated().dropFirst(version) {
            try db.script(statements)
            try db.run("INSERT INTO storefront_schema (number) VALUES ($1)", [index + 1])
        }
        // What makes the Flask service's rows whole goes with the program, not with a migration.
        if version < newest, try OtherServiceBridge.isThere(db) { try PostgresAdoption.share(db) }
    }

    /// The number of the last migration that a database has had; 0 for an empty one.
    ///
    /// - Throws: `storage` for a server that is too old, and a database in which no store can be: another
    ///   program's, a newer one's, or one that keeps no UTF-8.
    static func look(_ db: PostgresConnection, _ errors: PostgresErrors) throws -> Int {
        guard db.serverVersion >= PostgresConnection.oldestMajor * 10_000 else {
            throw StoreError.storage(errors.tooOld)
        }
        let encoding = try db.value(String.self, "SHOW server_encoding") ?? ""
        guard encoding == "UTF8" else { throw StoreError.storage(errors.wrongEncoding(encoding)) }
        let version = try version(db)
        guard version <= newest else { throw StoreError.storage(errors.newer) }
        let isForeign =
            try version == 0
            && db.value(
                Bool.self,
                """
                SELECT EXISTS (SELECT 1 FROM pg_class WHERE pg_table_is_visible(oid)
                    AND relname IN ('users', 'products', 'orders', 'order_items', 'store'))
                """) == true
        guard !isForeign else { throw StoreError.storage(errors.foreign) }
        return version
    }

    private static func needsWork(_ db: PostgresConnection, _ errors: PostgresErrors, makesStore: Bool) throws
        -> Bool
    {
        let version = try look(db, errors)
        let hasStore = try version > 0 && hasStore(db)
        guard hasStore || makesStore else { throw StoreError.storage(errors.empty) }
        return version < newest || !hasStore
    }

    private static func version(_ db: PostgresConnection) throws -> Int {
        // Asked of the table, not by `to_regclass`, which remembers what was missing when it was last asked.
        let isThere = try db.value(
            Bool.self,
            """
            SELECT EXISTS (SELECT 1 FROM pg_class WHERE relname = 'storefront_schema' AND pg_table_is_visible(oid))
            """)
        guard isThere == true else { return 0 }
        return try db.value(Int.self, "SELECT max(number) FROM storefront_schema") ?? 0
    }

    static func hasStore(_ db: PostgresConnection) throws -> Bool {
        try db.value(Bool.self, "SELECT EXISTS (SELECT 1 FROM store)") ?? false
    }
}

extension String {
    /// What stands behind each place where `words` do.
    fileprivate func components(after words: String) -> [Substring] {
        split(separator: words, omittingEmptySubsequences: false).dropFirst().map { $0 }
    }
}
