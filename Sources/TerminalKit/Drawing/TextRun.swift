/// A piece of a line in one style.
public struct TextRun: Hashable, Sendable {
    public let text: String
    public let style: Style
    public let cut: TextCut

    public init(_ text: String, _ style: Style = .none, cut: TextCut = .end) {
        self.text = text
        self.style = style
        self.cut = cut
    }
}

extension Surface {
    /// Writes pieces one after the other on one line; the rules are those of writing a single text.
    ///
    /// - Returns: the cells that the whole takes in its field.
    @discardableResult
    public mutating func write(
        _ runs: [TextRun], at point: Point, width: Int? = nil, align: TextAlignment = .left, clip: Rect? = nil
    ) -> Int {
        let needed = runs.reduce(0) { $0 + TextWidth.width(of: $1.text) }
        var rest = width ?? needed
        let offset =
            switch align {
            case .left: 0
            case .right: max(0, rest - needed)
            case .center: max(0, rest - needed) / 2
            }
        let isCut = needed > rest
        var x = point.x + offset
        for run in runs where rest > 0 {
            let runWidth = TextWidth.width(of: run.text)
            let place = Point(x: x, y: point.y)
            // The run before the edge carries the ellipsis, also when it would just fit by itself.
            let used =
                if isCut && runWidth >= rest {
                    write(
                        run.text + (runWidth == rest ? " " : ""), at: place, style: run.style, width: rest,
                        cut: run.cut, clip: clip)
                } else {
                    write(run.text, at: place, style: run.style, clip: clip)
                }
            if isCut && runWidth >= rest { return x + used - point.x }
            x += used
            rest -= used
        }
        return x - point.x
    }
}
