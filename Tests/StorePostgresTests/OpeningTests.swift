import PostgresTesting
import StoreContracts
import StoreDomain
@testable import StorePostgres
import StoreService
import Testing

@Suite("A database is opened or refused with one sentence", .timeLimit(.minutes(20)))
struct OpeningTests {
    private func open(_ address: PostgresAddress, makesStore: Bool = true) async throws -> PostgresStore {
        let clock = TestClock()
        return try await PostgresStore(
            address, connections: 2,
            seed: makesStore ? StoreSeed(policy: ShopPolicy(), uuid: "a-store", now: clock.now()) : nil,
            purpose: .commands, clock: clock, zones: TestZones(), cart: MemoryCart(), hasher: PlainHasher())
    }

    private func fault(_ address: PostgresAddress, makesStore: Bool = true) async throws -> StorageFault {
        do {
            let store = try await open(address, makesStore: makesStore)
            store.close()
            throw PostgresCluster.Failure(description: "it was opened")
        } catch let StoreError.storage(fault) { return fault }
    }

    @Test("Ten servers that start at once make one store")
    func tenAtOnce() async throws {
        let database = try await TestDatabase(isEmpty: true)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<10 { group.addTask { try await open(database.address).close() } }
            try await group.waitForAll()
        }
        #expect(try database.psql("SELECT COUNT(*) FROM storefront_schema") == "\(PostgresSchema.newest)")
        #expect(try database.psql("SELECT COUNT(*) FROM store") == "1")
        #expect(try database.psql("SELECT COUNT(*) FROM discount") == "4")
    }

    @Test("The Flask service finds its tables and columns")
    func seedSchema() async throws {
        let database = try await TestDatabase()
        let columns = try database.psql(
            """
            SELECT string_agg(column_name || ' ' || data_type
                || COALESCE('(' || character_maximum_length || ')', '')
                || CASE WHEN data_type = 'numeric' THEN '(' || numeric_precision || ',' || numeric_scale || ')'
                    ELSE '' END, ', ' ORDER BY ordinal_position)
            FROM information_schema.columns
            WHERE table_name = 'products' AND ordinal_position <= 8
            """)
        #expect(
            columns == """
                id integer, name character varying(255), description text, price numeric(10,2), stock integer, \
                category character varying(100), created_at timestamp without time zone, \
                updated_at timestamp without time zone
                """)
    }

    @Test func nothingIsMadeWhereNoneIsWanted() async throws {
        let database = try await TestDatabase(isEmpty: true)
        #expect(try await fault(database.address, makesStore: false).kind == .unreadable)
        #expect(try database.psql("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'") == "0")
    }

    @Test func aForeignDatabaseStaysAsItIs() async throws {
        let database = try await TestDatabase(isEmpty: true)
        try database.psql("CREATE TABLE orders (id INTEGER)")
        #expect(try await fault(database.address).kind == .notAStore)
        #expect(try database.psql("SELECT COUNT(*) FROM pg_tables WHERE schemaname = 'public'") == "1")
    }

    @Test func aNewerSchemaIsRefused() async throws {
        let database = try await TestDatabase()
        try database.psql("INSERT INTO storefront_schema VALUES (99)")
        #expect(try await fault(database.address).kind == .newerSchema)
    }

    @Test func anotherEncodingIsRefused() async throws {
        let cluster = try PostgresCluster.shared.get()
        try cluster.psql(
            "postgres",
            "CREATE DATABASE latin1 ENCODING 'LATIN1' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'")
        let fault = try await fault(cluster.address("latin1"))
        #expect(fault.kind == .notAStore && fault.sentence.contains("LATIN1"))
        try cluster.dropDatabase("latin1")
    }

    @Test func aDatabaseThatDoesNotExistIsNamed() async throws {
        let cluster = try PostgresCluster.shared.get()
        let fault = try await fault(cluster.address("nowhere"))
        #expect(fault.kind == .unreadable && fault.sentence.contains("nowhere"))
        #expect(fault.sentence.contains("createdb"))
    }

    @Test func aServerThatDoesNotRunIsNamed() async throws {
        let address = PostgresAddress(
            host: "127.0.0.1", port: "1", user: "u", password: Secret("hunter22"), database: "shop")
        let fault = try await fault(address)
        #expect(fault.kind == .unreachable && fault.sentence.contains("database shop on 127.0.0.1:1"))
        #expect(!fault.sentence.contains("hunter22"))
    }

    @Test func aStandbyIsRefused() async throws {
        let cluster = try PostgresCluster(.lonelyStandby)
        defer { cluster.stop() }
        let fault = try await fault(cluster.address("postgres"))
        #expect(fault.kind == .readOnly && fault.sentence.contains("target_session_attrs"))
    }

    @Test func aWrongPasswordIsToldApart() async throws {
        let cluster = try PostgresCluster.shared.get()
        try cluster.psql(
            "postgres",
            """
            DO $$ BEGIN CREATE ROLE \(PostgresCluster.guardedUser) LOGIN PASSWORD 'right'; \
            EXCEPTION WHEN duplicate_object THEN NULL; END $$
            """)
        let address = PostgresAddress(
            host: cluster.directory, port: PostgresCluster.port, user: PostgresCluster.guardedUser,
            password: Secret("hunter22"), database: "postgres")
        let fault = try await fault(address)
        #expect(fault.kind == .unreadable && fault.sentence.contains("password"))
        #expect(!fault.sentence.contains("hunter22"))
    }

    @Test func aTextThatIsNoAddressIsNotRepeated() {
        #expect {
            _ = try PostgresAddress(uri: "postgresql://user:hunter22@[half/shop")
        } throws: { !"\($0)".contains("hunter22") }
    }

    @Test(arguments: [
        ("postgresql://u:p@db.example.com:5433/shop", "database shop on db.example.com:5433"),
        ("postgres://u@a,b:5433/shop?sslmode=require", "database shop on a, b:5433"),
        ("postgresql+psycopg2://u:p@db/shop", "database shop on db"),
    ])
    func addressesAreNamedWithoutSecrets(_ uri: String, _ name: String) throws {
        #expect(try PostgresAddress(uri: uri).name == name)
    }
}
