import StorefrontCore
import TerminalKit

/// Hears a session as it goes, to keep it. Nothing of a secret that was typed is told to it as an event; of states it
/// must keep only what `Codable` writes, which has dots for secrets.
public protocol SessionRecorder: Sendable {
    /// The file that it keeps the session in.
    var path: String { get }
    /// What has been noted so far; nil once nothing is noted any more.
    var count: RecordedCount? { get }
    /// What the screen says of it for as long as anything is noted; nil once nothing is.
    var mark: RecordingMark? { get }
    /// It keeps nothing that tells of people: of what was typed, pasted and scanned it is told stand-ins.
    var masksPeople: Bool { get }
    /// It has lost the thread and needs all there is.
    var wantsState: Bool { get }
    /// Says once why nothing is noted any more.
    var trouble: AsyncStream<String> { get }

    /// Returns at once; keeping the moment is the recorder's business.
    func note(_ moment: SessionMoment)
}

/// How much of a session is on its tape.
public struct RecordedCount: Hashable, Codable, Sendable {
    /// Events, and actions that no event has caused.
    public var steps = 0
    public var checks = 0

    public init() {}
}

/// How a screen says that it is recorded: nobody is recorded unseen.
public enum RecordingMark: Hashable, Sendable {
    /// With how much is on the tape: somebody wants it.
    case counted(RecordedCount)
    /// A flight recorder that runs along. It says the same all the time, so that it costs no redrawing.
    case running
}

/// What a runtime tells of a session.
public enum SessionMoment: Sendable {
    case began(SessionStart)
    case event(TerminalEvent, isAlone: Bool)
    /// Something was typed into a field of this screen that must not be seen.
    case secret(ScreenKind)
    /// What enters a session in lines.
    case line(PlainEvent)
    /// What no event has caused: answers, time, the connection.
    case action(AppAction)
    case effects([Effect])
    case frame(Surface)
    /// The picture of a state with a secret in it, which the recorder must draw without it.
    case hiddenFrame(AppState, Size, ViewContext)
    /// What was printed line by line.
    case text(String)
    /// All there is: what plays a tape goes on from here.
    case state(AppState)
    case lineState(PlainState)
    /// - Parameter reason: nil when it was the user.
    case ended(String?)
}

/// With what a session began.
public struct SessionStart: Sendable {
    public let state: AppState
    public let size: Size
    public let abilities: TerminalAbilities
    public let context: ViewContext
    /// nil for a full screen.
    public let lines: LineShell?

    public struct LineShell: Hashable, Codable, Sendable {
        public let isUnicode: Bool
        public let echoes: Bool

        public init(isUnicode: Bool, echoes: Bool) {
            self.isUnicode = isUnicode
            self.echoes = echoes
        }
    }
}

/// Keeps secrets out of what a recorder hears of a full-screen session: whatever is typed into a field that must not
/// be seen becomes one moment, without letters, number or rhythm.
struct RecordingMask {
    /// Something was typed there that was not told yet.
    private var pending: ScreenKind?
    /// Screens that may still hold a secret.
    private var places: Set<ScreenKind> = []
    /// The event after a secret: what it led to depends on what was typed, so the state is told.
    private(set) var wantsState = false
    /// What is told of events has stand-ins for what tells of people.
    let masksPeople: Bool

    init(masksPeople: Bool) { self.masksPeople = masksPeople }

    /// Nothing is drawn for the recorder while a secret is typed: the number of pictures would be that of letters.
    var hidesFrames: Bool { pending != nil }

    /// A code instead of one that was scanned into such a field, where anything may be a password.
    private static let standInCode = "4006381333931"

    /// What may be told of an event, before it is carried out.
    mutating func moments(
        of event: TerminalEvent, isAlone: Bool, in state: AppState, keyMap: KeyMap
    ) -> [SessionMoment] {
        wantsState = false
        guard state.focusedField?.isSecret == true, state.visit.presence == .here else {
            return told(
                masksPeople ? StandIn.event(for: event, in: state, keyMap: keyMap) : event, isAlone: isAlone)
        }
        switch event {
        case .key(let key):
            guard case .edit = keyMap.action(for: key, in: state) else {
                return told(event, isAlone: isAlone)
            }
        case .paste: break
        case .scan(let scan):
            guard state.isTyping(scan.code) else {
                return told(.scan(Scan(Self.standInCode, end: scan.end)), isAlone: isAlone)
            }
            hide(state)
            return told(.key(scan.end), isAlone: true)
        case .mouse, .resize, .focus, .resumed, .ended: return told(event, isAlone: isAlone)
        }
        hide(state)
        return []
    }

    /// What was typed and not told when the session ends.
    mutating func rest() -> [SessionMoment] {
        defer { pending = nil }
        return pending.map { [.secret($0)] } ?? []
    }

    /// Whether a picture of the state may show a secret.
    mutating func holdsSecret(_ state: AppState) -> Bool {
        guard !places.isEmpty else { return false }
        places.formIntersection(state.way.map(\.kind))
        return !places.isEmpty
    }

    private mutating func hide(_ state: AppState) {
        pending = state.kind
        places.insert(state.kind)
    }

    private mutating func told(_ event: TerminalEvent, isAlone: Bool) -> [SessionMoment] {
        switch event {
        // They mean nothing to the model.
        case .resumed, .ended: return []
        case .mouse(let mouse) where mouse.kind == .release: return []
        case .key, .scan, .paste, .mouse, .resize, .focus: break
        }
        wantsState = pending != nil
        return rest() + [.event(event, isAlone: isAlone)]
    }
}
