import StorefrontCore
import TerminalKit

/// What was done last, by name, for the report of a crash: no text that was typed, no code that was scanned,
/// no name of a person.
struct CommandTrail {
    private static let length = 40
    private var names: [String] = []

    /// Whether the action is one that a person asked for.
    mutating func add(_ action: AppAction) -> Bool {
        guard let name = Self.name(of: action) else { return false }
        // One word for however much was typed.
        if names.last == name, name == Self.typing { return false }
        names.append(name)
        if names.count > Self.length { names.removeFirst() }
        return true
    }

    /// Version, place and the way there, the last thing at the end.
    ///
    /// - Parameter tape: the file in which the session is recorded; nil where it is not.
    func text(_ state: AppState, size: Size, tape: String? = nil) -> String {
        let overlay = state.overlays.last.map { ", \($0.name) in front" } ?? ""
        return """
            storefront: \(state.desk.context.version), \(state.desk.context.commit)
            screen: \(state.kind.title)\(overlay)
            size: \(size)
            who: \(state.user?.role.name ?? "guest")
            store: \(state.desk.context.storeLabel)
            \(tape.map { "tape: \($0)\n" } ?? "")last: \(names.joined(separator: " "))

            """
    }

    private static let typing = "(typing)"

    private static func name(of action: AppAction) -> String? {
        switch action {
        case .command(let command): command.rawValue
        case .digit, .edit: typing
        case .pasted: "(paste)"
        case .scanned: "(scan)"
        case .rowClicked, .categoryClicked, .chose, .wentBack: "(click)"
        case .answered: "(answer)"
        case .resized: "(resize)"
        case .idledTooLong: "(idle)"
        case .lockDue: "(lock)"
        case .started, .scrolled, .unknownKey, .focused, .shopChanged, .noticed, .connectionChanged, .waited,
            .signInWaited,
            .paymentStillOpen, .progress, .replied, .themeFailed, .screenSaved, .visit, .walkedBack,
            .tester:
            nil
        }
    }
}
