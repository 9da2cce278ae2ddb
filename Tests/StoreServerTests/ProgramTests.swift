import Foundation
import GRDB
import HTTPTypes
import StoreDomain
import StoreContracts
import StoreService
import Testing

@testable import StoreSQLite

/// The built program: its commands, its settings, its start and its end.
@Suite(.serialized, .timeLimit(.minutes(20))) struct ProgramTests {
    private static let secret = String(repeating: "s", count: 32)

    /// Runs to the end.
    private func run(
        _ arguments: String..., in directory: TemporaryDirectory? = nil, environment: [String: String] = [:],
        input: String = ""
    ) async throws -> (code: Int32, output: String) {
        let process = try ServerProcess(arguments, in: directory, environment: environment, input: input)
        return (try await process.exitCode(), process.output)
    }

    @Test func accountsBackupsAndChecks() async throws {
        let home = try TemporaryDirectory()
        let added = try await run(
            "user", "add", "boss@example.com", "--name", "Boss", "--role", "admin", in: home,
            input: "long enough\n")
        #expect(added.code == 0)
        #expect(added.output == "1\tboss@example.com\tadmin\n")
        let doctor = try await run("doctor", in: home)
        #expect(doctor.code == 0 && doctor.output.contains("store: SQLite"), "\(doctor.output)")
        #expect(doctor.output.contains("accounts: 1"))
        let backup = try await run("backup", "copy.db", in: home)
        #expect(backup.code == 0)
        #expect(FileManager.default.fileExists(atPath: home.file("copy.db")))
        let verified = try await run("verify", "--db", "copy.db", in: home)
        #expect(verified.output == "copy.db is as it should be\n")
        #expect(try await run("verify", "--db", "none.db", in: home).code == 1)
    }

    @Test func theManualIsMadeOfWhatThereIs() async throws {
        let page = try await run("manual")
        #expect(page.code == 0 && page.output.hasPrefix(".TH STOREFRONT-SERVER 8 "), "\(page.output)")
        for words in [
            ".SS \"storefront\\-server backup ", ".SS \"storefront\\-server user add ",
            "\\fBdatabase.url, STOREFRONT_DATABASE_URL, DATABASE_URL\\fR", ".SH \"EXIT STATUS\"",
        ] {
            #expect(page.output.contains(words), "\(words) is not in\n\(page.output)")
        }
        let home = try TemporaryDirectory()
        let installed = try await run("manual", "--install", "--prefix", home.file("usr"), in: home)
        #expect(installed.code == 0)
        for file in [
            "man/man8/storefront-server.8", "bash-completion/completions/storefront-server",
            "zsh/site-functions/_storefront-server", "fish/vendor_completions.d/storefront-server.fish",
        ] {
            let text = try String(contentsOfFile: home.file("usr/share/\(file)"), encoding: .utf8)
            #expect(text.contains("doctor"), "\(file)")
        }
    }

    @Test(arguments: [
        ([:], "DATABASE_URL", "postgresql://user:hunter22@127.0.0.1:1/shop", "database shop on 127.0.0.1:1"),
        ([:], "DATABASE_URL", "mysql://user:hunter22@db/shop", "postgresql://"),
        ([:], "DB_HOST", "db", "DATABASE_HOST"),
        (["DATABASE_HOST": "127.0.0.1"], "DATABASE_PORT", "1", "database ecommerce on 127.0.0.1:1"),
        (
            [
                "DB_PASS": "hunter22", "DB_HOST": "127.0.0.1", "DB_PORT": "1",
                "SECRET_KEY": ProgramTests.secret,
            ], "FLASK_ENV",
            "production", "database ecommerce on 127.0.0.1:1"
        ),
        ([:], "SECRET_KEY", "too-short-hunter22", "32 characters"), ([:], "FLASK_ENV", "moon", "production"),
        ([:], "STOREFRONT_ENV", "production", "SECRET_KEY"), ([:], "STOREFRONT_PORT", "99999", "65535"),
        (["STOREFRONT_TLS_KEY": "k"], "STOREFRONT_TLS_CERTIFICATE", "none.pem", "none.pem"),
    ])
    func settingsThatCannotBeAreRefused(
        _ more: [String: String], _ name: String, _ value: String, _ words: String
    ) async throws {
        let result = try await run(environment: more.merging([name: value]) { $1 })
        #expect(result.code == 1)
        #expect(result.output.contains(words), "\(result.output)")
        #expect(result.output.split(separator: "\n").count == 1)
        #expect(!result.output.contains("hunter22"))
    }

    @Test func productionHasNoOriginsAndNoFirstAdmin() async throws {
        let server = try ServerProcess(
            ["--port", "0"],
            environment: ["FLASK_ENV": "production", "SECRET_KEY": String(repeating: "s", count: 32)])
        try await LiveClient.connected(to: try await server.port()) { client in
            let reply = try await client.post(
                "/api/auth/register", #"{"email":"a@example.com","password":"long enough","name":"A"}"#,
                headers: [.origin: "https://x.example.com"])
            #expect(reply.status == 201)
            #expect(reply["user.role"] == "customer")
            #expect(reply.headers[.accessControlAllowOrigin] == nil)
        }
        server.terminate()
        #expect(try await server.exitCode() == 0)
    }

    @Test func aTokenOutlivesARestartInDevelopment() async throws {
        let home = try TemporaryDirectory()
        let token = Held("")
        let first = try ServerProcess(["--port", "0"], in: home)
        try await LiveClient.connected(to: try await first.port()) { token.set(try await $0.register()) }
        first.terminate()
        #expect(try await first.exitCode() == 0)
        let secret = home.file("data/storefront/store.db-secret")
        let mode = try FileManager.default.attributesOfItem(atPath: secret)[.posixPermissions] as? Int
        #expect(mode == 0o600)

        let second = try ServerProcess(["--port", "0"], in: home)
        let kept = token.value
        try await LiveClient.connected(to: try await second.port()) { client in
            let reply = try await client.get("/api/auth/me", token: kept)
            #expect(reply.status == 200)
        }
        second.terminate()
        #expect(try await second.exitCode() == 0)
        #expect(!second.output.contains(kept))
    }

    @Test func demoDataIsServedAndGone() async throws {
        let server = try ServerProcess(["--demo-products", "30", "--port", "0"])
        try await LiveClient.connected(to: try await server.port()) { client in
            let reply = try await client.get("/api/products?per_page=100")
            #expect(reply["total"] == "30")
        }
        server.terminate()
        #expect(try await server.exitCode() == 0)
    }

    @Test func aPortThatIsTakenIsNamed() async throws {
        let first = try ServerProcess(["--demo", "--port", "0"])
        let port = try await first.port()
        let second = try await run("--demo", "--port", "\(port)")
        #expect(second.code == 1)
        #expect(second.output.contains("127.0.0.1:\(port) cannot be listened on"), "\(second.output)")
        first.terminate()
        #expect(try await first.exitCode() == 0)
    }

    /// Customers order without pause while the server is told to stop: what was acknowledged is there, and
    /// nothing else was half done.
    @Test func noAnswerIsPromisedAndLost() async throws {
        let home = try TemporaryDirectory()
        let path = home.file("data/storefront/store.db")
        let server = try ServerProcess(["--port", "0"], in: home)
        let port = try await server.port()
        let token = Held("")
        try await LiveClient.connected(to: port) { client in
            let access = try await client.register()
            let mug = try await client.post(
                "/api/products", #"{"name":"Mug","price":1.00,"stock":1000000}"#, token: access)
            #expect(mug.status == 201)
            token.set(access)
        }
        let acknowledged = Held<[Int64]>([])
        let (fifty, isFifty) = AsyncStream<Void>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for customer in 0..<8 {
                group.addTask {
                    // Ends when the server closes the connection; nothing more is then waited for.
                    defer { isFifty.finish() }
                    try? await LiveClient.connected(to: port) { client in
                        for attempt in 0... {
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
            // Told to stop in the middle of it.
            for await _ in fifty {}
            server.terminate()
            try await group.waitForAll()
        }
        #expect(try await server.exitCode() == 0)
        // The WAL was moved into the store.
        #expect(!FileManager.default.fileExists(atPath: path + "-wal"))

        let database = try StoreDatabase.open(
            at: path, createdAs: StoreSeed(policy: ShopPolicy(), uuid: "", now: TestClock().now()))
        let stored = try await database.read { try Int64.fetchAll($0, sql: "SELECT id FROM orders") }
        let promised = acknowledged.value
        #expect(promised.count >= 50)
        #expect(Set(promised).count == promised.count)
        #expect(Set(promised).isSubset(of: stored))
        #expect(try await StoreVerifier(database).verify().isEmpty)
        try database.close()
    }

    /// Customers order without pause from two servers on one file, in commits that they share, and a server is killed, three
    /// times. What was acknowledged is there under its key; who asks again gets the same order; few pieces are sold once.
    @Test func killedUnderSharedCommitsAServerLosesNothing() async throws {
        let home = try TemporaryDirectory()
        let path = home.file("data/storefront/store.db")
        let other = try ServerProcess(["--port", "0"], in: home)
        let otherPort = try await other.port()
        let token = Held("")
        try await LiveClient.connected(to: otherPort) { client in
            let access = try await client.register()
            for goods in [
                #"{"name":"Mug","price":1,"stock":1000000}"#, #"{"name":"Rare","price":1,"stock":30}"#,
            ] {
                let added = try await client.post("/api/products", goods, token: access)
                #expect(added.status == 201)
            }
            token.set(access)
        }
        let placed = Held<[String: Int64]>([:])
        let soldOut = Held(0)
        for round in 0..<3 {
            let server = try ServerProcess(["--port", "0"], in: home)
            let port = try await server.port()
            let before = placed.value.count
            let (enough, isEnough) = AsyncStream<Void>.makeStream()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for customer in 0..<16 {
                    group.addTask {
                        defer { isEnough.finish() }
                        // Ends when the server is gone; what is sent to the other one ends with its attempts.
                        try? await LiveClient.connected(to: customer % 2 == 0 ? port : otherPort) { client in
                            for attempt in 0..<60 {
                                let key = "\(round)-\(customer)-\(attempt)"
                                let reply = try await client.post(
                                    "/api/orders",
                                    #"{"items":[{"product_id":\#(attempt % 3 == 2 ? 2 : 1)}]}"#,
                                    token: token.value, headers: [.key: key])
                                if reply["code"] == "insufficient_stock" {
                                    soldOut.change { $0 += 1 }
                                    continue
                                }
                                guard reply.status == 201, let id = reply["order.id"].flatMap({ Int64($0) })
                                else { return }
                                placed.change { $0[key] = id }
                                if placed.value.count >= before + 80 { isEnough.finish() }
                            }
                        }
                    }
                }
                for await _ in enough {}
                server.kill()
                try await group.waitForAll()
            }
            _ = try await server.exitCode()
        }
        let promised = placed.value
        #expect(promised.count >= 240 && soldOut.value > 0)
        try await LiveClient.connected(to: otherPort) { client in
            for (key, id) in promised.sorted(by: { $0.key < $1.key }).prefix(40) {
                let reply = try await client.get("/api/orders/by-key/\(key)", token: token.value)
                #expect(reply["order.id"] == String(id), "\(key)")
            }
        }
        other.terminate()
        #expect(try await other.exitCode() == 0)
        let database = try StoreDatabase.open(
            at: path, createdAs: StoreSeed(policy: ShopPolicy(), uuid: "", now: TestClock().now()))
        let (stored, orders, rare) = try await database.read { db in
            let rows = try Row.fetchAll(
                db, sql: "SELECT key, order_id FROM idempotency WHERE operation = 'order'")
            return (
                Dictionary(rows.map { ($0[0] as String, $0[1] as Int64) }) { first, _ in first },
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM orders") ?? 0,
                try Int.fetchOne(db, sql: "SELECT COUNT(*) FROM order_item WHERE product_id = 2") ?? 0
            )
        }
        for (key, id) in promised { #expect(stored[key] == id, "\(key)") }
        #expect(orders == stored.count)
        #expect(rare == 30)
        #expect(try await StoreVerifier(database).verify().isEmpty)
        try database.close()
    }
}
