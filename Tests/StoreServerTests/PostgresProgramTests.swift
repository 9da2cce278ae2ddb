import Foundation
import HTTPTypes
import PostgresTesting
import StoreContracts
import StoreDomain
import StorePostgres
import Testing

/// The built program on PostgreSQL, told where it is by the Flask service's settings alone.
@Suite(.serialized, .timeLimit(.minutes(20))) struct PostgresProgramTests {
    private func settings(_ database: TestDatabase) -> [String: String] {
        [
            "DATABASE_HOST": database.cluster.directory, "DATABASE_PORT": PostgresCluster.port,
            "DATABASE_USER": "storefront", "DATABASE_PASSWORD": "hunter22", "DATABASE_NAME": database.name,
        ]
    }

    /// Runs to the end.
    private func run(
        _ arguments: String..., environment: [String: String], input: String = ""
    ) async throws -> (code: Int32, output: String) {
        let process = try ServerProcess(arguments, environment: environment, input: input)
        return (try await process.exitCode(), process.output)
    }

    @Test func servesAndIsLookedOver() async throws {
        let database = try await TestDatabase(isEmpty: true)
        let environment = settings(database)
        let empty = try await run("doctor", environment: environment)
        #expect(empty.code == 0 && empty.output.contains("made when the server starts"), "\(empty.output)")
        #expect(try await run("verify", environment: environment).code == 1)

        let server = try ServerProcess(["--port", "0"], environment: environment)
        try await LiveClient.connected(to: try await server.port()) { client in
            let token = try await client.register()
            let mug = try await client.post(
                "/api/products", #"{"name":"Mug","price":1.00,"stock":5}"#, token: token)
            #expect(mug.status == 201)
            let order = try await client.post("/api/orders", #"{"items":[{"product_id":1}]}"#, token: token)
            #expect(order["order.total"] == "1.09")
            #expect(try await client.get("/api/ready").status == 200)

            let (cluster, name) = (database.cluster, database.name)
            try cluster.psql("postgres", "ALTER DATABASE \(name) ALLOW_CONNECTIONS false")
            try cluster.psql(
                "postgres", "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'"
            )
            let refused = try await client.get("/api/products")
            #expect(refused.status == 503 && refused.headers[.retryAfter] != nil)
            #expect(refused["code"] == "storage" && !refused.text.contains(name))
            try cluster.psql("postgres", "ALTER DATABASE \(name) ALLOW_CONNECTIONS true")
            #expect(try await client.get("/api/products")["total"] == "1")
        }
        let added = try await run(
            "user", "add", "staff@example.com", "--name", "Staff", "--role", "staff",
            environment: environment,
            input: "long enough\n")
        #expect(added.output == "2\tstaff@example.com\tstaff\n")
        server.terminate()
        #expect(try await server.exitCode() == 0)

        let verified = try await run("verify", environment: environment)
        #expect(verified.code == 0 && verified.output.contains("as it should be"), "\(verified.output)")
        let doctor = try await run("doctor", environment: environment)
        #expect(doctor.code == 0)
        for words in ["named by DATABASE_HOST", "products on sale: 1", "orders: 1", "accounts: 2"] {
            #expect(doctor.output.contains(words), "\(doctor.output)")
        }
        #expect(!doctor.output.contains("hunter22"))
    }

    @Test func copiesAreMadeAndRehearsed() async throws {
        let database = try await TestDatabase(isEmpty: true)
        let environment = settings(database)
        let home = try TemporaryDirectory()
        func run(_ arguments: String..., port: String = PostgresCluster.port) async throws -> (
            code: Int32, output: String
        ) {
            let process = try ServerProcess(
                arguments, in: home, environment: environment.merging(["DATABASE_PORT": port]) { $1 },
                input: "long enough\n")
            return (try await process.exitCode(), process.output)
        }
        for name in ["a", "b", "c"] {
            let added = try await run("user", "add", "\(name)@example.com", "--name", name)
            #expect(added.code == 0, "\(added.output)")
            // A copy of the same second takes the place of the one before.
            let copied = try await run("backup", "--keep", "1")
            #expect(copied.code == 0, "\(copied.output)")
        }
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: home.file("data/storefront/backups")).count
                == 1)
        _ = try await run("user", "add", "d@example.com", "--name", "d")
        let rehearsed = try await run("backup", "--rehearse")
        #expect(rehearsed.code == 0, "\(rehearsed.output)")
        for words in ["account: 3, in the shop now 4", "verify: as it should be", "compared: all"] {
            #expect(rehearsed.output.contains(words), "\(rehearsed.output)")
        }
        #expect(try await run("backup", "one.db").code == 0)
        #expect(try await run("backup", "one.db").code == 1)
        #expect(try await run("backup", "one.db", "--overwrite").code == 0)
        #expect(try await run("verify", "--db", "one.db").output == "one.db is as it should be\n")

        // The database is gone, as on the day for which copies are made.
        let without = try await run("backup", "--rehearse", port: "1")
        #expect(without.code == 0 && without.output.contains("no shop here"), "\(without.output)")
    }

    @Test func theAddressCountsBeforeTheParts() async throws {
        let database = try await TestDatabase(isEmpty: true)
        let doctor = try await run(
            "doctor",
            environment: settings(database).merging(["DATABASE_URL": database.uri, "DATABASE_NAME": "other"])
            { $1 })
        #expect(doctor.code == 0)
        #expect(doctor.output.contains("database \(database.name) on"), "\(doctor.output)")
        #expect(doctor.output.contains("named by DATABASE_URL"))
    }

    /// Customers order from two servers without pause while one is killed: what was acknowledged is there, once,
    /// and nothing else is half done.
    @Test func aKilledServerLosesNothing() async throws {
        let database = try await TestDatabase(isEmpty: true)
        let environment = settings(database).merging(["SECRET_KEY": String(repeating: "s", count: 32)]) { $1 }
        let servers = try [
            ServerProcess(["--port", "0"], environment: environment),
            ServerProcess(["--port", "0"], environment: environment),
        ]
        let ports = [try await servers[0].port(), try await servers[1].port()]
        let token = Held("")
        try await LiveClient.connected(to: ports[0]) { client in
            let access = try await client.register()
            _ = try await client.post(
                "/api/products", #"{"name":"Mug","price":1.00,"stock":1000000}"#, token: access)
            token.set(access)
        }
        let acknowledged = Held<[Int64]>([])
        let (fifty, isFifty) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for customer in 0..<8 {
                group.addTask {
                    // Ends when the server closes the connection; nothing more is then waited for.
                    defer { isFifty.finish() }
                    try? await LiveClient.connected(to: ports[customer % 2]) { client in
                        for attempt in 0..<40 {
                            let reply = try await client.post(
                                "/api/orders", #"{"items":[{"product_id":1}]}"#, token: token.value,
                                headers: [.key: "\(customer)-\(attempt)"])
                            guard reply.status == 201 else { return }
                            let id = try #require(reply["order.id"].flatMap { Int64($0) })
                            acknowledged.change { $0.append(id) }
                            if acknowledged.value.count >= 50 { isFifty.finish() }
                        }
                    }
                }
            }
            for await _ in fifty {}
            servers[0].kill()
            try await group.waitForAll()
        }
        servers[1].terminate()
        #expect(try await servers[1].exitCode() == 0)
        let promised = acknowledged.value
        #expect(promised.count >= 50)
        #expect(Set(promised).count == promised.count)
        let stored = try database.psql("SELECT id FROM orders").split(separator: "\n").compactMap {
            Int64($0)
        }
        #expect(Set(promised).isSubset(of: stored))
        let verified = try await run("verify", environment: environment)
        #expect(verified.code == 0, "\(verified.output)")
    }

    /// A store as the Flask service left it, large enough that taking it over takes its time.
    @Test func aKilledAdoptionLeavesTheDatabaseAsItWas() async throws {
        let flask = try await FlaskDatabase(
            FlaskDatabase.shop + """
                INSERT INTO products (name, price, stock) SELECT 'Product ' || n, 1, 1000 FROM generate_series(3, 8000) AS n;
                INSERT INTO orders (user_id, status, subtotal, tax, discount_amount, total)
                SELECT 2, 'paid', 1, 0, 0, 1 FROM generate_series(4, 8000);
                INSERT INTO order_items (order_id, product_id, quantity, unit_price, total_price)
                SELECT id, id, 1, 1, 1 FROM orders WHERE id > 3
                """)
        let before = try flask.contents()
        let environment = settings(flask.database)
        let adopting = try ServerProcess(["adopt", "--yes"], environment: environment)
        // It has the tables to itself, and has begun to change them.
        let isChanging = """
            SELECT EXISTS (SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
                WHERE mode = 'AccessExclusiveLock' AND granted AND datname = '\(flask.database.name)'
                    AND backend_xid IS NOT NULL AND query LIKE 'UPDATE%')
            """
        while try flask.database.cluster.psql("postgres", isChanging) == "f" {}
        adopting.kill()
        #expect(try await adopting.exitCode() == SIGKILL)
        let isBusy = "SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = '\(flask.database.name)')"
        while try flask.database.cluster.psql("postgres", isBusy) == "t" {}
        #expect(try flask.contents() == before)

        let again = try await run("adopt", "--yes", environment: environment)
        #expect(again.code == 0, "\(again.output)")
        #expect(try await run("verify", environment: environment).code == 0)
        let copied = try await run(
            "copy", "--from", flask.database.uri, "--to", "copy.db", environment: environment)
        #expect(copied.code == 0 && copied.output.contains("Copied."), "\(copied.output)")
        // The address that a variable has goes without being told on the command line.
        let named = try await run(
            "copy", "--from", "DATABASE_URL", "--to", "named.db",
            environment: environment.merging(["DATABASE_URL": flask.database.uri]) { $1 })
        #expect(named.code == 0 && named.output.contains("Copied."), "\(named.output)")
    }

    @Test(arguments: [
        "postgresql://shop:hunter2@localhost/shop", "postgresql://localhost/shop?user=shop&password=hunter2",
        "postgresql+psycopg2://shop:hunter2@localhost/shop", "DATABASE_URL",
    ])
    func noPasswordIsTakenFromTheCommandLine(_ address: String) async throws {
        for places in [["--from", address, "--to", "copy.db"], ["--from", "old.db", "--to", address]] {
            let refused = try ServerProcess(["copy"] + places, environment: [:])
            let code = try await refused.exitCode()
            #expect(code == 1 && refused.output.contains("DATABASE_URL"), "\(refused.output)")
            #expect(!refused.output.contains("hunter2"))
        }
    }

    @Test func whatARowSaysIsHarmlessOnATerminal() async throws {
        let flask = try await FlaskDatabase(
            FlaskDatabase.shop + "UPDATE users SET role = E'\\x1b[2Jvip' WHERE id = 2")
        let adopting = try await run("adopt", environment: settings(flask.database))
        #expect(adopting.code == 0 && adopting.output.contains("[2Jvip"), "\(adopting.output)")
        #expect(!adopting.output.contains("\u{1B}"))
    }

    @Test func theUnitRunsThisProgram() async throws {
        let unit = try await run("unit", "--template", environment: [:])
        #expect(unit.code == 0)
        for words in [
            "ExecStart=/", "storefront-server --port %i", "NoNewPrivileges=yes", "TimeoutStopSec=15",
        ] {
            #expect(unit.output.contains(words), "\(unit.output)")
        }
    }

    @Test func theUnitsCopyAndRehearse() async throws {
        let service = try await run("unit", "--backup", "--keep", "30", environment: [:])
        let lines = service.output.split(separator: "\n").filter { $0.hasPrefix("ExecStart=/") }
        #expect(
            lines.map { $0.split(separator: " ").dropFirst().joined(separator: " ") }
                == ["backup --keep 30", "backup --rehearse"], "\(service.output)")
        for words in ["Type=oneshot", "NoNewPrivileges=yes", "EnvironmentFile=-/etc/storefront/server.env"] {
            #expect(service.output.contains(words), "\(service.output)")
        }
        let timer = try await run("unit", "--backup-timer", "--schedule", "hourly", environment: [:])
        #expect(timer.code == 0 && timer.output.contains("\nOnCalendar=hourly\n"), "\(timer.output)")
        #expect(try await run("unit", "--keep", "3", environment: [:]).code == 64)
        #expect(try await run("unit", "--backup", "--template", environment: [:]).code == 64)
    }
}
