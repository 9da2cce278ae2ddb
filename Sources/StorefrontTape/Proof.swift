import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// The real services that a tape is proved on: a shop of its own for each proof.
public struct ProofShop: Sendable {
    public let outside: Outside
    public let checked: CheckedShop
    /// Makes go wrong what a tape says; the services of `outside` are wrapped in it, and the shop has its clock.
    public let faults: StoreFaults
    public let zones: any ZoneSource
    public let themes: @Sendable (String) -> Theme?
    /// What is typed where the tape has a password.
    public let secret: Secret

    public init(
        outside: Outside, checked: CheckedShop, faults: StoreFaults, zones: any ZoneSource, secret: Secret,
        themes: @escaping @Sendable (String) -> Theme?
    ) {
        self.outside = outside
        self.checked = checked
        self.faults = faults
        self.zones = zones
        self.secret = secret
        self.themes = themes
    }
}

/// What came of proving a tape.
public struct ProofResult: Hashable, Sendable {
    /// A check, or what always holds, that does not.
    public struct Failure: Hashable, Sendable {
        public let step: Int
        public let screen: String
        /// The check, or the name of what always holds.
        public let sentence: String
        public let problem: String

        /// The check in one line, without the picture that it may hold.
        public var title: String { Check.title(of: sentence) }

        /// Whether the same is wrong: one piece too many is something else than none at all.
        func isSame(as other: Failure) -> Bool {
            guard sentence == other.sentence else { return false }
            return (try? Check(sentence))?.tellsWhatIs == true ? problem == other.problem : true
        }
    }

