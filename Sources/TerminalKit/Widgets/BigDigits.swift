/// Figures in cells: five rows high, to be read from the other side of a counter.
public enum BigDigits {
    /// Rows that a figure takes.
    public static let height = 5

    /// The columns that a text takes.
    public static func width(of text: String) -> Int {
        let widths = text.compactMap { shapes[$0]?.first?.count }
        return widths.reduce(0, +) + max(0, widths.count - 1)
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
    @discardableResult
    public mutating func drawBigDigits(
        _ text: String, at point: Point, style: Style, context: RenderContext, clip: Rect
    ) -> Int {
        let block = context.glyphs.barParts[context.glyphs.barParts.count - 1]
        var x = point.x
        for shape in text.compactMap({ BigDigits.shapes[$0] }) {
            for (row, line) in shape.enumerated() {
                for (column, cell) in line.enumerated() where cell != " " {
                    write(block, at: Point(x: x + column, y: point.y + row), style: style, clip: clip)
                }
            }
            x += (shape.first?.count ?? 0) + 1
        }
        return max(0, x - point.x - 1)
    }
}
