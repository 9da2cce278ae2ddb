import StoreDomain
import StorefrontCore
import TerminalKit

/// What of the program tapes have tried: commands on screens, and what was asked of the shop.
public struct Coverage: Hashable, Sendable {
    /// A command where it may be given.
    public struct Place: Hashable, Sendable, Comparable {
        public let screen: String
        public let command: String

        public static func < (left: Place, right: Place) -> Bool {
            (left.screen, left.command) < (right.screen, right.command)
        }
    }

    public struct Tries: Hashable, Sendable {
        public init() {}

        public internal(set) var done = 0
        /// Refused, with a reason.
        public internal(set) var refused = 0

        public static func += (left: inout Tries, right: Tries) {
            left.done += right.done
            left.refused += right.refused
        }
    }

    public private(set) var commands: [Place: Tries] = [:]
    /// Each request, and how often it succeeded (done) and failed (refused).
    public private(set) var requests: [String: Tries] = [:]
    public private(set) var screens: Set<String> = []
    /// Each request with each error that was the answer to it, and how often.
    public private(set) var failures: [Failed: Int] = [:]
    /// What lay over a screen, such as `prompt customer`, and how often it was opened.
    public private(set) var overlays: [String: Int] = [:]
    public private(set) var looks: Set<Look> = []
    /// How many sessions had a screen, and how many were lines.
    public private(set) var screenSessions = 0
    public private(set) var lineSessions = 0

    /// An answer to a request that was an error.
    public struct Failed: Hashable, Sendable, Comparable {
        public let request: String
        public let error: String

        public static func < (left: Failed, right: Failed) -> Bool {
            (left.request, left.error) < (right.request, right.error)
        }
    }

    /// How a session looks.
    public struct Look: Hashable, Sendable, Comparable {
        /// How wide it is: `narrow` below 80 columns, `wide` from 120.
        public let size: String
        public let theme: String
        public let glyphs: String

        public static let sizes = ["narrow", "usual", "wide"]
        public static let glyphs = ["unicode", "ascii"]

        public static func < (left: Look, right: Look) -> Bool {
            (left.size, left.theme, left.glyphs) < (right.size, right.theme, right.glyphs)
        }
    }

    public init() {}

    public static func += (left: inout Coverage, right: Coverage) {
        left.commands.merge(right.commands) { one, other in
            var both = one
            both += other
            return both
        }
        left.requests.merge(right.requests) { one, other in
            var both = one
            both += other
            return both
        }
        left.failures.merge(right.failures, uniquingKeysWith: +)
        left.overlays.merge(right.overlays, uniquingKeysWith: +)
        left.screens.formUnion(right.screens)
        left.looks.formUnion(right.looks)
        left.screenSessions += right.screenSessions
        left.lineSessions += right.lineSessions
    }

    mutating func noteSession(inLines: Bool) {
        if inLines { lineSessions += 1 } else { screenSessions += 1 }
    }

    mutating func note(_ overlay: Overlay) { overlays[overlay.name, default: 0] += 1 }

    mutating func note(_ size: Size, theme: String, isUnicode: Bool) {
        let width = size.width < 80 ? Look.sizes[0] : size.width < 120 ? Look.sizes[1] : Look.sizes[2]
        looks.insert(Look(size: width, theme: theme, glyphs: Look.glyphs[isUnicode ? 0 : 1]))
    }

    mutating func note(_ command: Command, in state: AppState) {
        let place = Place(screen: "\(state.kind)", command: command.rawValue)
        switch state.availability(of: command) {
        case .enabled: commands[place, default: Tries()].done += 1
        case .disabled: commands[place, default: Tries()].refused += 1
        case .absent: break
        }
    }

    mutating func note(_ request: Request, answered reply: Reply) {
        guard let error = reply.failure else {
            requests[request.ask.name, default: Tries()].done += 1
            return
        }
        requests[request.ask.name, default: Tries()].refused += 1
        failures[Failed(request: request.ask.name, error: "\(error)".caseName), default: 0] += 1
    }

    mutating func note(_ screen: ScreenKind) { screens.insert("\(screen)") }

    /// The screens that nobody has been on.
    public var missingScreens: [ScreenKind] {
        ScreenKind.allCases.filter { !screens.contains($0.description) }
    }

    /// Every command on every screen that it belongs to, apart from those for testers; in lines there are more.
    public static let places: [Place] = ScreenKind.allCases.flatMap { screen in
        CommandSpec.all.filter { $0.place.includes(screen) && !$0.command.rawValue.hasPrefix("qa") }.map {
            Place(screen: "\(screen)", command: $0.command.rawValue)
        }
    }.sorted()
}

extension Overlay {
    /// Without anything that somebody typed.
    fileprivate var name: String {
        switch self {
        case .help: "help"
        case .picker(let picker): "list of \("\(picker.purpose)".caseName)"
        case .prompt(let prompt): "prompt \("\(prompt.purpose)".caseName)"
        case .confirm: "question"
        case .explain, .reckoning: "explanation"
        case .about: "about"
        case .pointing: "pointing"
        }
    }
}

extension String {
    /// The name of a case, without what it holds.
    fileprivate var caseName: String { String(prefix { $0 != "(" }) }
}
