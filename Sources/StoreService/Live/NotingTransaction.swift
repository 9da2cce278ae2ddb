import StoreDomain

/// A transaction that notes what is written through it, whatever use case writes and whatever engine stores it. One that
/// runs again begins with empty notes.
final class NotingTransaction {
    let tx: any StoreTransaction
    private(set) var changes = ShopChanges()
    /// Whose the orders are that were loaded.
    private var owners: [Int64: Int64] = [:]

    init(_ tx: any StoreTransaction) { self.tx = tx }

    func note(_ new: ShopChanges) { changes.merge(new) }

    private func know(_ order: Order) { owners[order.id] = order.userID }

    private func note(_ new: Changes, _ applied: Applied) {
        var orders = new.orders.compactMap { change -> TouchedOrder? in
            guard case .standing(let id) = change.order, change.changesTheOrder else { return nil }
            return touched(id)
        }
        if let order = new.newOrder, let id = applied.orderID {
            orders.append(TouchedOrder(id: id, userID: order.userID))
        }
        if let refund = new.newRefund { orders.append(touched(refund.refund.orderID)) }
        orders += new.stranded.map { touched($0.orderID) }
        let shifts =
            new.payments.compactMap(\.shiftID)
            + [new.newRefund?.shiftID, new.looseReturn?.shiftID].compactMap(\.self)
        note(
            ShopChanges(
                stock: .some(Set(new.movements.map(\.productID)).union(new.counted)),
                orders: .some(Set(orders)),
                discounts: !new.discountUses.isEmpty, shifts: .some(Set(shifts))))
    }

    private func touched(_ id: Int64) -> TouchedOrder { TouchedOrder(id: id, userID: owners[id]) }
}

extension OrderChange {
    /// That its payment screen is open makes it no other order.
    fileprivate var changesTheOrder: Bool {
        status != nil || number != nil || rounding != nil || refunded != nil || !returned.isEmpty
    }
}

extension NotingTransaction: ShopTransaction {
    func shop() throws -> ShopIdentity { try tx.shop() }
    func policy() throws -> PolicyVersion { try tx.policy() }
    func policyHistory() throws -> [PolicyVersion] { try tx.policyHistory() }

    func insert(_ version: PolicyVersion) throws {
        try tx.insert(version)
        note(ShopChanges(catalogue: true))
    }

    func writtenChain(for name: String) throws -> String { try tx.writtenChain(for: name) }
    func journalHead(of chain: String) throws -> JournalHead? { try tx.journalHead(of: chain) }
    func append(_ records: [JournalRecord]) throws { try tx.append(records) }

    func journal(of chain: String, from number: Int, limit: Int) throws -> [JournalRecord] {
        try tx.journal(of: chain, from: number, limit: limit)
    }

    func journalChains() throws -> [String] { try tx.journalChains() }
}

extension NotingTransaction: PeopleTransaction {
    func hasAccounts() throws -> Bool { try tx.hasAccounts() }
    func account(_ id: Int64) throws -> User? { try tx.account(id) }
    func credentials(emailKey: String) throws -> StoredCredentials? { try tx.credentials(emailKey: emailKey) }
    func accounts() throws -> [User] { try tx.accounts() }

    func accounts(finding words: CustomerWords, limit: Int) throws -> [User] {
        try tx.accounts(finding: words, limit: limit)
    }

    func lastSeen() throws -> [Int64: Timestamp] { try tx.lastSeen() }
    func lastSeen(_ id: Int64) throws -> Timestamp? { try tx.lastSeen(id) }
    /// No news: whoever looks at accounts sees it when they look.
    func noteSeen(_ id: Int64, at now: Timestamp) throws { try tx.noteSeen(id, at: now) }
    func accounts(with role: String) throws -> Int { try tx.accounts(with: role) }

