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

    func insert(_ discount: Discount, at now: Timestamp) throws {
        let key = Discount.key(discount.code)
        guard store.discounts[key] == nil else {
            throw StoreError.taken(field: "code", value: discount.code)
        }
        store.discounts[key] = discount
    }

    func paymentMethods() -> [PaymentMethod] { store.methods }

    func order(_ id: Int64) -> Order? {
        store.orders[id].map { order in
            guard let userID = order.userID else { return order }
            return order.with(userName: store.accounts[userID]?.user.name)
        }
    }

    func orders(_ query: OrderQuery, of userID: Int64?) -> OrderPage {
        let found = store.orders.values.filter {
            (userID == nil || $0.userID == userID) && (query.status == nil || $0.status == query.status)
        }.sorted { ($0.createdAt, $0.id) > ($1.createdAt, $1.id) }
        let (skipped, overflow) = (query.page - 1).multipliedReportingOverflow(by: query.perPage)
        let rows = overflow ? [] : found.dropFirst(skipped).prefix(query.perPage).compactMap { order($0.id) }
        return OrderPage(orders: rows, number: query.page, perPage: query.perPage, total: found.count)
    }

    func dueOrders(_ expiry: OrderExpiry) -> [Order] {
        store.orders.values.filter { order in
            let opened = store.openedAt[order.id].map { $0 < expiry.openedBefore } ?? true
            return order.status == .pending && order.createdAt < expiry.placedBefore && opened
        }.sorted { $0.id < $1.id }
    }

    func hasDueOrders(_ expiry: OrderExpiry) -> Bool { !dueOrders(expiry).isEmpty }

    func refunds(of orderID: Int64) -> [Refund] { store.refunds.filter { $0.orderID == orderID } }

    func sales(between instants: [Timestamp]) -> [DaySales] {
        zip(instants, instants.dropFirst()).map { start, end in
            let span = start..<end
            let payments = store.orders.values.flatMap { order in order.payments.map { (order.id, $0) } }
                .filter { span.contains($0.1.paidAt) }
            let back = store.refunds.filter { span.contains($0.at) }.flatMap(\.tenders)
            let currency = store.identity.currency
            return DaySales(
                start: start, orders: Set(payments.map(\.0)).count,
                total: .sum(payments.map(\.1.amount), currency: currency)
                    - .sum(back.map(\.amount), currency: currency))
        }
    }

    func strandedPayments() -> [StrandedPayment] { store.stranded.reversed() }

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
        let newID = changes.newOrder.map { insert($0, at: now) }
        func id(_ reference: Changes.OrderReference) -> Int64 {
            switch reference {
            case .new:
                guard let newID else { fatalError("a change belongs to a new order that is none") }
                return newID
            case .standing(let id): return id
            }
        }
        for change in changes.orders { update(id(change.order), change, at: now) }
        for new in changes.payments { insert(new, of: id(new.order)) }
        let refundID = changes.newRefund.map { insert($0) }
        for movement in changes.movements {
            let orderID = movement.order.map(id)
            if let stock = store.products[movement.productID]?.product.stock {
                store.products[movement.productID]?.product.stock = stock.moved(by: movement.quantity)
            }
            store.movements.append(
                StockMovement(
                    productID: movement.productID, kind: movement.kind, quantity: movement.quantity,
                    orderID: orderID, by: by, reason: movement.reason, unitCost: movement.unitCost, at: now))
        }
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
        return Applied(orderID: newID, refundID: refundID)
    }

    private func insert(_ new: NewOrder, at now: Timestamp) -> Int64 {
        let id = store.newID(.order)
        let items = new.lines.map { line in
            OrderItem(
                id: store.newID(.item), orderID: id, productID: line.productID, productName: line.name,
                sku: line.sku, quantity: line.quantity, unitPrice: line.unitPrice, listPrice: line.listPrice,
                total: line.total, lineDiscount: line.lineDiscount, orderDiscount: line.orderDiscount,
                tax: line.tax, taxRate: line.taxRate, taxClass: line.taxClass,
                overrideReason: line.overrideReason)
        }
        store.orders[id] = Order(
            id: id, userID: new.userID, operatorID: new.operatorID, till: new.till, status: new.status,
            items: items, subtotal: new.subtotal, discount: new.discount, tax: new.tax, taxMode: new.taxMode,
            exempted: new.exempted, total: new.total, discountCode: new.discountCode,
            exemption: new.exemption, note: new.note, createdAt: now, updatedAt: now)
        return id
    }

    private func update(_ id: Int64, _ change: OrderChange, at now: Timestamp) {
        if let opened = change.paymentOpenedAt { store.openedAt[id] = opened }
        let isSeen =
            change.status != nil || change.number != nil || change.rounding != nil || change.refunded != nil
        guard isSeen else { return }
        store.orders[id] = store.orders[id]?.with(change, at: now)
    }

    private func insert(_ new: NewPayment, of orderID: Int64) {
        let id = store.newID(.payment)
        let payment = Payment(
            id: id, method: new.payment.method, amount: new.payment.amount, tendered: new.payment.tendered,
            change: new.payment.change, approvalCode: new.payment.approvalCode, paidAt: new.payment.paidAt)
        store.shiftOfPayment[id] = new.shiftID
        store.orders[orderID] = store.orders[orderID]?.with(payment)
    }

    private func insert(_ new: NewRefund) -> Int64 {
        let id = store.newID(.refund)
        let refund = new.refund
        store.refunds.append(
            Refund(
                id: id, orderID: refund.orderID, number: refund.number, lines: refund.lines,
                reason: refund.reason, tenders: refund.tenders, amount: refund.amount,
                rounding: refund.rounding, operatorID: refund.operatorID, till: refund.till, at: refund.at))
        store.shiftOfRefund[id] = new.shiftID
        return id
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

extension Order {
    fileprivate func with(userName: String?) -> Order { copy(userName: userName) }
    fileprivate func with(_ payment: Payment) -> Order { copy(payments: payments + [payment]) }

    fileprivate func with(_ change: OrderChange, at now: Timestamp) -> Order {
        copy(
            number: change.number ?? number, status: change.status ?? status,
            items: items.map { $0.with(returned: change.returned[$0.id] ?? 0) },
            rounding: change.rounding ?? rounding,
            refunded: change.refunded.map { refunded + $0 } ?? refunded, updatedAt: now)
    }

    private func copy(
        userName: String? = nil, number: DocumentNumber? = nil, status: OrderStatus? = nil,
        items: [OrderItem]? = nil, rounding: Money? = nil, refunded: Money? = nil,
        payments: [Payment]? = nil, updatedAt: Timestamp? = nil
    ) -> Order {
        Order(
            id: id, userID: userID, userName: userName ?? self.userName, operatorID: operatorID, till: till,
            number: number ?? self.number, status: status ?? self.status, items: items ?? self.items,
            subtotal: subtotal, discount: discount, tax: tax, taxMode: taxMode, exempted: exempted,
            total: total, rounding: rounding ?? self.rounding, refunded: refunded ?? self.refunded,
            discountCode: discountCode, exemption: exemption, note: note,
            payments: payments ?? self.payments, createdAt: createdAt, updatedAt: updatedAt ?? self.updatedAt)
    }
}

extension OrderItem {
    fileprivate func with(returned more: Int) -> OrderItem {
        OrderItem(
            id: id, orderID: orderID, productID: productID, productName: productName, sku: sku,
            quantity: quantity, unitPrice: unitPrice, listPrice: listPrice, total: total,
            lineDiscount: lineDiscount, orderDiscount: orderDiscount, tax: tax, taxRate: taxRate,
            taxClass: taxClass, overrideReason: overrideReason, returned: returned + more)
    }
}
