/// How a cell is written besides its colours.
public struct Attributes: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8

    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let bold = Attributes(rawValue: 1)
    public static let dim = Attributes(rawValue: 2)
    public static let italic = Attributes(rawValue: 4)
    public static let underline = Attributes(rawValue: 8)
    public static let reverse = Attributes(rawValue: 16)
    public static let strikethrough = Attributes(rawValue: 32)
}

/// Colours and attributes. A colour that is nil lets what lies beneath show through, so that a style with
/// only a foreground can be written on any row, selected or not.
public struct Style: Hashable, Sendable {
    public var foreground: Color?
    public var background: Color?
    public var attributes: Attributes

    public init(foreground: Color? = nil, background: Color? = nil, attributes: Attributes = []) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// Nothing set: everything beneath shows through.
    public static let none = Style()

    /// `top` laid over this style: its colours win where it has some, attributes add up.
    public func merging(_ top: Style) -> Style {
        Style(
            foreground: top.foreground ?? foreground,
            background: top.background ?? background,
            attributes: attributes.union(top.attributes))
    }
}
