/// What stands in one cell: a character that takes cells, and up to four marks on it. It holds no storage
/// of its own, so that a whole screen is copied and compared as plain memory.
public struct Glyph: Hashable, Sendable {
    private var base: UInt32
    private var mark0: UInt32 = 0
    private var mark1: UInt32 = 0
    private var mark2: UInt32 = 0
    private var mark3: UInt32 = 0

    init(base: Unicode.Scalar) {
        self.base = base.value
    }

    public static let blank = Glyph(base: " ")

    /// No glyph at all: the right half of a wide one.
    static let nothing = Glyph(base: "\0")

    var isNothing: Bool { base == 0 }

    /// The character itself, without its marks.
    public var scalar: Unicode.Scalar { Unicode.Scalar(base) ?? " " }

    /// Puts a mark on the character; a fifth one is dropped.
    mutating func add(mark: Unicode.Scalar) {
        if mark0 == 0 {
            mark0 = mark.value
        } else if mark1 == 0 {
            mark1 = mark.value
        } else if mark2 == 0 {
            mark2 = mark.value
        } else if mark3 == 0 {
            mark3 = mark.value
        }
    }

    /// Calls `body` with the character, then with each mark; not at all for the right half of a wide one.
    public func forEachScalar(_ body: (Unicode.Scalar) -> Void) {
        guard base != 0 else { return }
        for value in [base, mark0, mark1, mark2, mark3] where value != 0 {
            if let scalar = Unicode.Scalar(value) { body(scalar) }
        }
    }

    /// Whether there is a mark on the character.
    public var hasMarks: Bool { mark0 != 0 }

    public var text: String {
        guard base != 0 else { return "" }
        guard hasMarks else { return String(Character(scalar)) }
        var text = ""
        forEachScalar { text.unicodeScalars.append($0) }
        return text
    }
}

/// One cell of a screen.
public struct Cell: Hashable, Sendable {
    public internal(set) var content: Glyph
    /// 1, 2, or 0 for the right half of a wide glyph, which has no glyph of its own.
    public internal(set) var width: UInt8
    public internal(set) var style: Style

    init(content: Glyph, width: UInt8, style: Style) {
        self.content = content
        self.width = width
        self.style = style
    }

    static func blank(_ style: Style) -> Cell { Cell(content: .blank, width: 1, style: style) }

    /// The glyph as text; empty for the right half of a wide one.
    public var glyph: String { content.text }
}
