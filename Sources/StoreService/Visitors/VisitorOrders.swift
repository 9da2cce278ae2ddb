import StoreDomain

/// Orders of a visitor whom nobody knows: no more than `VisitorLimits` lets him have.
struct VisitorOrders: OrderService {
    private let orders: any OrderService
    private let catalog: any CatalogService
    private let limits: VisitorLimits
    private let note: @Sendable (VisitorNote) -> Void

    init(
        _ orders: any OrderService, catalog: any CatalogService, limits: VisitorLimits,
        note: @escaping @Sendable (VisitorNote) -> Void
    ) {
        self.note = note
        self.orders = orders
        self.catalog = catalog
        self.limits = limits
    }

    func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order
    {
        // Those who work here are no strangers.
        if case .user(let session) = principal, session.user.role.name != Role.customer.name {
            return try await orders.place(draft, key: key, as: principal)
        }
        // What was placed already is asked for again, not once more.
        if try await orders.order(placedUnder: key, as: principal) != nil {
            return try await orders.place(draft, key: key, as: principal)
        }
        let page = try await orders.orders(
            OrderQuery(status: .pending, perPage: limits.pendingOrders + 1), as: principal)
        var pending: [Order] = []
        for order in page.orders { pending.append(try await orders.order(order.id, as: principal)) }
        let products = try await catalog.products(draft.lines.map(\.productID))
        do {
            try limits.check(draft, pending: pending, products: products)
        } catch {
            note(.limit("orders"))
            throw error
        }
        let order = try await orders.place(draft, key: key, as: principal)
        note(.order(order.id))
        return order
    }

    func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError) -> Order? {
        try await orders.order(placedUnder: key, as: principal)
    }

    func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        try await orders.orders(query, as: principal)
    }

    func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await orders.order(id, as: principal)
    }

    func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await orders.cancel(id, as: principal)
    }

    func dailySales(days: Int, as principal: Principal) async throws(StoreError) -> [DaySales] {
        try await orders.dailySales(days: days, as: principal)
    }
}
