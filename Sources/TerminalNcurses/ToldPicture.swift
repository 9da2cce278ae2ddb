import Glibc
import TerminalKit

/// What somebody was told of a picture, and with it what the next picture changes.
struct ToldPicture {
    /// The picture that was told; nil when that is not certain.
    private var shown: Surface?
    /// The styles it was told in, cell by cell: those of blanks may be others that look the same.
    private var styles: [Style] = []

    mutating func forget() { shown = nil }

    /// Whether a picture of that size was told, so that only what changes need be.
    func isKnown(_ size: Size) -> Bool { shown?.size == size }

    /// Tells what is to be seen from now on.
    ///
    /// - Parameters:
    ///   - area: what of the picture has a place.
    ///   - tell: is given each glyph that changes, its style and where it stands.
    /// - Returns: false when all of it is seen already.
    mutating func change(
        to surface: Surface, within area: Size, tell: (Cell, Style, _ x: Int, _ y: Int) -> Void
    ) -> Bool {
        if !isKnown(surface.size) {
            shown = nil
            styles = Array(repeating: .none, count: surface.size.width * surface.size.height)
        }
        var isChanged = shown == nil || shown?.cursor != surface.cursor || shown?.link != surface.link
        for y in 0..<area.height {
            let row = surface.row(y)
            if let old = shown?.row(y), Self.areSame(row, old) { continue }
            isChanged = true
            change(row, over: shown?.row(y), from: y * surface.size.width, width: area.width) {
                tell($0, $1, $2, y)
            }
        }
        if isChanged { shown = surface }
        return isChanged
    }

    private mutating func change(
        _ row: ArraySlice<Cell>, over old: ArraySlice<Cell>?, from start: Int, width: Int,
        tell: (Cell, Style, _ x: Int) -> Void
    ) {
        for x in 0..<width {
            let cell = row[row.startIndex + x]
            if let old, cell.looks(like: old[old.startIndex + x], in: styles[start + x]) { continue }
            // A change of style takes twenty bytes, and a blank shows nothing of it but the background.
            let left = x > 0 ? styles[start + x - 1] : cell.style
            let style = cell.isBlank && left.looksOnBlanks(like: cell.style) ? left : cell.style
            styles[start + x] = style
            if cell.width > 0 { tell(cell, style, x) }
        }
    }

    /// Compares memory: quick, and at worst says different of what is the same.
    private static func areSame(_ row: ArraySlice<Cell>, _ old: ArraySlice<Cell>) -> Bool {
        row.withUnsafeBytes { new in
            old.withUnsafeBytes { old in
                guard new.count == old.count, let a = new.baseAddress, let b = old.baseAddress else {
                    return false
                }
                return memcmp(a, b, new.count) == 0
            }
        }
    }
}

extension Cell {
    var isBlank: Bool { width == 1 && content == .blank }

    /// Whether it looks as another one that is seen in a style.
    fileprivate func looks(like other: Cell, in seen: Style) -> Bool {
        guard content == other.content, width == other.width else { return false }
        return seen == style || isBlank && seen.looksOnBlanks(like: style)
    }
}

extension Style {
    /// What a blank does not show.
    private static let unseen: Attributes = [.bold, .italic]

    /// Whether a blank looks the same in both.
    func looksOnBlanks(like other: Style) -> Bool {
        background == other.background && attributes.subtracting(Self.unseen).isEmpty
            && other.attributes.subtracting(Self.unseen).isEmpty
    }
}
