/// Values in rows and columns, the greater the darker.
public struct HeatMap: Hashable, Sendable {
    public let rows: [String]
    public let columns: [String]
    /// By row, then by column; negative ones are drawn as nothing.
    public let values: [[Int]]

    public init(rows: [String], columns: [String], values: [[Int]]) {
        self.rows = rows
        self.columns = columns
        self.values = values
    }

    /// The place of the greatest value; nil where all are nothing.
    public var greatest: (row: Int, column: Int)? {
        var best: (row: Int, column: Int, value: Int)?
        for (row, values) in values.enumerated() {
            for (column, value) in values.enumerated() where value > best?.value ?? 0 {
                best = (row, column, value)
            }
        }
        return best.map { ($0.row, $0.column) }
    }

    /// The map in words: where the most is.
    public var sentence: String {
        guard let greatest else { return "There is nothing to show." }
        return "The most is on \(rows[greatest.row]) at \(columns[greatest.column])."
    }

    /// The columns that a map takes, with its labels, at a width of its cells.
    func width(cell: Int) -> Int { labels + 1 + columns.count * cell }

    var labels: Int { rows.map { TextWidth.width(of: $0) }.max() ?? 0 }
}

extension Surface {
    /// Draws a heat map: the columns' labels in the first row, below it a row each. Cells are three columns wide where
    /// there is room, else two or one, and what does not fit is left out at the right.
    public mutating func drawHeatMap(_ map: HeatMap, in rect: Rect, context: RenderContext) {
        let cell = [3, 2].first { map.width(cell: $0) <= rect.width } ?? 1
        let left = rect.x + map.labels + 1
        let shown = min(map.columns.count, max(0, (rect.maxX - left) / cell))
        // With one column a cell, labels have room at every third.
        let stride = cell >= 2 ? 1 : 3
        for column in Swift.stride(from: 0, to: shown, by: stride) {
            write(
                map.columns[column], at: Point(x: left + column * cell, y: rect.y),
                style: context.style(.textMuted), width: min(2, rect.maxX - left - column * cell))
        }
        let most = map.greatest.map { map.values[$0.row][$0.column] } ?? 0
        let parts = glyphs.heatParts
        for (row, values) in map.values.enumerated() where row + 1 < rect.height {
            let y = rect.y + 1 + row
            write(
                map.rows[row], at: Point(x: rect.x, y: y), style: context.style(.textMuted), width: map.labels
            )
            for (column, value) in values.prefix(shown).enumerated() where value > 0 && most > 0 {
                // Whatever there is shows.
                let level = max(1, Int(Int128(value) * Int128(parts.count - 1) / Int128(most)))
                for x in 0..<cell {
                    write(
                        parts[level], at: Point(x: left + column * cell + x, y: y),
                        style: context.style(.chartBar))
                }
            }
        }
    }
}
