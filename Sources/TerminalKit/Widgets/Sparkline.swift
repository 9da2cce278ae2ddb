/// Values as one row of marks of different height.
public struct Sparkline: Hashable, Sendable {
    public let values: [Int]

    public init(_ values: [Int]) { self.values = values }

    /// The values put together so that there are no more than `width`, each the sum of its neighbours.
    public func fitted(to width: Int) -> [Int] {
        guard width > 0, values.count > width else { return width > 0 ? values : [] }
        return (0..<width).map { place in
            let (start, end) = (place * values.count / width, (place + 1) * values.count / width)
            return values[start..<end].reduce(0) { $0.plusClamped($1) }
        }
    }

    /// The line in words: how the last value stands to the first.
    public var sentence: String {
        guard let first = values.first, let last = values.last, values.count > 1 else {
            return "There is too little to show."
        }
        return first == last ? "It ends as it began." : last > first ? "It ends higher." : "It ends lower."
    }
}

extension Surface {
    /// Draws the line in the first row of `rect`. A value above nothing shows.
    public mutating func drawSparkline(_ line: Sparkline, in rect: Rect, style: Style) {
        let values = line.fitted(to: rect.width)
        guard let greatest = values.max(), greatest > 0, rect.height > 0 else { return }
        let steps = glyphs.chartParts.count - 1
        for (column, value) in values.enumerated() where value > 0 {
            let part = max(1, Int(Int128(value) * Int128(steps) / Int128(greatest)))
            write(glyphs.chartParts[part], at: Point(x: rect.x + column, y: rect.y), style: style)
        }
    }
}
