import StoreDomain

/// What makes a session repeatable, for a tester, and what can be chosen in it; nil in the context of a program that
/// nobody tests.
public struct QARules: Hashable, Sendable {
    /// What random values come from.
    public let seed: UInt64
    /// The moment at which the session's clock stands at first.
    public let clock: Timestamp
    /// What can go wrong on purpose; empty where nothing can.
    public let faults: [QAItem]
    /// How the clock can be moved.
    public let clocks: [QAItem]
    /// Where a session can begin.
    public let stages: [QAItem]
    /// Whether all of the session is on its tape, so that it can be done anew.
    public let isWhole: Bool

    public init(
        seed: UInt64, clock: Timestamp, faults: [QAItem] = [], clocks: [QAItem] = [], stages: [QAItem] = [],
        isWhole: Bool = false
    ) {
        self.seed = seed
        self.clock = clock
        self.faults = faults
        self.clocks = clocks
        self.stages = stages
        self.isWhole = isWhole
    }
}

extension QARules: Codable {
    private enum CodingKeys: String, CodingKey { case seed, clock, faults, clocks, stages, isWhole }

    /// Tapes of earlier builds have a seed and a clock alone.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func items(_ key: CodingKeys) throws -> [QAItem] {
            try container.decodeIfPresent([QAItem].self, forKey: key) ?? []
        }
        self.init(
            seed: try container.decode(UInt64.self, forKey: .seed),
            clock: try container.decode(Timestamp.self, forKey: .clock), faults: try items(.faults),
            clocks: try items(.clocks), stages: try items(.stages),
            isWhole: try container.decodeIfPresent(Bool.self, forKey: .isWhole) ?? false)
    }
}

/// Something a tester can choose, as a tape spells it and as people read it.
public struct QAItem: Hashable, Codable, Sendable {
    public let text: String
    public let label: String
    /// One line.
    public let summary: String

    public init(_ text: String, label: String, summary: String = "") {
        self.text = text
        self.label = label
        self.summary = summary
    }

    /// The text of what ends all that was to go wrong.
    public static let allIsWell = "over"
    /// The text of what has the terminal read slowly.
    public static let readsSlowly = "terminal slow"
    /// What the texts of those begin with that move the clock.
    static let ofClock = "clock "
}

/// What a tester picks from a list.
public enum QAChoice: Hashable, Codable, Sendable {
    case fault(QAItem)
    case clock(QAItem)
    case stage(QAItem)
}

/// What a tester adds to a tape while it is recorded, and wants of the program beside the shop.
public enum QANote: Hashable, Codable, Sendable {
    /// A step to come back to.
    case mark
    /// A sentence that must hold after this step, as `storefront qa check` reads it.
    case check(String)
    /// The words of the picture are to be pointed at.
    case look
    /// From here on this goes wrong on purpose, or the clock is moved.
    case fault(String)
    /// What holds in the state is shown, or no longer.
    case pane
    /// The session ends, and something else comes after it.
    case leave(QALeave)
}

/// What comes after a session that a tester has left.
public enum QALeave: Hashable, Codable, Sendable {
    /// The same session without what was done last.
    case stepBack
    /// The same session up to the step that was marked last.
    case toMark
    /// A new session at that stage.
    case stage(String)
    /// A report of what is on the tape.
    case report
}

/// What a tester does that is no key of the shop.
public enum QAAction: Hashable, Codable, Sendable {
    /// The words that a picture shows.
    case saw([Pointing.Word])
    case pointed(Pointing.Move)
    /// What a tape says that goes wrong from here on.
    case armed(String)
    /// What is still to go wrong, as a tape spells it: something of it has struck.
    case stands([String])
}

/// What a tester has done to a session.
public struct QAStanding: Hashable, Codable, Sendable {
    /// What goes wrong on purpose, as the header says it; nil for nothing.
    public internal(set) var fault: String?
    public internal(set) var isMarked = false
}

extension AppState {
    /// What a tester can do is in front, or what is written down.
    public var isOpenForTester: Bool {
        overlays.last?.isOfTester ?? false
    }

    mutating func hear(_ action: QAAction) -> [Effect] {
        guard let rules = desk.context.qa else { return [] }
        switch action {
        case .saw(let words):
            guard let pointing = Pointing(words) else {
                desk.say(.info, "Nothing can be pointed at where a password may stand")
                return []
            }
            lay(.pointing(pointing))
        case .pointed(.inWords):
            guard case .pointing(let pointing)? = overlays.last else { return [] }
            overlays[overlays.count - 1] = .prompt(Prompt(.check, text: pointing.sentence, limit: 200))
        case .pointed(let move):
            guard case .pointing(var pointing)? = overlays.last else { return [] }
            pointing.move(move)
            overlays[overlays.count - 1] = .pointing(pointing)
        case .armed(let text):
            let item = (rules.faults + rules.clocks).first { $0.text == text }
            return arm(item ?? QAItem(text, label: text))
        case .stands(let texts):
            let labels = texts.map { text in rules.faults.first { $0.text == text }?.label ?? text }
            desk.tested?.fault = labels.isEmpty ? nil : labels.joined(separator: ", ")
        }
        return []
    }

    mutating func stopPointing() {
        overlays.removeAll { if case .pointing = $0 { true } else { false } }
    }

    mutating func take(_ choice: QAChoice) -> [Effect] {
        switch choice {
        case .fault(let item): return arm(item)
        case .clock(let item): return arm(item)
        case .stage(let item): return apply([.note(.leave(.stage(item.text))), .end])
        }
    }

    private mutating func arm(_ item: QAItem) -> [Effect] {
        var standing = desk.tested ?? QAStanding()
        if item.text == QAItem.allIsWell {
            standing.fault = nil
            tell("From here on all is well")
        } else if item.text.hasPrefix(QAItem.ofClock) {
            tell("The shop\u{2019}s clock: \(item.label)")
        } else {
            let others = standing.fault?.split(separator: ", ").map(String.init) ?? []
            standing.fault = (others.filter { $0 != item.label } + [item.label]).joined(separator: ", ")
            tell("From here on, on purpose: \(item.label)")
        }
        desk.tested = standing
        return apply([.note(.fault(item.text))])
    }
}

extension AppState {
    /// What a tester is told, over a lock as well: it names nothing of the shop.
    private mutating func tell(_ text: String) {
        let before = desk.status
        desk.say(.info, text)
        showOverLock(unless: before)
    }

    /// What has just been said to a tester is seen over a lock, too.
    mutating func showOverLock(unless before: StatusMessage?) {
        guard isLocked, let status = desk.status, status != before else { return }
        desk.status = StatusMessage(status.kind, status.text, isOfLock: true)
    }
}

extension Overlay {
    /// What a tester chooses or writes down. It stands over a lock, as nothing of the shop is in it.
    var isOfTester: Bool {
        switch self {
        case .picker(let picker): picker.purpose == .qa || picker.purpose == .faults
        case .prompt(let prompt): prompt.purpose == .check
        case .pointing: true
        case .help, .confirm, .explain, .reckoning, .about: false
        }
    }
}
