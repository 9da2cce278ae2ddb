import GRDB
import StoreDomain

/// Orders in a store file. Unpaid ones that are too old are cancelled before anybody sees or misses them.
public struct SQLiteOrderService: OrderService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let policy: ShopPolicy
    private var records: OrderRecord { OrderRecord(currency: policy.currency) }

    public init(database: StoreDatabase, clock: any StoreClock, policy: ShopPolicy) {
        self.database = database
        self.clock = clock
        self.policy = policy
    }

    /// - Throws: also `signInRequired` for the store's operator, who has no account to place it for.
    public func place(_ draft: OrderDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await database.write { db in
            guard case .user(let session) = try principal.current(in: db) else {
                throw StoreError.signInRequired
            }
            let placement = OrderPlacement(db: db, policy: policy, now: clock.now())
            let id = try placement.place(draft, key: key, for: session.user)
            return try stored(id, in: db)
        }
    }

    public func orders(_ query: OrderQuery, as principal: Principal) async throws(StoreError) -> OrderPage {
        var problems: [FieldProblem] = []
        if query.page < 1 { problems.append(FieldProblem("page", "must be 1 or more")) }
        if !(1...500).contains(query.perPage) {
            problems.append(FieldProblem("per_page", "must be 1 to 500"))
        }
        guard problems.isEmpty else { throw .invalid(problems) }
        await cancelExpiredIfAny()
        return try await database.read { db in
            let principal = try principal.current(in: db)
            if case .guest = principal { throw StoreError.signInRequired }
            if query.everybody { try principal.require(.seeAllOrders) }
            return try records.page(query, of: query.everybody ? nil : principal.userID, in: db)
        }
    }

    public func order(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        await cancelExpiredIfAny()
        return try await database.read { db in
            _ = try records.status(of: id, visibleTo: principal.current(in: db), in: db)
            return try stored(id, in: db)
        }
    }

    public func cancel(_ id: Int64, as principal: Principal) async throws(StoreError) -> Order {
        try await database.write { db in
            let status = try records.status(of: id, visibleTo: principal.current(in: db), in: db)
            if status != .cancelled {
                guard status.canBecome(.cancelled) else {
                    throw StoreError.wrongStatus(orderID: id, status: status)
                }
                try OrderCancellation(db: db, now: clock.now()).cancel([id])
            }
            return try stored(id, in: db)
        }
    }

    public func dailySales(days: Int, in zone: @escaping ZoneOffset, as principal: Principal)
        async throws(StoreError) -> [DaySales]
    {
        guard (1...366).contains(days) else { throw .invalid([FieldProblem("days", "must be 1 to 366")]) }
        let now = clock.now()
        return try await database.read { db in
            let principal = try principal.current(in: db)
            if case .guest = principal { throw StoreError.signInRequired }
            try principal.require(.seeAllOrders)
            let starts = now.lastMidnights(days, in: zone)
            let ends = starts.dropFirst() + [Timestamp(milliseconds: .max)]
            return try zip(starts, ends).map { try records.sales(from: $0, to: $1, in: db) }
        }
    }

    /// Cancels every unpaid order that is older than the policy allows.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func cancelExpired() async throws(StoreError) -> Int {
        let isNeeded = try await database.read { db in
            try OrderCancellation.hasExpired(in: db, after: policy.pendingMinutes, at: clock.now())
        }
        guard isNeeded else { return 0 }
        return try await database.write { db in
            try OrderCancellation(db: db, now: clock.now()).cancelExpired(after: policy.pendingMinutes)
        }
    }

    /// Reading goes on when the file cannot be written just now.
    private func cancelExpiredIfAny() async {
        do { try await cancelExpired() } catch {}
    }

    private func stored(_ id: Int64, in db: Database) throws -> Order {
        guard let order = try records.order(id, in: db) else { throw StoreError.notFound(.order(id)) }
        return order
    }
}
