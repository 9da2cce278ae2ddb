/// A column of a table as it would like to be.
public struct TableColumn: Hashable, Sendable {
    public let title: String
    public let minWidth: Int
    public let idealWidth: Int
    public let alignment: TextAlignment
    /// When the table is too narrow, columns of lower priority go first.
    public let priority: Int
    /// Whether it takes what is left over.
    public let grows: Bool

    /// - Parameter idealWidth: at least `minWidth`, which it also is when nil.
    public init(
        _ title: String, minWidth: Int, idealWidth: Int? = nil, alignment: TextAlignment = .left,
        priority: Int = 0, grows: Bool = false
    ) {
        self.title = title
        self.minWidth = max(1, minWidth)
        self.idealWidth = max(self.minWidth, idealWidth ?? minWidth)
        self.alignment = alignment
        self.priority = priority
        self.grows = grows
    }
}

/// Where the columns of a table stand in a given width, and which have no place in it.
public struct TableLayout: Hashable, Sendable {
    public struct Placed: Hashable, Sendable {
        /// The column's place in the list the layout was made of.
        public let index: Int
        public let x: Int
        public let width: Int
    }

    public let columns: [TableColumn]
    /// From left to right.
    public let placed: [Placed]

    /// - Parameters:
    ///   - width: the cells there are for all columns together.
    ///   - gap: blank cells between two columns.
    public init(_ columns: [TableColumn], width: Int, gap: Int = 2) {
        self.columns = columns
        var kept = Array(columns.indices)
        func spare() -> Int {
            width - kept.reduce(0) { $0 + columns[$1].minWidth } - gap * max(0, kept.count - 1)
        }
        while kept.count > 1, spare() < 0 {
            let least = kept.map { columns[$0].priority }.min() ?? 0
            guard let victim = kept.lastIndex(where: { columns[$0].priority == least }) else { break }
            kept.remove(at: victim)
        }
        var widths = kept.map { min(columns[$0].minWidth, max(0, width)) }
        var left = max(0, spare())
        let byPriority = kept.indices.sorted {
            (columns[kept[$0]].priority, -$0) > (columns[kept[$1]].priority, -$1)
        }
        for place in byPriority {
            let extra = min(left, columns[kept[place]].idealWidth - columns[kept[place]].minWidth)
            widths[place] += extra
            left -= extra
        }
        let growing = kept.indices.filter { columns[kept[$0]].grows }
        for (turn, place) in growing.enumerated() {
            let share = left / (growing.count - turn)
            widths[place] += share
            left -= share
        }
        var x = 0
        var placed: [Placed] = []
        for (index, columnWidth) in zip(kept, widths) where columnWidth > 0 {
            placed.append(Placed(index: index, x: x, width: columnWidth))
            x += columnWidth + gap
        }
        self.placed = placed
    }
}
