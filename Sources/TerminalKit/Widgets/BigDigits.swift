/// Figures in cells: five rows high, to be read from the other side of a counter.
public enum BigDigits {
    /// Rows that a figure takes.
    public static let height = 5

    /// The columns that a text takes, with so many of them for each dot of a figure.
    public static func width(of text: String, columns: Int = 1) -> Int {
        let widths = text.compactMap { shapes[$0]?.first?.count }
        return (widths.reduce(0, +) + max(0, widths.count - 1)) * columns
    }

    /// One bit a column, three columns a digit. What has no shape is left out.
    fileprivate static let shapes: [Character: [String]] = [
        "0": ["###", "# #", "# #", "# #", "###"],
        "1": [" # ", "## ", " # ", " # ", "###"],
        "2": ["###", "  #", "###", "#  ", "###"],
        "3": ["###", "  #", "###", "  #", "###"],
        "4": ["# #", "# #", "###", "  #", "  #"],
        "5": ["###", "#  ", "###", "  #", "###"],
        "6": ["###", "#  ", "###", "# #", "###"],
        "7": ["###", "  #", "  #", "  #", "  #"],
        "8": ["###", "# #", "###", "# #", "###"],
        "9": ["###", "# #", "###", "  #", "###"],
        ".": [" ", " ", " ", " ", "#"],
        ",": [" ", " ", " ", " ", "#"],
        "-": ["   ", "   ", "###", "   ", "   "],
    ]
}

extension Surface {
    /// Draws figures with the top left at `point`; returns the columns that they take. What reaches beyond `clip`
    /// is left out.
    ///
    /// - Parameters:
    ///   - columns: how many a dot of a figure takes, and `rows`, how many of these.
    @discardableResult
    public mutating func drawBigDigits(
        _ text: String, at point: Point, style: Style, context: RenderContext, clip: Rect, columns: Int = 1,
        rows: Int = 1
    ) -> Int {
        let part = context.glyphs.barParts[context.glyphs.barParts.count - 1]
        let block = String(repeating: part, count: columns)
        var x = point.x
        for shape in text.compactMap({ BigDigits.shapes[$0] }) {
            for (row, line) in shape.enumerated() {
                for (column, cell) in line.enumerated() where cell != " " {
                    for part in 0..<rows {
                        let place = Point(x: x + column * columns, y: point.y + row * rows + part)
                        write(block, at: place, style: style, clip: clip)
                    }
                }
            }
            x += ((shape.first?.count ?? 0) + 1) * columns
        }
        return max(0, x - point.x - columns)
    }
}
