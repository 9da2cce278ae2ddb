import StoreDomain
import StorefrontCore
import TerminalKit

/// Runs the program line by line: lines become actions, actions change the state, effects go to the services,
/// and what a person needs of the new state is printed. The sibling of `Runtime` for those who read lines.
public actor PlainRuntime {
    private(set) var state: AppState
    let words: PlainWords
    private let terminal: any LineTerminal
    private let ports: any RuntimePorts
    private let zone: ZoneOffset
    private let executor: (any TaskExecutor)?
    private let sleep: @Sendable (Duration) async throws -> Void

    private var effects: EffectQueue
    private var idleness = IdleWatch()
    private var signInWait = WaitWatch()
    private var patience: Task<Void, Never>?
    /// Lines that wait until what the ones before asked for is done.
    private var inputs: [LineInput] = []
    private var handledInputs = 0
    private var waiters: [(inputs: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// What was printed of the place last, so that only what is new is told.
    private var toldScreen: PlainSheet?
    private var toldOverlay: PlainSheet?
    private var toldStatus: StatusMessage?
    private var toldHints: Set<ScreenKind> = []
    /// The question that waits for its line; nil while something is done.
    private var openPrompt: PlainPrompt?
    private var lastPrompt: PlainPrompt?
    /// The line did something.
    private var hasActed = false
    /// It tried again what has a problem, so that the problem is told again too.
    private var hasTried = false
    /// What the line asked to hear beside what is new.
    private var reply = PlainReply.news
    /// The way to pay of this payment was asked for and answered.
    var hasChosenWay = false

    /// What was not heard when another shop was chosen, and everything that comes later.
    public nonisolated let rest: AsyncStream<LineInput>
    private let restInput: AsyncStream<LineInput>.Continuation

    private var hasEnded = false
    private var ending: EndReason?
    private var ender: CheckedContinuation<Void, Never>?

    /// - Parameters:
    ///   - executor: what tasks run on; nil for the pool.
    ///   - sleep: waits; ends early by an error when its task is cancelled.
    public init(
        state: AppState, keyMap: KeyMap = .standard, zone: @escaping ZoneOffset = { _ in 0 },
        terminal: any LineTerminal, services: StoreServices, ids: any IDSource, ports: any RuntimePorts,
        executor: (any TaskExecutor)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.state = state
        words = PlainWords(keyMap: keyMap)
        self.zone = zone
        self.terminal = terminal
        self.ports = ports
        self.executor = executor
        self.sleep = sleep
        (rest, restInput) = AsyncStream.makeStream()
        effects = EffectQueue(
            runner: EffectRunner(
                services: services, ids: ids, ports: ports, zone: zone,
                shopName: state.context.policy.shopName), executor: executor)
    }

    /// A page is what one listens to in one go.
    private static let viewport = Viewport(
        width: 80, height: 24, shopRows: 10, orderRows: 10, hasSideBar: false)

    /// Runs until the user quits, the lines end or a signal comes; nil for the first two. Returns once
    /// everything that was told is on disk. Where the state then names a destination, `rest` has the lines
    /// for whoever goes on there.
    ///
    /// - Parameter notice: something about the start that the user should know.
    public func run(notice: String? = nil) async -> EndReason? {
        reply = .place
        dispatch(.resized(Self.viewport))
        if let notice { dispatch(.noticed(notice)) }
        dispatch(.started)
        let listener = ports.follow(on: executor) { await self.heard($0) }
        let reader = Task(executorPreference: executor) {
            for await input in self.terminal.input { await self.hear(input) }
            self.restInput.finish()
        }
        goOn()
        if !hasEnded { await withCheckedContinuation { ender = $0 } }
        patience?.cancel()
        idleness.stop()
        signInWait.stop()
        listener?.cancel()
        if state.destination == nil { reader.cancel() }
        await effects.settle()
        return ending
    }

    /// The state as it is, for tests.
    public var snapshot: AppState { state }

    /// Returns when that many lines were carried out and nothing is under way, or at the end.
    public func untilQuiet(after lines: Int = 0) async {
        guard !hasEnded, handledInputs < lines || !isQuiet else { return }
        await withCheckedContinuation { waiters.append((lines, $0)) }
    }

    // MARK: - Lines

    private func hear(_ input: LineInput) {
        guard !hasEnded else {
            restInput.yield(input)
            return
        }
        idleness.note()
        if case .ended(let reason?) = input { return end(reason) }
        inputs.append(input)
        goOn()
    }

    /// Tells what is new and takes the next line, as long as nothing is under way.
    private func goOn() {
        while isQuiet, !hasEnded {
            if state.isEnding { return end(nil) }
            tell()
            guard !inputs.isEmpty else { break }
            take(inputs.removeFirst())
            handledInputs += 1
        }
        guard !hasEnded else { return }
        watchPatience()
        if isQuiet { wakeWaiters() }
    }

    private func take(_ input: LineInput) {
        guard case .line(let line) = input, let prompt = openPrompt else { return endOfLines() }
        openPrompt = nil
        terminal.hideTyping(false)
        if prompt.isSecret {
            terminal.write("\n")
        } else if !terminal.echoes {
            terminal.write(spelled(line) + "\n")
        }
        reply = carryOut(line, at: prompt)
    }

    /// As quitting, but there is nobody left to be asked.
    private func endOfLines() {
        let pieces = state.cart.cart.pieces
        let isKept = pieces > 0 && !state.context.isThrowAway
        terminal.write("\n" + (isKept ? "Your cart is kept: \(counted(pieces, "piece")).\n" : ""))
        end(nil)
    }

    private func end(_ reason: EndReason?) {
        guard !hasEnded else { return }
        hasEnded = true
        ending = reason
        for input in inputs { restInput.yield(input) }
        inputs = []
        ender?.resume()
        ender = nil
        wakeWaiters()
    }

    private func wakeWaiters() {
        let met = waiters.filter { hasEnded || $0.inputs <= handledInputs }
        waiters.removeAll { hasEnded || $0.inputs <= handledInputs }
        for waiter in met { waiter.continuation.resume() }
    }

    // MARK: - Actions and effects

    func dispatch(_ action: AppAction) {
        switch action {
        case .edit: (hasActed, hasTried) = (true, true)
        case .command, .rowClicked, .answered, .scanned:
            hasActed = true
            if state.screen == .checkout { hasTried = true }
        default: break
        }
        for effect in AppModel.update(&state, action) { start(effect) }
        if state.checkout?.step != .payment || state.screen != .checkout { hasChosenWay = false }
        idleness.follow(state, on: executor, sleep: sleep) { await self.signOutIfIdle() }
        signInWait.follow(state, inSteps: false, on: executor, sleep: sleep) { await self.heard($0) }
    }

    private func start(_ effect: Effect) {
        switch effect {
        case .redraw, .suspend, .beep, .setMouseCapture, .previewTheme, .keepTheme, .quit: break
        default:
            effects.start(
                effect, isDemo: state.context.isDemo, heard: { await self.heard($0) },
                ended: { await self.finished($0, $1) })
        }
    }

    private func heard(_ action: AppAction) {
        dispatch(action)
        goOn()
    }

    private func finished(_ id: Int, _ action: AppAction?) {
        effects.remove(id)
        if let action { dispatch(action) }
        goOn()
    }

    /// Nothing is under way that a person waits for.
    private var isQuiet: Bool {
        effects.effects.allSatisfy { if case .reconnect = $0 { true } else { false } }
    }

    private func signOutIfIdle() -> Duration? {
        if let left = idleness.timeLeft() { return left }
        heard(.idledTooLong)
        return nil
    }

    /// What takes longer than a second is told, once.
    private func watchPatience() {
        guard !isQuiet, openPrompt == nil else {
            patience?.cancel()
            patience = nil
            return
        }
        guard patience == nil else { return }
        patience = Task(executorPreference: executor) {
            do { try await self.sleep(.seconds(1)) } catch { return }
            await self.tellWork()
        }
    }

    private func tellWork() {
        guard !isQuiet, openPrompt == nil, !Task.isCancelled else { return }
        let longest = effects.durations.max { $0.value < $1.value }?.key
        let title = longest?.workTitle ?? "Working"
        terminal.write(spelled("Still \(title.withSmallStart)\u{2026}") + "\n")
    }

    // MARK: - Telling

    var page: PlainPage { view.page }

    private var view: PlainView { PlainView(state: state, zone: zone, hasChosenWay: hasChosenWay) }

    private func tell() {
        var lines: [String] = []
        if let status = state.status, status != toldStatus || hasActed {
            lines.append((status.kind == .failure ? "Error: " : "") + status.text.asSentence)
        }
        toldStatus = state.status
        while let overlay = state.overlays.last, overlay.isRead, let sheet = view.page.overlay {
            lines += [sheet.title] + sheet.lines.map(\.spoken)
            dispatch(.command(.back))
        }
        if case .text(let text) = reply { lines += text }
        let page = view.page
        if let overlay = page.overlay {
            if overlay.title != toldOverlay?.title || reply == .place || hasTried {
                lines += [overlay.title] + overlay.lines.map(\.spoken)
            }
        } else {
            lines += news(of: page.screen)
            toldScreen = page.screen
        }
        toldOverlay = page.overlay
        // Silence would leave open whether anything was heard.
        if lines.isEmpty, hasActed, page.prompt == lastPrompt { lines = ["Nothing changed."] }
        reply = .news
        (hasActed, hasTried) = (false, false)
        guard !lines.isEmpty || openPrompt != page.prompt else { return }
        // It came by itself, behind a question that is open.
        if openPrompt != nil { terminal.write("\n") }
        terminal.write(lines.map { spelled($0) + "\n" }.joined() + spelled(page.prompt.text))
        terminal.hideTyping(page.prompt.isSecret)
        openPrompt = page.prompt
        lastPrompt = page.prompt
    }

    private func news(of sheet: PlainSheet) -> [String] {
        let row = state.selectedRow.flatMap { row in sheet.lines.first { $0.number == row + 1 } }
        guard sheet.title == toldScreen?.title, reply != .place else {
            let hint = toldHints.insert(state.screen).inserted ? sheet.hint : nil
            let here = reply == .selection ? row.map { "Now at \($0.spoken)" } : nil
            return (reply == .place ? [view.surroundings] : []) + [sheet.title] + sheet.lines.map(\.spoken)
                + [hint, here].compactMap { $0 }
        }
        if reply == .selection, state.status == nil, let row { return [row.spoken] }
        guard sheet.tellsChanges else { return [] }
        let told = Set((toldScreen?.lines ?? []).map(\.text))
        return sheet.lines.filter { !told.contains($0.text) || $0.isProblem && hasTried }.map(\.spoken)
    }

    private func spelled(_ line: String) -> String {
        let harmless = Sanitizer.harmless(line)
        return terminal.isUnicode ? harmless : Spelling.spell(harmless, in: .ascii)
    }
}

/// What a line asks to hear beside what is new.
enum PlainReply: Equatable {
    case news
    /// The whole place.
    case place
    /// The row that is selected.
    case selection
    case text([String])
}

extension Overlay {
    /// A text that is read and done with.
    fileprivate var isRead: Bool {
        switch self {
        case .explain, .about, .help: true
        default: false
        }
    }
}

extension AppState {
    /// In the list that is shown, counted from 0.
    fileprivate var selectedRow: Int? {
        switch screen {
        case .shop: shop.selection
        case .cart: cart.selection
        case .orders: orders.selection
        case .welcome: welcome.selection.rawValue
        case .signIn, .register, .product, .checkout, .receipt, .order: nil
        }
    }
}