    func insertAccount(_ registration: Registration, passwordHash: String, role: Role, at now: Timestamp)
        throws -> User
    {
        let user = try tx.insertAccount(registration, passwordHash: passwordHash, role: role, at: now)
        note(ShopChanges(accounts: .some([user.id])))
        return user
    }

    func setPasswordHash(_ hash: String, of id: Int64, at now: Timestamp) throws {
        try tx.setPasswordHash(hash, of: id, at: now)
        note(ShopChanges(accounts: .some([id])))
    }

    func setRole(_ role: String, of id: Int64, at now: Timestamp) throws {
        try tx.setRole(role, of: id, at: now)
        note(ShopChanges(accounts: .some([id])))
    }

    func roles() throws -> [Role] { try tx.roles() }

    /// Whoever has the role may do something else.
    func save(_ role: Role) throws {
        try tx.save(role)
        note(ShopChanges(accounts: .any))
    }

    func signInFailures(emailKey: String) throws -> StoredFailures? {
        try tx.signInFailures(emailKey: emailKey)
    }

    func save(_ failures: StoredFailures?, emailKey: String, forgettingBefore cutoff: Timestamp) throws {
        try tx.save(failures, emailKey: emailKey, forgettingBefore: cutoff)
    }

    func account(_ id: Int64, unlessRevoked token: StoredToken) throws -> User? {
        try tx.account(id, unlessRevoked: token)
    }

    func revoke(tokenID: String, until expiry: Timestamp, now: Timestamp) throws {
        try tx.revoke(tokenID: tokenID, until: expiry, now: now)
    }

    func limitEnd(ofSignInsOf account: Int64, to now: Timestamp) throws {
        try tx.limitEnd(ofSignInsOf: account, to: now)
    }

    /// Whoever is signed in with it looks, and is no longer.
    func endSignIns(of account: Int64, now: Timestamp) throws {
        try tx.endSignIns(of: account, now: now)
        note(ShopChanges(accounts: .some([account])))
    }
}

extension NotingTransaction: StaffTransaction {
    func pinSetting() throws -> String? { try tx.pinSetting() }
    func setPINSetting(_ setting: String) throws { try tx.setPINSetting(setting) }
    func pin(of accountID: Int64) throws -> StoredPIN? { try tx.pin(of: accountID) }
    func pins() throws -> [Int64: StoredPIN] { try tx.pins() }
    func pinHolder(_ hash: String) throws -> Int64? { try tx.pinHolder(hash) }
    func badgeHolder(_ badge: Badge) throws -> Int64? { try tx.badgeHolder(badge) }
    // No screen shows who has a PIN.
    func save(_ pin: StoredPIN, of accountID: Int64) throws { try tx.save(pin, of: accountID) }

    func accounts(inRoles roles: [String], limit: Int) throws -> [User] {
        try tx.accounts(inRoles: roles, limit: limit)
    }

    func approval(_ id: Int64) throws -> Approval? { try tx.approval(id) }
    func openApprovals() throws -> [Approval] { try tx.openApprovals() }
    func approvals(ofShift id: Int64) throws -> [Approval] { try tx.approvals(ofShift: id) }

    func insert(_ approval: Approval) throws -> Int64 {
        let id = try tx.insert(approval)
        note(ShopChanges(approvals: true))
        return id
    }

    func update(_ approval: Approval) throws {
        try tx.update(approval)
        note(ShopChanges(approvals: true))
    }
}

extension NotingTransaction: CatalogTransaction {
    func page(_ query: ProductQuery, at position: PagePosition, perPage: Int) throws -> ProductPage {
        try tx.page(query, at: position, perPage: perPage)
    }

    func categories() throws -> [CategoryCount] { try tx.categories() }
    func productsOnSale(_ ids: [Int64]) throws -> [Product] { try tx.productsOnSale(ids) }
    func productOnSale(code: String) throws -> Product? { try tx.productOnSale(code: code) }
    func product(_ id: Int64) throws -> Product? { try tx.product(id) }
    func productID(_ identity: ProductIdentity) throws -> Int64? { try tx.productID(identity) }

