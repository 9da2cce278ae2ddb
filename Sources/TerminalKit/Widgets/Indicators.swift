extension Surface {
    /// Draws one turn of a spinner, and what is under way beside it.
    ///
    /// - Parameter frame: counts up with time; stays 0 under reduced motion.
    public mutating func drawSpinner(
        at point: Point, frame: Int, label: String = "", width: Int? = nil, context: RenderContext
    ) {
        let frames = context.glyphs.spinner
        let turn = frames[((frame % frames.count) + frames.count) % frames.count]
        write(
            [TextRun(turn, context.style(.info)), TextRun(label.isEmpty ? "" : " " + label)], at: point,
            width: width)
    }

    /// Draws a bar over the width of `rect` that is as full as `value` is of `total`; eighths of a cell where
    /// the terminal has them.
    public mutating func drawBar(
        value: Int, of total: Int, in rect: Rect, style: Style, emptyStyle: Style? = nil
    ) {
        let row = rect.splitTop(1).top
        let parts = glyphs.barParts
        let steps = parts.count - 1
        let filled = total > 0 ? min(max(0, value), total) * row.width * steps / total : 0
        for x in 0..<row.width {
            let part = min(max(0, filled - x * steps), steps)
            let place = Point(x: row.x + x, y: row.y)
            if part == 0 {
                write(glyphs.barEmpty, at: place, style: emptyStyle ?? style)
            } else {
                write(parts[part], at: place, style: style)
            }
        }
    }

    /// Draws values as columns that stand on the last row of `rect`, one cell wide each, as high as they are
    /// compared with the greatest; the last ones when there are more than columns. Negative ones are zero.
    public mutating func drawColumns(_ values: [Int], in rect: Rect, style: Style) {
        let shown = values.suffix(rect.width)
        guard let greatest = shown.max(), greatest > 0, rect.height > 0 else { return }
        let steps = glyphs.chartParts.count - 1
        for (column, value) in shown.enumerated() {
            let filled = (max(0, value) * rect.height * steps + greatest / 2) / greatest
            for row in 0..<rect.height {
                let part = min(max(0, filled - row * steps), steps)
                guard part > 0 else { break }
                write(
                    glyphs.chartParts[part], at: Point(x: rect.x + column, y: rect.maxY - 1 - row),
                    style: style)
            }
        }
    }
}
