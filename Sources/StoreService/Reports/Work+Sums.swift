import StoreDomain

extension Work {
    /// What changes add to the sums, before they are stored.
    ///
    /// - Parameters:
    ///   - changes: with the movements' cost.
    ///   - known: the standing order that they are about; another one is loaded.
    func sums(of changes: Changes, _ known: Order?) throws -> SalesSums {
        var sums = SalesSums()
        let paid = changes.paidOrders
        guard !paid.isEmpty || changes.newRefund != nil || changes.looseReturn != nil else { return sums }
        let moment = try ShopCalendar.zone(of: tx.policy().policy, core.zones).moment(now)
        func standing(_ id: Int64) throws -> Order {
            if let known, known.id == id { return known }
            return try order(id)
        }
        for reference in paid {
            let order: Order
            switch reference {
            case .new:
                guard let new = changes.newOrder else { fatalError("changes pay a new order, but have none") }
                order = Order(
                    new, id: 0, itemIDs: new.lines.indices.map(Int64.init), userName: nil, at: now)
            case .standing(let id): order = try standing(id)
            }
            let payments = changes.payments.filter { $0.order == reference }
            sums.add(
                sale: order.with(
                    changes, of: reference, paymentIDs: changes.payments.map { _ in 0 }, at: now),
                cashier: payments.last?.takenBy, costs: try costs(of: reference, paidBy: changes), at: moment)
        }
        if let new = changes.newRefund {
            sums.add(
                new.refund, of: try standing(new.refund.orderID), isExchange: new.exchange != nil,
                costs: changes.costsBack, at: moment)
        }
        if let back = changes.looseReturn {
            sums.add(back.document, costs: changes.costsBack, at: moment)
        }
        return sums
    }
}

extension Changes {
    /// The orders that become paid.
    fileprivate var paidOrders: [Changes.OrderReference] {
        let changed = orders.filter { $0.status == .paid }.map(\.order)
        guard newOrder?.status == .paid, !changed.contains(.new) else { return changed }
        return [.new] + changed
    }
}
