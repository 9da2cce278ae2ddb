/// A picture of the screen in cells. All drawing is clipped to it and made harmless; nothing that is written
/// on it can reach a terminal as anything but cells.
public struct Surface: Sendable, Equatable {
    public let size: Size
    /// What cells have where nothing was drawn, and what `fill` falls back to.
    public let style: Style
    /// What text is spelled in, and the marks come from.
    public let repertoire: Repertoire
    /// Where the hardware cursor stands; hidden when nil.
    public var cursor: Point?
    /// A file that a part of the picture names, for terminals that open what is clicked.
    public var link: SurfaceLink?
    var cells: [Cell]

    public init(size: Size, style: Style = .none, glyphs: GlyphSet = .unicode) {
        self.size = size
        self.style = style
        repertoire = glyphs.repertoire
        cells = Array(repeating: .blank(style), count: size.width * size.height)
    }

    public var bounds: Rect { Rect(size) }
    /// The marks in use.
    public var glyphs: GlyphSet { GlyphSet(repertoire) }

    /// The cell at a place; a blank outside the surface.
    public subscript(x: Int, y: Int) -> Cell {
        guard x >= 0, x < size.width, y >= 0, y < size.height else { return .blank(style) }
        return cells[y * size.width + x]
    }

    public subscript(point: Point) -> Cell { self[point.x, point.y] }

    /// The cells of one row, for whoever shows the surface. Empty outside it.
    public func row(_ y: Int) -> ArraySlice<Cell> {
        guard y >= 0, y < size.height else { return [] }
        return cells[y * size.width..<(y + 1) * size.width]
    }

    // MARK: - Cells

    /// Sets one glyph, whole: a wide one needs both its cells within `clip`, else blanks stand there. What
    /// is left of a wide glyph that it covers by half becomes a blank.
    mutating func put(_ glyph: Glyph, width: Int, x: Int, y: Int, style top: Style, clip: Rect) {
        guard y >= clip.y, y < clip.maxY, x + width > clip.x, x < clip.maxX else { return }
        let row = y * size.width
        if width == 1 {
            separate(at: x, row: row)
            let beneath = cells[row + x].style
            cells[row + x] = Cell(content: glyph, width: 1, style: beneath.merging(top))
        } else if x >= clip.x, x + 1 < clip.maxX {
            separate(at: x, row: row)
            separate(at: x + 1, row: row)
            let merged = cells[row + x].style.merging(top)
            cells[row + x] = Cell(content: glyph, width: 2, style: merged)
            cells[row + x + 1] = Cell(content: .nothing, width: 0, style: merged)
        } else {
            put(.blank, width: 1, x: x >= clip.x ? x : x + 1, y: y, style: top, clip: clip)
        }
    }

    /// Breaks up the wide glyph that has a half at `x`, if there is one.
    private mutating func separate(at x: Int, row: Int) {
        switch cells[row + x].width {
        case 1: return
        case 2:
            if x + 1 < size.width { cells[row + x + 1] = .blank(cells[row + x + 1].style) }
        default:
            if x > 0 { cells[row + x - 1] = .blank(cells[row + x - 1].style) }
        }
        cells[row + x] = .blank(cells[row + x].style)
    }

    /// Replaces cells whole, styles too; what `top` leaves open comes from the surface's own style.
    public mutating func fill(_ rect: Rect, glyph: String = " ", style top: Style) {
        let area = rect.intersection(bounds)
        guard !area.isEmpty else { return }
        var reader = glyphReader(glyph)
        let piece = reader.next()
        let content = piece?.width == 1 ? piece?.glyph ?? .blank : .blank
        let cell = Cell(content: content, width: 1, style: style.merging(top))
        for y in area.y..<area.maxY {
            let row = y * size.width
            separate(at: area.x, row: row)
            separate(at: area.maxX - 1, row: row)
            for x in area.x..<area.maxX { cells[row + x] = cell }
        }
    }

    /// Lays a style over cells and leaves their glyphs.
    public mutating func restyle(_ rect: Rect, _ top: Style) {
        let area = rect.intersection(bounds)
        for y in area.y..<area.maxY {
            for x in area.x..<area.maxX {
                cells[y * size.width + x].style = cells[y * size.width + x].style.merging(top)
            }
        }
    }

    /// Copies another surface onto this one, its top left corner at `point`; its cursor comes along.
    public mutating func blit(_ other: Surface, at point: Point) {
        for y in 0..<other.size.height {
            for x in 0..<other.size.width {
                let cell = other.cells[y * other.size.width + x]
                let target = Point(x: point.x + x, y: point.y + y)
                guard cell.width > 0, bounds.contains(target) || cell.width == 2 else { continue }
                put(
                    cell.content, width: Int(cell.width), x: target.x, y: target.y, style: .none, clip: bounds
                )
                for half in target.x..<target.x + Int(cell.width)
                where bounds.contains(Point(x: half, y: target.y)) {
                    cells[target.y * size.width + half].style = style.merging(cell.style)
                }
            }
        }
        if let inner = other.cursor {
            let moved = Point(x: point.x + inner.x, y: point.y + inner.y)
            if bounds.contains(moved) { cursor = moved }
        }
    }
}
