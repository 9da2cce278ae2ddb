/// Which rows of a list are seen: as few are scrolled away as it takes to have the selected one in sight.
public struct ListViewport: Hashable, Sendable {
    public let count: Int
    /// How many rows are seen at once.
    public let height: Int
    /// Within the list, whatever was asked for; nil when the list is empty or none is selected.
    public let selection: Int?
    /// The first row that is seen.
    public let offset: Int

    public init(count: Int = 0, height: Int = 1, selection: Int = 0) {
        self.count = max(0, count)
        self.height = max(0, height)
        let row = min(max(0, selection), self.count - 1)
        self.selection = self.count == 0 ? nil : row
        offset = max(0, row - max(1, self.height) + 1)
    }

    /// Rows of which none is selected, from `offset` on.
    public init(count: Int, height: Int, offset: Int) {
        self.count = max(0, count)
        self.height = max(0, height)
        self.offset = max(0, min(offset, self.count))
        selection = nil
    }

    /// The rows that are seen.
    public var visible: Range<Int> { offset..<min(count, offset + height) }
}
