import StoreDomain

/// Describes a command, in one place. Footer, help, palette, key map, manual page, README and `--plain` read it,
/// and the program carries the command out from here.
public struct CommandSpec: Sendable {
    public let command: Command
    /// Two or three words.
    public let title: String
    /// One line for help and manual.
    public let help: String
    public let place: CommandPlace
    /// Names of keys as a configuration spells them, the one for hints first.
    public let keys: [String]
    public let spoken: Spoken
    /// Those without it do not see the command.
    public let permission: Permission?
    public let traits: Set<CommandTrait>
    let available: @Sendable (any Feature, Desk) -> Availability
    let perform: @Sendable (inout any Feature, inout Desk, _ count: Int?) -> [Step]

    /// For any screen of `place`.
    ///
    /// - Parameter perform: takes the number that was typed before the command.
    public init(
        _ command: Command, _ title: String, _ help: String, in place: CommandPlace = .everywhere,
        keys: [String] = [], spoken: Spoken = Spoken(), permission: Permission? = nil,
        traits: Set<CommandTrait> = [],
        available: @escaping @Sendable (any Feature, Desk) -> Availability = { _, _ in .enabled },
        perform: @escaping @Sendable (inout any Feature, inout Desk, _ count: Int?) -> [Step]
    ) {
        self.command = command
        self.title = title
        self.help = help
        self.place = place
        self.keys = keys
        self.spoken = spoken
        self.permission = permission
        self.traits = traits
        let isOfHost = traits.contains(.ofHost)
        self.available = { feature, desk in
            isOfHost && desk.context.kiosk != nil ? .absent : available(feature, desk)
        }
        self.perform = perform
    }

    /// For one screen.
    public init<Screen: Feature>(
        _ command: Command, _ title: String, _ help: String, on screen: Screen.Type, keys: [String] = [],
        spoken: Spoken = Spoken(), permission: Permission? = nil, traits: Set<CommandTrait> = [],
        available: @escaping @Sendable (Screen, Desk) -> Availability = { _, _ in .enabled },
        perform: @escaping @Sendable (inout Screen, inout Desk, _ count: Int?) -> [Step]
    ) {
        self.init(
            command, title, help, in: .screens([Screen.kind]), keys: keys, spoken: spoken,
            permission: permission, traits: traits,
            available: { feature, desk in
                (feature as? Screen).map { available($0, desk) } ?? .absent
            },
            perform: { feature, desk, count in
                guard var screen = feature as? Screen else { return [] }
                defer { feature = screen }
                return perform(&screen, &desk, count)
            })
    }

    /// Whether a screen of its place lets it be carried out.
    public func availability(on feature: any Feature, _ desk: Desk) -> Availability {
        available(feature, desk)
    }

    /// Carries it out on a screen of its place, without asking whether it is available.
    ///
    /// - Parameter count: the number typed before it.
    public func carryOut(on feature: inout any Feature, _ desk: inout Desk, count: Int? = nil) -> [Step] {
        perform(&feature, &desk, count)
    }

    /// The description of a command; nil for one that no feature has.
    public static subscript(_ command: Command) -> CommandSpec? { byCommand[command] }

    private static let byCommand = Dictionary(
        all.map { ($0.command, $0) }, uniquingKeysWith: { first, _ in first })
}

/// Where a command applies.
public enum CommandPlace: Hashable, Sendable {
    case everywhere
    /// Wherever rows can be walked, overlays included.
    case lists
    case screens([ScreenKind])

    public func includes(_ screen: ScreenKind) -> Bool {
        switch self {
        case .everywhere, .lists: false
        case .screens(let kinds): kinds.contains(screen)
        }
    }
}

public enum CommandTrait: Hashable, Sendable {
    /// The palette does not list it: it walks, closes or answers.
    case byKeyOnly
    /// Works while a screen is busy.
    case whileBusy
    /// Works while something lies over the screen.
    case overOverlays
    /// A person cannot go on, back or out without it: it keeps a key that no text field takes.
    case essential
    /// Used while a text field has the keys: any key it has must be one that no field takes.
    case inForms
    /// Means the same before and after what the screen loads has come.
    case goesAhead
    /// Looks at the cart's price, or at what has changed in the shop since.
    case usesPrice
    /// Acts on what is marked in the list, where anything is.
    case actsOnMarks
    /// Reaches files or programs of the machine, which nobody is let near in a kiosk.
    case ofHost
    /// No key can be bound to it: the keys of another command do it after a number.
    case unbindable
}

/// How a command is used where lines are typed instead of keys.
public struct Spoken: Sendable {
    /// What is typed for it, before its title and its name in the configuration, which work too.
    let words: @Sendable (any Feature, Desk) -> [String]
    public let argument: Argument
    /// What help says instead of the command's own line.
    public let help: String?
    /// Whether it means something on that screen.
    let applies: @Sendable (any Feature) -> Bool
    /// What is told when it is done.
    public let tells: Telling

    /// What may be typed behind the word.
    public enum Argument: Hashable, Sendable {
        case nothing
        /// The answer to the question that the command asks.
        case text
        /// The number of a row.
        case row
        /// The number of a row, then how many pieces, at least so many.
        case rowAndCount(least: Int)
    }

    public enum Telling: Hashable, Sendable {
        /// What is new.
        case news
        /// The row that is selected.
        case selection
        /// The whole place.
        case place
        /// The list of commands itself.
        case help
    }

    public init(
        _ words: [String] = [], argument: Argument = .nothing, help: String? = nil, tells: Telling = .news,
        applies: @escaping @Sendable (any Feature) -> Bool = { _ in true }
    ) {
        self.init(argument: argument, help: help, tells: tells, applies: applies) { _, _ in words }
    }

    public init(
        argument: Argument = .nothing, help: String? = nil, tells: Telling = .news,
        applies: @escaping @Sendable (any Feature) -> Bool = { _ in true },
        words: @escaping @Sendable (any Feature, Desk) -> [String]
    ) {
        self.words = words
        self.argument = argument
        self.help = help
        self.tells = tells
        self.applies = applies
    }

    /// The words on that screen.
    public func words(on feature: any Feature, _ desk: Desk) -> [String] { words(feature, desk) }

    public func applies(on feature: any Feature) -> Bool { applies(feature) }

    /// For what only a screen shows.
    public static let never = Spoken(applies: { _ in false })
}
