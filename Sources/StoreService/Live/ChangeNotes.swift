import StoreDomain

/// What one transaction changes, noted while its rules run. Belongs to that transaction alone: one that runs again
/// begins with empty notes.
final class ChangeNotes {
    private(set) var changes = ShopChanges()
    /// Whose the orders are that were loaded.
    private var owners: [Int64: Int64] = [:]

    /// Remembers whose the order is.
    func know(_ order: Order) { owners[order.id] = order.userID }

    func noteCatalogue() { changes.merge(ShopChanges(catalogue: true)) }

    func note(_ new: Changes, _ applied: Applied) {
        let products = Set(new.movements.map(\.productID))
        var orders: Set<TouchedOrder> = []
        if let order = new.newOrder, let id = applied.orderID {
            orders.insert(TouchedOrder(id: id, userID: order.userID))
        }
        for case .standing(let id) in new.orders.filter(\.changesTheOrder).map(\.order) {
            orders.insert(TouchedOrder(id: id, userID: owners[id]))
        }
        changes.merge(ShopChanges(stock: .some(products), orders: .some(orders)))
    }
}

extension OrderChange {
    /// That its payment screen is open makes it no other order.
    fileprivate var changesTheOrder: Bool {
        status != nil || number != nil || rounding != nil || refunded != nil || !returned.isEmpty
    }
}
