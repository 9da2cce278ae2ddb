import StoreDomain

/// Customers as whoever keeps the shop sees them.
public struct CustomerDesk: CustomerService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    /// So many accounts, or records of the journal, are looked through at a time.
    private static let stride = 500

    // MARK: - Finding

    public func customers(_ query: CustomerQuery, as principal: Principal) async throws(StoreError)
        -> CustomerPage
    {
        guard CustomerQuery.limits.contains(query.limit) else {
            throw .invalid([FieldProblem("limit", "must be 1 to \(CustomerQuery.limits.upperBound)")])
        }
        return try await core.read(as: principal, needing: .seeAllOrders) { work in
            var found: [User] = []
            var last = query.after
            while found.count <= query.limit {
                let some = try work.tx.accounts(
                    inRole: Role.customer.name, before: last, limit: Self.stride)
                found += some.filter { $0.isListed && (query.words?.mean($0) ?? true) }
                guard let end = some.last, some.count == Self.stride else { break }
                last = end.id
            }
            let shown = Array(found.prefix(query.limit))
            return CustomerPage(customers: shown, next: found.count > query.limit ? shown.last?.id : nil)
        }
    }

    public func customer(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerRecord {
        try await core.read(as: principal, needing: .seeAllOrders) { work in
            try work.record(of: work.customer(id))
        }
    }

    // MARK: - Merging

    public func merge(_ id: Int64, into other: Int64, as principal: Principal) async throws(StoreError)
        -> CustomerRecord
    {
        guard id != other else {
            throw .invalid([FieldProblem("into", "must be another customer")])
        }
        return try await core.write(as: principal, needing: .manageAccounts) { work in
            try work.tx.hold(customers: [id, other])
            let (old, kept) = try (work.customer(id), work.customer(other))
            try work.refuseParked(for: old)
            // In one order, so that two who merge the same two wait for each other, not both for ever.
            let credits = try [id, other].sorted().reduce(into: [Int64: GiftCard]()) {
                $0[$1] = try work.tx.credit(of: $1)
            }
            let orders = try work.tx.figures(ofCustomer: id).orders
            try work.move(credits[id], of: old, to: kept, who: credits[other])
            try work.tx.moveDocuments(ofCustomer: id, to: other)
            try work.empty(old)
            try work.record(
                .customersMerged,
                [
                    "account": .integer(id), "into": .integer(other), "orders": .integer(Int64(orders)),
                    "credit": .optional(credits[id]?.balance.minorUnits),
                ])
            return try work.record(of: work.customer(other))
        }
    }

    // MARK: - Export and erasure

    public func export(_ id: Int64, as principal: Principal) async throws(StoreError) -> CustomerExport {
        try await core.write(as: principal, needing: .manageAccounts) { work in
            let user = try work.customer(id)
            let orders = try work.orders(of: id, perPage: Self.stride)
            let export = CustomerExport(
                user: user, orders: orders,
                refunds: try orders.filter { !$0.refunded.isZero || $0.status.isRefunded }
                    .flatMap { try work.tx.refunds(of: $0.id) },
                returns: try work.tx.looseReturns(ofCustomer: id),
                credit: try work.tx.credit(of: id).map {
                    GiftCardHistory(card: $0, movements: try work.tx.cardMovements(of: $0.id))
                },
                cards: try work.tx.giftCards(ofCustomer: id, limit: .max),
                keys: try work.tx.visitorKeys(of: id).map(\.key),
                journal: try work.journal(naming: id, stride: Self.stride),
                lastSeenAt: try work.tx.lastSeen(id), at: work.now)
            try work.record(.customerExported, ["account": .integer(id)])
            return export
        }
    }

    public func erase(_ id: Int64, as principal: Principal) async throws(StoreError) -> User {
        try await core.write(as: principal, needing: .manageAccounts) { work in
            try work.tx.hold(customers: [id])
            let user = try work.customer(id)
            try work.refuseParked(for: user)
            let pending = try work.tx.orders(OrderQuery(status: .pending, perPage: 1), of: id)
            if let waiting = pending.orders.first {
                throw StoreError.invalid([
                    FieldProblem("customer", "has order \(waiting.id), which waits; pay or cancel it first")
                ])
            }
            if let credit = try work.tx.credit(of: id), !credit.balance.isZero {
                throw StoreError.invalid([
                    FieldProblem(
                        "customer",
                        "has store credit of \(credit.balance.displayText); pay it out or book it off first")
                ])
            }
            try work.tx.forgetNames(ofCustomer: id, standIn: User.formerName)
            try work.empty(user)
            try work.record(.accountEmptied, ["account": .integer(id)])
            guard let erased = try work.tx.account(id) else { throw StoreError.notFound(.customer(id)) }
            return erased
        }
    }
}

