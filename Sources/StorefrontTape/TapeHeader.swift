import StoreDomain
import StorefrontCore
import StorefrontTUI
import TerminalKit

/// The tape that a session goes on from by hand.
public struct ParentTape: Hashable, Codable, Sendable {
    /// The name of its file.
    public let name: String
    /// So many steps of it were done anew.
    public let step: Int

    public init(name: String, step: Int) {
        self.name = name
        self.step = step
    }

    public var words: String { "step \(step) of \(name)" }
}

/// What a recorder must know of the program beside the session: the composition root fills it in.
public struct TapeFacts: Hashable, Codable, Sendable {
    /// The version with the commit.
    public var program: String
    public var system: String
    /// The command line without secrets.
    public var arguments: [String]
    public var seed: UInt64
    /// The moment at which the session's clock stands.
    public var clock: Timestamp
    /// How many products the demo store has.
    public var products: Int
    /// The zone of the machine.
    public var zone: String
    public var locale: String
    /// nil for a session that goes on from no other.
    public var parent: ParentTape?
    /// Whether the header of the screen says how many steps are on the tape; nil on tapes of earlier builds, which do.
    public var countsSteps: Bool?
    /// Whether stand-ins are on the tape for what tells of people; nil for a tape of a throw-away shop, which has all.
    public var isMasked: Bool?
    /// Whether the shop's clock goes on by the seconds of the tape; nil on tapes of earlier builds, where it stands until
    /// somebody moves it.
    public var clockRuns: Bool?
    /// The stage that the session began at; nil on tapes of earlier builds, and where it began at none.
    public var stage: String?

    public init(
        program: String, system: String, arguments: [String], seed: UInt64, clock: Timestamp, products: Int,
        zone: String, locale: String, parent: ParentTape? = nil, countsSteps: Bool? = nil,
        isMasked: Bool? = nil, stage: String? = nil
    ) {
        self.stage = stage
        self.isMasked = isMasked
        self.parent = parent
        self.countsSteps = countsSteps
        self.program = program
        self.system = system
        self.arguments = arguments
        self.seed = seed
        self.clock = clock
        self.products = products
        self.zone = zone
        self.locale = locale
    }
}

/// The first line of a tape: how it began and with what it was made.
public struct TapeHeader: Hashable, Sendable {
    public var term: Term
    public var facts: TapeFacts
    public var theme: String
    /// That theme as a file has it; nil where each build has it, and on tapes of earlier builds.
    public var themeFile: String?
    public var colors: Int
    public var isUnicode: Bool
    public var reducedMotion: Bool
    /// Keys that are not the standard ones, by command.
    public var keys: [String: [String]]
    /// nil for a full screen.
    public var lines: SessionStart.LineShell?
    /// Which actions, commands and screens the build knew.
    public var cases: String
    /// nil where another build has written a state that this one cannot read.
    public var state: AppState?

    /// The format of tapes; another number is not read.
    public static let format = 1

    /// As asciicast files have it.
    public struct Term: Hashable, Codable, Sendable {
        public var cols: Int
        public var rows: Int
        public var type: String
    }

    public init(_ start: SessionStart, _ facts: TapeFacts) {
        term = Term(cols: start.size.width, rows: start.size.height, type: start.abilities.name)
        self.facts = facts
        let shown = start.context.render.wholeTheme
        theme = shown.name
        themeFile = shown.isBuiltIn ? nil : shown.yaml
        colors = start.abilities.colors.rawValue
        isUnicode = start.abilities.unicode
        reducedMotion = start.context.reducedMotion
        keys = start.context.keyMap.changes
        lines = start.lines
        cases = ActionCode.cases
        state = start.state
    }

    /// Of a session that a program makes up: a throw-away shop on a full screen with all that a terminal can have.
    public init(_ facts: TapeFacts, size: Size) {
        term = Term(cols: size.width, rows: size.height, type: "xterm-256color")
        self.facts = facts
        theme = Theme.standard.name
        themeFile = nil
        colors = ColorDepth.direct.rawValue
        isUnicode = true
        reducedMotion = true
        keys = [:]
        lines = nil
        cases = ActionCode.cases
        state = freshState
    }

    public var size: Size { Size(width: term.cols, height: term.rows) }

    public var abilities: TerminalAbilities {
        TerminalAbilities(
            name: term.type, colors: ColorDepth(rawValue: colors) ?? .direct, unicode: isUnicode,
            mouse: true)
    }

    /// The state that a session in a throw-away shop begins with in this build, for a tape of another one.
    public var freshState: AppState {
        var context = AppContext(isDemo: true, isThrowAway: true, storeLabel: "demo")
        context.hasTill = true
        context.theme = theme
        context.qa = .ofTester(seed: facts.seed, clock: facts.clock)
        return AppState(context: context, start: .shop)
    }

    /// The keys of the session; the standard ones where this build does not know those.
    public var keyMap: KeyMap { (try? KeyMap(overrides: keys)) ?? .standard }

    /// The theme of the session as the tape has it, and every other as `others` has it.
    public func themes(
        else others: @escaping @Sendable (String) -> Theme?
    ) -> @Sendable (String) -> Theme? {
        guard let own = themeFile.flatMap({ try? Theme.parse($0, file: theme) }) else { return others }
        let name = theme
        return { $0 == name ? own : others($0) }
    }
}

extension KeyMap {
    /// The names of keys that are not the standard ones, by command.
    fileprivate var changes: [String: [String]] {
        var changes: [String: [String]] = [:]
        for (command, keys) in keys where keys != KeyMap.standard.keys(of: command) {
            changes[command.rawValue] = keys.isEmpty ? ["none"] : keys.map { $0.name(ascii: true) }
        }
        return changes
    }
}

extension TapeHeader: Codable {
    private enum CodingKeys: String, CodingKey {
        case version, tape, term, facts, theme, themeFile, colors, isUnicode, reducedMotion, keys, lines,
            cases, state
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(3, forKey: .version)
        try container.encode(Self.format, forKey: .tape)
        try container.encode(term, forKey: .term)
        try container.encode(facts, forKey: .facts)
        try container.encode(theme, forKey: .theme)
        try container.encodeIfPresent(themeFile, forKey: .themeFile)
        try container.encode(colors, forKey: .colors)
        try container.encode(isUnicode, forKey: .isUnicode)
        try container.encode(reducedMotion, forKey: .reducedMotion)
        try container.encode(keys, forKey: .keys)
        try container.encodeIfPresent(lines, forKey: .lines)
        try container.encode(cases, forKey: .cases)
        try container.encodeIfPresent(state, forKey: .state)
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let format = try container.decode(Int.self, forKey: .tape)
        guard format == Self.format else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: [CodingKeys.tape], debugDescription: "format \(format)"))
        }
        term = try container.decode(Term.self, forKey: .term)
        facts = try container.decode(TapeFacts.self, forKey: .facts)
        theme = try container.decode(String.self, forKey: .theme)
        themeFile = try container.decodeIfPresent(String.self, forKey: .themeFile)
        colors = try container.decode(Int.self, forKey: .colors)
        isUnicode = try container.decode(Bool.self, forKey: .isUnicode)
        reducedMotion = try container.decode(Bool.self, forKey: .reducedMotion)
        keys = try container.decode([String: [String]].self, forKey: .keys)
        lines = try container.decodeIfPresent(SessionStart.LineShell.self, forKey: .lines)
        cases = try container.decode(String.self, forKey: .cases)
        state = try? container.decode(AppState.self, forKey: .state)
    }
}
