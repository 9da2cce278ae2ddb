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

    static func areFigures(_ text: some StringProtocol) -> Bool { text.allSatisfy(figures.contains) }

    /// What may be kept of what came from a terminal: figures as they were typed where they belong, all else that goes
    /// into a field, and whatever was pasted or scanned, with stand-ins.
    static func event(for event: TerminalEvent, in state: AppState, keyMap: KeyMap) -> TerminalEvent {
        switch event {
        case .key(.character(let typed)):
            guard let field = state.focusedField, !(field.isForFigures && figures.contains(typed)),
                case .edit = keyMap.action(for: .character(typed), in: state)
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
