import Hummingbird
import Logging
import NIOCore
import StoreContracts
import StoreDomain
import StoreServer
import StoreService
import Testing

@testable import StoreRemote

/// What the services on any engine promise, with a socket and the whole server in between.
@Suite("The services over HTTP keep their contracts")
struct RemoteContractTests {
    @Test("Over a socket", arguments: Contracts.all.filter { !notServable.contains($0.testDescription) })
    func promises(promise: ContractCase) async throws { try await promise.run(on: RemoteMaker.make) }

    @Test("What is left out is there to be left out")
    func exceptions() {
        #expect(Set(notServable).isSubset(of: Contracts.all.map(\.testDescription)))
    }
}

private let notServable = [
    // Strangers are not told whether there are accounts.
    "The first account of an empty store is its admin, the next a customer's",
    // Pages have numbers, no cursors.
    "Going back over products that came meanwhile ends on a full first page",
    // Tokens run out, and here they have a clock of their own, which stands.
    "Who signs in anew in the second of being signed out goes on, and so does it a month later",
]

/// Servers of new shops in memory, each on a port of its own.
private enum RemoteMaker {
    static let make: StoreMaker = { options, testClock in
        let (policy, clock) = (options.policy, testClock as any StoreClock)
        let engine = try MemoryEngine(isDemo: options.isDemo, policy: policy, at: clock.now())
        let local = EngineServices(
            core: StoreCore(
                engine: engine, clock: clock, zones: TestZones(), chain: "api", digest: PlainDigest.of),
            hasher: PlainHasher(), cart: MemoryCart(), offer: .serverWithoutPayments,
            firstAccountIsAdmin: true)
        let ids = CountingIDs()
        let parts = ServerParts(
            services: local.services, tokens: local.tokens, answering: local.answering,
            // Sessions outlive the hours that cases let pass.
            authority: await TokenAuthority(
                secret: Secret("a secret that only tests know, long enough"), clock: TestClock(), ids: ids),
            ids: ids, currency: .usd)
        let server = RunningServer(parts: parts)
        let remote = RemoteStore(
            address: try ServerAddress("http://127.0.0.1:\(try await server.port())"),
            transport: CurlTransport(), tokenDirectory: nil, cart: MemoryCart(), policy: policy,
            clock: clock,
            surroundings: RemoteSurroundings(
                sleep: { try await Task.sleep(for: $0) }, jitter: { .random(in: .min ... .max) }),
            retries: RetryPolicy(deadline: .seconds(600), tries: 60))
        return MadeStore(services: remote.services, held: server)
    }
}

/// A server for as long as somebody holds it.
private final class RunningServer: Sendable {
    private let task: Task<Void, any Error>
    private let ports: AsyncStream<Int>

    init(parts: ServerParts) {
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
