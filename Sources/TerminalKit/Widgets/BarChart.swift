/// Values as bars that grow to the right, one a row; each may consist of parts.
public struct BarChart: Hashable, Sendable {
    public struct Bar: Hashable, Sendable {
        public let label: String
        /// The parts from the left; negative ones are drawn as nothing.
        public let parts: [Int]
        /// The figure as a person reads it.
        public let figure: String

        public init(label: String, parts: [Int], figure: String) {
            self.label = label
            self.parts = parts
            self.figure = figure
        }

        /// What it comes to as it is drawn.
        var total: Int { parts.reduce(0) { $0.plusClamped(max(0, $1)) } }
    }

    public let bars: [Bar]
    /// What the parts are called, in their order; empty for bars of one part.
    public let legend: [String]

    public init(_ bars: [Bar], legend: [String] = []) {
        self.bars = bars
        self.legend = legend
    }

    /// The chart in words: which bar is the highest, and which the lowest.
    public var sentence: String {
        guard let highest = bars.max(by: { $0.total < $1.total }), highest.total > 0 else {
            return "There is nothing to show."
        }
        guard bars.count > 1, let lowest = bars.min(by: { $0.total < $1.total }) else {
            return "\(highest.label): \(highest.figure)."
        }
        return
            "The highest is \(highest.label) with \(highest.figure), the lowest \(lowest.label) with \(lowest.figure)."
    }
}

extension Surface {
    /// Draws the bars from `first` on, one a row, all to the scale of the longest one of the whole chart.
    ///
    /// - Parameters:
    ///   - showsLabels: whether each bar's label stands before it and its figure behind it; else the bars have the whole
    ///     width.
    public mutating func drawBars(
        _ chart: BarChart, from first: Int = 0, in rect: Rect, showsLabels: Bool, context: RenderContext
    ) {
        let shown = chart.bars.dropFirst(first).prefix(rect.height)
        let labels = showsLabels ? widest(chart.bars.map(\.label), atMost: rect.width / 3) : 0
        let figures = showsLabels ? widest(chart.bars.map(\.figure), atMost: rect.width / 3) : 0
        let room = rect.width - (showsLabels ? labels + figures + 2 : 0)
        let greatest = chart.bars.map(\.total).max() ?? 0
        for (offset, bar) in shown.enumerated() {
            let y = rect.y + offset
            if showsLabels {
                write(bar.label, at: Point(x: rect.x, y: y), style: context.style(.text), width: labels)
                write(
                    bar.figure, at: Point(x: rect.maxX - figures, y: y), style: context.style(.textStrong),
                    width: figures, align: .right)
            }
            let x = rect.x + (showsLabels ? labels + 1 : 0)
            drawParts(
                bar.parts, of: greatest, in: Rect(x: x, y: y, width: max(0, room), height: 1),
                context: context)
        }
    }

    /// One bar. A value above nothing has a cell at least.
    private mutating func drawParts(
        _ parts: [Int], of greatest: Int, in row: Rect, context: RenderContext
    ) {
        guard greatest > 0, row.width > 0 else { return }
        guard parts.count > 1 else {
            let value = max(0, parts.first ?? 0)
            guard value > 0 else { return }
            let steps = glyphs.barParts.count - 1
            var filled = max(1, Self.share(value, of: greatest, in: row.width * steps))
            var x = row.x
            while filled > 0 {
                write(
                    glyphs.barParts[min(filled, steps)], at: Point(x: x, y: row.y),
                    style: context.style(.chartBar))
                filled -= steps
                x += 1
            }
            return
        }
        var sum = 0
        var x = row.x
        for (index, part) in parts.enumerated() where part > 0 {
            sum = sum.plusClamped(part)
            let end = row.x + max(index == 0 ? 1 : 0, Self.share(sum, of: greatest, in: row.width))
            let fill = glyphs.fills[min(index, glyphs.fills.count - 1)]
            while x < end {
                write(fill, at: Point(x: x, y: row.y), style: context.style(.chartBar))
                x += 1
            }
        }
    }

    /// Draws what the parts of the bars are called.
    public mutating func drawLegend(_ chart: BarChart, in row: Rect, context: RenderContext) {
        let words = chart.legend.enumerated().map { index, word in
            "\(glyphs.fills[min(index, glyphs.fills.count - 1)]) \(word)"
        }
        write(
            words.joined(separator: "  "), at: row.origin, style: context.style(.textMuted), width: row.width)
    }

    private func widest(_ texts: [String], atMost most: Int) -> Int {
        min(most, texts.map { TextWidth.width(of: $0) }.max() ?? 0)
    }

    /// `value`/`total` of `room`, rounded down.
    private static func share(_ value: Int, of total: Int, in room: Int) -> Int {
        Int(Int128(value) * Int128(room) / Int128(total))
    }
}

extension Int {
    /// The sum; the greatest or least number where that is beyond.
    func plusClamped(_ other: Int) -> Int {
        let (sum, isBeyond) = addingReportingOverflow(other)
        return isBeyond ? (other < 0 ? .min : .max) : sum
    }
}
