import StoreDomain

/// What a database is like, for `storefront-server doctor`. Looking changes nothing.
public struct PostgresReport: Sendable {
    /// Such as `15.4`.
    public let serverVersion: String
    /// Whether a pooler such as pgbouncer stands in between, so that statements are not prepared.
    public let isPooled: Bool
    /// What is stored; nil in a database that is empty yet.
    public let store: Store?

    /// A store's figures.
    public struct Store: Sendable {
        /// The number of the last migration.
        public let schema: Int
        public let currency: String
        /// On sale.
        public let products: Int
        public let orders: Int
        public let accounts: Int
    }

    /// - Throws: `storage` with one sentence when the database cannot be reached, or no store can be in it.
    public init(_ address: PostgresAddress) async throws(StoreError) {
        let database = PostgresDatabase(address, connections: 1)
        defer { database.close() }
        let errors = database.errors
        self = try await database.read { db in
            let schema = try PostgresSchema.look(db, errors)
            let isStandby = try db.value(Bool.self, "SELECT pg_is_in_recovery()") ?? false
            guard !isStandby else { throw StoreError.storage(errors.readOnly) }
            var store: Store?
            if schema > 0, try PostgresSchema.hasStore(db) {
                store = try db.row(
                    """
                    SELECT currency, (SELECT on_sale FROM product_total),
                        (SELECT COALESCE(SUM(orders), 0)::bigint FROM order_count WHERE user_id = 0),
                        (SELECT COUNT(*) FROM users)
                    FROM store
                    """
                ) { row in
                    try Store(
                        schema: schema, currency: row.next(), products: row.next(), orders: row.next(),
                        accounts: row.next())
                }
            }
            return PostgresReport(
                serverVersion: try db.value(String.self, "SHOW server_version") ?? "", isPooled: db.isPooled,
                store: store)
        }
    }

    private init(serverVersion: String, isPooled: Bool, store: Store?) {
        self.serverVersion = serverVersion
        self.isPooled = isPooled
        self.store = store
    }
}
