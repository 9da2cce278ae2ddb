/// Where a page by its number lies among so many rows. It is counted from whichever end is nearer, so that the last
/// page costs what the first does.
public struct PageWindow: Hashable, Sendable {
    /// Whether rows are read in the opposite order, from the end.
    public let isFromEnd: Bool
    /// How many rows to pass over, from that end.
    public let skip: Int
    /// How many rows the page has; 1 or more.
    public let count: Int

    /// Of a list that begins behind a row, and is not counted: the page may have fewer rows.
    ///
    /// - Parameter number: 1 or more. nil where it is beyond what can be counted.
    public init?(uncounted number: Int, perPage: Int) {
        let (start, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
        guard !overflow, perPage > 0 else { return nil }
        (isFromEnd, skip, count) = (false, start, perPage)
    }

    /// nil for a page that has no rows.
    ///
    /// - Parameter number: 1 or more.
    public init?(_ number: Int, perPage: Int, of total: Int) {
        let (start, overflow) = (number - 1).multipliedReportingOverflow(by: perPage)
        guard !overflow, start < total else { return nil }
        count = min(perPage, total - start)
        let behind = total - start - count
        isFromEnd = behind < start
        skip = isFromEnd ? behind : start
    }
}
