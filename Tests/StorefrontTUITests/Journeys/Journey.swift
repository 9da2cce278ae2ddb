import StoreDomain
import StoreSQLite
import StoreTesting
import StorefrontCore
import StorefrontTUI
import Synchronization
import TerminalKit
import Testing

/// One run of the program on a terminal in memory and real services: press, wait until nothing is under way,
/// look.
final class Journey: Sendable {
    let terminal: TestTerminal
    let ports: JourneyPorts
    private let runtime: Runtime
    private let program: Task<EndReason?, Never>
    private let sent = Counter()

    /// - Parameters:
    ///   - services: where they are not the store's own.
    ///   - visitor: who has come, in a kiosk; nil elsewhere.
    ///   - executor: what it all runs on; nil for the pool.
    init(
        _ store: LocalStore, services: StoreServices? = nil, start: StartScreen = .shop,
        size: Size = Size(width: 80, height: 24), ids: any IDSource = CountedIDs(from: 100),
        reducedMotion: Bool = false, hasTill: Bool = false, visitor: VisitorStanding? = nil,
        executor: (any TaskExecutor)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        allowance: ProcessorAllowance? = nil, recorder: (any SessionRecorder)? = nil
    ) async {
        terminal = TestTerminal(size: size)
        ports = JourneyPorts(database: store.database)
        var context = AppContext(
            policy: store.policy, isDemo: store.isDemo, storePath: store.path,
            isReadOnly: store.isReadOnly, hasPrinter: true, hasClipboard: true, version: "test",
            themes: ["default", "mono", "broken"])
        context.hasTill = hasTill
        if let visitor { (context.kiosk, context.visitor) = (KioskRules(idle: 90), visitor) }
        runtime = Runtime(
            state: AppState(context: context, start: start),
            context: ViewContext(
                render: RenderContext(theme: .standard, glyphs: .unicode), reducedMotion: reducedMotion),
            terminal: terminal, services: services ?? store.services, ids: ids, ports: ports,
            executor: executor, ticks: Ticks(sleep: sleep), allowance: allowance, recorder: recorder)
        let runtime = runtime
        program = Task(executorPreference: executor) { await runtime.run() }
        // The first event is heard only once the program has started.
        await hear(.focus(true))
    }

    // MARK: - What a person does

    func press(_ keys: Key...) async {
        for key in keys { await hear(.key(key)) }
    }

    func press(_ letter: Character) async { await press(.character(letter)) }

    func type(_ text: String) async {
        for character in text { await hear(.key(.character(character))) }
    }

    /// Keys as a scanner sends them: none waits for the one before.
    func scan(_ code: String) async {
        for character in code { send(.key(.character(character))) }
        await press(.enter)
    }

    func hear(_ event: TerminalEvent) async {
        send(event)
        await untilIdle()
    }

    /// Sends without waiting.
    func send(_ event: TerminalEvent) {
        sent.next()
        terminal.send(event)
    }

    func untilIdle() async { await runtime.untilIdle(after: Int(sent.count)) }

    func resize(_ size: Size) async {
        sendResize(size)
        await untilIdle()
    }

    func sendResize(_ size: Size) {
        sent.next()
        terminal.resize(size)
    }

    func click(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let found = place(of: text)
        let point = try #require(found, "\(text) is not on\n\(screen)", sourceLocation: sourceLocation)
        await hear(.mouse(MouseEvent(kind: .press, position: point)))
    }

    /// Signs in through the form.
    func signIn(_ role: Role) async {
        await press(.function(5))
        // With an e-mail there already, the password has the keys; what is typed over it replaces it.
        if await state.signIn?.form.focused.name == "password" { await press(.backTab) }
        await type("\(role.name)@example.com")
        await press(.tab)
        await type(DemoData.password.revealed)
        await press(.enter)
    }

    /// Waits for the end that `q` or a signal has brought.
    func end() async -> EndReason? { await program.value }

    /// As a power cut would: nothing more is heard or shown.
    func abandon() { terminal.close() }

    // MARK: - What a person sees

    var screen: String { terminal.lastSurface?.text ?? "nothing was drawn" }
    var state: AppState { get async { await runtime.snapshot } }

    func expect(_ texts: String..., sourceLocation: SourceLocation = #_sourceLocation) {
        for text in texts {
            let isThere = screen.contains(text)
            #expect(isThere, "\"\(text)\" is not on\n\(screen)", sourceLocation: sourceLocation)
        }
    }

    func expectNot(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let isThere = screen.contains(text)
        #expect(!isThere, "\"\(text)\" is on\n\(screen)", sourceLocation: sourceLocation)
    }

    private func place(of text: String) -> Point? {
        for (y, line) in screen.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard let range = line.range(of: text) else { continue }
            return Point(x: TextWidth.width(of: String(line[..<range.lowerBound])), y: y)
        }
        return nil
    }
}

/// Printer, files and themes that remember what they were asked for.
final class JourneyPorts: RuntimePorts {
    private struct State {
        var printed: [String] = []
        /// To whom, and what.
        var mailed: [(String, String)] = []
        var drawerOpenings = 0
        var saved: [Int64: String] = [:]
        /// Reports of shifts, by name.
        var reports: [String: String] = [:]
        var journals: [String: [JournalRecord]] = [:]
        var exported: [[Int64]] = []
        var keptThemes: [String] = []
        var keptEmails: [String] = []
        var screens: [String] = []
        var failure: StoreError?
    }

