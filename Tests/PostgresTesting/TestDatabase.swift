import StoreDomain
import StorePostgres
import StoreService
import Synchronization

/// A database of one test's own, gone when the test lets go of it. It begins as a copy of one that has the schema,
/// which costs less than making it.
public final class TestDatabase: Sendable {
    public let cluster: PostgresCluster
    public let name: String
    private let isShared: Bool

    /// Those that tests have let go of and whose tables are as they were.
    private static let used = Mutex<[String]>([])

    /// - Parameters:
    ///   - isEmpty: whether it has not even the schema.
    ///   - isShared: for a test that changes rows alone: it may get what an earlier one has used, emptied, which costs a
    ///     tenth of a copy.
    public init(isEmpty: Bool = false, isShared: Bool = false) async throws {
        cluster = try PostgresCluster.shared.get()
        self.isShared = isShared
        if isShared, let used = Self.used.withLock({ $0.popLast() }) {
            name = used
            try cluster.psql(used, Self.clearing)
        } else {
            name = try cluster.makeDatabase(from: isEmpty ? nil : await Template.shared.name(in: cluster))
        }
    }

    deinit {
        if isShared {
            Self.used.withLock { $0.append(name) }
        } else {
            try? cluster.dropDatabase(name)
        }
    }

    /// Takes all rows away, whatever refers to them or guards them, and starts every sequence anew.
    private static let clearing = """
        SET session_replication_role = replica;
        DO $$ DECLARE found RECORD; BEGIN
            FOR found IN SELECT oid::regclass AS name, relkind FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'S') AND relname <> 'storefront_schema'
            LOOP
                IF found.relkind = 'S' THEN PERFORM setval(found.name, 1, false);
                ELSE EXECUTE format('DELETE FROM %s', found.name); END IF;
            END LOOP;
        END $$;
        INSERT INTO product_total VALUES (1, 0);
        INSERT INTO product_bits_made VALUES (1, 0)
        """

    public var address: PostgresAddress { cluster.address(name) }
    public var uri: String { cluster.uri(name) }

    /// Runs statements behind the services' back.
    @discardableResult
    public func psql(_ sql: String) throws -> String { try cluster.psql(name, sql) }
}

/// The database with the schema and no store in it.
private actor Template {
    static let shared = Template()
    private var made: Task<String, any Error>?

    func name(in cluster: PostgresCluster) async throws -> String {
        if let made { return try await made.value }
        let task = Task {
            let name = try cluster.makeDatabase()
            let database = PostgresDatabase(cluster.address(name), connections: 1)
            defer { database.close() }
            try await database.makeSchema()
            // Nobody may be connected to what is copied.
            while try cluster.psql(
                "postgres", "SELECT count(*) FROM pg_stat_activity WHERE datname = '\(name)'") != "0"
            {
                database.close()
                try cluster.psql(
                    "postgres",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
            }
            return name
        }
        made = task
        return try await task.value
    }
}
