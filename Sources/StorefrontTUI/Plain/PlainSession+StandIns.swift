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
            return answerWithStandIns(text)
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

    private func answerWithStandIns(_ text: String) -> String {
        guard let field = state.app.focusedField, field.isForFigures else { return StandIn.text(of: text) }
        if field.content == .figures { return tillLineWithStandIns(text) }
        return StandIn.areFigures(text) ? text : StandIn.text(of: text)
    }

    /// What asks for figures alone stays; of what has words behind the till's own word, that word stays.
    private func tillLineWithStandIns(_ text: String) -> String {
        let read: TillEntry?
        do throws(TillEntry.Problem) {
            read = try TillEntry(text, currency: state.app.desk.currency)
        } catch {
            switch error {
            case .giftCardCode, .exemption, .newCustomer, .missing: return Self.wordWithStandIns(text)
            case .amount, .quantity, .percent:
                return StandIn.areFigures(text) ? text : StandIn.text(of: text)
            }
        }
        guard let entry = read else { return text }
        switch entry {
        case .quantity, .lineDiscount, .saleDiscount, .price, .cash, .card, .other, .giftCard, .credit,
            .sellGiftCard, .less, .more, .takeOut, .takeBack, .undo, .redo, .training, .anyway, .record:
            return text
        case .code(let code, _):
            return Self.isNumber(code) && StandIn.areFigures(text) ? text : StandIn.text(of: text)
        case .discountCode, .balance, .park, .resume, .customer, .newCustomer, .note, .exempt, .refund,
            .drawer, .macro:
            return Self.wordWithStandIns(text)
        case .find:
            // Words that begin with none of the till's are looked for, too.
            return text.lowercased().hasPrefix("find ") ? Self.wordWithStandIns(text) : StandIn.text(of: text)
        }
    }

    private static func wordWithStandIns(_ text: String) -> String {
        let end = text.firstIndex(where: \.isWhitespace) ?? text.endIndex
        return String(text[..<end]) + StandIn.text(of: String(text[end...]))
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
