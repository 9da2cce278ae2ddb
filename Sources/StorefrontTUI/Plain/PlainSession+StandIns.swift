import StoreDomain
import StorefrontCore

/// What may be kept of a line by who must not keep what tells of people.
extension PlainSession {
    /// The line with stand-ins: the words of a command, the numbers of rows and the figures stay.
    func lineWithStandIns(_ line: String, at prompt: PlainPrompt) -> String {
        let text = line.trimmedText
        switch prompt {
        case .command: return commandWithStandIns(text)
        case .field:
            if text.hasPrefix(":"), !text.hasPrefix("::") { return commandWithStandIns(text) }
            return state.app.focusedField?.isForFigures == true ? text : StandIn.text(of: text)
        case .choice: return Self.isNumber(text) ? text : commandWithStandIns(text)
        case .yesNo: return Self.answers.contains(text.lowercased()) ? text : commandWithStandIns(text)
        }
    }

    private static let answers: Set = ["y", "n", "yes", "no"]
    /// Words that are no command's.
    private static let ownWords: Set = ["help", "where", "way"]
    /// A number of more digits is the code of something.
    private static let digitsOfRow = 6

    private static func isNumber(_ text: some StringProtocol) -> Bool {
        text.count <= digitsOfRow && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func commandWithStandIns(_ text: String) -> String {
        guard !text.hasPrefix(":") else { return ":" + commandWithStandIns(String(text.dropFirst())) }
        let parts = text.split(whereSeparator: \.isWhitespace).map(String.init)
        guard let first = parts.first, !(parts.count == 1 && Self.isNumber(first)) else { return text }
        if Self.ownWords.contains(first.lowercased()) {
            return ([first] + parts.dropFirst().map { StandIn.text(of: $0) }).joined(separator: " ")
        }
        guard case .command(let spec, let rest) = words.meaning(of: text, in: state.app) else {
            return StandIn.text(of: text)
        }
        let said = rest.map { part in
            !spec.spoken.argument.isText && Self.isNumber(part) ? part : StandIn.text(of: part)
        }
        // `/lamp` is a sign with what stands behind it.
        guard rest.count < parts.count else { return "\(first.prefix(1))" + said.joined(separator: " ") }
        return (parts.prefix(parts.count - rest.count) + said).joined(separator: " ")
    }
}
