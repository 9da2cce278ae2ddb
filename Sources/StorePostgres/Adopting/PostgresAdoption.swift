import StoreDomain
import StoreService

/// Takes a database over that the Flask service of the same contract made: its tables stay where they are, with all
/// ids, and become a store's.
public struct PostgresAdoption: Sendable {
    private let address: PostgresAddress
    private let statuses: [String: OrderStatus]

    /// How far it is.
    public struct Progress: Sendable {
        /// What is done just now, such as `reading the products`.
        public let step: String
        public let done: Int
        /// nil where a step is one statement.
        public let total: Int?
    }

    /// - Parameter statuses: what the service's words for a state that a store does not have stand for: pending, paid
    ///   or cancelled.
    public init(_ address: PostgresAddress, statuses: [String: OrderStatus] = [:]) {
        self.address = address
        self.statuses = statuses
    }

    /// What would be done; changes nothing.
    public func candidate() async throws(StoreError) -> AdoptionCandidate {
        try await withDatabase { [statuses] database throws(StoreError) in
            let errors = database.errors
            return try await database.read { db in
                try db.script("SET LOCAL statement_timeout = 0")
                return try AdoptionSurvey(db: db, statuses: statuses).candidate(errors)
            }
        }
    }

    /// Takes it over in one transaction, in which all is looked over before it ends. In a database that is a store
    /// already, lets the Flask service write to its tables.
    ///
    /// - Parameter seed: what the store is made with.
    /// - Throws: `storage`; nothing was changed then.
    public func run(
        _ seed: StoreSeed, progress: @escaping @Sendable (Progress) -> Void = { _ in }
    ) async throws(StoreError) {
        try await withDatabase { [statuses] database throws(StoreError) in
            let errors = database.errors
            try await database.write { db in
                try db.script(
                    "SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0")
                db.hold("storefront-schema")
                switch try AdoptionSurvey(db: db, statuses: statuses).candidate(errors) {
                case .other(let sentence): throw StoreError.storage(errors.fault(.notAStore, sentence))
                case .store:
                    try PostgresSchema.migrate(db)
                    try Self.share(db)
                case .flask:
                    let steps = AdoptionSteps(db: db, seed: seed, statuses: statuses, progress: progress)
                    try steps.run(errors)
                }
            }
        }
    }

    /// The store's tables take what the Flask service writes from now on.
    static func share(_ db: PostgresConnection) throws {
        try actAsOwner(db)
        try db.script(OtherServiceRules.statements)
        try db.script(OtherServiceBridge.statements)
    }

    /// Until the transaction's end: whoever made the tables goes on using them, and everything beside them is the same
    /// owner's.
    static func actAsOwner(_ db: PostgresConnection) throws {
        try db.script(
            """
            DO $body$ BEGIN
                EXECUTE format('SET LOCAL ROLE %I', (SELECT pg_get_userbyid(relowner) FROM pg_class
                    WHERE oid = 'users'::regclass));
            END $body$
            """)
    }

    private func withDatabase<T: Sendable>(
        _ body: @Sendable (PostgresDatabase) async throws(StoreError) -> T
    ) async throws(StoreError) -> T {
        let database = PostgresDatabase(address, connections: 1)
        defer { database.close() }
        return try await body(database)
    }
}
