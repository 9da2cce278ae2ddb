/// A JSON value with exactly one spelling: sorted keys, no blanks, whole numbers, UTF-8. What a journal
/// record is hashed over.
public enum CanonicalJSON: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case text(String)
    case array([CanonicalJSON])
    case object([String: CanonicalJSON])

    /// The one spelling.
    public var text: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .integer(let value): text += String(value)
        case .text(let value): Self.write(value, to: &text)
        case .array(let values):
            text += "["
            for (index, value) in values.enumerated() {
                if index > 0 { text += "," }
                value.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (index, member) in sorted.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.key, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    /// Escapes `"`, `\` and control characters, and nothing else.
    private static func write(_ value: String, to text: inout String) {
        text += "\""
        defer { text += "\"" }
        // Most texts need no escape, and are copied whole.
        guard value.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C }) else {
            text += value
            return
        }
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension CanonicalJSON {
    public static func optional(_ value: Int64?) -> CanonicalJSON { value.map { .integer($0) } ?? .null }
    public static func optional(_ value: String?) -> CanonicalJSON { value.map { .text($0) } ?? .null }
    /// The pieces on the books, or null for a product that nobody counts.
    public static func stock(_ stock: Stock) -> CanonicalJSON { .optional(stock.count.map(Int64.init)) }
    public static func minor(_ amount: Money) -> CanonicalJSON { .integer(amount.minorUnits) }
}
