import StoreDomain
import StorefrontCore
import TerminalKit

/// What an event came to in a session in lines.
public struct PlainOutcome: Sendable {
    public private(set) var text = ""
    public private(set) var effects: [Effect] = []

    init(_ all: [PlainEffect]) {
        for effect in all {
            switch effect {
            case .ask(let request): effects.append(.ask(request))
            case .note(let note): effects.append(.note(note))
            case .write(let printed): text += printed
            case .hideTyping: break
            }
        }
    }
}

/// A session in lines without its terminal, its services and its time: for whoever plays a tape.
public struct PlainFilm: Sendable {
    private var session: PlainSession

    public init(_ state: AppState, keyMap: KeyMap, zones: any ZoneSource, shell: SessionStart.LineShell) {
        session = PlainSession(
            state: state, keyMap: keyMap, zones: zones, isUnicode: shell.isUnicode, echoes: shell.echoes)
    }

    public var state: PlainState {
        get { session.state }
        set { session.state = newValue }
    }

    public mutating func hear(_ event: PlainEvent) -> PlainOutcome { PlainOutcome(session.hear(event)) }
}

extension PlainEvent {
    var isInput: Bool { if case .input = self { true } else { false } }
}
