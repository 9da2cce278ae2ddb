/// Which row of a list is selected, and what stands there, so that the selection stays on it when the rows
/// change. What part of the list shows is worked out while drawing.
public struct List: Hashable, Codable, Sendable {
    /// Counted from 0. May lie beyond the end of rows that became fewer: read it by `row(of:)`.
    public private(set) var selection = 0
    /// The id of what was selected when `remember` was called last.
    private var anchor: Int64?

    public init(selection: Int = 0) { self.selection = selection }

    /// The selected row of so many; nil when there is none.
    public func row(of count: Int) -> Int? { count > 0 ? min(selection, count - 1) : nil }

    public mutating func select(_ row: Int, of count: Int) { selection = max(0, min(count - 1, row)) }

    public mutating func move(by rows: Int, of count: Int) {
        select(min(selection, max(0, count - 1)) + rows, of: count)
    }

    /// Moves as one of the list keys says; a page is ten rows.
    public mutating func walk(_ walk: Walk, of count: Int) {
        switch walk {
        case .up: move(by: -1, of: count)
        case .down: move(by: 1, of: count)
        case .halfPageUp: move(by: -5, of: count)
        case .halfPageDown: move(by: 5, of: count)
        case .pageUp: move(by: -10, of: count)
        case .pageDown: move(by: 10, of: count)
        case .first: select(0, of: count)
        case .last: select(count - 1, of: count)
        }
    }

    /// Keeps the selection on this item when rows come that have it.
    public mutating func remember(_ id: Int64?) { anchor = id }

    /// Goes to the remembered item among new rows, else to `row`.
    public mutating func restore(in ids: [Int64], orRow row: Int) {
        select(anchor.flatMap { ids.firstIndex(of: $0) } ?? row, of: ids.count)
        anchor = nil
    }
}
