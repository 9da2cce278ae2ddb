import StoreDomain
import StoreService

extension MemoryTransaction {
    func offers(_ ids: [Int64], includingArchived: Bool) -> [Int64: Offer] {
        ids.reduce(into: [:]) { offers, id in
            guard let product = product(id), includingArchived || !product.isArchived else { return }
            offers[id] = Offer(
                productID: id, name: product.name, sku: product.sku, price: product.price,
                taxClass: product.taxClass, stock: product.stock)
        }
    }

    func heldStock(of orderIDs: [Int64]) -> [Int64: [Int64: Int]] {
        store.movements.reduce(into: [:]) { held, movement in
            guard let orderID = movement.orderID, orderIDs.contains(orderID) else { return }
            held[orderID, default: [:]][movement.productID, default: 0] -= movement.quantity
        }
    }

    func discount(_ code: String) -> Discount? { store.discounts[Discount.key(code)] }

    func discounts() -> [Discount] {
        store.discounts.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map(\.value)
    }

    func update(_ discount: Discount) { store.discounts[Discount.key(discount.code)] = discount }

    func insert(_ discount: Discount, at now: Timestamp) throws {
        let key = Discount.key(discount.code)
        guard store.discounts[key] == nil else {
            throw StoreError.taken(field: "code", value: discount.code)
        }
        store.discounts[key] = discount
    }

    func paymentMethods() -> [PaymentMethod] { store.methods }

    func order(_ id: Int64) -> Order? { store.orders[id].map(withCards) }

    func orders(_ query: OrderQuery, of userID: Int64?) -> OrderPage {
        let mark = query.before.map { store.orders[$0].map { ($0.createdAt, $0.id) } }
        let found = store.orders.values.filter {
            (userID == nil || $0.userID == userID) && (query.statuses?.contains($0.status) ?? true)
                && (query.finding.map(isFound($0)) ?? true)
        }.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        let (skipped, overflow) = (query.page - 1).multipliedReportingOverflow(by: query.perPage)
        let listed = found.filter { isBehind($0, mark) }
        let rows = overflow ? [] : listed.dropFirst(skipped).prefix(query.perPage).compactMap { order($0.id) }
        return OrderPage(orders: rows, number: query.page, perPage: query.perPage, total: found.count)
    }

    /// - Parameter mark: nil for the whole list, of nothing where there is no such order.
    private func isBehind(_ order: Order, _ mark: (Timestamp, Int64)??) -> Bool {
        guard let mark else { return true }
        return mark.map { (order.createdAt, order.id) < $0 } ?? false
    }

    /// Whether a finding means an order.
    private func isFound(_ order: Order) -> (OrderFinding) -> Bool {
        { finding in
            switch finding {
            case .number(let number):
                return order.number == number || order.invoice?.number == number
                    || self.store.refunds.contains { $0.orderID == order.id && $0.number == number }
            case .product(let id):
                let latest = self.store.orders.keys.max() ?? 0
                return order.id > latest - OrderFinding.recentOrders
                    && order.items.contains { $0.productID == id }
            case .customer(let words):
                guard let user = order.userID.flatMap({ self.store.accounts[$0]?.user }) else { return false }
                return [user.name, user.email].contains { $0.lowercased().contains(words.lowercased()) }
            }
        }
    }

    func dueOrders(_ expiry: OrderExpiry) -> [Order] {
        store.orders.values.filter { order in
            let opened = store.openedAt[order.id].map { $0 < expiry.openedBefore } ?? true
            return order.status == .pending && order.createdAt < expiry.placedBefore && opened
        }.sorted { $0.id < $1.id }
    }

    func hasDueOrders(_ expiry: OrderExpiry) -> Bool { !dueOrders(expiry).isEmpty }

    func oldestPending() -> Timestamp? {
        store.orders.values.filter { $0.status == .pending }.map(\.createdAt).min()
    }

    func refunds(of orderID: Int64) -> [Refund] { store.refunds.filter { $0.orderID == orderID } }

    func shiftOfPayment(orderID: Int64) -> Int64? {
        store.orders[orderID]?.payments.last.flatMap { store.shiftOfPayment[$0.id] }
    }

    func sales(between instants: [Timestamp]) -> [DaySales] {
        zip(instants, instants.dropFirst()).map { start, end in
            let span = start..<end
            let payments = store.orders.values.flatMap { order in order.payments.map { (order.id, $0) } }
                .filter { span.contains($0.1.paidAt) }
            let refunded = store.refunds.filter { span.contains($0.at) }.flatMap(\.tenders)
            let loose = store.looseReturns.values.filter { span.contains($0.at) }.flatMap(\.tenders)
            let moved: [GiftCardMovement] = store.cardMovements.map(\.movement).filter {
                span.contains($0.at)
            }
            let cards = moved.filter(\.isOfSoldCard)
            let currency = store.identity.currency
            return DaySales(
                start: start, orders: Set(payments.map(\.0)).count,
                total: .sum(payments.map(\.1.amount), currency: currency)
                    - Money.sum((refunded + loose).map(\.amount), currency: currency)
                    - Money.sum(cards.map(\.amount), currency: currency))
        }
    }

    func strandedPayments() -> [StrandedPayment] { store.stranded.reversed() }

    func insert(_ invoice: Invoice, ofOrder id: Int64) {
        store.orders[id] = store.orders[id]?.with(invoice: invoice)
    }

