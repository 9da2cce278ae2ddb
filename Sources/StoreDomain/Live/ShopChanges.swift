/// What may have changed in a shop: where to look again, never what is there now.
public struct ShopChanges: Hashable, Codable, Sendable {
    /// Products came, went or were edited, or the shop's rules are others.
    public private(set) var catalogue = false
    /// Products whose stock is another.
    public private(set) var stock = Touched<Int64>.none
    /// Orders that are new or are not as they were.
    public private(set) var orders = Touched<TouchedOrder>.none

    /// Nothing.
    public init() {}

    /// - Parameters:
    ///   - stock: ids of products.
    ///   - orders: with whose they are.
    public init(catalogue: Bool = false, stock: Touched<Int64> = .none, orders: Touched<TouchedOrder> = .none)
    {
        self.catalogue = catalogue
        merge(stock: stock)
        merge(orders: orders)
    }

    /// Anything may be another than it was: where nobody could listen, or could not tell.
    public static let everything = ShopChanges(catalogue: true, stock: .any, orders: .any)

    public var isEmpty: Bool { self == ShopChanges() }
    public var isEverything: Bool { self == .everything }

    public mutating func merge(_ other: ShopChanges) {
        catalogue = catalogue || other.catalogue
        merge(stock: other.stock)
        merge(orders: other.orders)
    }

    private mutating func merge(stock other: Touched<Int64>) { stock = stock.merged(with: other) }
    private mutating func merge(orders other: Touched<TouchedOrder>) { orders = orders.merged(with: other) }

    /// Whether what is shown of the product may be another.
    public func touches(product id: Int64) -> Bool { catalogue || stock.touches { $0 == id } }

    /// Whether the order may be another.
    public func touches(order id: Int64) -> Bool { orders.touches { $0.id == id } }

    /// The part that `principal` may know of: a stranger's orders are none of it.
    public func seen(by principal: Principal) -> ShopChanges {
        guard !principal.allows(.seeAllOrders) else { return self }
        let own: Touched<TouchedOrder>
        switch orders {
        case .any: own = principal.userID == nil ? .none : .any
        case .some(let touched):
            own = .some(principal.userID.map { id in touched.filter { $0.userID == id } } ?? [])
        }
        return ShopChanges(catalogue: catalogue, stock: stock, orders: own)
    }
}

/// An order that changed, and whose it is.
public struct TouchedOrder: Hashable, Codable, Sendable {
    public let id: Int64
    /// nil for one without a customer, or where the customer is not known.
    public let userID: Int64?

    public init(id: Int64, userID: Int64?) {
        self.id = id
        self.userID = userID
    }
}

/// Which of many things changed.
public enum Touched<Thing: Hashable & Codable & Sendable>: Hashable, Codable, Sendable {
    case some(Set<Thing>)
    /// Any may have, or more than are worth naming.
    case any

    public static var none: Touched { .some([]) }

    /// So many are named at most.
    static var limit: Int { 200 }

    func merged(with other: Touched) -> Touched {
        guard case .some(let own) = self, case .some(let others) = other else { return .any }
        let all = own.union(others)
        return all.count > Self.limit ? .any : .some(all)
    }

    func touches(_ isMeant: (Thing) -> Bool) -> Bool {
        switch self {
        case .any: true
        case .some(let things): things.contains(where: isMeant)
        }
    }
}
