import StoreDomain
import StorefrontCore

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
        left.screens.formUnion(right.screens)
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
        if reply.failure == nil {
            requests[request.ask.name, default: Tries()].done += 1
        } else {
            requests[request.ask.name, default: Tries()].refused += 1
        }
    }

    mutating func note(_ screen: ScreenKind) { screens.insert("\(screen)") }

    /// Every command on every screen that it belongs to, apart from those for testers; in lines there are more.
    public static let places: [Place] = ScreenKind.allCases.flatMap { screen in
        CommandSpec.all.filter { $0.place.includes(screen) && !$0.command.rawValue.hasPrefix("qa") }.map {
            Place(screen: "\(screen)", command: $0.command.rawValue)
        }
    }.sorted()
}
