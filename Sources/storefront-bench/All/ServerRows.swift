import ArgumentParser
import Foundation
import PostgresTesting
import StoreDomain

/// The REST API under load, with the Flask service beside it on the same goods and the same kind of database.
struct ServerRows {
    let place: BenchPlace
    let wanted: Set<RowID>

    private static let products = 10_000, clients = 32
    private static let listing = "/api/products?per_page=20"

    // MARK: - SQLite

    func measure() async throws -> [BenchRow] {
        let goods = try await goods()
        let path = "\(place.folder)/api.db"
        let store = try BenchStore.localStore(path)
        let filled = BenchStore(file: store)
        try await filled.fill(products: Self.products)
        try store.close()
        let shop = try await shop(["--db", path], log: "shop")
        defer { shop.server.stop() }
        var flask: FlaskPeer?
        var trouble: String? = PeerProgram.flask.isInstalled ? nil : PeerProgram.flask.lack
        if trouble == nil {
            do { flask = try await .onSQLite(place, goods) } catch { trouble = "\(error)" }
        }
        defer { flask?.server.stop() }
        return await BenchRow.attempt([.list, .listTail, .serverMemory], of: wanted) {
            let fixed = try await fixedBody(of: shop.server)
            defer { fixed.stop() }
            return try await list(shop, flask, fixed: fixed, trouble)
        }
            + BenchRow.attempt([.flood], of: wanted) { [try await flood(shop)] }
            + BenchRow.attempt([.apiOrder], of: wanted) {
                [try await orders(.apiOrder, shop, flask, clients: 1, trouble)]
            }
            + BenchRow.attempt([.apiOrders32], of: wanted) {
                [try await orders(.apiOrders32, shop, flask, clients: Self.clients, trouble)]
            }
    }

    // MARK: - PostgreSQL

    func measurePostgres() async throws -> [BenchRow] {
        guard PeerProgram.postgres.isInstalled else { throw ValidationError(PeerProgram.postgres.lack) }
        let goods = try await goods()
        let cluster = try PostgresCluster(settings: ["fsync=on", "full_page_writes=on"])
        defer { cluster.stop() }
        let uri = cluster.uri(try cluster.makeDatabase())
        let store = try await BenchStore.postgres(uri)
        try await store.fill(products: Self.products)
        try store.close()
        let shop = try await shop([], log: "shop-pg", variables: ["DATABASE_URL=\(uri)"])
        defer { shop.server.stop() }
        var flask: FlaskPeer?
        var trouble: String? = PeerProgram.flaskPostgres.isInstalled ? nil : PeerProgram.flaskPostgres.lack
        if trouble == nil {
            do { flask = try await .onPostgres(place, cluster, goods) } catch { trouble = "\(error)" }
        }
        defer { flask?.server.stop() }
        return await BenchRow.attempt([.postgresList], of: wanted) {
            let results = try await lists(shop, flask, fixed: nil)
            return [
                BenchRow(
                    .postgresList, how: Self.listHow, ours: Figures(results.ours.map(\.rate)),
                    peers: [(.flask, Figures(results.flask.map(\.rate)))], trouble: trouble)
            ]
        }
            + BenchRow.attempt([.postgresOrder], of: wanted) {
                [try await orders(.postgresOrder, shop, flask, clients: 1, trouble)]
            }
            + BenchRow.attempt([.postgresOrders32], of: wanted) {
                [try await orders(.postgresOrders32, shop, flask, clients: Self.clients, trouble)]
            }
    }

    // MARK: - Parts

    private typealias Shop = (server: BenchServer, customer: BenchCustomer)
    private typealias Results = (
        ours: [HTTPLoad.Result], flask: [HTTPLoad.Result], fixed: [HTTPLoad.Result], memory: [Double],
        flaskMemory: [Double]
    )

    private static let listHow =
        "20 of 10,000 products, \(clients) clients, connections kept where the server does"

    private func goods() async throws -> [ExportedProduct] {
        let demo = try BenchStore.demo(products: Self.products)
        defer { try? demo.close() }
        return try await demo.transfer.exportProducts(
            after: 0, limit: Self.products, as: .operatorOfStore)
    }

    private func shop(_ arguments: [String], log: String, variables: [String] = []) async throws -> Shop {
        let program = try place.program("storefront-server")
        let server = try await BenchServer(
            "storefront-server", log: "\(place.folder)/\(log).log",
            variables: place.variables(["SECRET_KEY=\(BenchPlace.secret)"] + variables)
        ) { port in [program, "--port", String(port)] + arguments }
        return (server, try BenchCustomer(port: server.port, products: 64))
    }

