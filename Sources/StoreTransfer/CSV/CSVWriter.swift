/// Writes cells as RFC 4180 rows that end in LF, and keeps spreadsheets from running them as formulas.
enum CSVWriter {
    static func line(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",") + "\n"
    }

    private static func cell(_ text: String) -> String {
        let harmless = FormulaGuard.armed(text)
        guard harmless.utf8.contains(where: { [0x22, 0x2C, 0x0A, 0x0D].contains($0) }) else {
            return harmless
        }
        return "\""
            + harmless.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
            + "\""
    }
}

/// A cell that begins with `=`, `+`, `-`, `@` or a tab is a formula to a spreadsheet. Written out it gets an
/// apostrophe in front, which spreadsheets take for "this is text", and which reading takes away again.
enum FormulaGuard {
    private static func isRisky(_ byte: UInt8?) -> Bool {
        switch byte {
        case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), 0x09, 0x0A, 0x0D:
            true
        case UInt8(ascii: "'"): true
        default: false
        }
    }

    static func armed(_ text: String) -> String { isRisky(text.utf8.first) ? "'" + text : text }

    static func disarmed(_ text: String) -> String {
        guard text.utf8.first == UInt8(ascii: "'"), isRisky(text.utf8.dropFirst().first) else { return text }
        return String(text.unicodeScalars.dropFirst())
    }
}
