import StorefrontCore
import TerminalKit

/// The words of a picture, for a tester to point at.
enum PointedWords {
    /// - Parameters:
    ///   - before: the picture before the last step; nil where there was none.
    ///   - dialog: where what lies over the screen is.
    static func words(on surface: Surface, before: Surface?, dialog: Rect?) -> [Pointing.Word] {
        // The row of keys at the bottom is no part of what is checked by pointing.
        (0..<max(0, surface.size.height - 1)).flatMap { y in
            let words = words(ofRow: y, surface, before, dialog)
            return y == 0 ? words.withoutCounter : words
        }
    }

    private static func words(ofRow y: Int, _ surface: Surface, _ before: Surface?, _ dialog: Rect?)
        -> [Pointing.Word]
    {
        var words: [Pointing.Word] = []
        var (text, start, place, isChanged) = ("", 0, Pointing.Place.list, false)
        func end(_ x: Int) {
            // A mark, a line or a bar says nothing in words.
            if text.contains(where: { $0.isLetter || $0.isNumber }) {
                words.append(
                    Pointing.Word(text, x: start, y: y, width: x - start, in: place, isChanged: isChanged))
            }
            (text, isChanged) = ("", false)
        }
        for (x, cell) in surface.row(y).enumerated() {
            let here = region(Point(x: x, y: y), surface.size, dialog)
            if cell.width > 0, cell.glyph == " " || here != place { end(x) }
            if text.isEmpty { (start, place) = (x, here) }
            guard cell.width > 0, cell.glyph != " " else { continue }
            text += cell.glyph
            if before.map({ $0[x, y].glyph != cell.glyph }) ?? false { isChanged = true }
        }
        end(surface.size.width)
        return words
    }

    private static func region(_ point: Point, _ size: Size, _ dialog: Rect?) -> Pointing.Place {
        if dialog?.contains(point) == true { return .dialog }
        return point.y == 0 ? .header : point.y == size.height - 2 ? .status : .list
    }
}

extension [Pointing.Word] {
    /// Without what says how much of the session is on its tape: that is another with each step.
    fileprivate var withoutCounter: [Pointing.Word] {
        guard let start = firstIndex(where: { $0.text == "rec" }) else { return self }
        let counts = self[(start + 1)...].prefix { word in
            let first = word.text.first ?? " "
            return word.text.dropFirst(first.isNumber ? 0 : 1).allSatisfy(\.isNumber)
        }
        return Array(self[..<start]) + self[(start + 1 + counts.count)...]
    }
}

extension Pointing.Move {
    /// What a key means while words are pointed at; nil for one that means what it always does.
    init?(_ key: Key) {
        switch key {
        case .left, .character("h"): self = .left(extends: false)
        case .right, .character("l"): self = .right(extends: false)
        case .up, .character("k"): self = .up(extends: false)
        case .down, .character("j"): self = .down(extends: false)
        case .shiftLeft: self = .left(extends: true)
        case .shiftRight: self = .right(extends: true)
        case .shiftUp: self = .up(extends: true)
        case .shiftDown: self = .down(extends: true)
        case .character("v"): self = .extend
        case .tab: self = .nextChange
        case .character("e"): self = .inWords
        // Keys are TerminalKit's: the others mean nothing here.
        default: return nil
        }
    }
}

extension Painter<Pointing> {
    /// Marks what is chosen where it stands, and shows the check below.
    mutating func draw() {
        var last: Pointing.Word?
        for word in state.words[state.selection] {
            let isNext = last.map { $0.y == word.y && $0.place == word.place } ?? false
            let start = isNext ? last.map { $0.x + $0.width } ?? word.x : word.x
            frame.surface.restyle(
                Rect(x: start, y: word.y, width: word.x + word.width - start, height: 1),
                Style(attributes: [.reverse, .underline]))
            last = word
        }
        let cursor = state.words[state.cursor]
        let point = Point(x: cursor.x, y: cursor.y)
        frame.surface.cursor = frame.surface.bounds.contains(point) ? point : nil
        let row = Rect(x: 0, y: frame.surface.size.height - 1, width: frame.surface.size.width, height: 1)
        frame.surface.fill(row, style: style(.footer))
        let keys = frame.surface.drawKeyHints(
            [
                KeyHint(key: "Enter", label: "keep"),
                KeyHint(key: "v", label: state.extends ? "end" : "extend"), KeyHint(key: "e", label: "words"),
                KeyHint(key: "Esc", label: "close"),
            ], in: row.splitLeft(min(row.width / 2 + 6, 46)).left, context: context.render)
        let x = (keys.last?.maxX ?? 0) + 3
        write(state.sentence, x, row.y, .footerKey, width: max(0, row.width - x - 1), cut: .middle)
    }
}
