import TerminalKit

/// Lines for paper of so many columns, without anything that a printer takes for a command.
struct ReceiptPaper {
    let width: Int

    var rule: String { String(repeating: "-", count: width) }

    func fit(_ text: String) -> String {
        TextWidth.truncate(Sanitizer.harmless(text), to: width, ellipsis: "~")
    }

    func center(_ text: String) -> String {
        let text = fit(text)
        return String(repeating: " ", count: (width - TextWidth.width(of: text)) / 2) + text
    }

    /// What it is at the left, its figure at the right.
    func pair(_ left: String, _ right: String) -> String {
        let right = fit(right)
        let room = max(0, width - TextWidth.width(of: right) - 1)
        let left = TextWidth.truncate(Sanitizer.harmless(left), to: room, ellipsis: "~")
        let gap = max(1, width - TextWidth.width(of: left) - TextWidth.width(of: right))
        return left + String(repeating: " ", count: gap) + right
    }

    /// A text that may take several lines.
    func wrap(_ text: String) -> [String] { TextWidth.wrap(Sanitizer.harmless(text), width: width) }
}
