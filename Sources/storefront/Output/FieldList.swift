import TerminalKit

/// Names and values, one a line.
enum FieldList {
    /// Values that are nil are left out.
    static func text(_ fields: [(name: String, value: String?)]) -> String {
        let width = fields.map { TextWidth.width(of: $0.name) }.max() ?? 0
        return fields.map { name, value in
            guard let value else { return "" }
            return "\(TextWidth.pad(name, to: width))  \(Sanitizer.harmless(value))\n"
        }.joined()
    }

    /// Text with its own line ends.
    static func paragraph(_ text: String) -> String { Sanitizer.harmless(text, keepNewlines: true) + "\n" }
}