    func insertProduct(_ draft: ProductDraft, handle: String?, at now: Timestamp) throws -> Int64 {
        let id = try tx.insertProduct(draft, handle: handle, at: now)
        note(ShopChanges(catalogue: true))
        return id
    }

    func updateProduct(_ old: Product, to draft: ProductDraft, isArchived: Bool, at now: Timestamp) throws
        -> Bool
    {
        let isChanged = try tx.updateProduct(old, to: draft, isArchived: isArchived, at: now)
        if isChanged { note(ShopChanges(catalogue: true)) }
        return isChanged
    }

    func export(after id: Int64, limit: Int) throws -> [(product: Product, handle: String?)] {
        try tx.export(after: id, limit: limit)
    }

    func movements(of productID: Int64, limit: Int) throws -> [StockMovement] {
        try tx.movements(of: productID, limit: limit)
    }

    func productsToCount(limit: Int) throws -> [DueCount] { try tx.productsToCount(limit: limit) }
}

extension NotingTransaction: SellingTransaction {
    func offers(_ ids: [Int64], includingArchived: Bool) throws -> [Int64: Offer] {
        try tx.offers(ids, includingArchived: includingArchived)
    }

    func heldStock(of orderIDs: [Int64]) throws -> [Int64: [Int64: Int]] {
        try tx.heldStock(of: orderIDs)
    }

    func discount(_ code: String) throws -> Discount? { try tx.discount(code) }
    func discounts() throws -> [Discount] { try tx.discounts() }

    func insert(_ discount: Discount, at now: Timestamp) throws {
        try tx.insert(discount, at: now)
        note(ShopChanges(discounts: true))
    }

    func update(_ discount: Discount) throws {
        try tx.update(discount)
        note(ShopChanges(discounts: true))
    }

    func paymentMethods() throws -> [PaymentMethod] { try tx.paymentMethods() }

    func order(_ id: Int64) throws -> Order? {
        let order = try tx.order(id)
        if let order { know(order) }
        return order
    }

    func orders(_ query: OrderQuery, of userID: Int64?) throws -> OrderPage {
        try tx.orders(query, of: userID)
    }

    func dueOrders(_ expiry: OrderExpiry) throws -> [Order] {
        let due = try tx.dueOrders(expiry)
        for order in due { know(order) }
        return due
    }

    func hasDueOrders(_ expiry: OrderExpiry) throws -> Bool { try tx.hasDueOrders(expiry) }
    func oldestPending() throws -> Timestamp? { try tx.oldestPending() }
    func refunds(of orderID: Int64) throws -> [Refund] { try tx.refunds(of: orderID) }
    func shiftOfPayment(orderID: Int64) throws -> Int64? { try tx.shiftOfPayment(orderID: orderID) }
    func sales(between instants: [Timestamp]) throws -> [DaySales] { try tx.sales(between: instants) }
    func strandedPayments() throws -> [StrandedPayment] { try tx.strandedPayments() }

    func kept(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64, content: String) throws
        -> KeptKey?
    {
        try tx.kept(operation, key, userID: userID, content: content)
    }