    /// As long as the shop's answer.
    private func fixedBody(of server: BenchServer) async throws -> BenchServer {
        let answer = try HTTPLoad.call(port: server.port, HTTPLoad.bytes("GET", Self.listing))
        return try await BenchServer(
            "fixed body", log: "\(place.folder)/fixed.log", variables: place.variables()
        ) { port in
            ["/proc/self/exe".resolved, "fixed-body", String(port), String(answer.body.count)]
        }
    }

    private func lists(_ shop: Shop, _ flask: FlaskPeer?, fixed: BenchServer?) async throws -> Results {
        var results: Results = ([], [], [], [], [])
        let request = HTTPLoad.bytes("GET", Self.listing)
        func load(_ server: BenchServer) async throws -> HTTPLoad.Result {
            try await HTTPLoad(port: server.port, clients: Self.clients) { _, _ in request }.run(
                seconds: place.seconds)
        }
        for _ in 0..<place.rounds {
            results.ours.append(try await load(shop.server))
            results.memory.append(try shop.server.memory())
            if let flask {
                results.flask.append(try await load(flask.server))
                results.flaskMemory.append(try flask.server.memory())
            }
            if let fixed { results.fixed.append(try await load(fixed)) }
        }
        return results
    }

    private func list(_ shop: Shop, _ flask: FlaskPeer?, fixed: BenchServer, _ trouble: String?) async throws
        -> [BenchRow]
    {
        let results = try await lists(shop, flask, fixed: fixed)
        func tails(_ results: [HTTPLoad.Result]) -> Figures? {
            Figures(results.compactMap { Figures($0.milliseconds)?.p99 })
        }
        return [
            BenchRow(
                .list, how: "\(Self.listHow), \(results.ours.last?.bodyBytes ?? 0) bytes",
                ours: Figures(results.ours.map(\.rate)),
                peers: [
                    (.flask, Figures(results.flask.map(\.rate))),
                    (.fixedBody, Figures(results.fixed.map(\.rate))),
                ], trouble: trouble),
            BenchRow(
                .listTail, how: "p99 of each run, of the same load", ours: tails(results.ours),
                peers: [(.flask, tails(results.flask))], trouble: trouble),
            BenchRow(
                .serverMemory, how: "all of its processes, each page by its share, after each run",
                ours: Figures(results.memory), peers: [(.flask, Figures(results.flaskMemory))],
                trouble: trouble),
        ]
    }

    private func orders(
        _ id: RowID, _ shop: Shop, _ flask: FlaskPeer?, clients: Int, _ trouble: String?
    ) async throws -> BenchRow {
        var (ours, theirs, refused): ([Double], [Double], Int) = ([], [], 0)
        func load(_ port: Int, _ customer: BenchCustomer, _ round: Int) async throws -> Double {
            let result = try await HTTPLoad(port: port, clients: clients) { client, number in
                customer.order(client: client, number: number, run: "\(id.rawValue)-\(round)")
            }.run(seconds: place.seconds)
            refused += result.refused
            return result.rate
        }
        for round in 0..<place.rounds {
            ours.append(try await load(shop.server.port, shop.customer, round))
            guard refused == 0 else { throw ValidationError("the shop refuses \(refused) orders") }
            guard let flask else { continue }
            theirs.append(try await load(flask.server.port, flask.customer, round))
            refused = 0
        }
        return BenchRow(
            id, how: "two lines each, \(clients == 1 ? "one client" : "\(clients) clients")",
            ours: Figures(ours), peers: [(.flask, Figures(theirs))], trouble: trouble)
    }

    private func flood(_ shop: Shop) async throws -> BenchRow {
        let request = HTTPLoad.bytes("GET", Self.listing)
        let list = HTTPLoad(port: shop.server.port, clients: 8) { _, _ in request }
        let seconds = place.seconds
        let flood = HTTPLoad(port: shop.server.port, clients: 16) { client, number in
            HTTPLoad.bytes(
                "POST", "/api/auth/login",
                body: #"{"email":"nobody-\#(client)-\#(number)@example.com","password":"wrong-password"}"#)
        }
        var (calm, flooded): ([Double], [Double]) = ([], [])
        for _ in 0..<place.rounds {
            calm += [Figures(try await list.run(seconds: seconds).milliseconds)?.p99].compactMap { $0 }
            async let passwords = flood.run(seconds: seconds + 0.5)
            try await Task.sleep(for: .milliseconds(200))
            flooded += [Figures(try await list.run(seconds: seconds).milliseconds)?.p99].compactMap { $0 }
            _ = try await passwords
        }
        return BenchRow(
            .flood, how: "p99 of 8 clients, while 16 sign in with wrong passwords", ours: Figures(flooded),
            peers: [(.noFlood, Figures(calm))])
    }
}

extension String {
    /// Where a link leads.
    fileprivate var resolved: String { URL(fileURLWithPath: self).resolvingSymlinksInPath().path }
}

extension BenchPlace {
    /// Signs tokens of servers that nobody else reaches.
    static let secret = "a-secret-of-servers-that-are-measured"
}
