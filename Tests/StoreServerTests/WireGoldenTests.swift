import Foundation
import HTTPTypes
import PostgresTesting
import StoreContracts
import StoreDomain
import StorePostgres
import StoreService
import StoreWire
import Synchronization
import Testing

/// Every answer of the contract as it stands on the wire, status, headers and body to the byte.
///
/// `UPDATE_GOLDENS=1` writes the file anew. What differs from run to run (tokens, request ids) is left out.
@Suite(.serialized) struct WireGoldenTests {
    @Test func theWireIsAsItWas() async throws {
        let server = try await TestServer()
        let transcript = Transcript()
        try await server.run { anyone in try await session(anyone, server.clock, transcript) }
        try transcript.check()
    }

    @Test func theWireIsTheSameOnPostgreSQL() async throws {
        let database = try await TestDatabase()
        let clock = TestClock()
        let store = try await PostgresStore(
            database.address, connections: 2,
            seed: StoreSeed(policy: ShopPolicy(), uuid: "a-store", now: clock.now()),
            purpose: .server(firstAccountIsAdmin: true, takesPayments: true), clock: clock,
            zones: TestZones(),
            cart: MemoryCart())
        defer { store.close() }
        let server = try await TestServer(on: store.engine)
        let transcript = Transcript()
        try await server.run { anyone in try await session(anyone, server.clock, transcript) }
        try transcript.check()
        #expect(try await PostgresVerifier(store.database).verify().filter { $0.check != .journal } == [])
    }

    @Test func theDocumentIsAsItWas() async throws {
        try await TestServer().run { anyone in
            try Golden.check(try await anyone.call(.openAPI).text + "\n", "openapi.json")
        }
    }

    private func session(_ anyone: Client, _ clock: TestClock, _ transcript: Transcript) async throws {
        let ada: JSON = ["email": "ada@example.com", "password": "long enough", "name": "Ada"]
        let registered = try await transcript.record(anyone, .register, nil, [], ada)
        let admin = Client(http: anyone.http, token: registered["access_token"])
        _ = try await transcript.record(anyone, .register, nil, [], ada)
        _ = try await transcript.record(
            anyone, .register, nil, [], ["email": "x", "password": "short", "name": "Ada"])
        _ = try await transcript.record(anyone, .register, nil, [], ["email": "ada@example.com"])
        _ = try await transcript.record(
            anyone, .logIn, nil, [], ["email": "ada@example.com", "password": "long enough"])
        _ = try await transcript.record(
            anyone, .logIn, nil, [], ["email": "ada@example.com", "password": "wrong"])
        _ = try await transcript.record(anyone, .logIn, nil, [], [:])
        _ = try await transcript.record(admin, .me)
        _ = try await transcript.record(anyone, .me)
        let customer = try await anyone.registered("bob@example.com")

        let mug: JSON = [
            "name": "Mug \"Ünï\" \u{1F375}", "price": .number("29.99"), "stock": 5, "category": "Kitchen",
            "sku": "M-1", "barcode": "4006381333931", "description": "Two\nlines",
        ]
        _ = try await transcript.record(admin, .addProduct, nil, [], mug)
        _ = try await transcript.record(admin, .addProduct, nil, [], mug)
        _ = try await transcript.record(customer, .addProduct, nil, [], mug)
        _ = try await transcript.record(admin, .addProduct, nil, [], ["name": "", "price": -1])
        clock.advance(bySeconds: 1)
        _ = try await transcript.record(
            admin, .addProduct, nil, [], ["name": "Plate", "price": .number("0.10")])
        _ = try await transcript.record(anyone, .products)
        _ = try await transcript.record(anyone, .products, nil, [("page", "2"), ("per_page", "1")])
        _ = try await transcript.record(anyone, .products, nil, [("page", "0")])
        _ = try await transcript.record(anyone, .product, 1)
        _ = try await transcript.record(anyone, .product, 77)
        _ = try await transcript.record(anyone, .searchProducts, nil, [("q", "plate")])
        _ = try await transcript.record(anyone, .searchProducts)
        _ = try await transcript.record(anyone, .categories)
        _ = try await transcript.record(admin, .editProduct, 2, [], ["price": .number("1.25"), "stock": 10])

        let order: JSON = [
            "items": [["product_id": 1, "quantity": 2], ["product_id": 2]], "discount_code": "save10",
        ]
        _ = try await transcript.record(customer, .placeOrder, nil, [], order, key: "one")
        _ = try await transcript.record(customer, .placeOrder, nil, [], order, key: "one")
        _ = try await transcript.record(
            customer, .placeOrder, nil, [], ["items": [["product_id": 2]]], key: "one")
        _ = try await transcript.record(
            customer, .placeOrder, nil, [], ["items": [["product_id": 2]], "discount_code": "NOPE"])
        _ = try await transcript.record(customer, .placeOrder, nil, [], ["items": []])
        _ = try await transcript.record(
            customer, .placeOrder, nil, [], ["items": [["product_id": 1, "quantity": 9]]])
        _ = try await transcript.record(customer, .placeOrder, nil, [], ["items": [["product_id": 77]]])
        _ = try await transcript.record(
            customer, .placeOrder, nil, [], ["items": [["product_id": 1, "quantity": 0]]])
        _ = try await transcript.record(
            customer, .calculate, nil, [], ["subtotal": .number("199.99"), "discount_code": "SAVE20"])
        _ = try await transcript.record(
            customer, .calculate, nil, [], ["subtotal": .number("29.99"), "discount_code": "NOPE"])
        _ = try await transcript.record(customer, .calculate, nil, [], [:])
        clock.advance(bySeconds: 1)
        _ = try await transcript.record(customer, .checkout, nil, [], ["order_id": 1], key: "pay")
        _ = try await transcript.record(customer, .checkout, nil, [], ["order_id": 1], key: "pay")
        _ = try await transcript.record(customer, .checkout, nil, [], ["order_id": 1])
        _ = try await transcript.record(customer, .checkout, nil, [], ["order_id": 77])
        _ = try await transcript.record(customer, .checkout, nil, [], [:])
        _ = try await transcript.record(customer, .orders)
        _ = try await transcript.record(customer, .order, 1)
        _ = try await transcript.record(customer, .order, 77)
        _ = try await transcript.record(customer, .cancelOrder, 2)
        _ = try await transcript.record(customer, .cancelOrder, 1)
        _ = try await transcript.record(admin, .removeProduct, 2)
        _ = try await transcript.record(anyone, .health)
        _ = try await transcript.record(anyone, .ready)
        _ = try await transcript.record(customer, .logOut)
        _ = try await transcript.record(customer, .orders)
    }

