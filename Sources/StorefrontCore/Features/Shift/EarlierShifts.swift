import StoreDomain

/// The closed shifts of a till, the latest first, as far as they were loaded.
public struct EarlierShifts: Hashable, Codable, Sendable {
    public private(set) var shifts: [Shift]
    /// There are still earlier ones.
    public private(set) var hasMore: Bool
    var list = List()
    /// The shift before which the next ones are; an open one is none of the list but counts here.
    private(set) var end: Int64?

    init(_ page: ShiftPage) {
        shifts = page.closed
        hasMore = page.hasMore
        end = page.end
    }

    public var row: Int? { list.row(of: shifts.count) }
    var selected: Shift? { row.map { shifts[$0] } }
    var isAtEnd: Bool { row.map { $0 + 1 == shifts.count } ?? true }

    mutating func append(_ page: ShiftPage) {
        shifts += page.closed.filter { shift in shifts.last.map { shift.id < $0.id } ?? true }
        hasMore = page.hasMore
        end = page.end ?? end
    }

    /// Selects a shift, where it is loaded.
    mutating func select(_ id: Int64) {
        if let row = shifts.firstIndex(where: { $0.id == id }) { list.select(row, of: shifts.count) }
    }
}

/// A part of a till's shifts, the latest first.
public struct ShiftPage: Hashable, Codable, Sendable {
    public let closed: [Shift]
    /// As many came as were asked for, so there may be more.
    public let hasMore: Bool
    /// The last one's id; nil where there was none.
    public let end: Int64?

    /// So many are loaded at once.
    public static let size = 100

    public init(_ shifts: [Shift]) {
        closed = shifts.filter { !$0.isOpen }
        hasMore = shifts.count == Self.size
        end = shifts.last?.id
    }
}
