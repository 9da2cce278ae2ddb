/// Which row of a list is selected and which rows are seen. The selection is always within the list and
/// always in sight, whatever changes.
public struct ListViewport: Hashable, Sendable {
    public private(set) var count: Int
    /// How many rows are seen at once.
    public private(set) var height: Int
    /// Nil only when the list is empty.
    public private(set) var selection: Int?
    /// The first row that is seen.
    public private(set) var offset = 0

    public init(count: Int = 0, height: Int = 1, selection: Int = 0) {
        self.count = max(0, count)
        self.height = max(0, height)
        self.selection = selection
        settle()
    }

    /// The rows that are seen.
    public var visible: Range<Int> { offset..<min(count, offset + height) }

    public mutating func setCount(_ count: Int) {
        self.count = max(0, count)
        settle()
    }

    public mutating func setHeight(_ height: Int) {
        self.height = max(0, height)
        settle()
    }

    public mutating func select(_ row: Int) {
        selection = row
        settle()
    }

    public mutating func move(by rows: Int) { select((selection ?? 0) + rows) }
    public mutating func moveToFirst() { select(0) }
    public mutating func moveToLast() { select(count - 1) }

    /// Moves by whole screens; the row at the edge stays in sight.
    public mutating func page(by screens: Int) { move(by: screens * max(1, height - 1)) }

    /// Scrolls and drags the selection along only as far as it would leave sight, as a wheel does.
    public mutating func scroll(by rows: Int) {
        offset = min(max(0, offset + rows), max(0, count - height))
        if let row = selection, !visible.isEmpty {
            selection = min(max(row, visible.lowerBound), visible.upperBound - 1)
        }
        settle()
    }

    private mutating func settle() {
        guard count > 0 else {
            selection = nil
            offset = 0
            return
        }
        let row = min(max(0, selection ?? 0), count - 1)
        selection = row
        offset = min(offset, max(0, count - height))
        offset = max(min(offset, row), row - max(1, height) + 1, 0)
    }
}
