import TerminalKit

/// Something that somebody did in an earlier session.
public enum EarlierEvent: Hashable, Sendable {
    /// - Parameter isAlone: no key came just before it.
    case event(TerminalEvent, isAlone: Bool)
    /// What went wrong on purpose from there on, as a tape spells it.
    case fault(String)

    public init(_ event: TerminalEvent, isAlone: Bool = true) { self = .event(event, isAlone: isAlone) }
}
