/// Where the rows of a table stand in a list that comes in pages.
public struct ListPosition: Hashable, Sendable {
    /// How many rows of the list are on the pages before.
    public let first: Int
    /// Rows in the whole list.
    public let count: Int

    public init(first: Int, count: Int) {
        self.first = first
        self.count = count
    }
}

/// The title of a column where it was drawn.
public struct TableHeading: Hashable, Sendable {
    /// The column's place in the list that the table was drawn of.
    public let column: Int
    public let place: Rect
}

extension Surface {
    /// Draws a table: titles in the first row, the rows in sight below, a mark before the selected one, one
    /// before those that a person has marked, and a scroll bar at the right edge when there is more than fits.
    ///
    /// Two columns at the left belong to the two marks, two at the right to the scroll bar; give `viewport` a
    /// height of `Surface.tableRows(in:showsHeader:)`.
    ///
    /// - Parameters:
    ///   - layout: where the columns stand in `Surface.tableWidth(in:)`; as they fit there when nil.
    ///   - position: what the scroll bar tells of when the rows are one page of more.
    ///   - isMarked: whether a person has marked a row.
    ///   - cell: what stands in a row and a column, both counted as in the list and in `columns`.
    /// - Returns: where the title of each column stands, for the mouse; nothing without a header.
    @discardableResult
    public mutating func drawTable(
        _ columns: [TableColumn], in rect: Rect, viewport: ListViewport, context: RenderContext,
        layout: TableLayout? = nil, isFocused: Bool = true, showsHeader: Bool = true,
        position: ListPosition? = nil, isMarked: (_ row: Int) -> Bool = { _ in false },
        cell: (_ row: Int, _ column: Int) -> [TextRun]
    ) -> [TableHeading] {
        let area = rect.intersection(bounds)
        guard area.width > 4, !area.isEmpty else { return [] }
        let layout = layout ?? TableLayout(columns, width: Self.tableWidth(in: area))
        let (header, body) = area.splitTop(showsHeader ? 1 : 0)
        var headings: [TableHeading] = []
        if showsHeader {
            let style = context.style(.heading)
            for place in layout.placed {
                let column = columns[place.index]
                let field = Rect(x: area.x + 2 + place.x, y: header.y, width: place.width, height: 1)
                write(
                    column.title, at: field.origin, style: style, width: field.width,
                    align: column.alignment, clip: header)
                headings.append(TableHeading(column: place.index, place: field))
            }
        }
        let selection = context.style(isFocused ? .selection : .selectionInactive)
        for (line, row) in viewport.visible.prefix(body.height).enumerated() {
            let y = body.y + line
            let whole = Rect(x: area.x, y: y, width: area.width - 1, height: 1)
            let isSelected = row == viewport.selection
            if isSelected { fill(whole, style: selection) }
            for place in layout.placed {
                let runs = cell(row, place.index)
                write(
                    runs, at: Point(x: area.x + 2 + place.x, y: y), width: place.width,
                    align: columns[place.index].alignment, clip: whole)
            }
            if isMarked(row) {
                write(
                    context.glyphs.mark, at: Point(x: area.x + 1, y: y), style: context.style(.textAccent),
                    width: 1, clip: whole)
            }
            if isSelected {
                // One colour for the whole row: every theme has to make only that one legible.
                restyle(whole, Style(foreground: selection.foreground))
                // The mark of a focused row is made for its ground, and may not be seen on another.
                let mark: ThemeRole = isFocused ? .selectionMark : .textAccent
                write(context.glyphs.selection, at: whole.origin, style: context.style(mark))
            }
        }
        drawScrollBar(
            in: body.splitRight(1).right, count: max(viewport.count, position?.count ?? 0),
            offset: (position?.first ?? 0) + viewport.offset, visible: min(viewport.height, body.height),
            context: context)
        return headings
    }

    /// The cells that a table in `rect` has for its columns, between mark and scroll bar.
    public static func tableWidth(in rect: Rect) -> Int { max(0, rect.width - 4) }

    /// How many rows of a table are seen in `rect`.
    public static func tableRows(in rect: Rect, showsHeader: Bool = true) -> Int {
        max(0, rect.height - (showsHeader ? 1 : 0))
    }

    /// Draws a scroll bar over the height of `rect`, in its first column; nothing when all fits.
    public mutating func drawScrollBar(
        in rect: Rect, count: Int, offset: Int, visible: Int, context: RenderContext
    ) {
        guard count > visible, visible > 0, rect.height > 0 else { return }
        let thumb = max(1, rect.height * visible / count)
        let travel = rect.height - thumb
        let start = min(travel, (travel * offset + (count - visible) / 2) / (count - visible))
        let style = context.style(.scrollbar)
        for y in 0..<rect.height {
            let isThumb = y >= start && y < start + thumb
            let glyph = isThumb ? context.glyphs.scrollThumb : context.glyphs.scrollTrack
            // A track that is not seen leaves what is there, such as a border.
            if glyph != " " { write(glyph, at: Point(x: rect.x, y: rect.y + y), style: style) }
        }
    }
}
