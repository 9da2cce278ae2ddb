/// One line of text being edited: what a form field holds. Edits are values, so that a session can be
/// replayed.
public struct TextInput: Hashable, Sendable {
    public private(set) var characters: [Character]
    /// 0…count: the cursor stands before this character.
    public private(set) var cursor: Int
    /// The most characters it takes.
    public let limit: Int
    private var undoSteps: [Snapshot] = []
    private var killed = ""

    private struct Snapshot: Hashable, Sendable {
        let characters: [Character]
        let cursor: Int
    }

    public init(_ text: String = "", limit: Int = 255) {
        characters = Array(text)
        cursor = characters.count
        self.limit = limit
    }

    public var text: String { String(characters) }
    public var isEmpty: Bool { characters.isEmpty }

    /// Replaces everything, as a fresh field.
    public mutating func set(_ text: String) { self = TextInput(text, limit: limit) }

    /// Carries out an edit; false when it changed nothing.
    @discardableResult
    public mutating func apply(_ edit: TextEdit) -> Bool {
        let before = Snapshot(characters: characters, cursor: cursor)
        switch edit {
        case .insert(let text): insert(text)
        case .deleteBackward: delete(from: cursor - 1, to: cursor)
        case .deleteForward: delete(from: cursor, to: cursor + 1)
        case .deleteWordBackward: kill(from: wordStart, to: cursor)
        case .deleteWordForward: kill(from: cursor, to: wordEnd)
        case .killToStart: kill(from: 0, to: cursor)
        case .killToEnd: kill(from: cursor, to: characters.count)
        case .yank: insert(killed)
        case .left: cursor = max(0, cursor - 1)
        case .right: cursor = min(characters.count, cursor + 1)
        case .wordLeft: cursor = wordStart
        case .wordRight: cursor = wordEnd
        case .start: cursor = 0
        case .end: cursor = characters.count
        case .undo:
            guard let last = undoSteps.popLast() else { return false }
            characters = last.characters
            cursor = last.cursor
            return true
        }
        if characters != before.characters { undoSteps.append(before) }
        return characters != before.characters || cursor != before.cursor
    }

    private mutating func insert(_ text: String) {
        // One line: what would break it becomes a blank, as a paste of several lines should read on.
        let flat = text.map { $0.isNewline || $0 == "\t" ? " " : $0 }
        let room = max(0, limit - characters.count)
        characters.insert(contentsOf: flat.prefix(room), at: cursor)
        cursor += min(room, flat.count)
    }

    private mutating func delete(from start: Int, to end: Int) {
        let range = max(0, start)..<min(characters.count, max(0, end))
        guard !range.isEmpty else { return }
        characters.removeSubrange(range)
        cursor = range.lowerBound
    }

    private mutating func kill(from start: Int, to end: Int) {
        guard start < end else { return }
        killed = String(characters[start..<end])
        delete(from: start, to: end)
    }

    private var wordStart: Int {
        var index = cursor
        while index > 0, !characters[index - 1].isWordPart { index -= 1 }
        while index > 0, characters[index - 1].isWordPart { index -= 1 }
        return index
    }

    private var wordEnd: Int {
        var index = cursor
        while index < characters.count, !characters[index].isWordPart { index += 1 }
        while index < characters.count, characters[index].isWordPart { index += 1 }
        return index
    }
}

/// One edit of a text field, as readline names them.
public enum TextEdit: Hashable, Sendable {
    case insert(String)
    case deleteBackward, deleteForward, deleteWordBackward, deleteWordForward
    case killToStart, killToEnd, yank
    case left, right, wordLeft, wordRight, start, end
    case undo
}

extension Character {
    fileprivate var isWordPart: Bool { isLetter || isNumber || self == "_" }
}
