import StoreDomain

/// What a text field is for, and so what a scan makes of it.
public enum FieldContent: Hashable, Codable, Sendable {
    /// Names and other words.
    case words
    /// Codes: a scan fills the field. Only a person confirms it.
    case codes
    case amount
    /// Figures of a till's line: amounts, quantities, numbers. Letters and other signs are commands there.
    case figures
    /// What a card terminal printed.
    case approvalCode
    case email
    /// A server's address, or the path of a file.
    case address
}

extension TextInput {
    /// Whether keys that came as fast as a scanner's are typing all the same, by a tool or over a slow line: they
    /// are what the field is for, and nothing that a label holds.
    public func takesAsTyping(_ burst: String) -> Bool {
        // Password tools type at once; of what they type, only an article's number is surely none.
        if isSecret { return GTIN(burst) == nil }
        return switch content {
        case .codes, .approvalCode, .figures: false
        case .words: burst.allSatisfy { $0.isLetter || $0.isWhitespace }
        case .email: burst.contains("@")
        case .address: burst.contains { ".:/".contains($0) }
        case .amount: Self.hasDecimals(burst)
        }
    }

    /// Whether the text, as it stands, is an article's number in a field that is for something else: a scanner
    /// types it so slowly that time does not tell.
    var holdsScan: Bool {
        switch content {
        case .words, .email, .address: !isSecret && GTIN(text.trimmedText) != nil
        // Searching for a code is what the first is for; paying asks about the others.
        case .codes, .amount, .approvalCode, .figures: false
        }
    }

    /// Whether letters typed while it has the keys go into it, and are no commands.
    public var takesLetters: Bool { content != .figures }

    /// Whether an edit is for this field, or for a command.
    public func takes(_ edit: TextEdit) -> Bool {
        guard content == .figures else { return true }
        switch edit {
        // A sign for how many needs its number first.
        case .insert("*"): return !isEmpty
        case .insert(let text): return text.allSatisfy { Self.figures.contains($0) }
        // Where nothing is typed, the keys that edit are free.
        case .insertSecret, .deleteBackward, .deleteForward, .deleteWordBackward, .deleteWordForward,
            .killToStart, .killToEnd, .yank, .left, .right, .wordLeft, .wordRight, .start, .end, .undo:
            return !isEmpty
        }
    }

    private static let figures: Set<Character> = Set("0123456789.,-*")

    /// Digits, a mark and two decimals: an amount that was typed by a tool. A label has no mark.
    private static func hasDecimals(_ text: String) -> Bool {
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
        return parts.count == 2 && parts[1].count == 2 && (1...6).contains(parts[0].count)
            && parts.allSatisfy { $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
    }
}
