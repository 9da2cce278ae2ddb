/// One key press as the terminal tells it. Letters come as `.character`, upper case included; terminals do
/// not tell `Ctrl-Shift-X` from `Ctrl-X`, nor `Ctrl-M` from Enter, nor `Ctrl-I` from Tab.
public enum Key: Hashable, Sendable {
    case character(Character)
    /// The character is a lower-case letter or one of `space \ ] ^ _`.
    case control(Character)
    case alt(Character)
    /// F1 is `.function(1)`.
    case function(Int)
    case enter, tab, backTab, escape, backspace, delete, insert
    case up, down, left, right, home, end, pageUp, pageDown
    case controlLeft, controlRight, controlUp, controlDown
    case shiftUp, shiftDown, shiftLeft, shiftRight
}

extension Key {
    /// The name people read and write: `Ctrl-P`, `F1`, `Enter`, `↑`.
    public var name: String { name(ascii: false) }

    /// With `ascii`, arrows are spelled out (`Up`). `Key(name:)` understands both.
    public func name(ascii: Bool) -> String {
        switch self {
        case .character(" "): "Space"
        case .character(let character): String(character)
        case .control(" "): "Ctrl-Space"
        case .control(let character): "Ctrl-" + character.uppercased()
        case .alt(" "): "Alt-Space"
        case .alt(let character): "Alt-" + String(character)
        case .function(let number): "F\(number)"
        default: Self.namesByKey[self].map { ascii ? $0.ascii : $0.unicode } ?? ""
        }
    }

    /// Reads what `name(ascii:)` writes, and common other spellings, letter case aside. A single character
    /// is itself. Nil when there is no such key.
    public init?(name: String) {
        let lower = name.lowercased()
        if let key = Self.named[lower] {
            self = key
            return
        }
        if name.count == 1, let only = name.first {
            guard TextWidth.width(of: name) > 0, Sanitizer.harmless(name) == name else { return nil }
            self = .character(only)
            return
        }
        if lower.first == "f", let number = Int(lower.dropFirst()), (1...63).contains(number) {
            self = .function(number)
            return
        }
        for (prefix, isControl) in [("ctrl-", true), ("ctrl+", true), ("c-", true), ("^", true)]
            + [("alt-", false), ("alt+", false), ("m-", false)]
        where lower.hasPrefix(prefix) {
            let rest = lower == prefix + "space" ? " " : String(name.dropFirst(prefix.count))
            guard rest.count == 1, let only = rest.first else { return nil }
            if isControl {
                guard let key = Self.controlKey(only) else { return nil }
                self = key
            } else {
                self = .alt(only)
            }
            return
        }
        return nil
    }

    /// The key that a terminal sends for Ctrl with `character`, or nil when there is none.
    private static func controlKey(_ character: Character) -> Key? {
        guard let lower = character.lowercased().first else { return nil }
        switch lower {
        case "m", "j": return .enter
        case "i": return .tab
        case "h": return .backspace
        case "[": return .escape
        case "a"..."z", " ", "\\", "]", "^", "_": return .control(lower)
        default: return nil
        }
    }

    private static let table: [(key: Key, unicode: String, ascii: String, others: [String])] = [
        (.enter, "Enter", "Enter", ["return"]), (.tab, "Tab", "Tab", []),
        (.backTab, "Shift-Tab", "Shift-Tab", ["backtab"]), (.escape, "Esc", "Esc", ["escape"]),
        (.backspace, "Backspace", "Backspace", []), (.delete, "Del", "Del", ["delete"]),
        (.insert, "Ins", "Ins", ["insert"]), (.up, "↑", "Up", []), (.down, "↓", "Down", []),
        (.left, "←", "Left", []), (.right, "→", "Right", []), (.home, "Home", "Home", []),
        (.end, "End", "End", []), (.pageUp, "PgUp", "PgUp", ["pageup"]),
        (.pageDown, "PgDn", "PgDn", ["pagedown", "pgdown"]),
        (.controlLeft, "Ctrl-←", "Ctrl-Left", []), (.controlRight, "Ctrl-→", "Ctrl-Right", []),
        (.controlUp, "Ctrl-↑", "Ctrl-Up", []), (.controlDown, "Ctrl-↓", "Ctrl-Down", []),
        (.shiftUp, "Shift-↑", "Shift-Up", []), (.shiftDown, "Shift-↓", "Shift-Down", []),
        (.shiftLeft, "Shift-←", "Shift-Left", []), (.shiftRight, "Shift-→", "Shift-Right", []),
        (.character(" "), "Space", "Space", []),
    ]

    private static let namesByKey: [Key: (unicode: String, ascii: String)] = Dictionary(
        table.map { ($0.key, ($0.unicode, $0.ascii)) }, uniquingKeysWith: { first, _ in first })

    private static let named: [String: Key] = {
        var result: [String: Key] = [:]
        for row in table {
            for name in [row.unicode, row.ascii] + row.others { result[name.lowercased()] = row.key }
        }
        return result
    }()
}
