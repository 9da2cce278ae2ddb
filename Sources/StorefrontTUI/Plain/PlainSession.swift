import StoreDomain
import StorefrontCore
import TerminalKit

/// The state of a session in lines: that of the program, what was told of it, and lines that wait.
public struct PlainState: Hashable, Codable, Sendable {
    public var app: AppState
    /// Lines that wait until what the ones before asked for is done.
    var inputs: [PlainEvent.Input] = []
    var handledInputs = 0
    /// Requests under way, whether or not their answer is still wanted.
    var running: [Request] = []

    /// What was printed of the place last, so that only what is new is told.
    var toldScreen: PlainSheet?
    var toldOverlay: PlainSheet?
    var toldStatus: StatusMessage?
    var toldHints: Set<ScreenKind> = []
    /// The question that waits for its line; nil while something is done.
    var openPrompt: PlainPrompt?
    var lastPrompt: PlainPrompt?
    /// The line did something.
    var hasActed = false
    /// It tried again what has a problem, so that the problem is told again too.
    var hasTried = false
    /// What the line asked to hear beside what is new.
    var reply = PlainReply.place
    /// What the screen asks first, such as the way to pay, was answered.
    var hasChosen = false
    var hasEnded = false
    /// Whether somebody is still there was asked.
    var hasAsked = false
    /// What others changed since the last line. It is looked at before the next one is carried out, so that what
    /// that tells is fresh and nothing comes in between.
    var unheard = ShopChanges()
    /// That is being looked at.
    var isFreshening = false

    init(app: AppState) { self.app = app }

    /// Nothing is under way that a person waits for.
    var isQuiet: Bool { running.allSatisfy { $0.terms.slot == ProgramRequest.reconnectSlot } }
}

/// What enters a session in lines.
public enum PlainEvent: Hashable, Codable, Sendable {
    case started(notice: String?)
    case input(Input)
    case action(AppAction)
    /// A newer request took the place of this one before it was begun.
    case replaced(RequestID)
    /// What is under way takes longer than a moment.
    case takesLong

    public enum Input: Hashable, Codable, Sendable {
        case line(String)
        /// A line that answers a question for what must not be seen.
        case secret(Secret)
        case end
    }
}

/// What the session in lines wants done.
enum PlainEffect: Hashable {
    case ask(Request)
    case write(String)
    case hideTyping(Bool)
    /// What a tester says of this step.
    case note(QANote)
}

/// What a line asks to hear beside what is new.
enum PlainReply: Hashable, Codable {
    case news
    /// The whole place.
    case place
    /// The row that is selected.
    case selection
    case text([String])
}

/// A session in lines as a function: state and what happened → new state, what is printed and what is to be
/// done. Pure.
struct PlainSession {
    var state: PlainState
    let words: PlainWords
    let zones: any ZoneSource
    let isUnicode: Bool
    /// The terminal shows what is typed.
    let echoes: Bool
    private var effects: [PlainEffect] = []
    /// Hears each line before it is carried out, marked as a secret where it answers a question for one: not before
    /// that is known, as lines may be typed ahead.
    var taken: @Sendable (PlainEvent.Input) -> Void = { _ in }
    /// Whoever hears lines must not keep what tells of people.
    var masksPeople = false
    /// One of the lines that the last event has led to was a secret.
    private(set) var tookSecret = false
    /// Hears each action before it is carried out.
    var watch: @Sendable (AppAction, ScreenKind) -> Void = { _, _ in }

    init(
        state: AppState, keyMap: KeyMap, zones: any ZoneSource, isUnicode: Bool, echoes: Bool
    ) {
        self.state = PlainState(app: state)
        words = PlainWords(keyMap: keyMap)
        self.zones = zones
        self.isUnicode = isUnicode
        self.echoes = echoes
    }

    /// A page is what one listens to in one go.
    private static let viewport = Viewport(
        width: 80, height: 24, shopRows: 10, orderRows: 10, hasSideBar: false)

    /// The event of a line: a secret where one was asked for.
    func reading(_ line: String) -> PlainEvent {
        let isSecret = state.inputs.isEmpty && state.openPrompt?.isSecret == true
        return .input(isSecret ? .secret(Secret(line)) : .line(line))
    }

