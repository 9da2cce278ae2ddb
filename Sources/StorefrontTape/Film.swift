import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Plays a tape through this build's model and views: without a store, in no time, in both directions. What was
/// typed goes through this build's keys; answers come from the tape.
public struct Film: Sendable {
    /// This build does something else than the one that has recorded the tape.
    public struct Difference: Hashable, Sendable {
        public let step: Int
        public let screen: String
        public let expected: String
        public let got: String

        public var sentence: String {
            "step \(step) on \(screen): the tape has \(expected), this build \(got)"
        }
    }

    private enum Shell: Sendable {
        case screen(PlayedScreen)
        case lines(PlainFilm)
    }

    private struct Moment: Sendable {
        var position = 0
        var shell: Shell
        var count = RecordedCount()
        /// How many steps of the tape have been played; its count is another where it begins in the middle.
        var step = 0
        /// What was ordered and no line has told yet.
        var ordered: [String] = []
        /// What was printed, and how much of it a line has told.
        var printed = ""
        var told = 0
        /// What the step has led to depends on a secret, which no tape has: only the tape can tell it.
        var dependsOnSecret = false
        var differences: [Difference] = []
        var marks: [Int] = []
        /// The state before the step that was played last; nil before the first.
        var before: AppState?
    }

    public let tape: Tape
    private var now: Moment
    /// A copy now and then: a jump plays no more than these steps.
    private var copies: [Moment]

    public static let stepsToCopy = 256
    /// More differences say no more.
    private static let mostDifferences = 100

    /// - Parameters:
    ///   - size: of the screen, whatever the tape says of it; nil for that of the tape.
    ///   - themes: a theme by its name; nil for one that is not here.
    /// - Throws: `TapeProblem` for a tape whose state this build cannot read.
    public init(
        _ tape: Tape, zones: any ZoneSource, size: Size? = nil, themes: @escaping @Sendable (String) -> Theme?
    ) throws(TapeProblem) {
        guard let state = tape.header.state else {
            throw TapeProblem(
                "The state of this tape cannot be read by this build; storefront qa check plays its keys")
        }
        self.tape = tape
        let shell: Shell =
            if let lines = tape.header.lines {
                .lines(PlainFilm(state, keyMap: tape.header.keyMap, zones: zones, shell: lines))
            } else {
                .screen(PlayedScreen(state, tape.header, zones: zones, size: size, themes: themes))
            }
        now = Moment(shell: shell)
        copies = []
        follow()
        copies = [now]
    }

    public var step: Int { now.step }
    public var steps: Int { tape.steps }
    public var isAtEnd: Bool { now.position >= tape.entries.count }
    public var differences: [Difference] { now.differences }
    /// The steps that were marked so far.
    public var marks: [Int] { now.marks }

    public var state: AppState {
        switch now.shell {
        case .screen(let screen): screen.state
        case .lines(let film): film.state.app
        }
    }

    /// The state before the step that was played last; nil before the first.
    public var stateBefore: AppState? { now.before }

    /// What was printed line by line so far; empty for a full screen.
    public var printed: String { now.printed }

    /// The picture; of a session in lines the end of what was printed.
    public var surface: Surface {
        switch now.shell {
        case .screen(let screen): return screen.surface(now.count)
        case .lines:
            var surface = Surface(size: tape.header.size)
            let rows = now.printed.split(separator: "\n", omittingEmptySubsequences: false)
                .flatMap { TextWidth.wrap(String($0), width: surface.size.width) }
                .suffix(surface.size.height)
            for (y, row) in rows.enumerated() {
                surface.write(row, at: Point(x: 0, y: y), style: .none)
            }
            return surface
        }
    }

    /// The step that comes next; nil at the end.
    public var next: TapeLine? {
        tape.entries[now.position...].first { $0.line.isStep }?.line
    }

    /// The step that was played last, in words; nil before the first. A key has the command that it was.
    public var lastStep: String? {
        guard let index = indexOfStep else { return nil }
        let line = tape.entries[index].line
        guard case .event(.key(let key, let isAlone)) = line, let before = now.before,
            case .command(let command) = tape.header.keyMap.action(
                for: key, in: before, isAlone: isAlone, scroller: nil)
        else { return line.words }
        return "\(line.words) \(command.title)"
    }

    /// What the tape says that the step has ordered.
    public var effectsOfStep: [String] {
        guard let index = indexOfStep else { return [] }
        return tape.entries[(index + 1)...].prefix { !$0.line.isStep }.flatMap { entry in
            if case .effects(let effects) = entry.line { effects } else { [String]() }
        }
    }

    /// What a tester said of the step, and what went wrong on purpose behind it.
    public var notesOfStep: [String] {
        guard let index = indexOfStep else { return [] }
        return tape.entries[(index + 1)...].prefix { !$0.line.isStep }.compactMap { entry in
            switch entry.line {
            case .check(let sentence): "check: \(sentence)"
            case .mark: "mark"
            case .fault(let fault): "fault: \(fault.text)"
            case .event, .action, .plain, .effects, .frame, .text, .state, .lineState, .end, .unreadable: nil
            }
        }
    }

    private var indexOfStep: Int? {
        tape.entries[..<now.position].lastIndex { $0.line.isStep }
    }

    /// How long the session waited before the next step, in milliseconds.
    public var pauseBeforeNext: Int { isAtEnd ? 0 : tape.entries[now.position].milliseconds }

