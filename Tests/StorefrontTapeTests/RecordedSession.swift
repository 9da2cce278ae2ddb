import Foundation
import StoreContracts
import StoreDomain
import StoreSQLite
import StorefrontCore
import StorefrontTUI
@testable import StorefrontTape
import Synchronization
import TerminalKit

/// A run of the real program on a terminal in memory and a throw-away demo shop, recorded on a tape of its own.
final class RecordedSession: Sendable {
    static let now = Timestamp(seconds: 1_795_000_000)
    static let seed: UInt64 = 7
    static let products = 30

    let terminal: TestTerminal
    let path: String
    private let folder: URL
    private let store: LocalStore
    private let recorder: TapeRecorder
    private let faults = StoreFaults(clock: RecordedSession.now, zone: OnlyUTC().machine)
    private let runtime: Runtime
    private let program: Task<EndReason?, Never>
    private let sent = Mutex(0)

    /// - Parameters:
    ///   - limit: of a flight recorder; nil for a whole tape.
    ///   - earlier: what is done before anything is heard.
    ///   - isOwn: in a shop of one's own, and so masked.
    ///   - people: accounts that the shop has from the beginning.
    ///   - ticks: by which the shop's clock goes; nil for one that stands.
    ///   - stage: the name of the one at which it begins; nil for none.
    init(
        size: Size = Size(width: 80, height: 24), limit: Int? = nil, earlier: [EarlierEvent] = [],
        isOwn: Bool = false, people: [(name: String, email: String)] = [], ticks: HandTicks? = nil,
        theme: Theme = .standard, stage: String? = nil
    ) async throws {
        folder = try Self.newFolder()
        path = folder.appending(path: "session.tape").path
        let ids = SeededIDs(seed: Self.seed)
        let store = try Self.shop(ids, clock: faults)
        self.store = store
        var facts = Self.facts
        facts.isMasked = isOwn ? true : nil
        facts.clockRuns = ticks == nil ? nil : true
        facts.stage = stage
        let shopClock = faults
        recorder = try TapeRecorder(
            path: path, facts: facts, limit: limit, now: { ticks?.now ?? .now },
            passed: { if ticks != nil { shopClock.pass(milliseconds: $0) } })
        for person in people {
            _ = try await store.services.auth.register(
                Registration(email: person.email, name: person.name, password: Secret("a long password")))
        }
        terminal = TestTerminal(size: size)
        var context = isOwn ? Self.ownContext(store) : Self.context(store)
        context.theme = theme.name
        runtime = Runtime(
            state: AppState(context: context, start: .shop),
            context: ViewContext(render: RenderContext(theme: theme, glyphs: .unicode)),
            terminal: terminal, services: faults.wrap(store.services), ids: ids,
            ports: SilentPorts(faults: faults), recorder: recorder)
        let runtime = runtime
        program = Task { await runtime.run(earlier: earlier) }
        await hear(.focus(true))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    static func newFolder() throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appending(path: "tape-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return folder
    }

    static func shop(_ ids: any IDSource, clock: any StoreClock = TestClock(now)) throws -> LocalStore {
        try LocalStore.demoInMemory(
            products: products, purpose: .till(), policy: ShopPolicy(shopName: "Corner Shop"),
            clock: clock, zones: OnlyUTC(), ids: ids, hasher: hasher)
    }

    /// Each shop has the same people.
    private static let hasher = RememberingHasher()

    static var facts: TapeFacts {
        TapeFacts(
            program: "test", system: "test", arguments: [], seed: seed, clock: now, products: products,
            zone: "UTC", locale: "C.UTF-8")
    }

    static func context(_ store: LocalStore) -> AppContext {
        var context = AppContext(
            policy: store.policy, isDemo: true, isThrowAway: true, storeLabel: "demo", version: "test")
        context.hasTill = true
        context.qa = .ofTester(seed: seed, clock: now)
        return context
    }

    static func ownContext(_ store: LocalStore) -> AppContext {
        var context = AppContext(
            policy: store.policy, isDemo: false, isThrowAway: false, storeLabel: "local",
            storePath: "/srv/shop.db", version: "test")
        context.hasTill = true
        return context
    }

    // MARK: - What a person does

    func press(_ keys: Key...) async { for key in keys { await hear(.key(key)) } }

    func type(_ text: String) async { for character in text { await hear(.key(.character(character))) } }

    func hear(_ event: TerminalEvent) async {
        send(event)
        await runtime.untilIdle(after: sent.withLock { $0 })
    }

    /// Sends without waiting.
    func send(_ event: TerminalEvent) {
        sent.withLock { $0 += 1 }
        terminal.send(event)
    }

    /// Returns when an answer is kept back.
    func untilKeptBack() async { while !faults.keepsBack { await Task.yield() } }

    func resize(_ size: Size) async {
        sent.withLock { $0 += 1 }
        terminal.resize(size)
        await runtime.untilIdle(after: sent.withLock { $0 })
    }

    var screen: String { terminal.lastSurface?.text ?? "nothing was drawn" }
    var state: AppState { get async { await runtime.snapshot } }
    /// What comes after the session.
    var wish: QAWish? { get async { await runtime.wish } }
    /// What the shop's clock shows.
    var now: Timestamp { faults.now() }

    /// Ends the session and reads its tape.
    func finish() async throws -> Tape { try Tape(await finishText()) }

    func finishText() async throws -> String {
        terminal.send(.ended(.hangup))
        _ = await program.value
        recorder.close()
        try store.close()
        return String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}

/// Time that passes when somebody says so.
final class HandTicks: Sendable {
    private let instant = Mutex(ContinuousClock.Instant.now)

    var now: ContinuousClock.Instant { instant.withLock { $0 } }
    func pass(_ duration: Duration) { instant.withLock { $0 += duration } }
}

/// Proves tapes of `RecordedSession` in shops like its own.
enum ProofOfSession {
    static func prove(
        _ tape: Tape, _ answers: Proof.Answers = .taped,
        defect: (@Sendable (TerminalEvent, [Gesture]) -> [Gesture])? = nil
    ) async throws -> ProofResult {
        try await withShop { shop in
            var proof = Proof(tape, in: shop, answers: answers, defect: defect)
            return await proof.run()
        }
    }

    /// - Parameter verify: what is wrong with the store instead of what its verifier says.
    static func withShop(
        verify: [String]? = nil, _ body: (ProofShop) async throws -> ProofResult
    ) async throws -> ProofResult {
        let ids = SeededIDs(seed: RecordedSession.seed)
        let faults = StoreFaults(clock: RecordedSession.now, zone: OnlyUTC().machine)
        let store = try RecordedSession.shop(ids, clock: faults)
        let shop = ProofShop(
            outside: Outside(
                services: faults.wrap(store.services), ids: ids, ports: SilentPorts(), zones: OnlyUTC()),
            checked: CheckedShop(store.services) { () throws(StoreError) in
                if let verify { return verify }
                return try await StoreVerifier(store.database).verify().map(\.sentence)
            },
            faults: faults, zones: OnlyUTC(), secret: Secret(AppContext.demoPassword),
            themes: { _ in nil })
        let result = try await body(shop)
        try store.close()
        return result
    }

    static func film(_ tape: Tape) throws -> Film { try Film(tape, zones: OnlyUTC()) { _ in nil } }
}

/// Printer and files that take everything and keep nothing.
struct SilentPorts: RuntimePorts {
    /// nil where nothing goes wrong on purpose.
    var faults: StoreFaults?

    func arm(fault: String) {
        if let fault = TapedFault(fault) { faults?.arm(fault) }
    }
    var standingFaults: [String] { faults?.standing ?? [] }
    func heldBack<Value: Sendable>(_ body: @Sendable () async -> Value) async -> Value {
        if let faults { await faults.heldBack(body) } else { await body() }
    }
    func passEvent(waits: Bool) { faults?.passEvent(waits: waits) }
    func openDrawer() async throws(StoreError) {}
    func printReceipt(_ page: PrintedPage) async throws(StoreError) {}
    func mailReceipt(_ text: String, subject: String, to recipient: Email) async throws(StoreError) {}
    func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy {
        throw .unsupported("another country")
    }
    func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String {
        "receipt-\(orderID).txt"
    }
    func saveReport(_ text: String, named name: String, ending: String)
        async throws(StoreError) -> String
    { "\(name).\(ending)" }
    func copyThroughTmux(_ text: String) async throws(StoreError) {}
    func exportOrders(_ orders: [Order]) async throws(StoreError) -> String { "orders.csv" }
    func saveExport(_ export: CustomerExport) async throws(StoreError) -> String {
        "customer-\(export.user.id).json"
    }
    func saveJournal(
        of chain: String,
        _ records: @escaping @Sendable (_ number: Int) async throws(StoreError) -> [JournalRecord]
    ) async throws(StoreError) -> String { "journal-\(chain).jsonl" }
    func keepMacro(_ macro: TillMacro) async throws(StoreError) -> MacroShelf {
        throw .unsupported("keeping macros")
    }
    func reconnect(attempt: Int) async -> Bool { true }
    func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError) {
        throw .unsupported("demo data")
    }
    func findShop(at address: String) async throws(StoreError) -> String { throw .unsupported("servers") }
    func keepTheme(named name: String) throws(StoreError) {}
    func keepEmail(_ email: String) async throws(StoreError) {}
    func lookAtCatalog(_ file: String, _ choices: ImportChoices, as principal: Principal)
        async throws(StoreError) -> ImportPreview
    { throw .unsupported("catalogue files") }
    func importCatalog(
        _ preview: ImportPreview, _ choices: ImportChoices, as principal: Principal,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(StoreError) -> ImportOutcome { throw .unsupported("catalogue files") }
    func readDelivery(_ file: String) async throws(StoreError) -> DeliveryNote {
        throw .unsupported("lists of deliveries")
    }
    func theme(named name: String) throws(StoreError) -> Theme { throw .unsupported("themes") }
    func saveScreen(_ surface: Surface, as form: PictureForm, title: String) async throws(StoreError)
        -> String
    { "screen.\(form.ending)" }
}
