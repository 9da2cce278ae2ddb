// What changes make of an order: the same for every engine, and for who has just stored them and need not read
// the order again.

extension Order {
    /// A new order as it stands with the ids that its engine gave.
    ///
    /// - Parameters:
    ///   - itemIDs: one a line, in the order of the lines.
    ///   - userName: the name of whose order it is.
    public init(_ new: NewOrder, id: Int64, itemIDs: [Int64], userName: String?, at now: Timestamp) {
        let items = zip(new.lines, itemIDs).map { line, itemID in
            OrderItem(
                id: itemID, orderID: id, productID: line.productID, productName: line.name, sku: line.sku,
                quantity: line.quantity, unitPrice: line.unitPrice, listPrice: line.listPrice,
                total: line.total, lineDiscount: line.lineDiscount, orderDiscount: line.orderDiscount,
                tax: line.tax, taxRate: line.taxRate, taxClass: line.taxClass,
                overrideReason: line.overrideReason)
        }
        self.init(
            id: id, userID: new.userID, userName: userName, operatorID: new.operatorID, till: new.till,
            status: new.status, items: items, subtotal: new.subtotal, discount: new.discount, tax: new.tax,
            taxMode: new.taxMode, exempted: new.exempted, total: new.total, discountCode: new.discountCode,
            exemption: new.exemption, note: new.note, createdAt: now, updatedAt: now)
    }

    /// The order after those of the changes that belong to `reference`.
    ///
    /// - Parameter paymentIDs: one a payment of `changes`, in their order.
    public func with(
        _ changes: Changes, of reference: Changes.OrderReference, paymentIDs: [Int64], at now: Timestamp
    ) -> Order {
        var order = self
        for change in changes.orders where change.order == reference { order = order.with(change, at: now) }
        let new = zip(changes.payments, paymentIDs).filter { $0.0.order == reference }
        return order.with(items: order.items, payments: payments + new.map { $0.payment.with(id: $1) })
    }

    /// That its payment screen is open is no change that anybody sees.
    private func with(_ change: OrderChange, at now: Timestamp) -> Order {
        let isSeen =
            change.status != nil || change.number != nil || change.rounding != nil || change.refunded != nil
        guard isSeen else { return self }
        return Order(
            id: id, userID: userID, userName: userName, operatorID: operatorID, till: till,
            number: change.number ?? number, status: change.status ?? status,
            items: items.map { $0.with(returned: change.returned[$0.id] ?? 0) }, subtotal: subtotal,
            discount: discount, tax: tax, taxMode: taxMode, exempted: exempted, total: total,
            rounding: change.rounding ?? rounding,
            refunded: change.refunded.map { refunded + $0 } ?? refunded,
            discountCode: discountCode, exemption: exemption, note: note, payments: payments,
            giftCards: giftCards, goodsBack: goodsBack, journalMark: journalMark, createdAt: createdAt,
            updatedAt: now)
    }
}

extension OrderItem {
    fileprivate func with(returned more: Int) -> OrderItem {
        guard more != 0 else { return self }
        return OrderItem(
            id: id, orderID: orderID, productID: productID, productName: productName, sku: sku,
            quantity: quantity, unitPrice: unitPrice, listPrice: listPrice, total: total,
            lineDiscount: lineDiscount, orderDiscount: orderDiscount, tax: tax, taxRate: taxRate,
            taxClass: taxClass, overrideReason: overrideReason, returned: returned + more)
    }
}

extension Payment {
    fileprivate func with(id: Int64) -> Payment {
        Payment(
            id: id, method: method, amount: amount, tendered: tendered, change: change,
            approvalCode: approvalCode, card: card, paidAt: paidAt, movedFrom: movedFrom)
    }
}
