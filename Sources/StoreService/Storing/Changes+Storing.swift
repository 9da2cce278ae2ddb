import StoreDomain

/// The ids behind the references of changes.
public struct StoredOrderIDs: Sendable {
    private let new: Int64?

    /// - Parameter new: the new order's; nil for changes without one.
    public init(new: Int64?) { self.new = new }

    public func id(_ reference: Changes.OrderReference) -> Int64 {
        switch reference {
        case .standing(let id): return id
        case .new:
            guard let new else { fatalError("changes name a new order, but have none") }
            return new
        }
    }
}

extension NewCardMovement.Card {
    /// - Parameter new: the ids of the new cards, in their order.
    public func id(among new: [Int64]) -> Int64 {
        switch self {
        case .standing(let id): id
        case .new(let place): new[place]
        }
    }
}

extension [NewMovement] {
    /// What each product's stock changes by, in the order of ids.
    public var sums: [(productID: Int64, quantity: Int)] {
        reduce(into: [Int64: Int]()) { $0[$1.productID, default: 0] += $1.quantity }
            .sorted { $0.key < $1.key }.map { (productID: $0.key, quantity: $0.value) }
    }

    /// The products whose stock a person books. That changes the product; what a sale takes does not.
    public var productsByHand: Set<Int64> { Set(filter { $0.order == nil }.map(\.productID)) }
}

extension OrderStatus {
    /// Only what was paid has payments.
    public var hasPayments: Bool {
        switch self {
        case .paid, .partiallyRefunded, .refunded: true
        case .pending, .cancelled: false
        }
    }
}
