import StoreDomain
import StorefrontCore
import TerminalKit

/// Runs a session line by line: what comes in goes to `PlainSession`, and what that wants is done. The sibling
/// of `Runtime` for those who read lines; whatever is printed comes from the session's state.
public actor PlainRuntime {
    private var session: PlainSession
    private let terminal: any LineTerminal
    private let ports: any RuntimePorts
    private let executor: (any TaskExecutor)?
    private let ticks: Ticks
    /// Keeps what happens; nil where nothing is kept.
    private let recorder: (any SessionRecorder)?

    private var requests: RequestQueue
    private let log: ActivityLog
    private var idleness: IdleWatch
    private var lockWatch: IdleWatch
    private var visits: VisitWatch
    private var signInWait = WaitWatch()
    private var payment = PaymentWatch()
    private var live = LiveWatch()
    private var audience = AudienceWatch()
    private var patience: Task<Void, Never>?
    /// How much of the processor this may take; nil for as much as there is.
    private var allowance: ProcessorAllowance?
    /// Waits until more may be done; nil where it may be done now.
    private var pausing: Task<Void, Never>?
    private var waiters: [(inputs: Int, continuation: CheckedContinuation<Void, Never>)] = []

    /// So many lines are kept while others are carried out; the rest waits in the terminal.
    private static let mostInputs = 64

    private var hasEnded = false
    private var ending: EndReason?
    private var ender: CheckedContinuation<Void, Never>?

    /// - Parameters:
    ///   - executor: what tasks run on; nil for the pool.
    ///   - ticks: tells the time by which it waits.
    ///   - allowance: how much of the processor this may take; nil for as much as there is.
    ///   - recorder: keeps what happens; nil where nothing is kept.
    ///   - begin: when the session began.
    public init(
        state: AppState, keyMap: KeyMap = .standard, zones: any ZoneSource = OnlyUTC(),
        terminal: any LineTerminal, services: StoreServices, ids: any IDSource, ports: any RuntimePorts,
        executor: (any TaskExecutor)? = nil,
        ticks: Ticks = Ticks(), allowance: ProcessorAllowance? = nil,
        recorder: (any SessionRecorder)? = nil, since begin: ContinuousClock.Instant = .now
    ) {
        self.allowance = allowance
        self.recorder = recorder
        idleness = IdleWatch(now: ticks.now())
        lockWatch = IdleWatch(now: ticks.now())
        visits = VisitWatch(since: begin, now: ticks.now())
        let log = ActivityLog(ports.logger)
        self.log = log
        session = PlainSession(
            state: state, keyMap: keyMap, zones: zones, isUnicode: terminal.isUnicode,
            echoes: terminal.echoes)
        session.watch = { [log] in log.add($0, on: $1) }
        if let recorder {
            session.taken = { recorder.note(.line(.input($0))) }
            session.masksPeople = recorder.masksPeople
        }
        self.terminal = terminal
        self.ports = ports
        self.executor = executor
        self.ticks = ticks
        requests = RequestQueue(
            outside: Outside(
                services: services, ids: ids, ports: ports, zones: zones),
            ports: ports, executor: executor, now: ticks.now)
    }

    /// Runs until the user quits, the lines end or a signal comes; nil for the first two. Returns once
    /// everything that was told is on disk. Where the state then names a destination, the lines that were not
    /// carried out are the terminal's next ones, for the shop that comes then.
    ///
    /// - Parameter notice: something about the start that the user should know.
    public func run(notice: String? = nil) async -> EndReason? {
        log.begin(session.state.app)
        recorder?.note(.began(start))
        hear(.started(notice: notice))
        let listeners = ports.follow(recorder, on: executor, looked: { await self.welcomeAudience() }) {
            await self.hear(.action($0))
        }
        let reader = Task(executorPreference: executor) {
            for await input in self.terminal.input {
                if await !self.read(input) { return }
            }
        }
        if !hasEnded { await withCheckedContinuation { ender = $0 } }
        patience?.cancel()
        pausing?.cancel()
        idleness.stop()
        lockWatch.stop()
        visits.stop()
        signInWait.stop()
        payment.stop()
        live.stop()
        for listener in listeners { listener.cancel() }
        reader.cancel()
        await reader.value
        terminal.input.putBack(session.state.inputs.map { $0.text.map { .line($0) } ?? .ended(nil) })
        terminal.input.hold(false)
        // Who was sent away by a signal waits no longer than a moment.
        if ending == nil { await requests.settle() } else { await requests.settleSoon(sleep: ticks.sleep) }
        recorder?.note(.ended(ending.map { "\($0)" }))
        log.end(ending.map { "\($0)" })
        return ending
    }

    private var start: SessionStart {
        SessionStart(
            state: session.state.app, size: Size(width: 80, height: 24),
            abilities: TerminalAbilities(
                name: "lines", colors: .mono, unicode: session.isUnicode, mouse: false),
            context: ViewContext(
                render: RenderContext(theme: .mono, glyphs: session.isUnicode ? .unicode : .ascii),
                keyMap: session.words.keyMap, zones: session.zones),
            lines: SessionStart.LineShell(isUnicode: session.isUnicode, echoes: session.echoes))
    }

    /// The state as it is, for tests.
    public var snapshot: AppState { session.state.app }

    /// Returns when that many lines were carried out and nothing is under way, or at the end.
    public func untilQuiet(after lines: Int = 0) async {
        guard !hasEnded, session.state.handledInputs < lines || !session.state.isQuiet else { return }
        await withCheckedContinuation { waiters.append((lines, $0)) }
    }

    // MARK: - What comes in

    /// False at the end.
    private func read(_ input: LineInput) -> Bool {
        guard !hasEnded else {
            terminal.input.putBack([input])
            return false
        }
        idleness.note(ticks.now())
        lockWatch.note(ticks.now())
        visits.note(ticks.now())
        switch input {
        case .line(let line):
            hear(session.reading(line))
            letAnswersCome()
            pauseIfDue()
        case .ended(nil):
            hear(.input(.end))
            letAnswersCome()
        case .ended(let reason?): end(reason)
        }
        return !hasEnded
    }

    /// A line waits for the answer to the one before, so that an answer that was to come some steps later comes when a line
    /// waits for it, and one that was never to come when all is well: when a tester says so, or the lines end.
    private func letAnswersCome() {
        guard snapshot.desk.context.qa != nil, !session.state.isQuiet, !session.state.inputs.isEmpty else {
            return
        }
        if session.state.inputs.contains(where: \.saysAllIsWell) {
            ports.arm(fault: QAItem.allIsWell)
        } else {
            ports.passEvent(waits: true)
        }
    }

    /// A session that has used up its share of the processor waits a while. No line is forgotten: it may be one of a
    /// script.
    private func pauseIfDue() {
        guard !hasEnded, pausing == nil, let pause = allowance?.pause() else { return }
        pausing = Task(executorPreference: executor) {
            do { try await self.ticks.sleep(pause) } catch { return }
            await self.goOn()
        }
        holdInput()
    }

    private func goOn() {
        pausing = nil
        if !hasEnded { holdInput() }
    }

    private func holdInput() {
        terminal.input.hold(session.state.inputs.count >= Self.mostInputs || pausing != nil)
    }

    private func hear(_ event: PlainEvent) {
        guard !hasEnded else { return }
        if let recorder, !event.isInput { recorder.note(.line(event)) }
        let effects = session.hear(event)
        if let recorder { tell(recorder, effects) }
        for effect in effects {
            switch effect {
            case .write(let text): terminal.write(text)
            case .hideTyping(let hides): terminal.hideTyping(hides)
            // The recorder has heard of all of them; what is shown on a screen is not shown in lines.
            case .note(.fault(let text)): ports.arm(fault: text)
            case .note(.mark), .note(.check), .note(.look), .note(.pane), .note(.leave): break
            case .ask(let request):
                log.add(request)
                requests.start(
                    request, heard: { await self.hear(.action($0)) },
                    ended: { await self.finished($0, $1) })
            }
        }
        idleness.follow(minutes: snapshot.minutesToSignOut, on: executor, sleep: ticks.sleep) {
            await self.signOutIfIdle()
        }
        lockWatch.follow(minutes: snapshot.minutesToLock, on: executor, sleep: ticks.sleep) {
            await self.lockIfIdle()
        }
        visits.follow(snapshot, on: executor, sleep: ticks.sleep) { await self.lookAfterVisit() }
        payment.follow(snapshot, on: executor, sleep: ticks.sleep) {
            await self.hear(.action(.paymentStillOpen))
        }
        live.follow(snapshot, requests.outside.services.changes, on: executor, sleep: ticks.sleep) {
            await self.hear(.action(.shopChanged($0)))
        }
        signInWait.follow(snapshot, inSteps: false, on: executor, sleep: ticks.sleep) {
            await self.hear(.action($0))
        }
        audience.follow(snapshot, ports.audience)
        holdInput()
        if session.state.hasEnded { return end(nil) }
        watchPatience()
        if session.state.isQuiet { wakeWaiters() }
    }

    /// What came of an event: what is asked for, what is printed, and all there is where that depends on a secret.
    private func tell(_ recorder: any SessionRecorder, _ effects: [PlainEffect]) {
        let came = PlainOutcome(effects)
        if !came.effects.isEmpty { recorder.note(.effects(came.effects)) }
        if session.tookSecret || recorder.wantsState {
            var state = session.state
            // Lines that wait are told when they are taken: one may be a secret.
            state.inputs = []
            recorder.note(.lineState(state))
        }
        if !came.text.isEmpty { recorder.note(.text(came.text)) }
    }

    private func welcomeAudience() { audience.welcome(snapshot, ports.audience) }

    private func finished(_ id: RequestID, _ reply: Reply?) {
        if let item = requests.remove(id) {
            log.add(reply, to: item.request, after: ticks.now() - item.start)
        }
        hear(reply.map { .action(.replied(id, $0)) } ?? .replaced(id))
    }

    private func lockIfIdle() -> Duration? {
        if let left = lockWatch.timeLeft(at: ticks.now()) { return left }
        hear(.action(.lockDue))
        return nil
    }

    private func signOutIfIdle() -> Duration? {
        if let left = idleness.timeLeft(at: ticks.now()) { return left }
        hear(.action(.idledTooLong))
        return nil
    }

    private func lookAfterVisit() -> Duration? {
        guard !hasEnded, let due = visits.due(snapshot, at: ticks.now()) else { return nil }
        if let action = due.action { hear(.action(.visit(action))) }
        return due.next
    }

    /// What takes longer than a second is told, once.
    private func watchPatience() {
        guard !session.state.isQuiet, session.state.openPrompt == nil else {
            patience?.cancel()
            patience = nil
            return
        }
        guard patience == nil else { return }
        patience = Task(executorPreference: executor) {
            do { try await self.ticks.sleep(.seconds(1)) } catch { return }
            await self.tellPatience()
            // An answer may be kept back only now, for lines that were typed ahead.
            while !Task.isCancelled, await self.stillWaits() {
                do { try await self.ticks.sleep(.seconds(1)) } catch { return }
            }
        }
    }

    private func tellPatience() {
        if !Task.isCancelled { hear(.takesLong) }
    }

    /// Whether something may be kept back that lines wait for.
    private func stillWaits() -> Bool {
        letAnswersCome()
        return snapshot.desk.context.qa != nil && !session.state.isQuiet
    }

    // MARK: - The end

    private func end(_ reason: EndReason?) {
        guard !hasEnded else { return }
        hasEnded = true
        ending = reason
        ender?.resume()
        ender = nil
        wakeWaiters()
    }

    private func wakeWaiters() {
        let handled = session.state.handledInputs
        let met = waiters.filter { hasEnded || $0.inputs <= handled }
        waiters.removeAll { hasEnded || $0.inputs <= handled }
        for waiter in met { waiter.continuation.resume() }
    }
}

extension PlainEvent.Input {
    /// It ends what goes wrong on purpose, also that it is not answered itself.
    fileprivate var saysAllIsWell: Bool {
        switch self {
        case .line(let line): ["all is well", "fault all is well"].contains(line.trimmedText.lowercased())
        case .end: true
        case .secret: false
        }
    }
}
