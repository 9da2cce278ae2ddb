/// A key and what it does here, for the footer.
public struct KeyHint: Hashable, Sendable {
    public let key: String
    public let label: String

    public init(key: String, label: String) {
        self.key = key
        self.label = label
    }
}

extension Surface {
    /// Draws hints from the left in the first row of `rect`, as many as fit whole; the last are left out
    /// first.
    ///
    /// - Returns: where each drawn hint stands, in their order, for the mouse.
    @discardableResult
    public mutating func drawKeyHints(_ hints: [KeyHint], in rect: Rect, context: RenderContext) -> [Rect] {
        let row = rect.splitTop(1).top
        guard !row.isEmpty else { return [] }
        fill(row, style: context.style(.footer))
        var x = row.x + 1
        var places: [Rect] = []
        for hint in hints {
            let width = TextWidth.width(of: hint.key) + 1 + TextWidth.width(of: hint.label)
            guard x + width <= row.maxX else { break }
            let runs = [
                TextRun(hint.key, context.style(.footerKey)),
                TextRun(" " + hint.label, context.style(.footer)),
            ]
            write(runs, at: Point(x: x, y: row.y))
            places.append(Rect(x: x, y: row.y, width: width, height: 1))
            x += width + 2
        }
        return places
    }
}
