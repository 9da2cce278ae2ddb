import Foundation
import HTTPTypes
import PostgresTesting
import StoreContracts
import StorePostgres
import Testing

/// The Flask service and this server beside each other on its database.
@Suite(.serialized, .timeLimit(.minutes(20)), .enabled(if: SeedService.canRun, SeedService.lack))
struct SeedServiceTests {
    private static let secret = String(repeating: "s", count: 32)

    private func run(_ arguments: String..., on database: TestDatabase) async throws -> (
        code: Int32, output: String
    ) {
        let process = try ServerProcess(arguments, environment: ["DATABASE_URL": database.uri])
        return (try await process.exitCode(), process.output)
    }

    @Test func bothServeOneShop() async throws {
        let database = try await TestDatabase(isEmpty: true)
        try SeedService.makeTables(database)
        let flask = try await SeedService(database, secret: Self.secret)
        do {
            let client = ClosingClient(port: flask.port)
            let token = try await client.register("early@example.com")
            for number in 1...6 {
                let reply = try await client.post(
                    "/api/products",
                    #"{"name":"Mug \#(number)","price":\#(number).99,"stock":60,"category":"Home"}"#,
                    token: token)
                #expect(reply.status == 201)
            }
            for number in 1...8 {
                let reply = try await client.post(
                    "/api/orders",
                    #"{"items":[{"product_id":\#(number % 6 + 1),"quantity":2}],"discount_code":"SAVE10"}"#,
                    token: token)
                #expect(reply.status == 201)
            }
            let paid = try await client.post("/api/payments/checkout", #"{"order_id":1}"#, token: token)
            #expect(paid.status == 200)
        }
        let look = try await run("adopt", on: database)
        #expect(look.code == 0 && look.output.contains("Nothing was changed. Add --yes"), "\(look.output)")
        #expect(try await run("verify", on: database).code == 1)
        // The service runs on meanwhile.
        let adopted = try await run("adopt", "--yes", on: database)
        #expect(adopted.code == 0 && adopted.output.contains("Done"), "\(adopted.output)")
        #expect(try await run("adopt", "--yes", on: database).code == 0)

        let server = try ServerProcess(
            ["--port", "0"], environment: ["DATABASE_URL": database.uri, "SECRET_KEY": Self.secret])
        let ports = [flask.port, try await server.port()]
        // A hash that the service made.
        for port in ports {
            let reply = try await ClosingClient(port: port).post(
                "/api/auth/login", #"{"email":"early@example.com","password":"long enough"}"#)
            #expect(reply.status == 200, "\(reply.text)")
        }
        try await storm(ports)
        let verified = try await run("verify", on: database)
        #expect(verified.code == 0, "\(verified.output)")
        #expect(try database.psql("SELECT COUNT(*) FROM other_service_change") == "0")

        // Each reads what the other wrote, and somebody of one is somebody of the other.
        for (writer, reader) in [(ports[0], ports[1]), (ports[1], ports[0])] {
            let email = "both-\(writer)@example.com"
            let token = try await ClosingClient(port: writer).register(email)
            let placed = try await ClosingClient(port: writer).post(
                "/api/orders", #"{"items":[{"product_id":6}]}"#, token: token)
            #expect(placed.status == 201, "\(placed.text)")
            let signedIn = try await ClosingClient(port: reader).post(
                "/api/auth/login", #"{"email":"\#(email)","password":"long enough"}"#)
            let order = try await ClosingClient(port: reader).get(
                "/api/orders/\(placed["order.id"] ?? "")", token: signedIn["access_token"])
            #expect(order["order.items.0.product_name"] == "Mug 6", "\(order.text)")
        }
        try await whatTheServiceSellsShowsOnOurs(ports)
        let names = try database.psql("SELECT COUNT(*) FROM users WHERE email_key <> lower(email)")
        #expect(names == "0")
        server.terminate()
        #expect(try await server.exitCode() == 0)
    }

    /// Whoever listens to our server hears of the order that the service takes.
    private func whatTheServiceSellsShowsOnOurs(_ ports: [Int]) async throws {
        let client = ClosingClient(port: ports[0])
        let token = try await client.register("live@example.com")
        let signedIn = try await ClosingClient(port: ports[1]).post(
            "/api/auth/login", #"{"email":"live@example.com","password":"long enough"}"#)
        let ear = try await EventEar(port: ports[1], token: signedIn["access_token"])
        await ear.until("id: ")
        let placed = try await client.post("/api/orders", #"{"items":[{"product_id":6}]}"#, token: token)
        #expect(placed.status == 201, "\(placed.text)")
        let order = try #require(placed["order.id"])
        await ear.until("event: orders")
        await ear.until("event: stock")
        #expect(ear.events.contains(#"orders {"orders":[\#(order)]}"#), "\(ear.events)")
        #expect(ear.events.contains(#"stock {"products":[6]}"#), "\(ear.events)")
    }

    /// Customers of both order, pay, list and register at once; those of the service also change stocks.
    private func storm(_ ports: [Int]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for customer in 0..<8 {
                let isFlask = customer.isMultiple(of: 2)
                let client = ClosingClient(port: ports[isFlask ? 0 : 1])
                group.addTask { try await orders(of: customer, isFlask: isFlask, client) }
            }
            try await group.waitForAll()
        }
    }

    private func orders(of customer: Int, isFlask: Bool, _ client: ClosingClient) async throws {
        var random = SplitMix64(seed: UInt64(customer))
        let token = try await client.register("customer-\(customer)@example.com")
        for step in 0..<20 {
            let product = Int.random(in: 1...5, using: &random)
            if isFlask, step.isMultiple(of: 6) {
                let stock = Int.random(in: 20...60, using: &random)
                let reply = try await client.patch(
                    "/api/products/\(product)", #"{"stock":\#(stock)}"#, token: token)
                #expect(reply.status == 200, "\(reply.text)")
                continue
            }
            let reply = try await client.post(
                "/api/orders",
                #"{"items":[{"product_id":\#(product),"quantity":2},{"product_id":\#(product % 5 + 1)}]}"#,
                token: token)
            // 500 is the service's word for an order whose stock somebody else took meanwhile.
            #expect([201, 400].contains(reply.status) || isFlask && reply.status == 500, "\(reply.text)")
            guard reply.status == 201, step.isMultiple(of: 2), let id = reply["order.id"] else { continue }
            let paid = try await client.post("/api/payments/checkout", #"{"order_id":\#(id)}"#, token: token)
            #expect(paid.status == 200, "\(paid.text)")
        }
    }
}
