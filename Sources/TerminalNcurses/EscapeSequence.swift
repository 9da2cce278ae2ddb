import TerminalKit

/// What the sequences of keys and mice mean, and ncurses' names for them.
enum EscapeSequence {
    /// Those after `ESC O`.
    static let keypad: [UInt8: Key] = {
        var keys: [UInt8: Key] = [
            UInt8(ascii: "A"): .up, UInt8(ascii: "B"): .down, UInt8(ascii: "C"): .right,
            UInt8(ascii: "D"): .left,
            UInt8(ascii: "H"): .home, UInt8(ascii: "F"): .end, UInt8(ascii: "M"): .enter,
            UInt8(ascii: "P"): .function(1), UInt8(ascii: "Q"): .function(2), UInt8(ascii: "R"): .function(3),
            UInt8(ascii: "S"): .function(4),
        ]
        for (offset, character) in "*+,-./0123456789".enumerated() {
            keys[UInt8(ascii: "j") + UInt8(offset)] = .character(character)
        }
        return keys
    }()

    private struct Modifiers {
        let shift, alt, control: Bool

        /// The parameter that tells them is one more than their bits.
        init(parameter: Int) {
            let bits = max(0, parameter - 1)
            shift = bits & 1 != 0
            alt = bits & 2 != 0
            control = bits & 4 != 0
        }

        func arrow(_ plain: Key, shifted: Key, controlled: Key) -> Key {
            control || alt ? controlled : shift ? shifted : plain
        }

        func function(_ number: Int) -> Key { .function(number + (control ? 24 : shift ? 12 : 0)) }
    }

    /// What follows `ESC [`, its last byte included. Nothing for what is not known.
    static func events(_ bytes: [UInt8]) -> [TerminalEvent] {
        guard let final = bytes.last else { return [] }
        if bytes.first == UInt8(ascii: "<") { return mouse(bytes) }
        if bytes.first == UInt8(ascii: "["), bytes.count == 2, (0x41...0x45).contains(final) {
            return [.key(.function(Int(final) - 0x40))]
        }
        let parameters = String(decoding: bytes.dropLast(), as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false).map { number($0) ?? 1 }
        let modifiers = Modifiers(parameter: parameters.dropFirst().first ?? 1)
        switch final {
        case UInt8(ascii: "I") where bytes.count == 1: return [.focus(true)]
        case UInt8(ascii: "O") where bytes.count == 1: return [.focus(false)]
        case UInt8(ascii: "~"): return tilde(parameters, modifiers).map { [.key($0)] } ?? []
        case UInt8(ascii: "u"):
            return parameters.first.flatMap { key(code: $0, modifiers) }.map { [.key($0)] } ?? []
        default: return letter(final, modifiers).map { [.key($0)] } ?? []
        }
    }

    /// Digits alone, and no more than any code, column or row has: what comes from a line may be anything, and is
    /// reckoned with.
    private static func number(_ digits: Substring) -> Int? {
        digits.count <= 7 && digits.utf8.allSatisfy { (0x30...0x39).contains($0) } ? Int(digits) : nil
    }

    private static func letter(_ final: UInt8, _ modifiers: Modifiers) -> Key? {
        switch final {
        case UInt8(ascii: "A"): modifiers.arrow(.up, shifted: .shiftUp, controlled: .controlUp)
        case UInt8(ascii: "B"): modifiers.arrow(.down, shifted: .shiftDown, controlled: .controlDown)
        case UInt8(ascii: "C"): modifiers.arrow(.right, shifted: .shiftRight, controlled: .controlRight)
        case UInt8(ascii: "D"): modifiers.arrow(.left, shifted: .shiftLeft, controlled: .controlLeft)
        case UInt8(ascii: "H"): .home
        case UInt8(ascii: "F"): .end
        case UInt8(ascii: "Z"): .backTab
        case UInt8(ascii: "P"): modifiers.function(1)
        case UInt8(ascii: "Q"): modifiers.function(2)
        case UInt8(ascii: "R"): modifiers.function(3)
        case UInt8(ascii: "S"): modifiers.function(4)
        default: nil
        }
    }

    private static func tilde(_ parameters: [Int], _ modifiers: Modifiers) -> Key? {
        switch parameters.first ?? 0 {
        case 1, 7: .home
        case 2: .insert
        case 3: .delete
        case 4, 8: .end
        case 5: .pageUp
        case 6: .pageDown
        case let code where 11...15 ~= code: modifiers.function(code - 10)
        case let code where 17...21 ~= code: modifiers.function(code - 11)
        case 23, 24: modifiers.function((parameters.first ?? 0) - 12)
        case 27 where parameters.count == 3: key(code: parameters[2], modifiers)
        default: nil
        }
    }