    // MARK: - Keys

    func kept(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64, content: String) -> KeptKey?
    {
        store.keys[MemoryStore.KeyID(operation: operation, key: key, userID: userID)].map {
            KeptKey(
                isSameContent: $0.content == content, orderID: $0.orderID, refundID: $0.refundID,
                answer: $0.answer)
        }
    }

    func orderID(_ operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) -> Int64? {
        store.keys[MemoryStore.KeyID(operation: operation, key: key, userID: userID)]?.orderID
    }

    func keep(answer: [UInt8], for operation: KeyedOperation, _ key: IdempotencyKey, userID: Int64) {
        store.keys[MemoryStore.KeyID(operation: operation, key: key, userID: userID)]?.answer = answer
    }

    // MARK: - Changes

    func apply(_ changes: Changes, at now: Timestamp, by: Int64?) throws -> Applied {
        let new = changes.newOrder.map { new in
            Order(
                new, id: store.newID(.order), itemIDs: new.lines.map { _ in store.newID(.item) },
                userName: new.userID.flatMap { store.accounts[$0]?.user.name }, at: now)
        }
        if let new { store.orders[new.id] = new }
        func id(_ reference: Changes.OrderReference) -> Int64 {
            switch reference {
            case .new:
                guard let new else { fatalError("a change belongs to a new order that is none") }
                return new.id
            case .standing(let id): return id
            }
        }
        let paymentIDs = changes.payments.map { new in
            let paymentID = store.newID(.payment)
            store.shiftOfPayment[paymentID] = new.shiftID
            store.takerOfPayment[paymentID] = new.takenBy
            return paymentID
        }
        for change in changes.orders {
            if let opened = change.paymentOpenedAt { store.openedAt[id(change.order)] = opened }
        }
        for reference in Set(changes.orders.map(\.order) + changes.payments.map(\.order)) {
            store.orders[id(reference)] = store.orders[id(reference)]?
                .with(changes, of: reference, paymentIDs: paymentIDs, at: now)
        }
        let refundID =
            changes.newRefund.map { insert($0, exchangeID: $0.exchange.map(id)) }
            ?? changes.looseReturn.map { insert($0) }
        let cardIDs = changes.newCards.map { insert($0, at: now) }
        for movement in changes.cardMovements {
            insert(
                movement, of: movement.card.id(among: cardIDs), orderID: movement.order.map(id),
                number: changes.newRefund?.refund.number ?? changes.looseReturn?.document.number
                    ?? movement.order.flatMap { store.orders[id($0)]?.number },
                refundID: movement.isOfRefund ? refundID : nil, by: by, at: now)
        }
        for movement in changes.movements {
            let orderID = movement.order.map(id)
            if let stock = store.products[movement.productID]?.product.stock {
                store.products[movement.productID]?.product.stock = stock.moved(by: movement.quantity)
            }
            store.movements.append(
                StockMovement(
                    productID: movement.productID, kind: movement.kind, quantity: movement.quantity,
                    orderID: orderID, by: by, reason: movement.reason, unitCost: movement.unitCost,
                    cost: movement.cost, at: now))
            store.refundsOfMovements.append(movement.isOfRefund ? refundID : nil)
        }
        keep(changes.averages)
        for id in changes.toCount where store.countDue[id] == nil { store.countDue[id] = now }
        for id in changes.counted { store.countDue[id] = nil }
        for (key, uses) in changes.discountUses {
            store.discounts[key] = try store.discounts[key].map { try $0.used(uses) }
        }
        for (series, position) in changes.numbers { store.positions[series] = position }
        store.stranded += changes.stranded
        if let key = changes.key {
            let keyID = MemoryStore.KeyID(operation: key.operation, key: key.key, userID: key.userID)
            store.keys[keyID] = MemoryStore.Kept(
                content: key.content, orderID: id(key.order), refundID: refundID)
        }
        return Applied(
            orderID: new?.id, itemIDs: new?.items.map(\.id) ?? [], paymentIDs: paymentIDs, refundID: refundID,
            cardIDs: cardIDs)
    }

    private func insert(_ new: NewRefund, exchangeID: Int64?) -> Int64 {
        let id = store.newID(.refund)
        let refund = new.refund.with(id: id)
        store.shiftOfRefund[id] = new.shiftID
        guard let exchangeID, let earlier = store.orders[refund.orderID] else {
            store.refunds.append(refund)
            return id
        }
        store.refunds.append(refund.with(exchangeID: exchangeID))
        store.orders[exchangeID] = store.orders[exchangeID]?.with(goodsBack: GoodsBack(refund, of: earlier))
        return id
    }

    func setJournalMark(_ mark: String, ofOrder id: Int64) {
        store.orders[id] = store.orders[id]?.with(journalMark: mark)
    }

    func setJournalMark(_ mark: String, ofRefund id: Int64) {
        store.refunds = store.refunds.map { $0.id == id ? $0.with(journalMark: mark) : $0 }
    }
}

extension Discount {
    fileprivate func used(_ uses: Int) throws -> Discount {
        try Discount(
            code: code, kind: kind, validFrom: validFrom, validUntil: validUntil,
            minimumSubtotal: minimumSubtotal, usageLimit: usageLimit, timesUsed: timesUsed + uses,
            isActive: isActive)
    }
}
