/// The items of a list that a person has marked, as they were last seen, in the order in which they were marked.
/// They go by their ids, so marks stay where they are when the list turns a page, is sorted or is loaded anew.
public struct Marks<Item: Identifiable & Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    public private(set) var items: [Item] = []

    public init() {}

    public var isEmpty: Bool { items.isEmpty }
    public var count: Int { items.count }

    public func contains(_ id: Item.ID) -> Bool { items.contains { $0.id == id } }

    /// Marks an item, or takes its mark away; true when it is marked now.
    @discardableResult
    public mutating func toggle(_ item: Item) -> Bool {
        if contains(item.id) {
            remove([item.id])
            return false
        }
        items.append(item)
        return true
    }

    /// Marks all that show; takes their marks away where all of them have one. True when they are marked now.
    @discardableResult
    public mutating func toggleAll(_ shown: [Item]) -> Bool {
        let new = shown.filter { !contains($0.id) }
        if new.isEmpty {
            remove(Set(shown.map(\.id)))
            return false
        }
        items += new
        return true
    }

    public mutating func remove(_ ids: Set<Item.ID>) { items.removeAll { ids.contains($0.id) } }

    public mutating func clear() { items = [] }

    /// Takes over what marked items look like now.
    public mutating func refresh(with seen: [Item]) {
        guard !isEmpty else { return }
        let fresh = Dictionary(seen.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        items = items.map { fresh[$0.id] ?? $0 }
    }
}