    mutating func hear(_ event: PlainEvent) -> [PlainEffect] {
        effects = []
        tookSecret = false
        switch event {
        case .started(let notice):
            dispatch(.resized(Self.viewport))
            if let notice { dispatch(.noticed(notice)) }
            dispatch(.started)
        case .input(let input): state.inputs.append(input)
        case .action(.shopChanged(let changes)):
            state.unheard.merge(changes)
            return []
        case .action(let action):
            if case .replied(let id, _) = action { state.running.removeAll { $0.id == id } }
            dispatch(action)
        case .replaced(let id): state.running.removeAll { $0.id == id }
        case .takesLong: tellWork()
        }
        goOn()
        return effects
    }

    var page: PlainPage { PlainPage(state.app, zones: zones, hasChosen: state.hasChosen) }

    // MARK: - Lines

    /// Tells what is new and takes the next line, as long as nothing is under way.
    private mutating func goOn() {
        while state.isQuiet, !state.hasEnded {
            if state.app.isEnding {
                state.hasEnded = true
                return
            }
            if state.isFreshening { state.isFreshening = false } else { tell() }
            guard !state.inputs.isEmpty else { return }
            if !state.unheard.isEmpty {
                let changes = state.unheard
                state.unheard = ShopChanges()
                state.isFreshening = true
                dispatch(.shopChanged(changes))
                continue
            }
            take(state.inputs.removeFirst())
            state.handledInputs += 1
        }
    }

    private mutating func take(_ input: PlainEvent.Input) {
        guard let line = input.text, let prompt = state.openPrompt else {
            taken(.end)
            return endOfLines()
        }
        let kept = masksPeople && !prompt.isSecret ? lineWithStandIns(line, at: prompt) : line
        taken(prompt.isSecret ? .secret(Secret(line)) : .line(kept))
        tookSecret = tookSecret || prompt.isSecret
        if case .asked = state.app.visit.presence { return goOnWithVisit(prompt) }
        state.openPrompt = nil
        effects.append(.hideTyping(false))
        if prompt.isSecret {
            write("\n")
        } else if !echoes {
            write(spelled(line) + "\n")
        }
        state.reply = carryOut(line, at: prompt)
    }

    /// The line answers that somebody is still there, and does nothing else.
    private mutating func goOnWithVisit(_ prompt: PlainPrompt) {
        state.openPrompt = nil
        effects.append(.hideTyping(false))
        if prompt.isSecret || !echoes { write("\n") }
        dispatch(.visit(.answered))
        state.app.forgetStatus()
        state.reply = .place
    }

    /// As quitting, but without a question: no person is left to answer it.
    private mutating func endOfLines() {
        let pieces = state.app.desk.basket.cart.pieces
        let isKept = pieces > 0 && !state.app.desk.context.isThrowAway
        write("\n" + (isKept ? "Your cart is kept: \(pieces.counted("piece")).\n" : ""))
        state.hasEnded = true
    }

    // MARK: - Actions

    mutating func dispatch(_ action: AppAction) {
        watch(action, state.app.kind)
        switch action {
        case .edit: (state.hasActed, state.hasTried) = (true, true)
        case .command, .rowClicked, .answered, .scanned:
            state.hasActed = true
            if state.app.kind == .checkout { state.hasTried = true }
        case .started, .digit, .pasted, .categoryClicked, .chose, .wentBack, .scrolled, .resized, .unknownKey,
            .focused, .shopChanged, .idledTooLong, .lockDue, .noticed, .connectionChanged, .waited,
            .signInWaited,
            .paymentStillOpen,
            .progress, .replied,
            .themeFailed, .screenSaved, .walkedBack, .visit, .tester:
            break
        }
        for effect in AppModel.update(&state.app, action) {
            switch effect {
            case .ask(let request):
                state.running.append(request)
                effects.append(.ask(request))
            case .note(let note): effects.append(.note(note))
            // Nothing beeps or is drawn where lines are read, and there is no screen to copy from or save.
            case .beep, .redraw, .suspend, .copy, .saveScreen: break
            }
        }
        if place.choice == nil { state.hasChosen = false }
    }

