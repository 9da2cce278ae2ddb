import StoreDomain
import StorefrontCore
import TerminalKit

/// Runs the program: events become actions, actions change the state, requests go to the services, the state
/// becomes a picture. The one place where these meet; whatever shows is in the state.
public actor Runtime {
    private var state: AppState
    private var context: ViewContext
    private let terminal: any Terminal
    private let ports: any RuntimePorts
    private let executor: (any TaskExecutor)?
    private let sleep: @Sendable (Duration) async throws -> Void

    private var frame: Frame
    private var requests: RequestQueue
    private var ticker: Task<Void, Never>?
    private var listening: Task<Void, Never>?
    private var idleness = IdleWatch()
    private var signInWait = WaitWatch()
    private var payment = PaymentWatch()
    private var handledEvents = 0
    private var idleWaiters: [(events: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private var ending: EndReason?
    private var hasEnded = false
    private var trail = CommandTrail()
    private let walkingKeys: Set<Key>
    // What the terminal was told last of the state.
    private var passedInScans: Set<Key>?
    private var theme: String
    private var hasMouse: Bool

    /// - Parameters:
    ///   - executor: what tasks run on; nil for the pool.
    ///   - sleep: waits; ends early by an error when its task is cancelled.
    public init(
        state: AppState, context: ViewContext, terminal: any Terminal, services: StoreServices,
        ids: any IDSource, ports: any RuntimePorts, executor: (any TaskExecutor)? = nil,
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    ) {
        self.executor = executor
        self.sleep = sleep
        self.state = state
        self.context = context
        self.terminal = terminal
        self.ports = ports
        walkingKeys = context.keyMap.walkingKeys
        theme = state.shownTheme
        hasMouse = state.desk.hasMouse
        requests = RequestQueue(
            outside: Outside(
                services: services, ids: ids, ports: ports, zones: context.zones), executor: executor)
        frame = Frame(size: terminal.size, context: context)
    }

    /// Runs until the user quits or the terminal ends; nil when it was the user. Returns once everything that
    /// was acknowledged on the screen is on disk.
    ///
    /// - Parameter notice: something about the start that the user should know.
    public func run(notice: String? = nil) async -> EndReason? {
        dispatch(.resized(AppView.viewport(terminal.size)))
        if let notice = notice ?? terminal.abilities.notice { dispatch(.noticed(notice)) }
        dispatch(.started)
        let listener = ports.follow(on: executor) { await self.dispatch($0) }
        let listening = Task(executorPreference: executor) { await self.listen() }
        self.listening = listening
        await listening.value
        ticker?.cancel()
        idleness.stop()
        signInWait.stop()
        payment.stop()
        listener?.cancel()
        // Who was sent away by a signal, or has quit twice, waits no longer than a moment.
        if ending == nil, state.desk.requests.mustFinish.isEmpty {
            await requests.settle()
        } else {
            await requests.settleSoon(sleep: sleep)
        }
        hasEnded = true
        wakeIdleWaiters()
        return ending
    }

    /// The state as it is, for tests and reports.
    public var snapshot: AppState { state }

    /// Returns when that many events of the terminal were heard and nothing is under way, or at the end.
    public func untilIdle(after events: Int = 0) async {
        guard !hasEnded, handledEvents < events || !requests.isEmpty else { return }
        await withCheckedContinuation { idleWaiters.append((events, $0)) }
    }

    private func wakeIdleWaiters() {
        guard hasEnded || requests.isEmpty else { return }
        let met = idleWaiters.filter { hasEnded || $0.events <= handledEvents }
        idleWaiters.removeAll { hasEnded || $0.events <= handledEvents }
        for waiter in met { waiter.continuation.resume() }
    }

    // MARK: - Events

    private func listen() async {
        for await timed in terminal.events {
            // An answer may have ended it meanwhile.
            guard !state.isEnding else { return }
            handle(timed)
            if ending != nil { return }
        }
    }

    private func handle(_ timed: TimedEvent) {
        idleness.note()
        defer {
            handledEvents += 1
            wakeIdleWaiters()
        }
        switch timed.event {
        case .key(let key): press(key)
        case .scan(let scan) where state.takesScans && !state.isTyping(scan.code):
            dispatch(.scanned(Sanitizer.harmless(scan.code)))
        case .scan(let scan):
            for character in scan.code { press(.character(character)) }
            press(scan.end)
        case .paste(let text): dispatch(state.pasting(Sanitizer.harmless(text, keepNewlines: true)))
        case .mouse(let mouse): handle(mouse)
        case .resize(let size): dispatch(.resized(AppView.viewport(size)))
        case .focus: break
        case .resumed: terminal.redraw()
        case .ended(let reason): ending = reason
        }
    }

    private func press(_ key: Key) {
        let action = context.keyMap.action(for: key, in: state, scroller: frame.scroller)
        if let action { dispatch(action) }
    }

    private func handle(_ mouse: MouseEvent) {
        switch (mouse.kind, mouse.button) {
        case (.wheelUp, _): for _ in 0..<3 { dispatch(Command.up.action(frame.scroller)) }
        case (.wheelDown, _): for _ in 0..<3 { dispatch(Command.down.action(frame.scroller)) }
        case (.press, .left):
            switch frame.meaning(at: mouse.position) {
            case .command(let command): dispatch(.command(command))
            case .row(let row): dispatch(.rowClicked(row, opens: opens(row: row)))
            case .category(let index): dispatch(.categoryClicked(index))
            case .pane(.search): dispatch(.command(.search))
            case .pane, nil: break
            }
        case (.press, _), (.release, _): break
        }
    }

    // MARK: - Actions and requests

    private func dispatch(_ action: AppAction) {
        // Before anything can go wrong with it.
        if trail.add(action) { terminal.noteForCrash(trail.text(state, size: terminal.size)) }
        for effect in AppModel.update(&state, action) { start(effect) }
        showTheme()
        frame = AppView.render(state, size: terminal.size, context: context)
        terminal.present(frame.surface)
        idleness.follow(state, on: executor, sleep: sleep) { await self.signOutIfIdle() }
        payment.follow(state, on: executor, sleep: sleep) { await self.dispatch(.paymentStillOpen) }
        signInWait.follow(state, inSteps: !context.reducedMotion, on: executor, sleep: sleep) {
            await self.dispatch($0)
        }
        gatherScans()
        if state.desk.hasMouse != hasMouse {
            hasMouse = state.desk.hasMouse
            terminal.setMouseCapture(hasMouse)
        }
        if state.isEnding { listening?.cancel() }
    }

    /// Whether a click on that row is one on the selected row.
    private func opens(row: Int) -> Bool { !state.overlays.isEmpty || state.screen.feature.opens(row: row) }

    /// What is typed into the search waits whole; elsewhere only keys wait that would do something.
    private func gatherScans() {
        let passed = state.takesScans ? state.focusedField == nil ? walkingKeys : [] : nil
        guard passed != passedInScans else { return }
        passedInScans = passed
        terminal.gatherScans(passing: passed)
    }

    private func start(_ effect: Effect) {
        switch effect {
        case .redraw: terminal.redraw()
        case .suspend: terminal.suspend()
        case .beep: terminal.beep()
        case .ask(let request):
            requests.start(
                request, heard: { await self.dispatch($0) }, ended: { await self.finished($0, $1) })
            if request.terms.title != nil, ticker == nil {
                ticker = Task(executorPreference: executor) { await self.tick() }
            }
        }
    }

    /// The looks that the state names; those before stay where a theme cannot be read.
    private func showTheme() {
        guard state.shownTheme != theme else { return }
        theme = state.shownTheme
        do {
            context.render = RenderContext(
                theme: try ports.theme(named: theme), glyphs: context.render.glyphs)
        } catch {
            _ = AppModel.update(&state, .themeFailed(error.message))
        }
    }

    private func finished(_ id: RequestID, _ reply: Reply) {
        requests.remove(id)
        dispatch(.replied(id, reply))
        if requests.requests.allSatisfy({ $0.terms.title == nil }) {
            ticker?.cancel()
            ticker = nil
            if state.slowWork != nil { dispatch(.waited([])) }
        }
        wakeIdleWaiters()
    }

    /// Shows what takes longer than 150 ms, and how long it has taken; nothing wakes while nothing is under
    /// way.
    private func tick() async {
        var pause = Duration.milliseconds(150)
        while !Task.isCancelled {
            do { try await sleep(pause) } catch { return }
            dispatch(.waited(requests.durations))
            pause = context.reducedMotion ? .seconds(1) : .milliseconds(100)
        }
    }

    private func signOutIfIdle() -> Duration? {
        if let left = idleness.timeLeft() { return left }
        dispatch(.idledTooLong)
        return nil
    }
}
