import Foundation
import StoreContracts
import StoreDomain
import StoreService
import Testing

@testable import StoreSQLite

@Suite("Programs on one file hear of each other", .serialized, .timeLimit(.minutes(20)))
struct LiveTests {
    @Test("Every promise", arguments: LiveContract.cases)
    func promise(promise: LiveContract.Case) async throws {
        try await promise.run { clock in
            let files = try TwoPrograms(clock)
            return LiveContract.Two(
                near: files.near.services, far: files.far.services, namesChanges: false,
                hub: try #require(files.near.services.changes as? ChangeHub), held: files)
        }
    }

    @Test("A program's own changes are not those of another, whatever it checkpoints and reads")
    func own() async throws {
        let files = try TwoPrograms(TestClock())
        let link = FileLink(files.near.database)
        try await files.near.database.write { try $0.execute(sql: "UPDATE store SET is_demo = 1 - is_demo") }
        try files.near.database.withWriter { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        _ = try await files.near.services.catalog.categories()
        #expect(!link.hasChanged())
        _ = try await files.far.services.catalog.categories()
        #expect(!link.hasChanged(), "reading changes nothing")
        try await files.far.database.write { try $0.execute(sql: "UPDATE store SET is_demo = 1 - is_demo") }
        #expect(link.hasChanged())
        #expect(!link.hasChanged(), "once is enough")
    }

    @Test("What was changed between opening and listening is heard")
    func before() async throws {
        let files = try TwoPrograms(TestClock())
        try await files.far.database.write { try $0.execute(sql: "UPDATE store SET is_demo = 1 - is_demo") }
        let heard = HeardChanges()
        let changes = try #require(files.near.services.changes)
        let ear = Task { await changes.follow(as: .guest) { heard.hear($0) } }
        await heard.until(\.catalogue)
        ear.cancel()
        await ear.value
    }

    @Test("A throw-away shop hears of its own clock alone, and stops when nobody wants to hear")
    func throwAway() async throws {
        let clock = TestClock()
        let store = try LocalStore.temporaryDemo(
            products: 5, policy: ShopPolicy(), clock: clock, zones: TestZones(), ids: CountingIDs())
        let changes = try #require(store.services.changes)
        let hub = try #require(changes as? ChangeHub)
        let customer = try await store.services.auth.signIn(
            email: "customer@example.com", password: DemoData.password)
        let product = try #require(
            try await store.services.catalog.page(ProductQuery(), at: .first, perPage: 5).products
                .first { !$0.stock.isSoldOut })
        let heard = HeardChanges()
        let ear = Task { await changes.follow(as: .user(customer)) { heard.hear($0) } }
        while hub.listenerCount == 0 { try await Task.sleep(for: .milliseconds(1)) }
        let order = try await store.services.orders.place(
            OrderDraft(lines: [OrderDraft.Line(productID: product.id, quantity: 1)]),
            key: try #require(IdempotencyKey("late")), as: .user(customer))
        clock.advance(bySeconds: 3_601)
        _ = try await store.due.look()
        await heard.until { $0.touches(order: order.id) }
        ear.cancel()
        await ear.value
        try store.close()
    }

    @Test("The thread wakes for another's commits and for nothing else")
    func wakes() async throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("watched")
        try Data([0]).write(to: URL(fileURLWithPath: path))
        let looks = AsyncStream<Void>.makeStream()
        let thread = try #require(WatchThread(path: path, pause: 0) { looks.continuation.yield() })
        var iterator = looks.stream.makeAsyncIterator()
        await iterator.next()
        // Of a file beside it, and reading: no look comes of these, so the next one is that of the write.
        try Data([1]).write(to: URL(fileURLWithPath: directory.file("other")))
        _ = try Data(contentsOf: URL(fileURLWithPath: path))
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: Data([1]))
        await iterator.next()
        thread.end()
        thread.wait()
        looks.continuation.finish()
        #expect(await iterator.next() == nil, "it looked once at the start and once for the write")
    }
}

/// Two programs on one file; their passwords cost nothing.
private final class TwoPrograms: Sendable {
    struct Half: Sendable {
        let database: StoreDatabase
        let link: FileLink
        let all: EngineServices

        var services: StoreServices { all.services }
    }

    let near: Half
    let far: Half
    private let directory: TemporaryDirectory

    init(_ clock: TestClock) throws {
        let directory = try TemporaryDirectory()
        self.directory = directory
        func open() throws -> Half {
            let database = try StoreDatabase.open(at: directory.file("store.db"), createdAs: .test())
            let link = FileLink(database)
            let core = StoreCore(
                engine: try SQLiteEngine(database), clock: clock, zones: TestZones(), chain: Till.standard,
                digest: PlainDigest.of, changes: ChangeHub(link: link))
            return Half(
                database: database, link: link,
                all: EngineServices(
                    core: core, hasher: PlainHasher(), cart: MemoryCart(), offer: .till(Till.standard),
                    firstAccountIsAdmin: true))
        }
        near = try open()
        far = try open()
    }

    deinit {
        for half in [near, far] {
            half.link.close()
            try? half.database.close()
        }
    }
}
