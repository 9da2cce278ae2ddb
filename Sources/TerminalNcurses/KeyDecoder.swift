import TerminalKit

/// Makes events of what a terminal sends: bytes, and the keys that ncurses found in its description. Knows
/// the usual sequences itself too, because terminals send more than their descriptions tell.
package struct KeyDecoder {
    private enum State {
        case ground
        /// In a character of several bytes: its bits so far, and how many bytes are to come.
        case character(UInt32, missing: Int)
        case escape
        /// `ESC [`, and what followed.
        case sequence([UInt8])
        /// `ESC O`
        case keypad
        /// `ESC [ M`, the old form of mouse reports.
        case mouse([UInt8])
        case paste([UInt8])
    }

    private var state = State.ground
    /// The character being read follows Esc.
    private var isAlt = false
    private var answers: [ModeAnswer] = []

    package init() {}

    /// What the terminal answered since this was asked for last.
    mutating func takeAnswers() -> [ModeAnswer] {
        defer { answers = [] }
        return answers
    }

    /// Pasted text beyond it is cut off into a paste of its own.
    private static let pasteLimit = 1 << 20
    private static let pasteEnd = Array("\u{1b}[201~".utf8)

    /// Whether more is expected, so that `flush()` is due when nothing comes.
    package var isPending: Bool {
        switch state {
        case .ground: false
        // An answer of the terminal, which no key begins like: however late the rest comes, it is no key.
        case .sequence(let bytes): bytes.first != UInt8(ascii: "?")
        case .character, .escape, .keypad, .mouse, .paste: true
        }
    }

    var isLoneEscape: Bool {
        if case .escape = state { true } else { false }
    }

    var isPasting: Bool {
        if case .paste = state { true } else { false }
    }

    /// The next byte is one, whatever key it is elsewhere.
    var takesBytes: Bool {
        switch state {
        case .paste, .mouse: true
        case .ground, .character, .escape, .sequence, .keypad: false
        }
    }

    /// How many milliseconds to wait for more. Slow lines break a paste into pieces.
    var patience: Int32 {
        if case .paste = state { 2_000 } else { 100 }
    }

    /// Nothing more came: what is there has to do.
    package mutating func flush() -> [TerminalEvent] {
        defer {
            state = .ground
            isAlt = false
        }
        switch state {
        case .escape: return [.key(.escape)]
        case .sequence(let bytes): return bytes.isEmpty ? [.key(.alt("["))] : []
        case .keypad: return [.key(.alt("O"))]
        case .paste(let bytes): return bytes.isEmpty ? [] : [.paste(String(decoding: bytes, as: UTF8.self))]
        case .ground, .character, .mouse: return []
        }
    }

    // MARK: - Bytes

    package mutating func feed(byte: UInt8, into events: inout [TerminalEvent]) {
        switch state {
        case .ground: start(byte, into: &events)
        case .character(let bits, let missing): go(on: byte, bits: bits, missing: missing, into: &events)
        case .escape: afterEscape(byte, into: &events)
        case .sequence(var bytes):
            bytes.append(byte)
            inSequence(bytes, into: &events)
        case .keypad:
            state = .ground
            if let key = EscapeSequence.keypad[byte] { events.append(.key(key)) }
        case .mouse(var bytes):
            bytes.append(byte)
            state = bytes.count < 3 ? .mouse(bytes) : .ground
            if bytes.count == 3 { events += EscapeSequence.oldMouse(bytes) }
        case .paste(var bytes):
            state = .ground
            bytes.append(byte)
            if bytes.suffix(Self.pasteEnd.count) == Self.pasteEnd[...] {
                events.append(.paste(String(decoding: bytes.dropLast(Self.pasteEnd.count), as: UTF8.self)))
            } else if bytes.count >= Self.pasteLimit, byte & 0xc0 != 0x80, byte < 0x80, byte != 0x1b {
                events.append(.paste(String(decoding: bytes, as: UTF8.self)))
                state = .paste([])
            } else {
                state = .paste(bytes)
            }
        }
    }

    private mutating func start(_ byte: UInt8, into events: inout [TerminalEvent]) {
        switch byte {
        case 0x1b: state = .escape
        case 0x00: events.append(.key(.control(" ")))
        case 0x08, 0x7f: events.append(.key(.backspace))
        case 0x09: events.append(.key(.tab))
        case 0x0a, 0x0d: events.append(.key(.enter))
        case 0x01...0x1a:
            events.append(.key(.control(Character(Unicode.Scalar(byte + 0x60)))))
        case 0x1c...0x1f:
            events.append(.key(.control(Character(Unicode.Scalar(byte + 0x40)))))
        case 0x20..<0x7f: finish(Unicode.Scalar(byte), into: &events)
        case 0xc2...0xdf: state = .character(UInt32(byte & 0x1f), missing: 1)
        case 0xe0...0xef: state = .character(UInt32(byte & 0x0f), missing: 2)
        case 0xf0...0xf4: state = .character(UInt32(byte & 0x07), missing: 3)
        default: isAlt = false
        }
    }

    private mutating func go(on byte: UInt8, bits: UInt32, missing: Int, into events: inout [TerminalEvent]) {
        state = .ground
        guard byte & 0xc0 == 0x80 else {
            isAlt = false
            return start(byte, into: &events)
        }
        let bits = bits << 6 | UInt32(byte & 0x3f)
        if missing > 1 {
            state = .character(bits, missing: missing - 1)
        } else if bits >= 0xa0, let scalar = Unicode.Scalar(bits) {
            finish(scalar, into: &events)
        } else {
            isAlt = false
        }
    }

    private mutating func finish(_ scalar: Unicode.Scalar, into events: inout [TerminalEvent]) {
        let character = Character(scalar)
        events.append(.key(isAlt ? .alt(character) : .character(character)))
        isAlt = false
    }

    private mutating func afterEscape(_ byte: UInt8, into events: inout [TerminalEvent]) {
        state = .ground
        switch byte {
        case UInt8(ascii: "["): state = .sequence([])
        case UInt8(ascii: "O"): state = .keypad
        case 0x1b:
            events.append(.key(.escape))
            state = .escape
        case 0x08, 0x7f:
            // Readline's word rubout on Alt.
            events.append(.key(.control("w")))
        case 0x00..<0x20:
            events.append(.key(.escape))
            start(byte, into: &events)
        default:
            isAlt = true
            start(byte, into: &events)
        }
    }

    private mutating func inSequence(_ bytes: [UInt8], into events: inout [TerminalEvent]) {
        guard let last = bytes.last, bytes.count < 64 else {
            state = .ground
            return
        }
        // The Linux console sends ESC [ [ A for F1.
        if bytes == [UInt8(ascii: "[")] {
            state = .sequence(bytes)
            return
        }
        guard last >= 0x40 || last < 0x20 else {
            state = .sequence(bytes)
            return
        }
        state = .ground
        if last == 0x1b {
            state = .escape
        } else if bytes == [UInt8(ascii: "M")] {
            state = .mouse([])
        } else if bytes == Array("200~".utf8) {
            state = .paste([])
        } else if let answer = ModeAnswer(bytes) {
            answers.append(answer)
        } else if bytes.first != UInt8(ascii: "?") {
            events += EscapeSequence.events(bytes)
        }
    }

    // MARK: - Keys that ncurses found

    mutating func feed(key name: String, into events: inout [TerminalEvent]) {
        let isAfterEscape = isLoneEscape
        events += isAfterEscape ? [] : flush()
        state = .ground
        guard let event = EscapeSequence.event(keyName: name) else { return }
        if isAfterEscape {
            // Alt with an arrow moves by words, as Ctrl does.
            switch event {
            case .key(.left): events.append(.key(.controlLeft))
            case .key(.right): events.append(.key(.controlRight))
            default: events += [.key(.escape), event]
            }
        } else {
            events.append(event)
        }
    }
}
