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
    private let ticks: Ticks
    /// Keeps what happens; nil where nothing is kept.
    private let recorder: (any SessionRecorder)?
    private var mask: RecordingMask
    private var tester = TesterDesk()
    /// Takes its pictures slowly, on purpose; nil where the terminal does what it can.
    private var slowReader: SlowReader?
    /// What is to go wrong, as the state was told.
    private var standingFaults: [String] = []
    /// After how many steps the recorder was told all there is.
    private var stateToldAt = 0
    private var hands = Hands()

    /// The picture of the state; nil once that has changed.
    private var frame: Frame?
    /// The text in front as it would be painted now; nil when that is not known.
    private var scroller: Scroller??
    /// Events are being handled; the picture comes after the last of them.
    private var isHandling = false
    /// The next picture is to be written to a file.
    private var savesScreen: PictureForm?
    /// What is typed waits until some of the requests are done.
    private var isHeld = false
    /// When the last key was read.
    private var lastKey: UInt64?
    /// So many requests are under way that what is typed waits.
    private var hasEnough = false
    /// The event that comes next waits for an answer that decides what it means.
    private var isKeptBack = false
    /// How much of the processor this may take; nil for as much as there is.
    private var allowance: ProcessorAllowance?
    /// Waits until more may be done; nil where it may be done now.
    private var pausing: Task<Void, Never>?
    /// It did so before, too.
    private var wasKeptBack = false
    private var requests: RequestQueue
    private var ticker: Task<Void, Never>?
    private var listening: Task<Void, Never>?
    private var idleness: IdleWatch
    private var lockWatch: IdleWatch
    private var visits: VisitWatch
    private var signInWait = WaitWatch()
    private var payment = PaymentWatch()
    private var live = LiveWatch()
    private var audience = AudienceWatch()
    private var pace = FramePace()
    /// Draws the picture that came too early.
    private var lateFrame: Task<Void, Never>?
    private var handledEvents = 0
    private var idleWaiters: [(events: Int, continuation: CheckedContinuation<Void, Never>)] = []
    private var ending: EndReason?
    private var hasEnded = false
    private var trail = CommandTrail()
    private let log: ActivityLog
    private let walkingKeys: Set<Key>
    // What the terminal was told last of the state.
    private var passedInScans: Set<Key>?
    private var theme: String
    private var hasMouse: Bool
    private var title = ""
    private var isWorking = false

    /// - Parameters:
    ///   - executor: what tasks run on; nil for the pool.
    ///   - ticks: tells the time by which it waits.
    ///   - allowance: how much of the processor this may take; nil for as much as there is.
    ///   - recorder: keeps what happens; nil where nothing is kept.
    ///   - begin: when the session began.
    public init(
        state: AppState, context: ViewContext, terminal: any Terminal, services: StoreServices,
        ids: any IDSource, ports: any RuntimePorts, executor: (any TaskExecutor)? = nil,
        ticks: Ticks = Ticks(), allowance: ProcessorAllowance? = nil,
        recorder: (any SessionRecorder)? = nil, since begin: ContinuousClock.Instant = .now
    ) {
        self.allowance = allowance
        self.recorder = recorder
        mask = RecordingMask(masksPeople: recorder?.masksPeople ?? false)
        idleness = IdleWatch(now: ticks.now())
        lockWatch = IdleWatch(now: ticks.now())
        visits = VisitWatch(since: begin, now: ticks.now())
        self.executor = executor
        self.ticks = ticks
        self.state = state
        self.context = context
        self.terminal = terminal
        self.ports = ports
        log = ActivityLog(ports.logger)
        walkingKeys = context.keyMap.walkingKeys
        theme = state.shownTheme
        hasMouse = state.desk.hasMouse
        requests = RequestQueue(
            outside: Outside(
                services: services, ids: ids, ports: ports, zones: context.zones), ports: ports,
            executor: executor, now: ticks.now)
    }

    private static let stepsToState = 256
    /// With so many requests under way, what is typed waits.
    private static let mostRequests = 64

    /// Runs until the user quits or the terminal ends; nil when it was the user. Returns once everything that
    /// was acknowledged on the screen is on disk.
    ///
    /// - Parameters:
    ///   - notice: something about the start that the user should know.
    ///   - opening: where a visitor wants to begin.
    ///   - earlier: what somebody did before and is done anew, before anything is heard here.
    public func run(notice: String? = nil, opening: Opening? = nil, earlier: [EarlierEvent] = []) async
        -> EndReason?
    {
        log.begin(state)
        recorder?.note(
            .began(
                SessionStart(
                    state: state, size: terminal.size, abilities: terminal.abilities, context: context,
                    lines: nil)))
        dispatch(.resized(AppView.viewport(terminal.size)))
        let notice = notice ?? terminal.abilities.notice
        if let notice, earlier.isEmpty { dispatch(.noticed(notice)) }
        dispatch(.started)
        if let opening { dispatch(.visit(.opened(opening))) }
        for event in earlier { await redo(event) }
        // Keys take a notice away, those that are done anew as well.
        if let notice, !earlier.isEmpty {
            await untilIdle()
            dispatch(.noticed(notice))
        }
        let listeners = ports.follow(recorder, on: executor, looked: { await self.welcomeAudience() }) {
            await self.dispatch($0)
        }
        let listening = Task(executorPreference: executor) { await self.listen() }
        self.listening = listening
        await listening.value
        ticker?.cancel()
        pausing?.cancel()
        idleness.stop()
        lockWatch.stop()
        visits.stop()
        signInWait.stop()
        payment.stop()
        live.stop()
        lateFrame?.cancel()
        for listener in listeners { listener.cancel() }
        // What a tester keeps back comes, or ending would wait for it.
        if state.desk.context.qa != nil { ports.arm(fault: QAItem.allIsWell) }
        // Who was sent away by a signal, or has quit twice, waits no longer than a moment.
        if ending == nil, state.desk.requests.mustFinish.isEmpty {
            await requests.settle()
        } else {
            await requests.settleSoon(sleep: ticks.sleep)
        }
        hasEnded = true
        if let recorder {
            for moment in mask.rest() { recorder.note(moment) }
            recorder.note(.ended(ending.map { "\($0)" }))
        }
        log.end(ending.map { "\($0)" })
        wakeIdleWaiters()
        return ending
    }

    /// Once all that came of what was done before it is there, so that it means the same each time.
    private func redo(_ earlier: EarlierEvent) async {
        await untilIdle()
        guard !state.isEnding else { return }
        switch earlier {
        case .fault(let text): return dispatch(.tester(.armed(text)))
        case .event(let event, let isAlone):
            let pause = isAlone ? 2 * ScanDetector.gap : 0
            handle(TimedEvent(event, nanoseconds: (lastKey ?? 0) + pause))
        }
        // The terminal has not sent it.
        handledEvents -= 1
        follow()
    }

    /// What comes after the session, where a tester has left it; nil where nothing does.
    public var wish: QAWish? { tester.wish }

    /// The state as it is, for tests and reports.
    public var snapshot: AppState { state }

    /// Returns when that many events of the terminal were heard and nothing is under way, or at the end.
    public func untilIdle(after events: Int = 0) async {
        guard !hasEnded, handledEvents < events || !requests.isEmpty || lateFrame != nil else { return }
        await withCheckedContinuation { idleWaiters.append((events, $0)) }
    }

    private func wakeIdleWaiters() {
        guard hasEnded || requests.isEmpty && lateFrame == nil else { return }
        let met = idleWaiters.filter { hasEnded || $0.events <= handledEvents }
        idleWaiters.removeAll { hasEnded || $0.events <= handledEvents }
        for waiter in met { waiter.continuation.resume() }
    }

    // MARK: - Events

    /// Handles all that waits before it draws one picture, so that keys that come faster than pictures do not
    /// pile up.
    private func listen() async {
        while let first = await terminal.events.next() {
            isHandling = true
            var next: TimedEvent? = first
            // An answer may have ended it meanwhile.
            while let timed = next, !state.isEnding {
                if keepsBack(timed) { break }
                handle(timed)
                if ending != nil { return }
                pauseIfDue()
                next = terminal.events.take()
            }
            isHandling = false
            if state.isEnding { return }
            follow()
            wakeIdleWaiters()
        }
    }

    /// What nobody has typed by hand is so much.
    private static let mostTypedAhead = 64

    /// A session that has used up its share of the processor waits a while. What was sent without end is forgotten: it
    /// would be handled for minutes, and keep its sender from being heard.
    private func pauseIfDue() {
        guard pausing == nil, let pause = allowance?.pause() else { return }
        if terminal.events.count > Self.mostTypedAhead { dropWhatWasTyped() }
        pausing = Task(executorPreference: executor) {
            do { try await self.ticks.sleep(pause) } catch { return }
            await self.goOn()
        }
        holdEvents()
    }

    private func goOn() {
        pausing = nil
        holdEvents()
    }

    /// Puts an event back that would mean something else once an answer that is under way is there.
    private func keepsBack(_ timed: TimedEvent) -> Bool {
        guard waits(timed.event) else {
            wasKeptBack = false
            return false
        }
        terminal.events.putBack([timed])
        if timed.event.isInput { ports.passEvent(waits: true) }
        isKeptBack = true
        wasKeptBack = true
        holdEvents()
        return true
    }

    private func waits(_ event: TerminalEvent) -> Bool {
        guard !state.desk.requests.open.isEmpty else { return false }
        let action: AppAction?
        switch event {
        case .key(let key): action = context.keyMap.action(for: key, in: state)
        case .scan(let scan): action = .scanned(scan.code)
        case .paste(let text): action = state.pasting(text)
        case .resize(let size): action = .resized(AppView.viewport(size))
        case .focus: action = .focused
        case .mouse: action = nil
        case .resumed, .ended: return false
        }
        return state.waits(action, givesUp: !wasKeptBack && state.slowWork != nil)
    }

    /// Forgets what was typed and waits, in whatever form: it was typed before what it would answer could be read.
    private func dropWhatWasTyped() { handledEvents += terminal.dropInput() }

    /// An answer may have come, so the event that waits is tried again.
    private func tryAgain() {
        guard isKeptBack, !isHandling else { return }
        isKeptBack = false
        holdEvents()
    }

    private func handle(_ timed: TimedEvent) {
        let event = timed.event
        idleness.note(ticks.now())
        lockWatch.note(ticks.now())
        if event.isInput { visits.note(ticks.now()) }
        // Where pictures come late, so do keys.
        let isAlone = isAlone(timed) && slowReader == nil
        if let recorder {
            if state.desk.context.qa != nil {
                tester.begin(event, state, steps: recorder.count?.steps ?? 0, width: terminal.size.width)
            }
            let moments = mask.moments(of: event, isAlone: isAlone, in: state, keyMap: context.keyMap)
            for moment in moments { recorder.note(moment) }
        }
        let gestures = hands.gestures(of: event, isAlone: isAlone, in: state) { currentFrame() }
        for gesture in gestures {
            dispatch(
                hands.action(of: gesture, in: state, keyMap: context.keyMap) { currentScroller() },
                because: .event)
        }
        switch event {
        case .key, .scan, .paste, .mouse, .resize, .focus: break
        case .resumed: terminal.redraw()
        case .ended(let reason): ending = reason
        }
        tester.end(state)
        if let recorder { tellState(recorder) }
        if event.isInput { ports.passEvent(waits: false) }
        handledEvents += 1
    }

    /// Whether no key came just before, as it does from a scanner or another program.
    private func isAlone(_ timed: TimedEvent) -> Bool {
        guard case .key = timed.event else { return true }
        defer { lastKey = timed.nanoseconds }
        guard let lastKey, timed.nanoseconds >= lastKey else { return true }
        return timed.nanoseconds - lastKey > ScanDetector.gap
    }

    private func currentScroller() -> Scroller? {
        if let scroller { return scroller }
        let now = currentFrame().scroller
        scroller = .some(now)
        return now
    }

    private func currentFrame() -> Frame {
        if let frame { return frame }
        let new = AppView.render(state, size: terminal.size, context: context)
        frame = new
        return new
    }

    // MARK: - Actions and requests

    private enum Cause { case event, outside }

    /// The only way to the model, for whatever happens.
    private func dispatch(_ action: AppAction, because cause: Cause = .outside) {
        if cause == .outside { recorder?.note(.action(action)) }
        // Before anything can go wrong with it; in a flood, only for the last of it.
        if trail.add(action), terminal.events.count < 64 {
            terminal.noteForCrash(trail.text(state, size: terminal.size, tape: recorder?.path))
        }
        log.add(action, on: state.kind)
        let scrolled = scrollerAfter(action)
        let effects = AppModel.update(&state, action)
        if !effects.isEmpty, let recorder {
            recorder.note(.effects(effects))
            if state.desk.context.qa != nil { tester.order(effects) }
        }
        for effect in effects { start(effect) }
        frame = nil
        scroller = scrolled
        showTheme()
        tryAgain()
        if !isHandling { follow() }
        if state.isEnding { listening?.cancel() }
    }

    /// What comes of a changed state beside the state itself: the picture, the timers, the terminal's modes.
    private func follow() {
        // What waits is handled soon, and drawn then.
        if !isHeld || pausing != nil || terminal.events.count == 0 || state.slowWork != nil { show() }
        idleness.follow(minutes: state.minutesToSignOut, on: executor, sleep: ticks.sleep) {
            await self.signOutIfIdle()
        }
        lockWatch.follow(minutes: state.minutesToLock, on: executor, sleep: ticks.sleep) {
            await self.lockIfIdle()
        }
        visits.follow(state, on: executor, sleep: ticks.sleep) { await self.lookAfterVisit() }
        payment.follow(state, on: executor, sleep: ticks.sleep) { await self.dispatch(.paymentStillOpen) }
        live.follow(state, requests.outside.services.changes, on: executor, sleep: ticks.sleep) {
            await self.dispatch(.shopChanged($0))
        }
        signInWait.follow(state, inSteps: !context.reducedMotion, on: executor, sleep: ticks.sleep) {
            await self.dispatch($0)
        }
        audience.follow(state, ports.audience)
        gatherScans()
        if state.desk.hasMouse != hasMouse {
            hasMouse = state.desk.hasMouse
            terminal.setMouseCapture(hasMouse)
        }
    }

    private func welcomeAudience() { audience.welcome(state, ports.audience) }

    /// Draws now, or a moment later in a kiosk where the picture before has just been drawn, and where the terminal is
    /// still reading it.
    private func show() {
        guard state.desk.context.kiosk != nil || slowReader != nil else { return draw() }
        guard lateFrame == nil else { return }
        let now = ticks.now()
        let wait = if let slowReader { slowReader.wait(at: now) } else { pace.wait(at: now) }
        guard let wait else { return draw() }
        lateFrame = Task(executorPreference: executor) { [ticks] in
            do { try await ticks.sleep(wait) } catch { return }
            await self.showLate()
        }
    }

    private func showLate() {
        lateFrame = nil
        show()
        wakeIdleWaiters()
    }

    private func draw() {
        if let recorder, context.recording != recorder.mark {
            context.recording = recorder.mark
            frame = nil
        }
        let surface = currentFrame().surface
        terminal.present(tester.drawn(surface, state, context.render))
        slowReader?.present(surface, at: ticks.now())
        if let recorder { tell(recorder, surface) }
        tellTitle()
        guard let form = savesScreen else { return }
        savesScreen = nil
        let picture = AppView.render(state.withoutSecrets, size: terminal.size, context: context).surface
        let (ports, title) = (ports, title)
        Task(executorPreference: executor) {
            let answer = await Answer<String>.of { () throws(StoreError) in
                try await ports.saveScreen(picture, as: form, title: title)
            }
            await self.dispatch(.screenSaved(answer))
        }
    }

    /// All there is, where it depends on a secret, and now and then, so that a tape can begin in the middle.
    private func tellState(_ recorder: any SessionRecorder) {
        let steps = recorder.count?.steps ?? 0
        guard mask.wantsState || recorder.wantsState || steps >= stateToldAt + Self.stepsToState,
            !mask.hidesFrames
        else { return }
        stateToldAt = steps
        recorder.note(.state(state))
    }

    private func tell(_ recorder: any SessionRecorder, _ surface: Surface) {
        guard !mask.hidesFrames else { return }
        recorder.note(
            mask.holdsSecret(state) ? .hiddenFrame(state, terminal.size, context) : .frame(surface))
    }

    private func tellTitle() {
        let now = AppView.title(state)
        if now != title {
            title = now
            terminal.setTitle(now)
        }
        if (state.slowWork != nil) != isWorking {
            isWorking.toggle()
            terminal.setProgress(isWorking ? .unknown : nil)
        }
    }

    private func copy(_ copied: Copied) {
        let text = Sanitizer.harmless(requests.outside.text(of: copied), keepNewlines: true)
        if !terminal.copy(text) {
            dispatch(.noticed("This is too long for the terminal's clipboard"))
        }
    }

    /// Movements leave what can be scrolled as it is; after anything else it takes a look.
    private func scrollerAfter(_ action: AppAction) -> Scroller?? {
        guard case .some(let now) = scroller else { return nil }
        if case .scrolled(let line) = action {
            return .some(now.map { Scroller(first: line, limit: $0.limit) })
        }
        if case .command(let command) = action, command.walk != nil, now == nil { return .some(nil) }
        return nil
    }

    /// What is typed into a field, or moves what lies over a screen, waits whole; elsewhere keys wait that would do
    /// more than walk.
    private func gatherScans() {
        let passed = state.focusedField == nil && state.overlays.isEmpty ? walkingKeys : []
        guard passed != passedInScans else { return }
        passedInScans = passed
        terminal.gatherScans(passing: passed)
    }

    private func start(_ effect: Effect) {
        switch effect {
        case .redraw: terminal.redraw()
        case .suspend: terminal.suspend()
        case .beep: terminal.beep()
        case .copy(let copied): copy(copied)
        case .saveScreen(let form): savesScreen = form
        case .note(let note): test(note)
        case .ask(let request):
            log.add(request)
            defer { holdEvents() }
            requests.start(
                request, heard: { await self.dispatch($0) }, ended: { await self.finished($0, $1) })
            if request.terms.title != nil, ticker == nil {
                ticker = Task(executorPreference: executor) { await self.tick() }
            }
        }
    }

    /// Does what a tester wants; the recorder has heard of it as of every effect.
    private func test(_ note: QANote) {
        tester.note(note)
        switch note {
        case .fault(let text):
            ports.arm(fault: text)
            standingFaults = ports.standingFaults
            if !standingFaults.contains(QAItem.readsSlowly) {
                slowReader = nil
            } else if slowReader == nil {
                slowReader = SlowReader()
            }
            // What does not go wrong here, or is over at once, is not told as if it stood.
            let told = state.desk.tested?.fault?.split(separator: ", ").contains { $0 == text } ?? false
            if told, !standingFaults.contains(text) { dispatch(.tester(.stands(standingFaults))) }
        case .look: dispatch(.tester(.saw(words())))
        case .mark, .check, .pane, .leave: break
        }
    }

    /// What was to go wrong once and has is over.
    private func tellWhatStands() {
        guard state.desk.tested?.fault != nil else { return }
        let stands = ports.standingFaults
        guard stands != standingFaults else { return }
        standingFaults = stands
        dispatch(.tester(.stands(stands)))
    }

    /// The words on the screen, and which of them the last step has changed.
    /// None where a secret may stand, as they are told to the recorder.
    private func words() -> [Pointing.Word] {
        guard !mask.hidesFrames, !mask.holdsSecret(state) else { return [] }
        let size = terminal.size
        return PointedWords.words(
            on: AppView.render(state, size: size, context: context).surface,
            before: tester.before.map { AppView.render($0, size: size, context: context).surface },
            dialog: AppView.dialog(of: state, size: size, context: context))
    }

    private func holdEvents() {
        hasEnough = requests.count >= (hasEnough ? Self.mostRequests / 4 : Self.mostRequests)
        isHeld = hasEnough || isKeptBack || pausing != nil
        terminal.events.hold(isHeld)
    }

    /// The looks that the state names; those before stay where a theme cannot be read.
    private func showTheme() {
        guard state.shownTheme != theme else { return }
        theme = state.shownTheme
        do {
            context.render = RenderContext(
                theme: try ports.theme(named: theme), glyphs: context.render.glyphs,
                colors: terminal.abilities.colors)
        } catch {
            dispatch(.themeFailed(error.message))
        }
    }

    private func finished(_ id: RequestID, _ reply: Reply?) {
        if let item = requests.remove(id) {
            log.add(reply, to: item.request, after: ticks.now() - item.start)
        }
        if let reply {
            let wasOnTheWay = state.isOnTheWayToPayment
            dispatch(.replied(id, reply))
            if wasOnTheWay, state.showsReview { dropWhatWasTyped() }
        }
        tellWhatStands()
        holdEvents()
        if !requests.hasTitled {
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
            do { try await ticks.sleep(pause) } catch { return }
            dispatch(.waited(requests.durations))
            pause = context.reducedMotion ? .seconds(1) : .milliseconds(100)
        }
    }

    private func lookAfterVisit() -> Duration? {
        guard let due = visits.due(state, at: ticks.now()) else { return nil }
        if let action = due.action { dispatch(.visit(action)) }
        return due.next
    }

    private func lockIfIdle() -> Duration? {
        if let left = lockWatch.timeLeft(at: ticks.now()) { return left }
        dispatch(.lockDue)
        return nil
    }

    private func signOutIfIdle() -> Duration? {
        if let left = idleness.timeLeft(at: ticks.now()) { return left }
        dispatch(.idledTooLong)
        return nil
    }
}
