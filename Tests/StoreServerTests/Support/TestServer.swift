import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import StoreContracts
import StoreDomain
import StoreServer
import StoreService
import StoreWire
import Synchronization
import Testing

/// A server on a shop of its own, in memory unless told otherwise, with a clock that stands still and keys that count up.
struct TestServer {
    let clock = TestClock()
    let engine: BreakableEngine
    let services: StoreServices
    let log = LogLines()
    private let parts: ServerParts
    private var options = ServerOptions()

    init(
        isDemo: Bool = false, offer: PaymentOffer = .server, hasCounter: Bool = true,
        on base: (any StoreEngine)? = nil, options change: (inout ServerOptions) -> Void = { _ in },
        version: @escaping @Sendable () -> Int? = { nil }
    ) async throws {
        let ids = CountingIDs()
        engine = BreakableEngine(try base ?? MemoryEngine(isDemo: isDemo, at: clock.now()))
        let engineServices = EngineServices(
            core: StoreCore(
                engine: engine, clock: clock, zones: TestZones(), chain: "api", digest: PlainDigest.of),
            hasher: PlainHasher(), cart: MemoryCart(), offer: offer, firstAccountIsAdmin: true)
        services = engineServices.services
        parts = ServerParts(
            services: hasCounter ? services : services.withoutCounter, tokens: engineServices.tokens,
            answering: engineServices.answering,
            authority: await TokenAuthority(secret: TestServer.secret, clock: clock, ids: ids), ids: ids,
            currency: .usd, changes: engineServices.changes, version: version)
        options.port = 0
        change(&options)
    }

    static let secret = Secret("a secret that only tests know, long enough")
    static let password = "storefront-demo"

    /// Runs `body` against a server that is started for it alone; several may follow each other.
    func run(
        _ setup: TestingSetup = .router, _ body: @escaping @Sendable (Client) async throws -> Void
    ) async throws {
        let log = log
        let application = try buildApplication(
            parts, options,
            logger: Logger(label: "test") { _ in log.handler }
        )
        try await application.test(setup) { try await body(Client(http: $0, token: nil)) }
    }
}

/// Speaks the contract, as somebody who is signed in or not.
struct Client: Sendable {
    let http: any TestClientProtocol
    let token: String?

    struct Reply: Sendable {
        let status: Int
        let text: String
        let headers: HTTPFields

        var json: JSON { (try? JSONParser.parse(text.utf8)) ?? .null }

        /// The value at a path such as `order.items.0.quantity`, as text; numbers as they are written.
        subscript(_ path: String) -> String? {
            var value = json
            for name in path.split(separator: ".") {
                switch value {
                case .object(let members):
                    guard let member = members.first(where: { $0.name == name }) else { return nil }
                    value = member.value
                case .array(let elements):
                    guard let index = Int(name), elements.indices.contains(index) else { return nil }
                    value = elements[index]
                default: return nil
                }
            }
            switch value {
            case .string(let text), .number(let text): return text
            case .bool(let flag): return "\(flag)"
            case .null: return "null"
            case .array(let elements): return "\(elements.count)"
            case .object: return "{}"
            }
        }
    }

    @discardableResult
    func call(
        _ endpoint: Endpoint, id: Int64? = nil, _ query: [(name: String, value: String)] = [],
        _ body: JSON? = nil, key: String? = nil, headers: HTTPFields = [:], at parameter: String? = nil
    ) async throws -> Reply {
        let method = try #require(HTTPRequest.Method(endpoint.method.rawValue))
        return try await send(
            method, endpoint.target(parameter ?? id.map { String($0) }, query: query),
            body.map { json in JSONWriter.bytes { $0.value(json) } },
            key: key, headers: headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ target: String, _ body: [UInt8]? = nil, key: String? = nil,
        headers: HTTPFields = [:]
    ) async throws -> Reply {
        var headers = headers
        if let token { headers[.authorization] = "Bearer \(token)" }
        if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
        if let key, let name = HTTPField.Name(WireHeader.idempotencyKey) { headers[name] = key }
        return try await http.execute(
            uri: target, method: method, headers: headers, body: body.map { ByteBuffer(bytes: $0) }
        ) { Reply(status: $0.status.code, text: String(buffer: $0.body), headers: $0.headers) }
    }

    // MARK: People and goods

    /// Registers somebody and speaks as them; the first is the admin.
    func registered(_ email: String) async throws -> Client {
        let reply = try await call(
            .register, [],
            ["email": .string(email), "password": .string(TestServer.password), "name": "Name"])
        let token: String = try #require(reply["access_token"])
        return Client(http: http, token: token)
    }

    func signedIn(_ email: String) async throws -> Client {
        let reply = try await call(
            .logIn, [], ["email": .string(email), "password": .string(TestServer.password)])
        let token: String = try #require(reply["access_token"])
        return Client(http: http, token: token)
    }

    /// Adds a product and gives its id.
    func product(_ name: String, price: String = "29.99", stock: Int = 5, category: String? = nil)
        async throws
        -> Int64
    {
        let reply = try await call(
            .addProduct, [],
            [
                "name": .string(name), "price": .number(price), "stock": .number(String(stock)),
                "category": category.map(JSON.string) ?? .null,
            ])
        return try #require(reply["product.id"].flatMap { Int64($0) })
    }

    func order(_ productID: Int64, _ quantity: Int = 1, key: String? = nil, code: String? = nil) async throws
        -> Reply
    {
        try await call(
            .placeOrder, [],
            [
                "items": [
                    ["product_id": .number(String(productID)), "quantity": .number(String(quantity))]
                ], "discount_code": code.map(JSON.string) ?? .null,
            ], key: key)
    }
}

/// A shop whose file cannot be read any more, once a test says so.
final class BreakableEngine: StoreEngine {
    private let base: any StoreEngine
    private let isBroken = Mutex(false)

    init(_ base: any StoreEngine) { self.base = base }

    func breakDown() { isBroken.withLock { $0 = true } }

    func read<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try check()
        return try await base.read(body)
    }

    func write<Value: Sendable>(_ body: @escaping @Sendable (any StoreTransaction) throws -> Value)
        async throws(StoreError) -> Value
    {
        try check()
        return try await base.write(body)
    }

    private func check() throws(StoreError) {
        guard isBroken.withLock({ $0 }) else { return }
        throw .storage(
            StorageFault(.unreadable, path: "/secret/store.db", sentence: "/secret/store.db cannot be read"))
    }
}

extension StoreServices {
    fileprivate var withoutCounter: StoreServices {
        StoreServices(
            auth: auth, accounts: accounts, catalog: catalog, orders: orders, payments: payments,
            discounts: discounts, cart: cart, policy: policy, counter: nil)
    }
}

/// What a server logs, as text.
final class LogLines: Sendable {
    private let pipe = Pipe()

    var handler: JSONLogHandler {
        JSONLogHandler(
            level: .info, clock: TestClock(), descriptor: pipe.fileHandleForWriting.fileDescriptor)
    }

    /// All there is so far; at least one line must be.
    var text: String { String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self) }
}

/// A directory of one test's own, removed when the test lets go of it.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array(
            (NSTemporaryDirectory() as NSString).appendingPathComponent("storefront-server-XXXXXX")
                .utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.EIO) }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func file(_ name: String) -> String { (path as NSString).appendingPathComponent(name) }
}