    func orderID(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws -> Int64? {
        try tx.orderID(operation, key, userID: userID)
    }

    func keep(answer: [UInt8], for operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) throws {
        try tx.keep(answer: answer, for: operation, key, userID: userID)
    }

    func insert(_ invoice: Invoice, ofOrder id: Int64) throws {
        try tx.insert(invoice, ofOrder: id)
        note(ShopChanges(orders: .some([TouchedOrder(id: id, userID: nil)])))
    }

    func setJournalMark(_ mark: String, ofOrder id: Int64) throws {
        try tx.setJournalMark(mark, ofOrder: id)
    }

    func setJournalMark(_ mark: String, ofRefund id: Int64) throws {
        try tx.setJournalMark(mark, ofRefund: id)
    }

    func apply(_ changes: Changes, at now: Timestamp, by: Int64?) throws -> Applied {
        let applied = try tx.apply(changes, at: now, by: by)
        note(changes, applied)
        return applied
    }
}

extension NotingTransaction: TillTransaction {
    func openShift(of till: String) throws -> Shift? { try tx.openShift(of: till) }
    func shift(_ id: Int64) throws -> Shift? { try tx.shift(id) }
    func shifts(of till: String, before: Int64?, closedBy: Int64?, limit: Int) throws -> [Shift] {
        try tx.shifts(of: till, before: before, closedBy: closedBy, limit: limit)
    }

    func insertShift(till: String, openedBy: Int64, float: Money, at now: Timestamp) throws -> Shift {
        let shift = try tx.insertShift(till: till, openedBy: openedBy, float: float, at: now)
        note(ShopChanges(shifts: .some([shift.id])))
        return shift
    }

    func tills() throws -> [String] { try tx.tills() }

    func setCounts(_ counts: [Shift.Count], of id: Int64) throws {
        try tx.setCounts(counts, of: id)
        note(ShopChanges(shifts: .some([id])))
    }

    // A print changes no document, but the figures of the shift in which it is a copy.
    func note(_ issue: DocumentIssue) throws -> Int {
        let before = try tx.note(issue)
        if before > 0, let shiftID = issue.shiftID { note(ShopChanges(shifts: .some([shiftID]))) }
        return before
    }

    func insert(
        _ happening: TillHappening, till: String, shiftID: Int64?, by: Int64?, at now: Timestamp
    ) throws {
        try tx.insert(happening, till: till, shiftID: shiftID, by: by, at: now)
        if let shiftID { note(ShopChanges(shifts: .some([shiftID]))) }
    }

    func close(_ id: Int64, number: DocumentNumber, closing: Shift.Closing) throws {
        try tx.close(id, number: number, closing: closing)
        note(ShopChanges(shifts: .some([id])))
    }

    func insert(_ movement: CashMovement, shiftID: Int64) throws {
        try tx.insert(movement, shiftID: shiftID)
        note(ShopChanges(shifts: .some([shiftID])))
    }

    func report(of shift: Shift) throws -> ShiftReport { try tx.report(of: shift) }

    func trainingSales(in chain: String, from start: Timestamp, until end: Timestamp) throws
        -> ShiftReport.TrainingSum
    {
        try tx.trainingSales(in: chain, from: start, until: end)
    }

    func lastPositions(_ series: Set<NumberSeries>) throws -> [NumberSeries: Int] {
        try tx.lastPositions(series)
    }

    func setLastPosition(_ position: Int, of series: NumberSeries) throws {
        try tx.setLastPosition(position, of: series)
    }

    func parkedSales() throws -> [ParkedSale] { try tx.parkedSales() }

    func insertParked(code: String, label: String, basket: Cart, till: String, by: Int64, at now: Timestamp)
        throws -> ParkedSale
    {
        let sale = try tx.insertParked(
            code: code, label: label, basket: basket, till: till, by: by, at: now)
        note(ShopChanges(parked: true))
        return sale
    }

    func keptParking(_ key: IdempotencyKey, userID: Int64, content: String) throws -> KeptParking? {
        try tx.keptParking(key, userID: userID, content: content)
    }

    // What was parked or taken up is told by that itself.
    func keep(
        _ sale: ParkedSale, under key: IdempotencyKey, userID: Int64, content: String, at now: Timestamp
    ) throws {
        try tx.keep(sale, under: key, userID: userID, content: content, at: now)
    }

    func deleteParked(_ id: Int64) throws -> Bool {
        let wasThere = try tx.deleteParked(id)
        if wasThere { note(ShopChanges(parked: true)) }
        return wasThere
    }
}
