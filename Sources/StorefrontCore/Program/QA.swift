import StoreDomain

/// What makes a session repeatable, for a tester; nil in the context of a program that nobody tests.
public struct QARules: Hashable, Codable, Sendable {
    /// What random values come from.
    public let seed: UInt64
    /// The moment at which the session's clock stands.
    public let clock: Timestamp

    public init(seed: UInt64, clock: Timestamp) {
        self.seed = seed
        self.clock = clock
    }
}

/// What a tester adds to a tape while it is recorded.
public enum QANote: Hashable, Codable, Sendable {
    /// A step to come back to.
    case mark
    /// A sentence that must hold after this step, as `storefront qa check` reads it.
    case check(String)
}

extension Command {
    public static let qa = Command("qa")
    public static let qaMark = Command("qaMark")
    public static let qaCheck = Command("qaCheck")
}

/// What a tester does beside using the shop. Absent from a program that was not started with `--qa`.
enum QACommands {
    static let all: [CommandSpec] = [
        CommandSpec(
            // On the page to sign in, F12 signs in the demo's admin.
            .qa, "QA", "What a tester can do here; only with --qa",
            in: .screens(ScreenKind.allCases.filter { $0 != .signIn }), keys: ["F12"], spoken: .never,
            traits: [.whileBusy, .goesAhead], available: { _, desk in available(desk) }
        ) { feature, desk, _ in [.open(.picker(menu(feature, desk)))] },
        CommandSpec(
            .qaMark, "Mark this step", "Mark this step on the tape; only with --qa",
            spoken: Spoken(["mark step"]), traits: [.whileBusy, .goesAhead],
            available: { _, desk in available(desk) }
        ) { _, desk, _ in
            desk.say(.success, "This step is marked on the tape")
            return [.note(.mark)]
        },
        CommandSpec(
            .qaCheck, "Check here",
            "Write down what must hold here, such as see \"Total\" \"$27.45\"; only with --qa",
            spoken: Spoken(["check"], argument: .text), traits: [.whileBusy, .goesAhead],
            available: { _, desk in available(desk) }
        ) { feature, desk, _ in
            [.open(.prompt(Prompt(.check, text: proposal(feature, desk), limit: 200)))]
        },
    ]

    /// Whether what the status line says stays, as it may be what is to be checked.
    static func leavesStatus(_ command: Command, under overlay: Overlay?) -> Bool {
        switch overlay {
        case .picker(let picker): picker.purpose == .qa
        case .prompt(let prompt): prompt.purpose == .check
        case .help, .confirm, .explain, .reckoning, .about, nil: command == .qa || command == .qaCheck
        }
    }

    private static func available(_ desk: Desk) -> Availability {
        desk.context.qa == nil ? .absent : .enabled
    }

    private static func menu(_ feature: any Feature, _ desk: Desk) -> Picker {
        let commands: [Command] = [.qaMark, .qaCheck, .saveScreenText, .saveScreen, .saveScreenAnsi]
        let items = commands.compactMap { CommandSpec[$0] }.map {
            Picker.Item(.command($0.command), label: $0.title, detail: $0.help)
        }
        return Picker(.qa, title: "QA", items: items)
    }

    /// What the step has changed most visibly: what the status line says, or else the screen that shows.
    private static func proposal(_ feature: any Feature, _ desk: Desk) -> String {
        if let text = desk.status?.text, !text.contains("\"") { return "see \"\(text)\"" }
        return "screen \(type(of: feature).kind)"
    }
}