    /// So many were played, answers among them.
    public internal(set) var steps = 0
    public internal(set) var checks = 0
    /// Another build has recorded it: only what was typed counts, and answers come at once.
    public internal(set) var playsKeysAlone = false
    public internal(set) var failures: [Failure] = []
    /// Checks of which it cannot be told whether they hold, and why.
    public internal(set) var doubts: [Failure] = []
    /// Where something else was ordered than the tape says; nil where nothing was.
    public internal(set) var divergence: Film.Difference?
    /// How many pictures the tape has, and how many of them were the same.
    public internal(set) var pictures = 0
    public internal(set) var samePictures = 0
    /// The steps, counted from 0, that only write down what must hold.
    public internal(set) var stepsOfTester: Set<Int> = []
    /// What of the program was tried; nothing of a session in lines but its requests.
    public internal(set) var coverage = Coverage()
    /// What was done, ordered and answered here, as a tape of its own: this build's films play it.
    public internal(set) var played: Tape
}

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

    private let tape: Tape
    let shop: ProofShop
    private let answers: Answers
    private var shell: Shell
    private var open: [Request] = []
    private var ordered: [String: Int] = [:]
    private var requests = Coverage()
    /// What was ordered and no line has told yet.
    private var untold: [String] = []
    private var printed = ""
    private var told = 0
    private var count = RecordedCount()
    private var time = StepTime()
    /// Checks of how the program ends, and how it did.
    private var checksOfEnd: [String] = []
    private var exit: Int?
    private(set) var result: ProofResult

    private enum Shell {
        case screen(PlayedScreen)
        case lines(PlainFilm)
    }

    /// One step leads to no more requests than these; more would never end.
    private static let mostRequests = 1_000

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
        self.answers = tape.foreign == nil ? answers : .atOnce
        var header = tape.header
        (header.state, header.cases) = (state, ActionCode.cases)
        result = ProofResult(played: Tape(header: header, entries: []))
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
        guard entry.line.isStep else {
            time.hear(entry, isOfTester: false)
            return await follow(entry.line)
        }
        count.steps += 1
        let (index, wasOpen) = (result.steps, state.isOpenForTester)
        await play(entry.line, after: entry.milliseconds)
        let isOfTester = wasOpen || state.isOpenForTester
        if isOfTester { result.stepsOfTester.insert(index) }
        time.hear(entry, isOfTester: isOfTester)
        if answers == .atOnce { await settle() }
        lookAtWhatAlwaysHolds()
    }

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

    private mutating func play(_ line: TapeLine, after milliseconds: Int) async {
        if line.answered == nil { keep(line, after: milliseconds) }
        switch line {
        case .event(let event):
            switch shell {
            case .screen(var screen):
                let effects = screen.hear(event)
                shell = .screen(screen)
                take(effects)
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

    private func input(of event: TapedEvent) -> PlainEvent.Input? {
        if case .secretLine = event { .secret(shop.secret) } else { event.plainInput }
    }

    private mutating func enter(_ action: AppAction) {
        switch shell {
        case .screen(var screen):
            let effects = screen.dispatch(action)
            shell = .screen(screen)
            take(effects)
        case .lines: hear(.action(action))
        }
    }

    private mutating func hear(_ event: PlainEvent) {
        guard case .lines(var film) = shell else { return }
        let outcome = film.hear(event)
        shell = .lines(film)
        printed += outcome.text
        take(outcome.effects)
    }

    private mutating func take(_ effects: [Effect]) {
        if !effects.isEmpty { keep(.effects(effects.map { EffectCode.text(of: $0) })) }
        for effect in effects {
            untold.append(EffectCode.text(of: effect))
            guard case .ask(let request) = effect else { continue }
            ordered[request.ask.name, default: 0] += 1
            open.append(request)
        }
    }

    private mutating func answer(_ id: RequestID) async {
        guard let index = open.firstIndex(where: { $0.id == id }) else { return }
        let request = open.remove(at: index)
        let reply = await request.answered(by: shop.outside) { _ in }
        requests.note(request, answered: reply)
        let action = AppAction.replied(id, reply)
        if case .screen = shell { keep(.action(action)) } else { keep(.plain(.action(action))) }
        enter(action)
    }

    private mutating func keep(_ line: TapeLine, after milliseconds: Int = 0) {
        result.played.entries.append(Tape.Entry(line, after: milliseconds))
        if line.isStep { result.steps += 1 }
    }

    private mutating func settle() async {
        var asked = 0
        while let request = open.first, asked < Self.mostRequests {
            asked += 1
            // It waits for a server that is not there, for as long as that takes.
            if case .program(.reconnect) = request.ask {
                open.removeFirst()
            } else {
                await answer(request.id)
            }
        }
        if asked == Self.mostRequests {
            failOnce("requests come to an end", "one step has led to \(asked) of them")
        }
    }

    // MARK: - What must hold

    private mutating func follow(_ line: TapeLine) async {
        switch line {
        case .effects(let expected):
            let got = Array(untold.prefix(expected.count))
            untold.removeFirst(got.count)
            if answers == .taped, result.divergence == nil,
                got.map(\.withoutHash) != expected.map(\.withoutHash)
            {
                result.divergence = Film.Difference(
                    step: result.steps, screen: "\(state.kind)", expected: expected.joined(separator: ", "),
                    got: got.isEmpty ? "nothing" : got.joined(separator: ", "))
            }
        case .frame(let hash, _):
            result.pictures += 1
            if case .screen(let screen) = shell, screen.shows(hash, count) { result.samePictures += 1 }
        case .text(let hash, _):
            result.pictures += 1
            let text = String(decoding: printed.utf8.dropFirst(told), as: UTF8.self)
            told = printed.utf8.count
            if StableHash(text).text == hash { result.samePictures += 1 }
        case .check(let sentence):
            keep(line)
            count.checks += 1
            result.checks += 1
            await check(sentence)
        case .fault(let fault):
            keep(line)
            shop.faults.arm(fault)
        case .mark: keep(line)
        case .end(let reason):
            keep(line)
            exit = state.isEnding ? 0 : TapeLine.exitCode(of: reason)
            await checkEnd()
        case .state(_, let count): self.count = count
        case .lineState, .event, .action, .plain, .unreadable: break
        }
    }

    private mutating func check(_ sentence: String) async {
        do throws(TapeProblem) {
            let check = try Check(sentence)
            if case .exit = check.kind, exit == nil { return checksOfEnd.append(sentence) }
            let scene = scene
            if let doubt = check.doubt(in: scene) {
                result.doubts.append(failure(sentence, doubt))
            } else if let problem = await check.problem(in: scene) {
                fail(sentence, problem)
            }
        } catch {
            fail(sentence, error.description)
        }
    }

    private var scene: CheckedScene {
        let surface = surface
        guard case .screen(let screen) = shell else {
            return CheckedScene(
                state: state, surface: surface, text: printed, ordered: ordered, shop: shop.checked,
                milliseconds: time.milliseconds, exit: exit)
        }
        return CheckedScene(
            state: state, surface: surface, text: surface.text, ordered: ordered, shop: shop.checked,
            dialog: screen.dialog, style: { screen.style($0) }, milliseconds: time.milliseconds, exit: exit)
    }

    /// What can only be told at the end.
    private mutating func checkEnd() async {
        for sentence in checksOfEnd {
            if let problem = await (try? Check(sentence))?.problem(in: scene) { fail(sentence, problem) }
        }
        checksOfEnd = []
    }

    private mutating func fail(_ sentence: String, _ problem: String) {
        result.failures.append(failure(sentence, problem))
    }

    private func failure(_ sentence: String, _ problem: String) -> ProofResult.Failure {
        ProofResult.Failure(
            step: result.steps, screen: "\(state.kind)", sentence: sentence, problem: problem)
    }

    /// Asked after each step, whether or not anybody wrote it down.
    private mutating func lookAtWhatAlwaysHolds() {
        guard case .screen(let screen) = shell else { return }
        for (sentence, problem) in AlwaysHolds.problems(
            of: screen.state, on: screen.surface(), size: screen.size)
        {
            failOnce(sentence, problem)
        }
    }

    mutating func failOnce(_ sentence: String, _ problem: String) {
        if !result.failures.contains(where: { $0.sentence == sentence }) { fail(sentence, problem) }
    }
}

extension TapeLine {
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

extension String {
    /// The number and the name of what was ordered: what exactly it asks may differ between builds.
    fileprivate var withoutHash: String {
        let words = split(separator: " ")
        return words.count == 3 ? words.prefix(2).joined(separator: " ") : self
    }
}