    /// A key told by the number of its character.
    private static func key(code: Int, _ modifiers: Modifiers) -> Key? {
        switch code {
        case 9: return modifiers.shift ? .backTab : .tab
        case 13: return .enter
        case 27: return .escape
        case 8, 127: return modifiers.alt ? .control("w") : .backspace
        default:
            guard let value = UInt32(exactly: code), value >= 0x20, !(0x7f..<0xa0).contains(value),
                let scalar = Unicode.Scalar(value)
            else { return nil }
            let character = Character(scalar)
            if modifiers.control { return character.lowercased().first.map { .control($0) } }
            if modifiers.alt { return .alt(character) }
            return .character(modifiers.shift ? character.uppercased().first ?? character : character)
        }
    }

    // MARK: - Mouse

    /// `<button;column;row` and `M` for pressed or `m` for released.
    private static func mouse(_ bytes: [UInt8]) -> [TerminalEvent] {
        let numbers = String(decoding: bytes.dropFirst().dropLast(), as: UTF8.self).split(separator: ";")
            .compactMap(number)
        guard numbers.count == 3, let final = bytes.last else { return [] }
        let isPress = final == UInt8(ascii: "M")
        guard isPress || final == UInt8(ascii: "m") else { return [] }
        return mouse(numbers[0], isRelease: !isPress, column: numbers[1], row: numbers[2])
    }

    /// Three bytes, each 32 more than it means; which button was released is not told.
    static func oldMouse(_ bytes: [UInt8]) -> [TerminalEvent] {
        let numbers = bytes.map { Int($0) - 32 }
        guard numbers.count == 3 else { return [] }
        let isRelease = numbers[0] & 3 == 3 && numbers[0] & 64 == 0
        return mouse(numbers[0], isRelease: isRelease, column: numbers[1], row: numbers[2])
    }

    private static func mouse(_ code: Int, isRelease: Bool, column: Int, row: Int) -> [TerminalEvent] {
        guard column >= 1, row >= 1, code & 32 == 0 else { return [] }
        let position = Point(x: column - 1, y: row - 1)
        if code & 64 != 0 {
            guard !isRelease, code & 3 < 2 else { return [] }
            let kind: MouseEvent.Kind = code & 1 == 0 ? .wheelUp : .wheelDown
            return [.mouse(MouseEvent(kind: kind, button: .none, position: position))]
        }
        let button: MouseEvent.Button = [.left, .middle, .right, .none][code & 3]
        return [.mouse(MouseEvent(kind: isRelease ? .release : .press, button: button, position: position))]
    }

    // MARK: - Names

    /// What a key is that ncurses names so; nil when it means nothing here.
    static func event(keyName name: String) -> TerminalEvent? {
        if let key = names[name] { return .key(key) }
        if name == "kxIN" { return .focus(true) }
        if name == "kxOUT" { return .focus(false) }
        if name.hasPrefix("KEY_F("), let number = Int(name.dropFirst(6).dropLast()), number > 0 {
            return .key(.function(number))
        }
        // Modified keys end in their parameter: kLFT5 is Ctrl-Left.
        guard let digit = name.last?.wholeNumberValue, let final = modified[String(name.dropLast())] else {
            return nil
        }
        return letter(final, Modifiers(parameter: digit)).map { .key($0) }
    }

    private static let modified: [String: UInt8] = [
        "kUP": UInt8(ascii: "A"), "kDN": UInt8(ascii: "B"), "kRIT": UInt8(ascii: "C"),
        "kLFT": UInt8(ascii: "D"),
        "kHOM": UInt8(ascii: "H"), "kEND": UInt8(ascii: "F"),
    ]

    /// The names of keys that only descriptions of some terminals have: ncurses has no numbers of its own for them.
    static let extendedNames: [String] =
        ["kxIN", "kxOUT", "kUP", "kDN"]
        + modified.keys.sorted().flatMap { name in (2...8).map { "\(name)\($0)" } }

    private static let names: [String: Key] = [
        "KEY_UP": .up, "KEY_DOWN": .down, "KEY_LEFT": .left, "KEY_RIGHT": .right, "KEY_HOME": .home,
        "KEY_END": .end, "KEY_LL": .end, "KEY_FIND": .home, "KEY_SELECT": .end, "KEY_PPAGE": .pageUp,
        "KEY_NPAGE": .pageDown, "KEY_IC": .insert, "KEY_DC": .delete, "KEY_BACKSPACE": .backspace,
        "KEY_ENTER": .enter, "KEY_BTAB": .backTab, "KEY_SLEFT": .shiftLeft, "KEY_SRIGHT": .shiftRight,
        "KEY_SR": .shiftUp, "KEY_SF": .shiftDown, "kUP": .shiftUp, "kDN": .shiftDown, "KEY_SHOME": .home,
        "KEY_SEND": .end, "KEY_SPREVIOUS": .pageUp, "KEY_SNEXT": .pageDown, "KEY_SDC": .delete,
        "KEY_SIC": .insert, "KEY_A1": .home, "KEY_A3": .pageUp, "KEY_C1": .end, "KEY_C3": .pageDown,
    ]
}
