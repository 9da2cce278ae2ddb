import Hummingbird
import Logging
import NIOCore
import StoreDomain
import StoreServer
import StoreTesting
import Testing

@testable import StoreRemote
@testable import StoreSQLite

/// The suites that the services on SQLite pass, with a socket and the whole server in between. What the
/// contract has no way to ask for is left out by name.
@Suite("The services over HTTP keep their contracts", .serialized)
struct RemoteContractTests {
    @Test("Accounts", arguments: AuthContract.cases.servable)
    func auth(promise: ContractCase) async throws { try await promise.run(on: RemoteMaker.make) }

    @Test("The catalogue", arguments: CatalogContract.cases.servable)
    func catalog(promise: ContractCase) async throws { try await promise.run(on: RemoteMaker.make) }

    @Test("Orders", arguments: OrderContract.cases.servable)
    func orders(promise: ContractCase) async throws { try await promise.run(on: RemoteMaker.make) }

    @Test("Payments and discounts", arguments: PaymentContract.cases.servable)
    func payments(promise: ContractCase) async throws { try await promise.run(on: RemoteMaker.make) }

    @Test("Checkouts", arguments: CheckoutContract.cases.servable)
    func checkouts(promise: ContractCase) async throws { try await promise.run(on: RemoteMaker.make) }

    @Test("What is left out is there to be left out")
    func exceptions() {
        let all =
            AuthContract.cases + CatalogContract.cases + OrderContract.cases + PaymentContract.cases
            + CheckoutContract.cases
        #expect(Set(notServable).isSubset(of: all.map(\.testDescription)))
    }
}

private let notServable = [
    // Strangers are not told whether there are accounts.
    "The first account of an empty store is its admin, the next a customer's",
    // A product that was taken out of the shop cannot be brought back.
    "An archived product is gone from the shop until it is brought back",
    // Pages have numbers, no cursors.
    "Going back over products that came meanwhile ends on a full first page",
    // Nobody is shown another's orders.
    "Customers see their own orders, staff everybody's, newest first, by status",
    // Guests are told nothing about codes beyond those that every store has.
    "A quote is what the order then costs, for guests too",
    // A payment does not say how: the server has one way.
    "Staff take cash with change and cards with their code, customers the demo card",
    "What cannot settle an order leaves it pending, and its key free", "A real shop takes no demo card",
    "A checkout given up leaves no order standing, and the cart as it was",
]

extension [ContractCase] {
    fileprivate var servable: [ContractCase] { filter { !notServable.contains($0.testDescription) } }
}

/// Servers of new stores, each on a port of its own.
private enum RemoteMaker {
    static let make: StoreMaker = { options, testClock in
        let folder = try TemporaryFolder()
        let (policy, clock) = (options.policy, testClock as any StoreClock)
        let database = try StoreDatabase.open(
            at: folder.path("store.db"),
            createdAs: StoreSeed(
                currency: .usd, isDemo: options.isDemo, uuid: "a-store", now: testClock.now()))
        let hasher = PasswordHasher(cost: 4)
        let local = StoreServices(
            auth: SQLiteAuthService(database: database, clock: clock, hasher: hasher),
            accounts: SQLiteAccountService(database: database, clock: clock, hasher: hasher),
            catalog: SQLiteCatalogService(database: database, clock: clock, policy: policy),
            orders: SQLiteOrderService(database: database, clock: clock, policy: policy),
            payments: SQLitePaymentService(database: database, clock: clock, policy: policy, offer: .server),
            discounts: SQLiteDiscountService(database: database, clock: clock, policy: policy),
            cart: SQLiteCartService(state: try .inMemory(), store: "a-store"))
        let ids = CountingIDs()
        let parts = ServerParts(
            services: local, tokens: SQLiteTokenService(database: database, clock: clock),
            answering: SQLiteAnsweringService(database: database, clock: clock, policy: policy),
            // Sessions outlive the hours that cases let pass.
            authority: await TokenAuthority(
                secret: Secret("a secret that only tests know, long enough"), clock: TestClock(), ids: ids),
            ids: ids, currency: .usd)
        let server = RunningServer(folder: folder, parts: parts)
        let remote = RemoteStore(
            address: try ServerAddress("http://127.0.0.1:\(try await server.port())"),
            transport: CurlTransport(), tokenDirectory: nil,
            cart: SQLiteCartService(state: try .inMemory(), store: "server"), policy: policy, clock: clock,
            surroundings: RemoteSurroundings(
                sleep: { try await Task.sleep(for: $0) }, jitter: { .random(in: .min ... .max) }),
            retries: RetryPolicy(deadline: .seconds(600), tries: 60))
        let over = remote.services
        return MadeStore(
            services: StoreServices(
                auth: over.auth, accounts: local.accounts, catalog: over.catalog, orders: over.orders,
                payments: over.payments, discounts: local.discounts, cart: over.cart),
            held: server)
    }
}

/// A server for as long as somebody holds it.
private final class RunningServer: Sendable {
    private let folder: TemporaryFolder
    private let task: Task<Void, any Error>
    private let ports: AsyncStream<Int>

    init(folder: TemporaryFolder, parts: ServerParts) {
        self.folder = folder
        let (ports, started) = AsyncStream<Int>.makeStream()
        self.ports = ports
        task = Task {
            defer { started.finish() }
            var options = ServerOptions()
            options.port = 0
            // A busy machine's tests may take their time.
            options.limits.receiving = .seconds(600)
            let application = try buildApplication(
                parts, options, logger: Logger(label: "test") { _ in UnheardLog() },
                started: { started.yield($0) })
            try await application.run()
        }
    }

    deinit { task.cancel() }

    func port() async throws -> Int {
        for await port in ports { return port }
        try await task.value
        throw StoreError.unreachable("the server ended before it began")
    }
}

/// Says nothing, but keeps the request's id, which Hummingbird looks up here.
private struct UnheardLog: LogHandler {
    var metadata: Logger.Metadata = [:]
    var logLevel = Logger.Level.critical

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {}
}
