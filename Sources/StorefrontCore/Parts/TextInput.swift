import StoreDomain

/// One line of text being edited: what a form field holds. Edits are values, so that a session can be
/// replayed. Lengths and positions count characters as people see them.
public struct TextInput: Hashable, Sendable {
    public private(set) var characters: [Character]
    /// 0…count: the cursor stands before this character.
    public private(set) var cursor: Int
    /// The most characters it takes.
    public let limit: Int
    /// What is typed must not be seen: it shows as dots and is written as dots.
    public let isSecret: Bool
    /// What it is for, and so what a scan makes of it.
    public let content: FieldContent
    /// All of it is selected: what is typed next replaces it, and cursor keys keep it.
    public private(set) var isAllSelected = false
    fileprivate var past: [Snapshot] = []
    private var isTyping = false
    private var killed = ""

    private static let undoDepth = 200

    /// What is written for a text that must not be seen, whatever it is.
    public static let standIn = String(repeating: "\u{2022}", count: 8)

    fileprivate struct Snapshot: Hashable {
        let characters: [Character]
        let cursor: Int
    }

    /// The cursor starts at the end; text beyond `limit` is cut.
    public init(
        _ text: String = "", limit: Int = 255, isSecret: Bool = false, content: FieldContent = .words
    ) {
        characters = Array(TextInput.oneLine(text).prefix(limit))
        cursor = characters.count
        self.limit = limit
        self.isSecret = isSecret
        self.content = content
    }

    public var text: String { String(characters) }
    public var textBeforeCursor: String { String(characters[..<cursor]) }
    public var isEmpty: Bool { characters.isEmpty }

    /// Replaces everything, as a fresh field.
    public mutating func set(_ text: String) {
        self = TextInput(text, limit: limit, isSecret: isSecret, content: content)
    }

    /// Selects all of it, with the cursor at the end.
    public mutating func selectAll() {
        move(to: characters.count)
        isAllSelected = !isEmpty
    }

    /// Carries out an edit; false when it changed nothing.
    @discardableResult
    public mutating func apply(_ edit: TextEdit) -> Bool {
        let before = Snapshot(characters: characters, cursor: cursor)
        if isAllSelected {
            isAllSelected = false
            if applyToAll(edit) { return true }
        }
        switch edit {
        case .insert(let text): insert(text)
        case .insertSecret(let text): insert(text.revealed)
        case .deleteBackward: remove(max(0, cursor - 1)..<cursor)
        case .deleteForward: remove(cursor..<min(characters.count, cursor + 1))
        case .deleteWordBackward: kill(blankWordStart..<cursor)
        case .deleteWordForward: kill(cursor..<wordEnd)
        case .killToStart: kill(0..<cursor)
        case .killToEnd: kill(cursor..<characters.count)
        case .yank: insert(killed)
        case .left: move(to: cursor - 1)
        case .right: move(to: cursor + 1)
        case .wordLeft: move(to: wordStart)
        case .wordRight: move(to: wordEnd)
        case .start: move(to: 0)
        case .end: move(to: characters.count)
        case .undo: undo()
        }
        return characters != before.characters || cursor != before.cursor
    }

    // MARK: - Editing

    /// What an edit makes of text that is all selected; false for one that does the same without a selection.
    private mutating func applyToAll(_ edit: TextEdit) -> Bool {
        switch edit {
        case .insert(let text): replaceAll(with: text)
        case .insertSecret(let text): replaceAll(with: text.revealed)
        case .yank: replaceAll(with: killed)
        case .deleteBackward, .deleteForward, .deleteWordBackward, .deleteWordForward, .killToStart,
            .killToEnd:
            kill(0..<characters.count)
        case .left, .wordLeft, .start: move(to: 0)
        case .right, .wordRight, .end: move(to: characters.count)
        case .undo: return false
        }
        return true
    }

    /// One change to take back.
    private mutating func replaceAll(with text: String) {
        let new = TextInput.oneLine(text).prefix(limit)
        guard !new.isEmpty else { return }
        remember()
        characters = Array(new)
        cursor = characters.count
        isTyping = true
    }