    private let database: StoreDatabase
    private let state = Mutex(State())

    init(database: StoreDatabase) { self.database = database }

    var drawerOpenings: Int { state.withLock { $0.drawerOpenings } }
    var printed: [String] { state.withLock { $0.printed } }
    var mailed: [(String, String)] { state.withLock { $0.mailed } }
    var saved: [Int64: String] { state.withLock { $0.saved } }
    var reports: [String: String] { state.withLock { $0.reports } }
    /// What was written of the journal, by chain.
    var journals: [String: [JournalRecord]] { state.withLock { $0.journals } }
    /// The ids of the orders that were exported, by file.
    var exported: [[Int64]] { state.withLock { $0.exported } }
    /// The screens that were saved, as text.
    var screens: [String] { state.withLock { $0.screens } }
    var keptThemes: [String] { state.withLock { $0.keptThemes } }

    var keptEmails: [String] { state.withLock { $0.keptEmails } }

    func fail(with error: StoreError?) { state.withLock { $0.failure = error } }

    private func check() throws(StoreError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }

    func openDrawer() async throws(StoreError) {
        try check()
        state.withLock { $0.drawerOpenings += 1 }
    }

    func printReceipt(_ page: PrintedPage) async throws(StoreError) {
        try check()
        state.withLock { $0.printed.append(page.text) }
    }

    func mailReceipt(_ text: String, subject: String, to recipient: Email) async throws(StoreError) {
        try check()
        state.withLock { $0.mailed.append((recipient.address, text)) }
    }

    func saveReceipt(_ text: String, orderID: Int64) async throws(StoreError) -> String {
        try check()
        state.withLock { $0.saved[orderID] = text }
        return "receipt-\(orderID).txt"
    }

    func saveReport(_ text: String, named name: String, ending: String)
        async throws(StoreError) -> String
    {
        try check()
        state.withLock { $0.reports[name] = text }
        return "\(name).\(ending)"
    }

    func saveExport(_ export: CustomerExport) async throws(StoreError) -> String {
        try check()
        return "customer-\(export.user.id).json"
    }

    func saveJournal(
        of chain: String,
        _ records: @escaping @Sendable (_ number: Int) async throws(StoreError) -> [JournalRecord]
    ) async throws(StoreError) -> String {
        try check()
        var (all, next): ([JournalRecord], Int) = ([], 1)
        while true {
            let some = try await records(next)
            guard let last = some.last else { break }
            all += some
            next = last.number + 1
        }
        let found = all
        state.withLock { $0.journals[chain] = found }
        return "journal-\(chain).jsonl"
    }

    func keepMacro(_ macro: TillMacro) async throws(StoreError) -> MacroShelf {
        throw .unsupported("keeping macros")
    }

    func reconnect(attempt: Int) async -> Bool { true }

    func copyThroughTmux(_ text: String) async throws(StoreError) { try check() }

    func exportOrders(_ orders: [Order]) async throws(StoreError) -> String {
        try check()
        state.withLock { $0.exported.append(orders.map(\.id)) }
        return "orders.csv"
    }

    func saveScreen(
        _ surface: Surface, as form: PictureForm, title: String
    ) async throws(StoreError) -> String {
        try check()
        state.withLock { $0.screens.append(surface.text) }
        return "screen.\(form.ending)"
    }

    func setUp(_ country: Country) async throws(StoreError) -> ShopPolicy {
        try check()
        return try CountryPreset(country).newPolicy()
    }

    func loadDemoData(progress: @escaping @Sendable (Int, Int) -> Void) async throws(StoreError) {
        try check()
        try await DemoData.fill(database, products: 20, now: JourneyStore.now) { progress($0, 20) }
    }

    func lookAtCatalog(_ file: String, _ choices: ImportChoices, as principal: Principal)
        async throws(StoreError) -> ImportPreview
    {
        try check()
        return .fixture(of: file, choices)
    }

    func importCatalog(
        _ preview: ImportPreview, _ choices: ImportChoices, as principal: Principal,
        progress: @escaping @Sendable (Int, Int) -> Void
    ) async throws(StoreError) -> ImportOutcome {
        try check()
        progress(1, preview.products)
        return .done(preview)
    }

    /// A list of one delivery: three pieces of the first product.
    func readDelivery(_ file: String) async throws(StoreError) -> DeliveryNote {
        try check()
        return DeliveryNote(
            name: file, lines: [DeliveryNote.Line(row: 2, codes: [file], pieces: 3)])
    }

    func findShop(at address: String) async throws(StoreError) -> String {
        try check()
        return address
    }

    func theme(named name: String) throws(StoreError) -> Theme {
        if name == "broken" { throw .device("broken.yaml line 3: no such colour") }
        return .standard
    }

    func keepTheme(named name: String) throws(StoreError) { state.withLock { $0.keptThemes.append(name) } }

    func keepEmail(_ email: String) async throws(StoreError) {
        try check()
        state.withLock { $0.keptEmails.append(email) }
    }
}
