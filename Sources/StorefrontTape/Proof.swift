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
    /// Requests that were not carried out yet.
    private var open: [Request] = []
    /// Requests that are carried out and whose answer has not come.
    private var held: [Held] = []
    /// Requests are carried out only when a line says so.
    private(set) var answersWait = false
    /// What somebody did that would mean something else once an answer is there.
    private var keptBack: [TapeLine] = []
    /// Requests are carried out when they are made, or when a line says so, and not when the tape has their answer: it
    /// was recorded so.
    private let carriesOutFirst: Bool
    /// Nothing goes wrong just now.
    private var allIsWell = true
    /// The program has died within a request: the tape says it once more.
    private var hasDied = false
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

    private struct Held {
        let request: Request
        let reply: Reply
        /// nil where only the tape says when it comes.
        var wait: StoreFaults.Wait?
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
        guard entry.line.isStep else {
            time.hear(entry, isOfTester: false)
            return await follow(entry.line)
        }
        count.steps += 1
        hasDied = false
        let (index, wasOpen) = (result.steps, state.isOpenForTester)
        await play(entry.line, after: entry.milliseconds)
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

    private mutating func play(_ line: TapeLine, after milliseconds: Int) async {
        guard !mustWait(line) else { return keptBack.append(line) }
        if line.answered == nil { keep(line, after: milliseconds) }
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
            // A newer request of the same slot takes the place of one that was not begun.
            if answersWait, let slot = request.terms.slot { open.removeAll { $0.terms.slot == slot } }
            open.append(request)
        }
    }

    // MARK: - Answers

    /// The tape has the answer to a request.
    private mutating func answer(_ id: RequestID) async {
        if let index = held.firstIndex(where: { $0.request.id == id }) {
            return enter(held.remove(at: index))
        }
        guard let index = open.firstIndex(where: { $0.id == id }),
            let carried = await carryOut(open.remove(at: index))
        else { return }
        enter(carried)
    }

    /// nil where the program has died meanwhile.
    private mutating func carryOut(_ request: Request) async -> Held? {
        let reply = await request.answered(by: shop.outside) { _ in }
        let wait = shop.faults.takeWait()
        if shop.faults.takeDeath() {
            keep(.fault(.process(.now)))
            beginAnew()
            hasDied = true
            return nil
        }
        requests.note(request, answered: reply)
        return Held(request: request, reply: reply, wait: wait)
    }

    private mutating func enter(_ held: Held) {
        let wasOnTheWay = state.isOnTheWayToPayment
        let action = AppAction.replied(held.request.id, held.reply)
        if case .screen = shell { keep(.action(action)) } else { keep(.plain(.action(action))) }
        enter(action)
        // It was typed before what it would answer could be read.
        if wasOnTheWay, state.showsReview { keptBack = [] }
        while let line = keptBack.first, !isBeforeItsAnswer(line) {
            keptBack.removeFirst()
            keep(line)
            handle(line)
        }
    }

    /// Whether the program keeps it back until an answer has come, as it decides what it means.
    private func mustWait(_ line: TapeLine) -> Bool {
        // A tape has what was kept back where it was heard.
        answers == .atOnce && (!keptBack.isEmpty && line.isOfHands || isBeforeItsAnswer(line))
    }

    private func isBeforeItsAnswer(_ line: TapeLine) -> Bool {
        guard case .screen(let screen) = shell, !open.isEmpty || !held.isEmpty else { return false }
        return screen.waits(line)
    }

    /// What a person does, or has to do with the terminal.
    private mutating func handle(_ line: TapeLine) {
        guard case .screen(var screen) = shell else { return }
        let effects =
            switch line {
            case .event(let event): screen.hear(event)
            case .fault(let fault): screen.suffer(fault)
            case .action, .plain, .effects, .frame, .text, .state, .lineState, .mark, .check, .end,
                .unreadable:
                [Effect]()
            }
        shell = .screen(screen)
        take(effects)
    }

    /// The session ends without a word and begins anew on the same shop.
    private mutating func beginAnew() {
        (open, held, keptBack, untold, answersWait) = ([], [], [], [], false)
        switch shell {
        case .screen(var screen):
            let effects = screen.suffer(.process(.now))
            shell = .screen(screen)
            take(effects)
        case .lines:
            guard let lines = tape.header.lines else { return }
            let start = tape.header.state ?? tape.header.freshState
            shell = .lines(PlainFilm(start, keyMap: tape.header.keyMap, zones: shop.zones, shell: lines))
            hear(.started(notice: nil))
        }
    }

    private mutating func keep(_ line: TapeLine, after milliseconds: Int = 0) {
        result.played.entries.append(Tape.Entry(line, after: milliseconds))
        if line.isStep { result.steps += 1 }
    }

    /// Carries out what was asked for, where nothing makes it wait.
    private mutating func settle() async {
        guard carriesOutFirst else { return }
        var asked = 0
        while !answersWait, let request = waiting.first, asked < Self.mostRequests {
            asked += 1
            await carryOutFirst(request)
        }
        if asked == Self.mostRequests {
            failOnce("requests come to an end", "one step has led to \(asked) of them")
        }
    }

    /// The answer comes at once unless something keeps it back, or when the tape says so.
    private mutating func carryOutFirst(_ request: Request) async {
        open.removeAll { $0.id == request.id }
        guard let carried = await carryOut(request) else { return }
        if carried.wait == nil, answers == .atOnce { enter(carried) } else { held.append(carried) }
    }

    /// Requests of one lane are carried out one after the other.
    private func isBehind(_ request: Request) -> Bool {
        guard let lane = request.terms.lane else { return false }
        return open.contains { $0.terms.lane == lane && $0.id < request.id }
            || held.contains { $0.request.terms.lane == lane && $0.wait != nil }
    }

    /// It waits for a server that is not there, for as long as that takes.
    private func isOutOfReach(_ request: Request) -> Bool {
        if case .program(.reconnect) = request.ask { shop.faults.isOffline } else { false }
    }

    /// Lets answers come whose time it is.
    private mutating func release(_ isDue: (StoreFaults.Wait) -> Bool) async {
        var count = 0
        while let index = held.firstIndex(where: { $0.wait.map(isDue) ?? true }), count < Self.mostRequests {
            count += 1
            enter(held.remove(at: index))
            await settle()
        }
    }

    private mutating func suffer(_ fault: TapedFault) async {
        switch fault {
        case .process(.now):
            // The tape says what has come of an earlier line.
            if hasDied { hasDied = false } else { beginAnew() }
        case .terminal, .hands: handle(.fault(fault))
        case .others(let deed):
            do throws(StoreError) {
                try await OtherTill(services: shop.checked.services, ids: shop.outside.ids).act(
                    deed, on: state.desk.basket.cart.lines.first, of: state.desk.principal.owner)
            } catch {
                // It is refused as any till would be: nothing has changed.
                return
            }
        case .clock(.changesTime): shop.faults.set(changeOfTime(after: shop.faults.now()))
        case .answers(.wait): answersWait = true
        case .answers(.comes(let name)):
            guard let wanted = open.first(where: { $0.ask.name == name && !isOutOfReach($0) }) else { return }
            let before = open.filter { request in
                request.id < wanted.id && wanted.terms.lane != nil && request.terms.lane == wanted.terms.lane
            }
            for request in before + [wanted] where open.contains(request) { await carryOutFirst(request) }
        case .over: answersWait = false
        case .call, .store, .net, .clock, .process: break
        }
        await settle()
        if fault == .over, answers == .atOnce { await release { _ in true } }
        lookAtWhatAlwaysHolds()
    }

    /// A second before the clocks of the machine's zone are changed; the same moment where they never are.
    private func changeOfTime(after moment: Timestamp) -> Timestamp {
        let zone = shop.zones.machine
        func offset(_ moment: Timestamp) -> Int {
            let (here, utc) = (zone.reading(moment), CivilTime(utc: moment))
            return ((here.hour - utc.hour) * 60 + here.minute - utc.minute + 1_440) % 1_440
        }
        let hour: Int64 = 3_600
        let first = moment.milliseconds / 3_600_000 + 1
        let change = (first..<first + 366 * 24).first {
            offset(Timestamp(seconds: $0 * hour)) != offset(Timestamp(seconds: ($0 - 1) * hour))
        }
        return change.map { Timestamp(seconds: $0 * hour - 1) } ?? moment
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
            guard !mustWait(line) else { return keptBack.append(line) }
            keep(line)
            allIsWell = fault == .over
            shop.faults.arm(fault)
            await suffer(fault)
        case .mark: keep(line)
        case .end(let reason):
            if answers == .atOnce, allIsWell { await lookAtTheEnd() }
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
            of: screen.state, on: screen.surface(), size: screen.size, in: screen.render)
        {
            failOnce(sentence, problem)
        }
    }

    /// Nothing is open for ever, and no sale is in doubt for ever.
    private mutating func lookAtTheEnd() async {
        let open = state.desk.requests.open.map(\.ask.name)
        if !open.isEmpty { failOnce("every request is answered", open.joined(separator: ", ")) }
        let services = shop.checked.services
        for problem in await Settling(services: services, ids: shop.outside.ids).problems() {
            failOnce("no sale stays in doubt", problem)
        }
        for (sentence, problem) in await AlwaysHolds.problems(inShop: services) {
            failOnce(sentence, problem)
        }
    }

    mutating func failOnce(_ sentence: String, _ problem: String) {
        if !result.failures.contains(where: { $0.sentence == sentence }) { fail(sentence, problem) }
    }
}

extension TapeLine {
    /// Whether a person does it, or has to do with the terminal.
    fileprivate var isOfHands: Bool {
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

extension String {
    /// The number and the name of what was ordered: what exactly it asks may differ between builds.
    fileprivate var withoutHash: String {
        let words = split(separator: " ")
        return words.count == 3 ? words.prefix(2).joined(separator: " ") : self
    }
}
