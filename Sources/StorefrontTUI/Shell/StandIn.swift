import StorefrontCore
import TerminalKit

/// What stands for a text that tells of a person: as many characters of the same width, the same for the same text, and
/// the same again for a part of it. Letters and digits are replaced, and what structures a text stays: blanks, and
/// the ASCII signs such as those of an e-mail address. So what a program cuts, joins and wraps, it cuts alike.
public enum StandIn {
    public static func text(of text: String) -> String { String(text.map { character(for: $0) }) }

    public static func character(for character: Character) -> Character {
        if character.isASCII {
            if character.isNumber { return "0" }
            return character.isLetter ? (character.isUppercase ? "X" : "x") : character
        }
        switch TextWidth.width(of: String(character)) {
        case 2: return "\u{53E3}"
        case 1 where character.isLetter || character.isNumber:
            return character.isUppercase ? "X" : "x"
        default: return character
        }
    }

    /// Digits, and the signs that a till's line and amounts have beside them.
    private static let figures: Set<Character> = Set("0123456789.,-*%= ")

    /// No key map gives it a command.
    private static let meaningless: Character = "\u{B7}"

    static func areFigures(_ text: some StringProtocol) -> Bool { text.allSatisfy(figures.contains) }

    /// What may be kept of what came from a terminal: keys of commands, and figures as they were typed where they belong.
    /// All else that goes into a field or means nothing, and whatever was pasted or scanned, has stand-ins.
    static func event(for event: TerminalEvent, in state: AppState, keyMap: KeyMap) -> TerminalEvent {
        switch event {
        case .key(.character(let typed)):
            let action = keyMap.action(for: .character(typed), in: state)
            if case .unknownKey = action { return .key(.character(meaningless)) }
            guard let field = state.focusedField, !(field.isForFigures && figures.contains(typed)),
                case .edit = action
            else { return event }
            return .key(.character(character(for: typed)))
        case .paste(let pasted): return .paste(text(of: pasted))
        case .scan(let scan):
            return .scan(Scan(text(of: scan.code), end: scan.end, passed: scan.passed))
        case .key, .mouse, .resize, .focus, .resumed, .ended: return event
        }
    }
}

extension TextInput {
    /// What it takes tells of no person.
    var isForFigures: Bool {
        switch content {
        case .amount, .figures: true
        case .words, .codes, .approvalCode, .email, .address: false
        }
    }
}