    var place: PlainPlace { state.app.screen.told(desk: state.app.desk, zones: zones) }

    // MARK: - Telling

    private mutating func write(_ text: String) { effects.append(.write(text)) }

    private mutating func tellWork() {
        guard !state.isQuiet, state.openPrompt == nil else { return }
        let oldest = state.running.first { $0.terms.slot != ProgramRequest.reconnectSlot }
        write(spelled("Still \((oldest?.terms.title ?? "Working").withSmallStart)\u{2026}") + "\n")
    }

    private mutating func tell() {
        var lines: [String] = []
        if case .asked(let seconds) = state.app.visit.presence {
            // Asked once; a clock that is read out is none.
            if !state.hasAsked {
                lines.append(
                    "Still there? Press Enter within \(seconds.counted("second")), or this visit ends.")
            }
            state.hasAsked = true
        } else {
            state.hasAsked = false
        }
        let status = state.app.shownStatus
        if let status, status != state.toldStatus || state.hasActed {
            lines.append((status.kind == .failure ? "Error: " : "") + status.text.asSentence)
        }
        state.toldStatus = status
        while let overlay = state.app.overlays.last, overlay.isRead, let sheet = page.overlay {
            lines += [sheet.title] + sheet.lines.map(\.spoken)
            dispatch(.command(.back))
        }
        if case .text(let text) = state.reply { lines += text }
        let page = page
        if let overlay = page.overlay {
            if overlay.title != state.toldOverlay?.title || state.reply == .place || state.hasTried {
                lines += [overlay.title] + overlay.lines.map(\.spoken)
            }
        } else {
            lines += news(of: page.screen)
            state.toldScreen = page.screen
        }
        state.toldOverlay = page.overlay
        // Silence would leave open whether anything was heard.
        if lines.isEmpty, state.hasActed, page.prompt == state.lastPrompt { lines = ["Nothing changed."] }
        state.reply = .news
        (state.hasActed, state.hasTried) = (false, false)
        guard !lines.isEmpty || state.openPrompt != page.prompt else { return }
        // It came by itself, behind a question that is open.
        if state.openPrompt != nil { write("\n") }
        write(lines.map { spelled($0) + "\n" }.joined() + spelled(page.prompt.text))
        effects.append(.hideTyping(page.prompt.isSecret))
        state.openPrompt = page.prompt
        state.lastPrompt = page.prompt
    }

    private mutating func news(of sheet: PlainSheet) -> [String] {
        let selected = state.app.screen.feature.selectedRow(state.app.desk)
        let row = selected.flatMap { row in sheet.lines.first { $0.number == row + 1 } }
        guard sheet.title == state.toldScreen?.title, state.reply != .place else {
            let hint = state.toldHints.insert(state.app.kind).inserted ? sheet.hint : nil
            let here = state.reply == .selection ? row.map { "Now at \($0.spoken)" } : nil
            return (state.reply == .place ? [Teller(state.app, state.app.desk, zones).surroundings] : [])
                + [sheet.title] + sheet.lines.map(\.spoken) + [hint, here].compactMap { $0 }
        }
        if state.reply == .selection, state.app.desk.status == nil, let row { return [row.spoken] }
        guard sheet.tellsChanges else { return [] }
        let told = Set((state.toldScreen?.lines ?? []).map(\.text))
        return sheet.lines.filter { !told.contains($0.text) || $0.isProblem && state.hasTried }.map(\.spoken)
    }

    private func spelled(_ line: String) -> String {
        let harmless = Sanitizer.harmless(line)
        return isUnicode ? harmless : Spelling.spell(harmless, in: .ascii)
    }
}

extension PlainEvent.Input {
    /// nil at the end.
    var text: String? {
        switch self {
        case .line(let line): line
        case .secret(let line): line.revealed
        case .end: nil
        }
    }
}

extension Overlay {
    /// A text that is read and done with.
    fileprivate var isRead: Bool {
        switch self {
        case .explain, .reckoning, .about, .help: true
        case .picker, .prompt, .confirm, .pointing: false
        }
    }
}
