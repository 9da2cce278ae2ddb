/// The words of a picture, of which a tester chooses those that must stand there: from one to another, in reading
/// order.
public struct Pointing: Hashable, Codable, Sendable {
    /// Where a word stands, as a check names it.
    public enum Place: String, Hashable, Codable, Sendable { case header, list, status, dialog }

    public struct Word: Hashable, Codable, Sendable {
        public let text: String
        public let x: Int
        public let y: Int
        /// In cells.
        public let width: Int
        public let place: Place
        /// It was another one before the last step.
        public let isChanged: Bool

        public init(_ text: String, x: Int, y: Int, width: Int, in place: Place, isChanged: Bool) {
            self.text = text
            self.x = x
            self.y = y
            self.width = width
            self.place = place
            self.isChanged = isChanged
        }

        /// Whether it is the next word of the same text: not farther than a blank.
        func follows(_ other: Word) -> Bool {
            y == other.y && place == other.place && x <= other.x + other.width + 1
        }
    }

    public enum Move: Hashable, Codable, Sendable {
        /// - Parameter extends: what is chosen already stays.
        case left(extends: Bool)
        case right(extends: Bool)
        case up(extends: Bool)
        case down(extends: Bool)
        /// From here on every movement extends, or none does.
        case extend
        /// To the next text that the last step has changed.
        case nextChange
        /// The check is written in words.
        case inWords
    }

    public let words: [Word]
    /// Where choosing began, and where it is.
    private var anchor: Int
    public private(set) var cursor: Int
    public private(set) var extends = false

    /// Chooses what the step has changed most visibly. nil where there are no words.
    public init?(_ words: [Word]) {
        guard !words.isEmpty else { return nil }
        self.words = words
        let places: [Place] = [.status, .dialog, .list, .header]
        let changed = places.lazy.compactMap { place in
            words.firstIndex { $0.place == place && $0.isChanged }
        }.first
        anchor = changed ?? words.firstIndex { $0.place == .status } ?? 0
        cursor = anchor
        takeText()
    }

    public var selection: ClosedRange<Int> { min(anchor, cursor)...max(anchor, cursor) }

    /// The check that is kept: where the words stand, and no column.
    public var sentence: String {
        let texts = texts
        let chosen = words[selection]
        let places = Set(chosen.map(\.place))
        let isOneRow = Set(chosen.map(\.y)).count == 1
        let quoted = texts.map(Self.quoted).joined(separator: " ")
        guard let place = places.first, places.count == 1, isOneRow || place == .dialog else {
            return "see \(quoted)"
        }
        return "in \(place.rawValue) has \(quoted)"
    }

    /// What is chosen, in parts that are farther from each other than a blank.
    private var texts: [String] {
        var texts: [String] = []
        var last: Word?
        for word in words[selection] {
            if let last, word.follows(last), let text = texts.last {
                texts[texts.count - 1] = text + (word.x > last.x + last.width ? " " : "") + word.text
            } else {
                texts.append(word.text)
            }
            last = word
        }
        return texts.map { text in
            // What was cut for want of room is longer elsewhere.
            let cut = ["\u{2026}", "..."].first { text.hasSuffix($0) && text.count > $0.count }
            return cut.map { String(text.dropLast($0.count)) } ?? text
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : String($0) }.joined()
        return "\"\(escaped)\""
    }

    /// Chooses the whole text that the word under the cursor is a part of.
    private mutating func takeText() {
        anchor = cursor
        while anchor > 0, words[anchor].follows(words[anchor - 1]) { anchor -= 1 }
        while cursor + 1 < words.count, words[cursor + 1].follows(words[cursor]) { cursor += 1 }
    }

    mutating func move(_ move: Move) {
        switch move {
        case .left(let extends): go(to: cursor - 1, extends)
        case .right(let extends): go(to: cursor + 1, extends)
        case .up(let extends): go(to: nearest(isAbove: true), extends)
        case .down(let extends): go(to: nearest(isAbove: false), extends)
        case .extend: extends.toggle()
        case .nextChange:
            let ahead = words.indices.filter { $0 > selection.upperBound && words[$0].isChanged }
            guard let next = ahead.first ?? words.firstIndex(where: \.isChanged) else { return }
            cursor = next
            takeText()
        case .inWords: break
        }
    }

    private mutating func go(to index: Int, _ extends: Bool) {
        cursor = min(max(0, index), words.count - 1)
        if !extends, !self.extends { anchor = cursor }
    }

    /// The word of the next row with words that stands nearest to this one's column.
    private func nearest(isAbove: Bool) -> Int {
        let here = words[cursor]
        let rows = words.map(\.y).filter { isAbove ? $0 < here.y : $0 > here.y }
        guard let row = isAbove ? rows.max() : rows.min() else { return cursor }
        return words.indices.filter { words[$0].y == row }
            .min { abs(words[$0].x - here.x) < abs(words[$1].x - here.x) } ?? cursor
    }
}
