import StoreDomain

/// Orders that customers place, and everybody's for those who may see them. Unpaid ones that are due are
/// cancelled before anybody sees or misses them.
public struct Orders: OrderService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await core.write(as: principal, needing: .placeOrders) { work in
            try work.place(draft, key: key)
        }
    }

    public func order(placedUnder key: IdempotencyKey, as principal: Principal) async throws(StoreError)
        -> Order?
    {
        try await core.read(as: principal) { work in
            let user = try work.user()
            return try work.tx.orderID(.order, key, userID: user.id).map { try work.order($0) }
        }
    }

    public func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        var problems: [FieldProblem] = []
        if query.page < 1 { problems.append(FieldProblem("page", "must be 1 or more")) }
        if !(1...500).contains(query.perPage) {
            problems.append(FieldProblem("per_page", "must be 1 to 500"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        try await whereWritable { () throws(StoreError) in try await cancelDue() }
        return try await core.read(as: principal) { work in
            try work.requireSignIn()
            if query.everybody { try work.principal.require(.seeAllOrders) }
            return try work.tx.orders(query, of: query.everybody ? nil : work.principal.userID)
        }
    }

    public func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await whereWritable { () throws(StoreError) in try await cancelDue() }
        return try await core.read(as: principal) { work in try work.visibleOrder(id) }
    }

    public func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await core.write(as: principal) { work in
            let order = try work.visibleOrder(id)
            guard order.status != .cancelled else { return order }
            guard order.status.canBecome(.cancelled) else {
                throw StoreError.wrongStatus(orderID: id, status: order.status)
            }
            try work.cancel([order], why: "asked")
            return try work.order(id)
        }
    }

    public func dailySales(days: Int, as principal: Principal) async throws(StoreError) -> [DaySales] {
        guard (1...366).contains(days) else { throw .invalid([FieldProblem("days", "must be 1 to 366")]) }
        return try await core.read(as: principal, needing: .seeAllOrders) { work in
            let zone = try core.zones.counted(by: work.tx.policy().policy)
            let starts = zone.lastMidnights(days, before: work.now)
            return try work.tx.sales(between: starts + [Timestamp(milliseconds: .max)])
        }
    }

    /// Cancels every unpaid order that is due.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func cancelDue() async throws(StoreError) -> Int {
        let now = core.clock.now()
        let isNeeded = try await core.engine.read { tx in
            guard let expiry = OrderExpiry(try tx.policy().policy, at: now) else { return false }
            return try tx.hasDueOrders(expiry)
        }
        guard isNeeded else { return 0 }
        return try await core.write(as: .operatorOfStore, asked: false) { work in try work.cancelDue() }
    }

    /// When the next unpaid order can be due, nil where none waits; and for how many seconds an order waits that is
    /// placed from now on, nil for ever.
    public func nextDue() async throws(StoreError) -> (order: Timestamp?, patience: Int64?) {
        let now = core.clock.now()
        return try await core.engine.read { tx in
            let seconds = 60 * Int64(try tx.policy().policy.pendingMinutes)
            guard seconds > 0 else { return (nil, nil) }
            let next = try tx.oldestPending().map { oldest in
                let due = oldest.advanced(bySeconds: seconds + 1)
                // One whose payment screen is open waits beyond its time.
                return due > now ? due : now.advanced(bySeconds: Orders.shortestRest)
            }
            return (next, seconds)
        }
    }

    private static let shortestRest: Int64 = 30
}

extension Work {
    /// A new order, or the one that an earlier try with this key made.
    func place(_ draft: OrderDraft, key: IdempotencyKey) throws -> Order {
        let user = try user()
        // Anybody can print a label.
        if draft.lines.contains(where: { $0.label != nil }) { try principal.require(.sell) }
        let content = draft.fingerprintText
        if let kept = try tx.kept(.order, key, userID: user.id, content: content) {
            guard kept.isSameContent else { throw StoreError.keyReused }
            return try order(kept.orderID)
        }
        // What unpaid orders hold no longer is on sale again.
        try cancelDue()
        var changes = try Selling.place(
            draft, for: user.id,
            facts(draft.lines.map(\.productID), discountCode: draft.discountCode))
        changes.key = NewKey(.order, key: key, userID: user.id, content: content, order: .new)
        return try insert(changes, userName: user.name)
    }

    /// Stores changes that make an order.
    ///
    /// - Parameter userName: the name of whose order it is.
    func insert(_ changes: Changes, userName: String?) throws -> Order {
        let applied = try apply(changes)
        guard let new = changes.newOrder, let id = applied.orderID else {
            fatalError("an engine that stored a new order gave no id for it")
        }
        return Order(new, id: id, itemIDs: applied.itemIDs, userName: userName, at: now)
            .with(changes, of: .new, paymentIDs: applied.paymentIDs, at: now)
            .with(journalMark: applied.journalMark)
            .with(giftCards: changes.soldCards(applied.cardIDs))
    }

    func facts(_ productIDs: [Int64], discountCode: String?) throws -> Selling.Facts {
        Selling.Facts(
            policy: try tx.policy().policy, offers: try tx.offers(productIDs, includingArchived: false),
            discount: try discountRequest(discountCode), now: now)
    }

    /// What is known of a code that somebody typed.
    func discountRequest(_ code: String?) throws -> DiscountRequest {
        guard let code = code?.cleanText, !code.isEmpty else { return .none }
        return try tx.discount(code).map { .known($0) } ?? .unknown(code: code)
    }

    func cancel(_ orders: [Order], why: String) throws {
        let held = try tx.heldStock(of: orders.map(\.id))
        let products = Set(held.values.flatMap(\.keys))
        let offers = try tx.offers(Array(products), includingArchived: true)
        let untracked = products.filter { offers[$0]?.stock.isTracked == false }
        try apply(Selling.cancel(orders, taken: held, untracked: untracked, why: why))
    }

    @discardableResult
    func cancelDue() throws -> Int {
        guard let expiry = OrderExpiry(try tx.policy().policy, at: now), try tx.hasDueOrders(expiry) else {
            return 0
        }
        let due = try tx.dueOrders(expiry)
        try cancel(due, why: "expired")
        return due.count
    }
}
