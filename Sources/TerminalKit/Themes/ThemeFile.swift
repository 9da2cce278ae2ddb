import Yams

extension Theme {
    /// Reads a theme: `name`, `description`, `palette` (names for colours) and `styles` (role names, each a
    /// colour for the foreground, or `fg`, `bg` and `attributes`).
    ///
    /// - Parameter file: only named in errors.
    public static func parse(_ yaml: String, file: String) throws(ThemeError) -> Theme {
        let root: Node?
        do {
            root = try Yams.compose(yaml: yaml)
        } catch let error as YamlError {
            throw ThemeError(yaml: error, file: file)
        } catch {
            throw ThemeError(file: file, reason: "cannot be read as YAML")
        }
        guard let root else { throw ThemeError(file: file, line: 1, column: 1, reason: "is empty") }
        return try ThemeReader(file: file).theme(root)
    }

    /// The theme as `parse` reads it, each colour where it is used.
    public var yaml: String {
        let roles = styles.sorted { $0.key < $1.key }
            .map { "  \($0.key.betweenMarks): \($0.value.yaml)\n" }
        return "name: \(name.betweenMarks)\ndescription: \(summary.betweenMarks)\nstyles:\n"
            + roles.joined()
    }
}

extension Style {
    fileprivate var yaml: String {
        var parts: [String] = []
        if let foreground { parts.append("fg: \(foreground.description.betweenMarks)") }
        if let background { parts.append("bg: \(background.description.betweenMarks)") }
        let names = ThemeReader.attributes.filter { attributes.contains($0.value) }.map(\.key).sorted()
        if !names.isEmpty { parts.append("attributes: [\(names.joined(separator: ", "))]") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension String {
    /// As YAML has it between quotation marks, in ASCII: whatever a name holds, it is one scalar.
    fileprivate var betweenMarks: String {
        let signs = unicodeScalars.map { scalar -> String in
            guard !(0x20...0x7E).contains(scalar.value) else {
                return scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
            }
            let digits = String(scalar.value, radix: 16)
            return "\\U" + String(repeating: "0", count: 8 - digits.count) + digits
        }
        return "\"\(signs.joined())\""
    }
}

/// Turns the nodes of a theme file into styles, and knows where each stands.
private struct ThemeReader {
    let file: String

    func theme(_ root: Node) throws(ThemeError) -> Theme {
        let entries = try mapping(root, "a theme is a list of names with values")
        var name: String?
        var summary = ""
        var palette: [String: Color] = [:]
        var styles: [String: Style] = [:]
        // The palette may stand anywhere in the file.
        for (key, value) in entries where key.string == "palette" {
            for (colorName, color) in try mapping(value, "palette is a list of names with colours") {
                palette[try word(colorName)] = try self.color(color, palette: palette)
            }
        }
        for (key, value) in entries {
            switch try word(key) {
            case "name": name = try word(value)
            case "description": summary = try word(value)
            case "palette": break
            case "styles":
                for (role, style) in try mapping(value, "styles is a list of roles with styles") {
                    styles[try word(role)] = try self.style(style, palette: palette)
                }
            case let other:
                throw error(key, "\"\(other)\" is not known; name, description, palette, styles are")
            }
        }
        guard let name, !name.isEmpty else { throw error(root, "the theme has no name") }
        guard !styles.isEmpty else { throw error(root, "the theme has no styles") }
        return Theme(name: name, summary: summary, styles: styles)
    }

    private func style(_ node: Node, palette: [String: Color]) throws(ThemeError) -> Style {
        if node.scalar != nil { return Style(foreground: try color(node, palette: palette)) }
        var style = Style.none
        for (key, value) in try mapping(node, "a style is a colour, or fg, bg and attributes") {
            switch try word(key) {
            case "fg": style.foreground = try color(value, palette: palette)
            case "bg": style.background = try color(value, palette: palette)
            case "attributes":
                guard let list = value.sequence else {
                    throw error(value, "attributes is a list in brackets")
                }
                for item in list { style.attributes.insert(try attribute(item)) }
            case let other: throw error(key, "\"\(other)\" is not known; fg, bg and attributes are")
            }
        }
        return style
    }

    private func color(_ node: Node, palette: [String: Color]) throws(ThemeError) -> Color {
        let text = try word(node)
        guard let color = palette[text] ?? Color(text) else {
            throw error(
                node, "\"\(text)\" is neither in the palette nor a colour (#rrggbb, a name, 0 to 255)")
        }
        return color
    }

    private func attribute(_ node: Node) throws(ThemeError) -> Attributes {
        let text = try word(node)
        guard let attribute = Self.attributes[text] else {
            throw error(
                node,
                "\"\(text)\" is no attribute; \(Self.attributes.keys.sorted().joined(separator: ", ")) are")
        }
        return attribute
    }

    static let attributes: [String: Attributes] = [
        "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse,
        "strikethrough": .strikethrough,
    ]

    private func word(_ node: Node) throws(ThemeError) -> String {
        guard let scalar = node.scalar else { throw error(node, "a single word is wanted here") }
        return scalar.string
    }

    private func mapping(_ node: Node, _ reason: String) throws(ThemeError) -> Node.Mapping {
        guard let mapping = node.mapping else { throw error(node, reason) }
        return mapping
    }

    private func error(_ node: Node, _ reason: String) -> ThemeError {
        ThemeError(file: file, line: node.mark?.line, column: node.mark?.column, reason: reason)
    }
}

extension ThemeError {
    fileprivate init(yaml error: YamlError, file: String) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            self.init(file: file, line: mark.line, column: mark.column, reason: problem)
        case .duplicatedKeysInMapping(let duplicates, let context):
            let names = duplicates.sorted().joined(separator: ", ")
            self.init(
                file: file, line: context.mark.line, column: context.mark.column,
                reason: "\(names): written twice")
        default:
            self.init(file: file, reason: "cannot be read as YAML")
        }
    }
}
