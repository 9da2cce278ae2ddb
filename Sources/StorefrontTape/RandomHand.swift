import StorefrontCore
import StorefrontTUI
import TerminalKit

/// Somebody who tries anything. The same seed does the same in the same states; each draws a few commands that it
/// likes, and otherwise what it has done least.
struct RandomHand {
    private var random: SeededRandom
    private let keyMap: KeyMap
    private let hasFaults: Bool
    /// Each command on each screen, and how often.
    private var done: [Place: Int] = [:]
    private let liked: Set<Command>
    /// It does nothing else.
    private let used: Set<Command>
    /// What was tried before.
    private let known: Coverage
    /// What goes wrong here, and nothing else.
    private let faults: [TapedFault]
    private var size: Size
    /// Where it wants to be first, and what leads there; nil once it was there, and for nowhere.
    private var goal: ScreenKind?
    private let doors: [Command]

    private struct Place: Hashable {
        let command: Command
        let screen: ScreenKind
    }

    static let sizes = [(80, 24), (120, 40), (40, 12), (200, 60), (79, 23)].map {
        Size(width: $0, height: $1)
    }

    /// So many faults one hand has.
    private static let faultsOfOne = 24

    /// They end the program, or stop it.
    private static let never = Set(Command.ofTester).union([.quit, Command("suspend")])

    private static let texts = [
        "1", "2", "7", "0", "20", "500", "3.50", "12,5", "-1", "999999", "lamp", "zzz", "50c", "3x",
        "e\u{301}緑",
        "a@b.example", "customer@example.com", "SAVE10", "R1-000001", "damaged",
        String(repeating: "9", count: 40),
    ]
    private static let codes = [
        "2000000002408", "2000000000237", "4006381333931", "2000000000015", "OUT-0024", "500", "0",
        "R1-000001", "00000000",
    ]

    init(_ exploration: Exploration) {
        (known, hasFaults) = (exploration.known, exploration.hasFaults)
        (keyMap, size) = (exploration.header.keyMap, exploration.header.size)
        (goal, doors) = (exploration.beginning.goal, exploration.beginning.doors)
        random = SeededRandom(seed: exploration.facts.seed)
        let all = Command.allCases.sorted { $0.rawValue < $1.rawValue }
        liked = Set(all.shuffled(using: &random).prefix(all.count / 4))
        used = Set(all.shuffled(using: &random).prefix(all.count * 3 / 4))
        faults = Array(TapedFault.allCases.shuffled(using: &random).prefix(Self.faultsOfOne))
    }

    /// What is done next; several lines where it is one thing to do.
    mutating func next(in state: AppState) -> [TapeLine] {
        if state.kind == goal { goal = nil }
        if state.user == nil, state.overlays.isEmpty, chance(10) {
            return state.kind == .signIn ? signIn() : press(.function(5))
        }
        if hasFaults, chance(3) { return [.fault(fault())] }
        if case .confirm = state.overlays.last, chance(70) {
            return press(pick([.character("y"), .character("n"), .enter, .escape]))
        }
        if state.takesText, chance(20) { return press(.escape) }
        if state.takesText, chance(40) {
            return pick(Self.texts).map { .event(.key(.character($0), isAlone: true)) }
                + (chance(60) ? press(.enter) : [])
        }
        switch Int.random(in: 0..<100, using: &random) {
        case 0..<8: return [.event(.scan(Scan(pick(Self.codes))))]
        case 8..<10: return [.event(.paste(pick(Self.texts)))]
        case 10..<14:
            let place = Point(
                x: Int.random(in: 0..<size.width, using: &random),
                y: Int.random(in: 0..<size.height, using: &random))
            return [.event(.press(place))]
        case 14..<16: return [.event(.wheel(isUp: chance(50)))]
        case 16..<18:
            size = pick(Self.sizes)
            return [.event(.resize(size))]
        case 18: return [.event(.focus(false)), .event(.focus(true))]
        case 19..<26: return press(pick([.enter, .escape, .tab, .backTab, .up, .down, .backspace, .home]))
        default: return command(in: state)
        }
    }

    private mutating func signIn() -> [TapeLine] {
        // Most of the program is for whoever may do everything.
        let account = pick(DemoAccount.allCases + [.admin, .admin])
        let keys = keyMap.keys(of: account.command)
        return keys.isEmpty ? [] : press(pick(keys))
    }

    /// A command that can be carried out here, rather one that was seldom: by its key, or by its name.
    private mutating func command(in state: AppState) -> [TapeLine] {
        let kind = state.kind
        let palette = keyMap.keys(of: .palette).first { if case .character = $0 { false } else { true } }
        let hasPalette = palette != nil && state.availability(of: .palette).isEnabled
        let possible = CommandSpec.all.filter { spec in
            !Self.never.contains(spec.command)
                && (!keyMap.keys(of: spec.command).isEmpty || hasPalette && spec.isListed)
                && state.availability(of: spec.command).isEnabled
        }.sorted { $0.command.rawValue < $1.command.rawValue }
        guard !possible.isEmpty else { return press(.escape) }
        // On the way, the door that is nearest to where it wants to be.
        if goal != nil, chance(50),
            let door = doors.last(where: { door in possible.contains { $0.command == door } }),
            let spec = CommandSpec[door]
        {
            return carryOut(spec, hasPalette ? palette : nil)
        }
        // Where nothing of it can be done, anything else is.
        let own = possible.filter { used.contains($0.command) }
        let some = (0..<4).map { _ in pick(own.isEmpty ? possible : own) }
        let best = some.min { weight($0.command, kind) < weight($1.command, kind) } ?? some[0]
        done[Place(command: best.command, screen: kind), default: 0] += 1
        return carryOut(best, hasPalette ? palette : nil)
    }

    /// By a key, or by its name where it has none, and now and then all the same.
    ///
    /// - Parameter palette: opens the list of commands; nil where that cannot be.
    private mutating func carryOut(_ spec: CommandSpec, _ palette: Key?) -> [TapeLine] {
        let keys = keyMap.keys(of: spec.command)
        if let palette, spec.isListed, keys.isEmpty || chance(20) {
            return press(palette) + spec.title.flatMap { press(.character($0)) } + press(.enter)
        }
        return keys.isEmpty ? press(.escape) : press(pick(keys))
    }

    private func weight(_ command: Command, _ screen: ScreenKind) -> Int {
        let place = Coverage.Place(screen: "\(screen)", command: command.rawValue)
        let times =
            (done[Place(command: command, screen: screen)] ?? 0) + (known.commands[place]?.done ?? 0)
        return liked.contains(command) ? times / 3 : times
    }

    private mutating func fault() -> TapedFault { chance(25) ? .over : pick(faults) }

    private func press(_ key: Key) -> [TapeLine] { [.event(.key(key, isAlone: true))] }

    private mutating func chance(_ percent: Int) -> Bool {
        Int.random(in: 0..<100, using: &random) < percent
    }

    private mutating func pick<Element>(_ all: [Element]) -> Element {
        all[Int.random(in: 0..<all.count, using: &random)]
    }
}

extension CommandSpec {
    /// Whether it can be found by its name.
    fileprivate var isListed: Bool { !traits.contains(.byKeyOnly) }
}
