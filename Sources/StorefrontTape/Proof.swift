import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Plays what a person did on real services: keys go through this build's keys and model, requests to a shop, and the
/// answers come back in the order of the tape, or at once. Deterministic: nothing here waits for a clock.
public struct Proof {
    /// When requests are answered.
    public enum Answers: String, Hashable, Codable, Sendable {
        /// Where the tape has their answers.
        case taped
        /// Before the next thing happens: for what is no longer as it was recorded.
        case atOnce
    }

    let tape: Tape
    /// Its clock goes by the seconds of the tape.
    let shop: ProofShop
    let answers: Answers
    var shell: Shell
    /// Requests that were not carried out yet.
    var open: [Request] = []
    /// Requests that are carried out and whose answer has not come.
    var held: [Held] = []
    /// Requests are carried out only when a line says so.
    var answersWait = false
    /// What somebody did that would mean something else once an answer is there.
    var keptBack: [TapeLine] = []
    /// Requests are carried out when they are made, or when a line says so, and not when the tape has their answer: it
    /// was recorded so.
    let carriesOutFirst: Bool
    /// Nothing goes wrong just now.
    var allIsWell = true
    /// The program has died within a request: the tape says it once more.
    var hasDied = false
    var ordered: [String: Int] = [:]
    var requests = Coverage()
    /// What was ordered and no line has told yet.
    var untold: [String] = []
    var printed = ""
    var told = 0
    var count = RecordedCount()
    var time = StepTime()
    /// Milliseconds that have passed since what was played was written down last.
    var unwritten = 0
    /// Checks of how the program ends, and how it did.
    var checksOfEnd: [String] = []
    var exit: Int?
    var result: ProofResult

    enum Shell {
        case screen(PlayedScreen)
        case lines(PlainFilm)
    }

    struct Held {
        let request: Request
        let reply: Reply
        /// nil where only the tape says when it comes.
        var wait: StoreFaults.Wait?
    }

    /// One step leads to no more requests than these; more would never end.
    static let mostRequests = 1_000

    /// A tape with lines that this build cannot read is played by its keys alone, from where such a session begins.
    ///
    /// - Parameter defect: put into the program, for tests of how it is found.
    public init(
        _ tape: Tape, in shop: ProofShop, answers: Answers = .taped,
        defect: (@Sendable (TerminalEvent, [Gesture]) -> [Gesture])? = nil
    ) {
        let state = tape.header.state ?? tape.header.freshState
        self.tape = tape
        self.shop = shop
        let answers = tape.foreign == nil ? answers : .atOnce
        self.answers = answers
        carriesOutFirst =
            answers == .atOnce
            || tape.entries.contains {
                if case .fault(let fault) = $0.line { fault.changesOrder } else { false }
            }
        var header = tape.header
        (header.state, header.cases) = (state, ActionCode.cases)
        result = ProofResult(played: Tape(header: header, entries: []))
        requests.noteSession(inLines: tape.header.lines != nil)
        if let lines = tape.header.lines {
            shell = .lines(PlainFilm(state, keyMap: tape.header.keyMap, zones: shop.zones, shell: lines))
        } else {
            var screen = PlayedScreen(state, tape.header, zones: shop.zones, themes: shop.themes)
            screen.secret = shop.secret
            screen.defect = defect
            shell = .screen(screen)
        }
    }

    /// Plays all of it.
    public mutating func run() async -> ProofResult {
        result.playsKeysAlone = tape.foreign != nil
        for entry in tape.entries { await take(entry) }
        await checkEnd()
        return outcome
    }

    /// What came of it so far.
    var outcome: ProofResult {
        var result = result
        result.coverage = requests
        if case .screen(let screen) = shell { result.coverage += screen.coverage }
        return result
    }

    /// Plays one line more than the tape has.
    mutating func take(_ entry: Tape.Entry) async {
        unwritten += entry.milliseconds
        if tape.header.facts.clockRuns == true { shop.faults.pass(milliseconds: entry.milliseconds) }
        guard entry.line.isStep else {
            time.hear(entry, isOfTester: false)
            return await follow(entry.line)
        }
        count.steps += 1
        hasDied = false
        let (index, wasOpen) = (result.steps, state.isOpenForTester)
        await play(entry.line)
        let isOfTester = wasOpen || state.isOpenForTester
        if isOfTester, result.steps > index { result.stepsOfTester.insert(index) }
        time.hear(entry, isOfTester: isOfTester)
        await settle()
        if answers == .atOnce {
            for index in held.indices {
                if case .steps(let left) = held[index].wait { held[index].wait = .steps(left - 1) }
            }
            await release { if case .steps(let left) = $0 { left <= 0 } else { false } }
        }
        shop.faults.passStep()
        lookAtWhatAlwaysHolds()
    }

    /// The requests that nobody has carried out yet, in the order in which they were made.
    var waiting: [Request] { open.filter { !isBehind($0) && !isOutOfReach($0) } }

    public var state: AppState {
        switch shell {
        case .screen(let screen): screen.state
        case .lines(let film): film.state.app
        }
    }

    /// The picture after the last step; empty for a session in lines.
    public var surface: Surface {
        switch shell {
        case .screen(let screen): screen.surface(count)
        case .lines: Surface(size: tape.header.size)
        }
    }

    // MARK: - What happens

    mutating func play(_ line: TapeLine) async {
        guard !mustWait(line) else { return keptBack.append(line) }
        if line.answered == nil { keep(line) }
        switch line {
        case .event(let event):
            switch shell {
            case .screen: handle(line)
            case .lines: if let input = input(of: event) { hear(.input(input)) }
            }
        case .action(.replied(let id, _)), .plain(.action(.replied(let id, _))):
            if answers == .taped { await answer(id) }
        case .action(let action): enter(action)
        case .plain(.replaced(let id)): hear(.replaced(id))
        case .plain(let event): hear(event)
        case .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .fault, .unreadable: break
        }
    }

    func input(of event: TapedEvent) -> PlainEvent.Input? {
        if case .secretLine = event { .secret(shop.secret) } else { event.plainInput }
    }

    mutating func enter(_ action: AppAction) {
        switch shell {
        case .screen(var screen):
            let effects = screen.dispatch(action)
            shell = .screen(screen)
            take(effects)
        case .lines: hear(.action(action))
        }
    }

    mutating func hear(_ event: PlainEvent) {
        guard case .lines(var film) = shell else { return }
        let outcome = film.hear(event)
        shell = .lines(film)
        printed += outcome.text
        take(outcome.effects)
    }

    mutating func take(_ effects: [Effect]) {
        if !effects.isEmpty { keep(.effects(effects.map { EffectCode.text(of: $0) })) }
        for effect in effects {
            untold.append(EffectCode.text(of: effect))
            guard case .ask(let request) = effect else { continue }
            ordered[request.ask.name, default: 0] += 1
            // A newer request of the same slot takes the place of one that was not begun.
            if answersWait, let slot = request.terms.slot { open.removeAll { $0.terms.slot == slot } }
            open.append(request)
        }
    }
}

extension TapeLine {
    /// Whether a person does it, or has to do with the terminal.
    var isOfHands: Bool {
        switch self {
        case .event, .fault(.terminal), .fault(.hands): true
        case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end, .fault,
            .unreadable:
            false
        }
    }

    /// The request whose answer this is; nil for everything else.
    fileprivate var answered: RequestID? {
        switch self {
        case .action(.replied(let id, _)), .plain(.action(.replied(let id, _))): id
        case .event, .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end,
            .fault,
            .unreadable:
            nil
        }
    }
}