    /// What was asked and answered, as text.
    private final class Transcript: Sendable {
        private let lines = Mutex<[String]>([])

        func record(
            _ client: Client, _ endpoint: Endpoint, _ id: Int64? = nil,
            _ query: [(name: String, value: String)] = [], _ body: JSON? = nil, key: String? = nil
        ) async throws -> Client.Reply {
            let reply = try await client.call(endpoint, id: id, query, body, key: key)
            var lines: [String] = []
            lines.append(
                "> \(endpoint.method.rawValue) \(endpoint.target(id.map { String($0) }, query: query))")
            if let key { lines.append("> \(WireHeader.idempotencyKey): \(key)") }
            if let body {
                lines.append("> \(String(decoding: JSONWriter.bytes { $0.value(body) }, as: UTF8.self))")
            }
            lines.append("< \(reply.status)")
            for field in reply.headers where !Self.varying.contains(field.name.canonicalName) {
                lines.append("< \(field.name.rawName): \(field.value)")
            }
            if !reply.text.isEmpty { lines.append("< \(Self.masked(reply))") }
            lines.append("")
            self.lines.withLock { [lines] in $0 += lines }
            return reply
        }

        func check() throws { try Golden.check(lines.withLock { $0.joined(separator: "\n") }, "wire.txt") }

        private static let varying: Set<String> = ["date", "x-request-id", "content-length"]

        private static func masked(_ reply: Client.Reply) -> String {
            // A mark is of the store's own chain.
            let text = reply.text.replacing(/"journal_mark":"[0-9a-f]{8}"/, with: #""journal_mark":"MARK""#)
            guard let token = reply["access_token"] else { return text }
            return text.replacingOccurrences(of: token, with: "TOKEN")
        }
    }
}

/// Compares a text with the one on file; `UPDATE_GOLDENS=1` writes it anew.
enum Golden {
    static func check(_ text: String, _ name: String, sourceLocation: SourceLocation = #_sourceLocation)
        throws
    {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            return try Data(text.utf8).write(to: file)
        }
        let golden = (try? Data(contentsOf: file)).map { String(decoding: $0, as: UTF8.self) } ?? ""
        guard golden != text else { return }
        let (old, new) = (golden.components(separatedBy: "\n"), text.components(separatedBy: "\n"))
        let difference = (0..<max(old.count, new.count)).compactMap { line in
            let (before, after) = (line < old.count ? old[line] : "", line < new.count ? new[line] : "")
            return before == after ? nil : "\(line + 1) -\(before)\n\(line + 1) +\(after)"
        }
        Issue.record(
            "\(name) differs\n\(difference.joined(separator: "\n"))", sourceLocation: sourceLocation)
    }
}
