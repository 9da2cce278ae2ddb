import CNcurses
import Glibc
import TerminalKit

/// Brings surfaces to ncurses: writes the cells that differ from the last one, then lets it update the
/// terminal once.
struct CellWriter {
    /// What is to be seen.
    var surface: Surface?
    /// What ncurses was told last; nil when that is not certain.
    private var shown: Surface?
    private let quantizer: ColorQuantizer
    private let usesUnicode: Bool
    private var lastStyle = Style.none
    private var lastAttributes: UInt32 = 0
    private var lastPair: Int32 = 0
    /// What ncurses takes for the styles that came so far.
    private var known: [Style: (attributes: UInt32, pair: Int32)] = [:]

    init(depth: ColorDepth, usesUnicode: Bool) {
        quantizer = ColorQuantizer(depth: depth)
        self.usesUnicode = usesUnicode
    }

    /// The next picture is written whole.
    mutating func forget() {
        shown = nil
        clearok(cn_curscr(), true)
        werase(cn_stdscr())
    }

    /// Tells ncurses what is to be seen. False when that is what was seen last, so that nothing need be written.
    mutating func prepare() -> Bool {
        guard let surface, surface != shown else { return false }
        if shown?.size != surface.size {
            shown = nil
            werase(cn_stdscr())
        }
        let height = min(surface.size.height, Int(getmaxy(cn_stdscr())))
        let width = min(surface.size.width, Int(getmaxx(cn_stdscr())))
        for y in 0..<height {
            paint(row: surface.row(y), over: shown?.row(y), y: y, width: width)
        }
        if let cursor = surface.cursor, cursor.x >= 0, cursor.x < width, cursor.y >= 0, cursor.y < height {
            wmove(cn_stdscr(), Int32(cursor.y), Int32(cursor.x))
            curs_set(1)
        } else {
            curs_set(0)
        }
        wnoutrefresh(cn_stdscr())
        shown = surface
        return true
    }

    /// What the terminal shows for a style.
    func looks(of style: Style) -> Style { quantizer.looks(of: style) }

    /// Lets ncurses write what it was told.
    func flush() { doupdate() }

    private mutating func paint(row: ArraySlice<Cell>, over old: ArraySlice<Cell>?, y: Int, width: Int) {
        if let old, Self.areSame(row, old) { return }
        var index = row.startIndex
        for x in 0..<width {
            defer { index += 1 }
            let cell = row[index]
            if let old, old[index] == cell { continue }
            guard cell.width > 0 else { continue }
            // A wide glyph whose other half is beyond the edge has no place.
            put(cell, x: x, y: y, isCut: x + Int(cell.width) > width)
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

    private mutating func put(_ cell: Cell, x: Int, y: Int, isCut: Bool) {
        if cell.style != lastStyle { adopt(cell.style) }
        var scalars: (UInt32, UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0, 0)
        var count: Int32 = 0
        withUnsafeMutableBytes(of: &scalars) { bytes in
            let slots = bytes.bindMemory(to: UInt32.self)
            if isCut {
                slots[0] = 0x20
                count = 1
            } else if usesUnicode || cell.content.scalar.isASCII {
                cell.content.forEachScalar { scalar in
                    slots[Int(count)] = scalar.value
                    count += 1
                }
            } else {
                for scalar in Spelling.spell(cell.glyph, in: .ascii).unicodeScalars.prefix(5) {
                    slots[Int(count)] = scalar.value
                    count += 1
                }
            }
            let perCell = usesUnicode || isCut ? count : 1
            var column = x
            var slot = 0
            while slot < Int(count) {
                cn_put(
                    Int32(y), Int32(column), slots.baseAddress?.advanced(by: slot), perCell, lastAttributes,
                    lastPair)
                slot += Int(perCell)
                column += 1
            }
        }
    }

    private mutating func adopt(_ style: Style) {
        lastStyle = style
        (lastAttributes, lastPair) = known[style] ?? meet(style)
    }

    private mutating func meet(_ style: Style) -> (attributes: UInt32, pair: Int32) {
        // Themes have some dozens; a picture of everything else must not fill the memory.
        if known.count > 1_000 { known = [:] }
        let shown = quantizer.shown(style)
        let isPlain = shown.foreground < 0 && shown.background < 0
        // Bit for bit what cn_put takes; there is no attribute to strike text through.
        let met = (
            UInt32(shown.attributes.rawValue),
            isPlain ? 0 : max(0, alloc_pair(shown.foreground, shown.background))
        )
        known[style] = met
        return met
    }
}
