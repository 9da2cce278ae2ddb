/// A column of a table as it would like to be.
public struct TableColumn: Hashable, Sendable {
    /// In which cells a column that does not grow is shown.
    public enum Room: Hashable, Sendable {
        /// As soon as the growing column keeps so many cells, and never less than its least width.
        case leaving(Int)
        /// In cells that the growing column does not take.
        case rest
    }

    public let title: String
    public let minWidth: Int
    public let idealWidth: Int
    public let alignment: TextAlignment
    /// A column of higher priority is placed, and gets its ideal width, before the others.
    public let priority: Int
    public let room: Room
    /// Whether it takes what is left over, up to `maxWidth`. One column of a table grows: the one with the names.
    public let grows: Bool
    public let maxWidth: Int

    /// - Parameters:
    ///   - idealWidth: at least `minWidth`, which it also is when nil.
    ///   - maxWidth: where a growing column stops; wider names are hard to take in, and what belongs to them is far
    ///     away.
    public init(
        _ title: String, minWidth: Int, idealWidth: Int? = nil, alignment: TextAlignment = .left,
        priority: Int = 0, room: Room = .leaving(0), grows: Bool = false, maxWidth: Int = .max
    ) {
        self.title = title
        self.minWidth = max(1, minWidth)
        self.idealWidth = max(self.minWidth, idealWidth ?? minWidth)
        self.alignment = alignment
        self.priority = priority
        self.room = room
        self.grows = grows
        self.maxWidth = max(self.idealWidth, maxWidth)
    }
}

/// Where the columns of a table stand in a given width, and which have no place in it.
///
/// Columns are placed by priority, beginning with the growing one. A column that has to leave cells to the growing
/// one comes only where it does; until then the growing one stops at just so many cells. So it never becomes
/// narrower where there is more room. Its width follows from `measure` alone.
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
    ///   - measure: the cells by which the growing column and those that leave it room are measured, at most `width`;
    ///     all of it when nil.
    ///   - gap: blank cells between two columns, at least.
    public init(_ columns: [TableColumn], width: Int, measure: Int? = nil, gap: Int = 2) {
        self.columns = columns
        var plan = Plan(columns, width: max(0, width), measure: min(measure ?? width, width), gap: gap)
        plan.growToIdeal()
        plan.growOn()
        plan.placeRest()
        placed = plan.placed
    }

    /// The width of a column; nil where it has no place.
    public func width(of index: Int) -> Int? { placed.first { $0.index == index }?.width }
}

/// A layout while it is being made.
private struct Plan {
    let columns: [TableColumn]
    let gap: Int
    /// By priority, the growing column first.
    let order: [Int]
    let growing: Int?
    var widths: [Int: Int] = [:]
    /// Cells that nothing takes yet.
    var left: Int
    /// What the growing column may have.
    var limit = Int.max
    /// What those that leave it room promise the growing column.
    var promise = 0

    init(_ columns: [TableColumn], width: Int, measure: Int, gap: Int) {
        self.columns = columns
        self.gap = gap
        growing = Self.growing(of: columns, width: width, gap: gap)
        let growing = growing
        order = columns.indices.filter { !columns[$0].grows || $0 == growing }.sorted { left, right in
            (left == growing ? 1 : 0, columns[left].priority, -left)
                > (right == growing ? 1 : 0, columns[right].priority, -right)
        }
        left = width
        guard let first = order.first, width > 0 else { return }
        let least = min(columns[first].minWidth, width)
        widths[first] = least
        left -= least
        // What the growing column can have beside the columns so far.
        var share = growing == nil ? left : measure
        for index in order.dropFirst() {
            guard case .leaving(let cells) = columns[index].room else { continue }
            let cost = columns[index].minWidth + gap
            let floor = growing == nil ? 0 : max(cells, least)
            guard share - cost >= floor else {
                if cells > 0 { limit = floor }
                break
            }
            share -= cost
            left -= cost
            widths[index] = columns[index].minWidth
            promise = max(promise, cells)
        }
        guard let growing else { return }
        // Beyond its ideal width, the growing column takes only what the others do not want.
        let wanted = widths.keys.filter { $0 != growing }
            .reduce(0) { $0 + columns[$1].idealWidth - columns[$1].minWidth }
        let ideal = max(columns[growing].idealWidth, promise)
        limit = min(limit, columns[growing].maxWidth, max(min(share, ideal), share - wanted))
    }

    /// The column that grows; nil where those of higher priority leave it no room.
    private static func growing(of columns: [TableColumn], width: Int, gap: Int) -> Int? {
        guard let index = columns.firstIndex(where: \.grows) else { return nil }
        let before = columns.filter { $0.priority > columns[index].priority && $0.room == .leaving(0) }
        let taken = before.reduce(0) { $0 + $1.minWidth + gap }
        return before.isEmpty || taken + columns[index].minWidth <= width ? index : nil
    }

    mutating func growToIdeal() {
        for index in order where widths[index] != nil {
            grow(index, to: max(columns[index].idealWidth, index == growing ? promise : 0))
        }
    }

    /// Columns that stand only where cells are left over.
    mutating func placeRest() {
        for index in order where widths[index] == nil && columns[index].room == .rest {
            guard left >= columns[index].minWidth + gap else { continue }
            widths[index] = columns[index].minWidth
            left -= columns[index].minWidth + gap
            grow(index, to: columns[index].idealWidth)
        }
    }

    mutating func growOn() {
        if let growing, widths[growing] != nil { grow(growing, to: columns[growing].maxWidth) }
    }

    private mutating func grow(_ index: Int, to wanted: Int) {
        guard let width = widths[index] else { return }
        let aim = index == growing ? min(wanted, max(limit, width)) : wanted
        let extra = max(0, min(left, aim - width))
        widths[index] = width + extra
        left -= extra
    }

    /// What is left over is spread behind the growing column, evenly, so that the last column ends at the edge.
    var placed: [TableLayout.Placed] {
        let shown = columns.indices.filter { (widths[$0] ?? 0) > 0 }
        // Without it, behind what stands at the left.
        let first =
            growing.flatMap { shown.firstIndex(of: $0) }
            ?? shown.lastIndex { columns[$0].alignment == .left } ?? shown.count
        var spread = left
        var x = 0
        var placed: [TableLayout.Placed] = []
        for (place, index) in shown.enumerated() {
            let width = widths[index] ?? 0
            placed.append(TableLayout.Placed(index: index, x: x, width: width))
            x += width + gap
            let gaps = shown.count - 1 - place
            guard place >= first, gaps > 0 else { continue }
            let share = (spread + gaps - 1) / gaps
            x += share
            spread -= share
        }
        return placed
    }
}