    // MARK: - Moving

    /// Plays one step; false at the end.
    @discardableResult
    public mutating func forward() -> Bool {
        guard now.position < tape.entries.count else { return false }
        let line = tape.entries[now.position].line
        now.position += 1
        now.before = state
        now.count.steps += 1
        now.step += 1
        now.dependsOnSecret = false
        tellUnasked()
        play(line)
        follow()
        if now.step.isMultiple(of: Self.stepsToCopy), now.step > copies.last?.step ?? 0 { copies.append(now) }
        return true
    }

    /// Goes to the state after so many steps.
    public mutating func go(to step: Int) {
        let wanted = min(max(0, step), steps)
        if wanted < now.step || wanted - now.step > Self.stepsToCopy,
            let copy = copies.last(where: { $0.step <= wanted }), wanted < now.step || copy.step > now.step
        {
            now = copy
        }
        while now.step < wanted, forward() {}
    }

    public mutating func back() { go(to: step - 1) }

    /// Goes on to the first step after this one of which `holds` is true; false when there is none, and then
    /// nothing moves.
    public mutating func goOn(until holds: (Film) -> Bool) -> Bool {
        let start = now
        while forward() { if holds(self) { return true } }
        now = start
        return false
    }

    // MARK: - Playing

    private mutating func play(_ line: TapeLine) {
        switch (line, now.shell) {
        case (.event(let event), .screen(var screen)):
            now.ordered += screen.hear(event).map { EffectCode.text(of: $0) }
            now.shell = .screen(screen)
        case (.action(let action), .screen(var screen)):
            now.ordered += screen.dispatch(action).map { EffectCode.text(of: $0) }
            now.shell = .screen(screen)
        case (.event(let event), .lines(var film)):
            if let input = event.plainInput { hear(.input(input), &film) }
            now.shell = .lines(film)
        case (.plain(let event), .lines(var film)):
            hear(event, &film)
            now.shell = .lines(film)
        case (.unreadable, _), (.fault, _), (.effects, _), (.frame, _), (.text, _), (.state, _),
            (.lineState, _),
            (.mark, _), (.check, _), (.end, _), (.plain, .screen), (.action, .lines):
            break
        }
    }

    private mutating func hear(_ event: PlainEvent, _ film: inout PlainFilm) {
        let outcome = film.hear(event)
        now.printed += outcome.text
        now.ordered += outcome.effects.map { EffectCode.text(of: $0) }
    }

    /// Reads what the tape says of the step, and compares.
    private mutating func follow() {
        while now.position < tape.entries.count, !tape.entries[now.position].line.isStep {
            let line = tape.entries[now.position].line
            now.position += 1
            switch line {
            case .effects(let expected):
                let got = Array(now.ordered.prefix(expected.count))
                now.ordered.removeFirst(got.count)
                if got != expected { differ(expected.words, got.words) }
            case .frame(let hash, let text):
                guard case .screen(let screen) = now.shell, !screen.shows(hash, now.count) else { break }
                differ(text.map { "the picture\n\($0)\n" } ?? "another picture", "\n\(surface.text)\n")
            case .text(_, let text) where now.dependsOnSecret:
                now.printed = String(decoding: now.printed.utf8.prefix(now.told), as: UTF8.self) + text
                now.told = now.printed.utf8.count
            case .text(let hash, let text):
                let got = String(decoding: now.printed.utf8.dropFirst(now.told), as: UTF8.self)
                now.told = now.printed.utf8.count
                if StableHash(got).text != hash { differ("\"\(text)\"", "\"\(got)\"") }
            case .state(let state, let count):
                if case .screen(var screen) = now.shell {
                    screen.go(to: state)
                    now.shell = .screen(screen)
                    now.count = count
                }
            case .lineState(let state):
                if case .lines(var film) = now.shell {
                    film.state = state
                    now.shell = .lines(film)
                }
                now.ordered = []
                now.dependsOnSecret = true
            case .mark: now.marks.append(now.step)
            case .check: now.count.checks += 1
            case .fault(let fault):
                if case .screen(var screen) = now.shell {
                    now.ordered += screen.suffer(fault).map { EffectCode.text(of: $0) }
                    now.shell = .screen(screen)
                }
            case .end, .event, .action, .plain, .unreadable: break
            }
        }
    }

    /// What this build has ordered and the tape does not have.
    private mutating func tellUnasked() {
        // What several lines have led to that were typed ahead is told behind the last of them.
        guard !now.ordered.isEmpty, case .screen = now.shell else { return }
        differ("nothing", now.ordered.words)
        now.ordered = []
    }

    private mutating func differ(_ expected: String, _ got: String) {
        guard now.differences.count < Self.mostDifferences else { return }
        now.differences.append(
            Difference(step: now.step, screen: "\(state.kind)", expected: expected, got: got))
    }
}

extension [String] {
    fileprivate var words: String { isEmpty ? "nothing" : joined(separator: ", ") }
}

extension TapedEvent {
    /// What it is in a session in lines; nil for what is no line.
    var plainInput: PlainEvent.Input? {
        switch self {
        case .line(let line): line.map { .line($0) } ?? .end
        case .secretLine: .secret(Secret(TextInput.standIn))
        case .key, .paste, .press, .wheel, .scan, .focus, .resize, .secret: nil
        }
    }
}
