/// The text of a one-line field, its cursor, and the editing keys of readline. Lengths and positions count
/// characters as people see them.
public struct TextFieldState: Hashable, Sendable {
    private var characters: [Character]
    /// From 0 to the number of characters.
    public private(set) var cursor: Int
    public let maxLength: Int
    private var past: [Snapshot] = []
    private var isTyping = false
    private var killed: [Character] = []

    private struct Snapshot: Hashable {
        let characters: [Character]
        let cursor: Int
    }

    /// The cursor starts at the end. Text beyond `maxLength` is cut.
    public init(_ text: String = "", maxLength: Int = 1_000) {
        characters = Array(Array(Self.oneLine(text)).prefix(maxLength))
        cursor = characters.count
        self.maxLength = maxLength
    }

    /// Setting it puts the cursor at the end; it can be undone.
    public var text: String {
        get { String(characters) }
        set {
            let new = Array(Array(Self.oneLine(newValue)).prefix(maxLength))
            guard new != characters else { return }
            remember()
            characters = new
            cursor = new.count
        }
    }

    public var isEmpty: Bool { characters.isEmpty }
    public var count: Int { characters.count }
    /// The text before the cursor.
    public var textBeforeCursor: String { String(characters[..<cursor]) }

    /// Puts text in at the cursor, as typing or pasting does. Line ends become blanks, other controls are
    /// left out, and what exceeds `maxLength` is dropped.
    public mutating func insert(_ text: String) {
        insert(text, asTyping: false)
    }

    public mutating func clear() { text = "" }

    /// Takes the last change back; typing in one go is one change. False when there is none.
    @discardableResult
    public mutating func undo() -> Bool {
        guard let last = past.popLast() else { return false }
        characters = last.characters
        cursor = last.cursor
        isTyping = false
        return true
    }

    /// Does what the key means in a field; false when it means nothing there and others may have it.
    @discardableResult
    public mutating func apply(_ key: Key) -> Bool {
        switch key {
        case .character(let character):
            insert(String(character), asTyping: true)
            return true
        case .left, .control("b"): move(to: cursor - 1)
        case .right, .control("f"): move(to: cursor + 1)
        case .home, .control("a"): move(to: 0)
        case .end, .control("e"): move(to: characters.count)
        case .controlLeft, .alt("b"): move(to: wordStart)
        case .controlRight, .alt("f"): move(to: wordEnd)
        case .backspace: remove(max(0, cursor - 1)..<cursor)
        case .delete, .control("d"): remove(cursor..<min(characters.count, cursor + 1))
        case .control("u"): kill(0..<cursor)
        case .control("k"): kill(cursor..<characters.count)
        case .control("w"): kill(blankWordStart..<cursor)
        case .alt("d"): kill(cursor..<wordEnd)
        case .control("y"): insert(String(killed))
        case .control("_"): undo()
        default: return false
        }
        return true
    }

    // MARK: - Editing

    private static func oneLine(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isNewline || character == "\t" {
                result.append(" ")
            } else if let scalar = character.unicodeScalars.first,
                scalar.properties.generalCategory != .control
            {
                result.append(character)
            }
        }
        return result
    }

    private mutating func insert(_ text: String, asTyping: Bool) {
        let new = Array(Self.oneLine(text)).prefix(max(0, maxLength - characters.count))
        guard !new.isEmpty else { return }
        if !(asTyping && isTyping) { remember() }
        isTyping = asTyping
        // A mark typed after its letter joins it, so the number of characters may grow by less.
        let head = Array(String(characters[..<cursor]) + String(new))
        characters = head + characters[cursor...]
        cursor = head.count
    }

    private mutating func move(to position: Int) {
        cursor = min(max(0, position), characters.count)
        isTyping = false
    }

    private mutating func remove(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        remember()
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private mutating func kill(_ range: Range<Int>) {
        guard !range.isEmpty else { return }
        let text = Array(characters[range])
        remove(range)
        killed = text
    }

    private mutating func remember() {
        past.append(Snapshot(characters: characters, cursor: cursor))
        if past.count > 200 { past.removeFirst() }
        isTyping = false
    }

    private func isWord(_ index: Int) -> Bool { characters[index].isLetter || characters[index].isNumber }

    private var wordStart: Int {
        var index = cursor
        while index > 0, !isWord(index - 1) { index -= 1 }
        while index > 0, isWord(index - 1) { index -= 1 }
        return index
    }

    private var wordEnd: Int {
        var index = cursor
        while index < characters.count, !isWord(index) { index += 1 }
        while index < characters.count, isWord(index) { index += 1 }
        return index
    }

    private var blankWordStart: Int {
        var index = cursor
        while index > 0, characters[index - 1] == " " { index -= 1 }
        while index > 0, characters[index - 1] != " " { index -= 1 }
        return index
    }
}