    /// What would break the line becomes a blank, as a paste of several lines should read on; other controls
    /// go.
    private static func oneLine(_ text: String) -> String {
        var result = ""
        for character in text {
            if character.isNewline || character == "\t" {
                result.append(" ")
            } else if character.unicodeScalars.first?.properties.generalCategory != .control {
                result.append(character)
            }
        }
        return result
    }

    private mutating func insert(_ text: String) {
        let new = TextInput.oneLine(text).prefix(max(0, limit - characters.count))
        guard !new.isEmpty else { return }
        // Letters typed in one go are one change to take back.
        let isOneMore = isTyping && new.count == 1
        if !isOneMore { remember() }
        isTyping = new.count == 1
        // A mark typed after its letter joins it, so the number of characters may grow by less.
        let head = Array(String(characters[..<cursor]) + new)
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
        killed = String(characters[range])
        remove(range)
    }

    private mutating func undo() {
        guard let last = past.popLast() else { return }
        characters = last.characters
        cursor = last.cursor
        isTyping = false
    }

    private mutating func remember() {
        past.append(Snapshot(characters: characters, cursor: cursor))
        past.removeFirst(max(0, past.count - TextInput.undoDepth))
        isTyping = false
    }

    // MARK: - Words

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

    /// Ctrl-W goes back to a blank, as in a shell.
    private var blankWordStart: Int {
        var index = cursor
        while index > 0, characters[index - 1] == " " { index -= 1 }
        while index > 0, characters[index - 1] != " " { index -= 1 }
        return index
    }
}

/// One edit of a text field, as readline names them.
public enum TextEdit: Hashable, Codable, Sendable {
    case insert(String)
    /// Into a field whose text must not be seen.
    case insertSecret(Secret)
    case deleteBackward, deleteForward, deleteWordBackward, deleteWordForward
    case killToStart, killToEnd, yank
    case left, right, wordLeft, wordRight, start, end
    case undo
}

/// Characters are written one by one, since several of them put together may read as fewer.
extension TextInput: Codable {
    private enum CodingKeys: CodingKey {
        case characters, cursor, limit, isSecret, content, isAllSelected, past, isTyping, killed
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        isSecret = try container.decode(Bool.self, forKey: .isSecret)
        characters = try container.decode([Piece].self, forKey: .characters).map(\.character)
        cursor = try container.decode(Int.self, forKey: .cursor)
        limit = try container.decode(Int.self, forKey: .limit)
        content = try container.decode(FieldContent.self, forKey: .content)
        isAllSelected = try container.decode(Bool.self, forKey: .isAllSelected)
        past = try container.decode([Snapshot].self, forKey: .past)
        isTyping = try container.decode(Bool.self, forKey: .isTyping)
        killed = try container.decode(String.self, forKey: .killed)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        let hides = isSecret && !encoder.revealsSecrets
        // Not even how many characters there are: as many dots stand for any text.
        let written = hides ? Array(isEmpty ? "" : Self.standIn) : characters
        try container.encode(isSecret, forKey: .isSecret)
        try container.encode(written.map { Piece(character: $0) }, forKey: .characters)
        try container.encode(hides ? written.count : cursor, forKey: .cursor)
        try container.encode(limit, forKey: .limit)
        try container.encode(content, forKey: .content)
        try container.encode(isAllSelected, forKey: .isAllSelected)
        // What was deleted and taken back is as secret as what stands there.
        try container.encode(hides ? [] : past, forKey: .past)
        try container.encode(isTyping && !hides, forKey: .isTyping)
        try container.encode(hides ? "" : killed, forKey: .killed)
    }
}

extension TextInput.Snapshot: Codable {
    private enum CodingKeys: CodingKey { case characters, cursor }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        characters = try container.decode([Piece].self, forKey: .characters).map(\.character)
        cursor = try container.decode(Int.self, forKey: .cursor)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(characters.map { Piece(character: $0) }, forKey: .characters)
        try container.encode(cursor, forKey: .cursor)
    }
}

/// One character as text.
private struct Piece: Codable {
    let character: Character

    init(character: Character) { self.character = character }

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard text.count == 1, let first = text.first else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not one character"))
        }
        character = first
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(String(character))
    }
}

extension Encoder {
    fileprivate var revealsSecrets: Bool {
        CodingUserInfoKey.revealsSecrets.map { userInfo[$0] as? Bool == true } ?? false
    }
}
