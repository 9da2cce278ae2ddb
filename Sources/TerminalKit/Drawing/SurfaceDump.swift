extension Surface {
    /// The rows as text, joined by line ends, without blanks at their ends.
    public var text: String {
        (0..<size.height).map { text(ofRow: $0) }.joined(separator: "\n")
    }

    /// One row as text, without the blanks at its end.
    public func text(ofRow y: Int) -> String {
        var line = ""
        for cell in row(y) { cell.content.forEachScalar { line.unicodeScalars.append($0) } }
        return Self.trimmed(line)
    }

    /// One letter for each cell's style, then what the letters mean. Styles in `legend` get its letters, all
    /// others one in the order they appear; the surface's own style is a blank.
    public func styleLayer(legend: [Style: Character] = [:]) -> String {
        var letters = legend
        letters[style] = " "
        var free = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".filter {
            !legend.values.contains($0)
        }[...]
        var order: [Style] = []
        var lines: [String] = []
        for y in 0..<size.height {
            var line = ""
            for cell in row(y) {
                if let letter = letters[cell.style] {
                    if !order.contains(cell.style) { order.append(cell.style) }
                    line.append(letter)
                } else {
                    let letter = free.popFirst() ?? "?"
                    letters[cell.style] = letter
                    order.append(cell.style)
                    line.append(letter)
                }
            }
            lines.append(Self.trimmed(line))
        }
        lines += order.filter { $0 != style }.map { "\(letters[$0] ?? "?") = \($0.summary)" }
        return lines.joined(separator: "\n")
    }

    private static func trimmed(_ line: String) -> String {
        var end = line.endIndex
        while end > line.startIndex, line[line.index(before: end)] == " " { end = line.index(before: end) }
        return String(line[..<end])
    }
}

extension Style {
    /// The style in words, for dumps: `#ffcc00 on #101010 bold`.
    public var summary: String {
        var words: [String] = []
        if let foreground { words.append(foreground.description) }
        if let background { words.append("on " + background.description) }
        let names: [(Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"),
            (.reverse, "reverse"), (.strikethrough, "strikethrough"),
        ]
        words += names.filter { attributes.contains($0.0) }.map(\.1)
        return words.isEmpty ? "plain" : words.joined(separator: " ")
    }
}

extension Color: CustomStringConvertible {
    /// As a theme file would write it.
    public var description: String {
        switch self {
        case .terminal: return "terminal"
        case .indexed(let index): return String(index)
        case .rgb(let red, let green, let blue):
            let digits = String(UInt32(red) << 16 | UInt32(green) << 8 | UInt32(blue), radix: 16)
            return "#" + String(repeating: "0", count: 6 - digits.count) + digits
        }
    }
}
