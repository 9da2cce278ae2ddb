/// Looks for every `ThemeRole`.
public struct Theme: Sendable, Hashable {
    public let name: String
    public let summary: String
    /// The styles that the theme itself names, by role name.
    public let styles: [String: Style]

    public init(name: String, summary: String, styles: [String: Style]) {
        self.name = name
        self.summary = summary
        self.styles = styles
    }

    /// The style of a role, or of the nearest name along its dots that the theme knows.
    public func style(_ role: ThemeRole) -> Style {
        if let style = styles[role.rawValue] { return style }
        var name = role.rawValue[...]
        while let dot = name.lastIndex(of: ".") {
            name = name[..<dot]
            if let style = styles[String(name)] { return style }
        }
        return .none
    }
}

/// What is wrong with a theme file, and where.
public struct ThemeError: Error, Hashable, Sendable, CustomStringConvertible {
    public let file: String
    /// Counted from 1; nil when it is not about one place.
    public let line: Int?
    public let column: Int?
    public let reason: String

    public init(file: String, line: Int? = nil, column: Int? = nil, reason: String) {
        self.file = file
        self.line = line
        self.column = column
        self.reason = reason
    }

    public var description: String {
        let place = [line, column].compactMap { $0 }.map { ":\($0)" }.joined()
        return "\(Sanitizer.harmless(file))\(place): \(Sanitizer.harmless(reason))"
    }
}
