/// What may have changed in a shop: where to look again, never what is there now.
public struct ShopChanges: Hashable, Codable, Sendable {
    /// Products came, went or were edited, or the shop's rules are others.
    public private(set) var catalogue = false
    /// Products whose stock is another.
    public private(set) var stock = Touched<Int64>.none
    /// Orders that are new or are not as they were, their payments and refunds included.
    public private(set) var orders = Touched<TouchedOrder>.none
    /// Discount codes came, were changed or were used.
    public private(set) var discounts = false
    /// Accounts that are new, or are not as they were, or may do something else.
    public private(set) var accounts = Touched<Int64>.none
    /// Shifts that were opened or closed, or into or out of whose drawer money went.
    public private(set) var shifts = Touched<Int64>.none
    /// Sales were put aside or taken up.
    public private(set) var parked = false
    /// Somebody asked for an approval, or one was answered or is over.
    public private(set) var approvals = false

    /// Nothing.
    public init() {}

    /// - Parameters:
    ///   - stock: ids of products.
    ///   - orders: with whose they are.
    public init(
        catalogue: Bool = false, stock: Touched<Int64> = .none, orders: Touched<TouchedOrder> = .none,
        discounts: Bool = false, accounts: Touched<Int64> = .none, shifts: Touched<Int64> = .none,
        parked: Bool = false, approvals: Bool = false
    ) {
        self.catalogue = catalogue
        self.stock = stock.limited
        self.orders = orders.limited
        self.discounts = discounts
        self.accounts = accounts.limited
        self.shifts = shifts.limited
        self.parked = parked
        self.approvals = approvals
    }

    /// Anything may be another than it was: where nobody could listen, or could not tell.
    public static let everything = ShopChanges(
        catalogue: true, stock: .any, orders: .any, discounts: true, accounts: .any, shifts: .any,
        parked: true, approvals: true)

    public var isEmpty: Bool { self == ShopChanges() }
    public var isEverything: Bool { self == .everything }

    public mutating func merge(_ other: ShopChanges) {
        catalogue = catalogue || other.catalogue
        stock = stock.merged(with: other.stock)
        orders = orders.merged(with: other.orders)
        discounts = discounts || other.discounts
        accounts = accounts.merged(with: other.accounts)
        shifts = shifts.merged(with: other.shifts)
        parked = parked || other.parked
        approvals = approvals || other.approvals
    }

    /// Whether what is shown of the product may be another.
    public func touches(product id: Int64) -> Bool { catalogue || stock.touches { $0 == id } }

    /// Whether the order may be another.
    public func touches(order id: Int64) -> Bool { orders.touches { $0.id == id } }

    /// Whether the account may be another, or may do something else.
    public func touches(account id: Int64) -> Bool { accounts.touches { $0 == id } }

    /// Whether the shift, or what is in its drawer, may be another.
    public func touches(shift id: Int64) -> Bool { shifts.touches { $0 == id } }

    /// The part that `principal` may know of: a stranger's orders are none of it, nor other people's accounts, nor for
    /// customers what goes on at the tills.
    public func seen(by principal: Principal) -> ShopChanges {
        let id = principal.userID
        let isAtTills = principal.allows(.sell) || principal.allows(.seeReports)
        return ShopChanges(
            catalogue: catalogue, stock: stock,
            orders: principal.allows(.seeAllOrders) ? orders : orders.owned(by: id) { $0.userID },
            discounts: discounts,
            accounts: principal.allows(.manageAccounts) ? accounts : accounts.owned(by: id) { $0 },
            shifts: isAtTills ? shifts : .none, parked: parked && principal.allows(.park),
            approvals: approvals && isAtTills)
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
        return Touched.some(own.union(others)).limited
    }

    /// Any, where there are more than are worth naming.
    fileprivate var limited: Touched {
        if case .some(let things) = self, things.count > Self.limit { .any } else { self }
    }

    /// Those of this account; none without one.
    fileprivate func owned(by id: Int64?, _ owner: (Thing) -> Int64?) -> Touched {
        guard let id else { return .none }
        return switch self {
        case .any: .any
        case .some(let things): .some(things.filter { owner($0) == id })
        }
    }

    func touches(_ isMeant: (Thing) -> Bool) -> Bool {
        switch self {
        case .any: true
        case .some(let things): things.contains(where: isMeant)
        }
    }
}
