/// What a program made of a terminal, by every byte that it wrote: which modes are on, which colours came,
/// and the text without the control sequences.
package struct TerminalLedger: Sendable {
    /// The forms in which a colour can be asked for.
    package enum ColorForm: Hashable, Sendable { case ansi, bright, indexed, direct }

    private enum State {
        case ground, escape, sequence
        /// After `ESC (`: the character set comes.
        case charset
        /// `ESC ]` and its like, up to BEL or `ESC \`.
        case string
    }

    /// Private modes (`ESC [ ? … h`) that were ever set or reset, as they are now.
    package private(set) var modes: [Int: Bool] = [:]
    package private(set) var colors: Set<ColorForm> = []
    /// Whether text was ever anything but plain.
    package private(set) var hasStyles = false
    /// What was printed since `forgetText()`. Whatever moved the cursor stands as a line's end.
    package private(set) var text: [UInt8] = []

    private var state = State.ground
    private var parameters: [UInt8] = []
    private var styles: Set<String> = []
    private var hasKeypad = false
    private var savedTitles = 0
    private var isOtherCharset = false

    package init() {}

    package init(_ bytes: [UInt8]) { feed(bytes) }

    /// What is not as a terminal has it that nobody changed; empty is as it must be at the end.
    package var leftOver: [String] {
        // The cursor, the margins and echo of keys are on where nobody turns them off.
        let normal: [Int: Bool] = [7: true, 8: true, 25: true]
        var left = modes.filter { $0.value != normal[$0.key, default: false] }.map { "mode \($0.key)" }
            .sorted()
        left += styles.sorted()
        if hasKeypad { left.append("keypad") }
        if savedTitles != 0 { left.append("title saved \(savedTitles) times more than restored") }
        if isOtherCharset { left.append("character set") }
        return left
    }

    package mutating func forgetText() { text = [] }

    package mutating func feed(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { feed(byte) }
    }

    private mutating func feed(_ byte: UInt8) {
        switch (state, byte) {
        case (.string, 0x07): state = .ground
        case (_, 0x1b):
            state = .escape
            parameters = []
        case (.ground, 0x0e): isOtherCharset = true
        case (.ground, 0x0f): isOtherCharset = false
        case (.ground, 0x20...): text.append(byte)
        case (.ground, _): endLine()
        case (.escape, UInt8(ascii: "[")): state = .sequence
        case (.escape, UInt8(ascii: "]")), (.escape, UInt8(ascii: "P")): state = .string
        case (.escape, UInt8(ascii: "(")): state = .charset
        case (.escape, _):
            state = .ground
            if byte == UInt8(ascii: "=") { hasKeypad = true }
            if byte == UInt8(ascii: ">") { hasKeypad = false }
        case (.charset, _):
            state = .ground
            isOtherCharset = byte != UInt8(ascii: "B")
        case (.sequence, 0x40...0x7e):
            state = .ground
            carryOut(byte)
        case (.sequence, _): parameters.append(byte)
        case (.string, _): break
        }
    }

    private mutating func endLine() {
        if text.last != 0x0a { text.append(0x0a) }
    }

    private mutating func carryOut(_ final: UInt8) {
        let isPrivate = parameters.first == UInt8(ascii: "?")
        let fields = String(decoding: parameters.drop { $0 == UInt8(ascii: "?") }, as: UTF8.self)
            .split(separator: ";", omittingEmptySubsequences: false)
        let numbers = fields.map { Int($0) ?? 0 }
        switch final {
        case UInt8(ascii: "h") where isPrivate, UInt8(ascii: "l") where isPrivate:
            for number in numbers { modes[number] = final == UInt8(ascii: "h") }
        case UInt8(ascii: "m") where !isPrivate: style(fields)
        case UInt8(ascii: "t") where numbers.first == 22: savedTitles += 1
        case UInt8(ascii: "t") where numbers.first == 23: savedTitles -= 1
        case UInt8(ascii: "b"):
            if let last = text.last {
                text += [UInt8](repeating: last, count: min(max(1, numbers.first ?? 1), 1_000))
            }
        default: endLine()
        }
    }

    private mutating func style(_ fields: [Substring]) {
        var rest = fields[...]
        while let field = rest.popFirst() {
            let parts = field.split(separator: ":", omittingEmptySubsequences: false)
            let code = Int(parts[0]) ?? 0
            switch code {
            case 0: styles = []
            case 1...9:
                styles.insert("attribute \(code)")
                hasStyles = true
            case 10: styles.remove("font")
            case 11, 12: styles.insert("font")
            case 22: styles.subtract(["attribute 1", "attribute 2"])
            case 23...29: styles.remove("attribute \(code - 20)")
            case 38, 48:
                let form = Int(parts.count > 1 ? parts[1] : rest.popFirst() ?? "")
                if parts.count == 1 { rest = rest.dropFirst(form == 2 ? 3 : 1) }
                add(form == 2 ? .direct : .indexed, isText: code == 38)
            case 30...37, 40...47: add(.ansi, isText: code < 40)
            case 90...97, 100...107: add(.bright, isText: code < 100)
            case 39: styles.remove("text colour")
            case 49: styles.remove("background")
            default: break
            }
        }
    }

    private mutating func add(_ form: ColorForm, isText: Bool) {
        colors.insert(form)
        styles.insert(isText ? "text colour" : "background")
    }
}