extension Work {
    /// - Throws: `notFound`, also for one whose name was erased; `invalid` for somebody who works in the shop.
    fileprivate func customer(_ id: Int64) throws -> User {
        guard let user = try tx.account(id), !user.isErased else {
            throw StoreError.notFound(.customer(id))
        }
        guard user.role.name == Role.customer.name else {
            throw StoreError.invalid([
                FieldProblem("customer", "must be a customer; \(user.name) is \(user.role.name)")
            ])
        }
        return user
    }

    fileprivate func record(of user: User) throws -> CustomerRecord {
        CustomerRecord(
            user: user, figures: try tx.figures(ofCustomer: user.id),
            orders: try tx.orders(OrderQuery(perPage: CustomerRecord.shown), of: user.id).orders,
            credit: try tx.credit(of: user.id),
            cards: try tx.giftCards(ofCustomer: user.id, limit: CustomerRecord.shown),
            returns: try tx.looseReturns(ofCustomer: user.id))
    }

    fileprivate func orders(of id: Int64, perPage: Int) throws -> [Order] {
        var (orders, number): ([Order], Int) = ([], 1)
        while true {
            let page = try tx.orders(OrderQuery(page: number, perPage: perPage), of: id)
            orders += page.orders
            guard number < page.pages else { return orders }
            number += 1
        }
    }

    /// The records that somebody made, or that are about their account.
    fileprivate func journal(naming id: Int64, stride: Int) throws -> [JournalRecord] {
        var found: [JournalRecord] = []
        for chain in try tx.journalChains() {
            var next = 1
            while true {
                let records = try tx.journal(of: chain, from: next, limit: stride)
                found += records.filter { $0.names(account: id) }
                guard let last = records.last else { break }
                next = last.number + 1
            }
        }
        return found
    }

    /// What is parked keeps whom it is for, and would be sold to somebody who is no more.
    fileprivate func refuseParked(for user: User) throws {
        guard
            let sale = try tx.parkedSales().first(where: { $0.basket.terms.customer?.id == user.id })
        else { return }
        throw StoreError.invalid([
            FieldProblem("customer", "has sale \(sale.code) parked; resume or clear it first")
        ])
    }

    /// Has one customer owe nothing and another be owed it as well.
    fileprivate func move(_ credit: GiftCard?, of old: User, to kept: User, who other: GiftCard?) throws {
        for card in [credit, other].compactMap(\.self)
        where card.isExpired(at: now) && !card.balance.isZero {
            throw StoreError.invalid([
                FieldProblem(
                    "credit",
                    "of \(card.balance.displayText) has expired (card \(card.id)); book it off first")
            ])
        }
        guard let credit else { return }
        guard let other else { return try tx.moveCredit(ofCustomer: old.id, to: kept.id) }
        try apply(GiftCards.move(credit, of: old.id, to: other, of: kept.id))
    }

    /// Takes the name, and everything that opens the account.
    fileprivate func empty(_ user: User) throws {
        try tx.setPerson(
            user.id, email: Email(formerAccount: user.id), name: User.formerName,
            passwordHash: VisitorDesk.noPassword, at: now)
        try tx.forgetVisitor(user.id)
        if try tx.pin(of: user.id) != nil { try tx.save(StoredPIN(), of: user.id) }
        try tx.save(nil, emailKey: user.email.lowercased(), forgettingBefore: Timestamp(seconds: 0))
    }
}

extension User {
    /// Whether a list of customers has it: not where nobody knows who it is.
    fileprivate var isListed: Bool { !isErased && !hasNoAddress }
}

extension CustomerWords {
    fileprivate func mean(_ user: User) -> Bool { mean(id: user.id, name: user.name, email: user.email) }
}

extension OrderStatus {
    fileprivate var isRefunded: Bool {
        switch self {
        case .refunded, .partiallyRefunded: true
        case .pending, .paid, .cancelled: false
        }
    }
}

extension JournalRecord {
    /// Canonical JSON has one spelling: a number ends before a comma or a brace.
    fileprivate func names(account id: Int64) -> Bool {
        by == id
            || ["account", "customer"].contains { field in
                [",", "}"].contains { text.contains("\"\(field)\":\(id)\($0)") }
            }
    }
}
