/// The name of something a person can ask for, whatever key, click or palette entry asks. The raw value is
/// what configurations call it. `CommandSpec` describes it.
public struct Command: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
    public init(_ name: String) { rawValue = name }

    public var description: String { rawValue }
    public var title: String { CommandSpec[self]?.title ?? rawValue }
}

/// Whether a command can be carried out just now.
public enum Availability: Hashable, Sendable {
    case enabled
    /// Why not, as a sentence for people.
    case disabled(String)
    /// It does not belong here at all.
    case absent

    public var isEnabled: Bool { self == .enabled }
}

/// A movement in a list or a text.
public enum Walk: Hashable, Codable, Sendable, CaseIterable {
    case up, down, halfPageUp, halfPageDown, pageUp, pageDown, first, last

    /// By half a page: text fields edit with the same keys.
    var isHalf: Bool {
        switch self {
        case .halfPageUp, .halfPageDown: true
        case .up, .down, .pageUp, .pageDown, .first, .last: false
        }
    }
}
