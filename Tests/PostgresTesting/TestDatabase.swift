import StoreDomain
import StorePostgres
import StoreService

/// A database of one test's own, gone when the test lets go of it. It begins as a copy of one that has the schema,
/// which costs less than making it.
public final class TestDatabase: Sendable {
    public let cluster: PostgresCluster
    public let name: String

    /// - Parameter isEmpty: whether it has not even the schema.
    public init(isEmpty: Bool = false) async throws {
        cluster = try PostgresCluster.shared.get()
        name = try cluster.makeDatabase(from: isEmpty ? nil : await Template.shared.name(in: cluster))
    }

    deinit { try? cluster.dropDatabase(name) }

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
