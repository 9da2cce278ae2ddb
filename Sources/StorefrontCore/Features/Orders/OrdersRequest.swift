import StoreDomain

public enum OrdersRequest: Hashable, Codable, Sendable {
    case list(OrderQuery, OrdersState.Landing)
    case one(Int64)
    case cancel(Int64)
    /// Cancels these, one after the other.
    case cancelAll([Int64])
    /// Sends the receipts of these to the printer, one after the other.
    case print([Int64], ReceiptStyle)
    /// Writes these to a file as a table.
    case export([Int64])
    /// What was sold on each of the last days.
    case sales(days: Int)

    var terms: Terms {
        switch self {
        case .list: Terms(slot: "orders", title: "Loading orders", screen: .orders, keepsBack: .onScreen)
        case .one: Terms(slot: "order", title: "Loading the order", screen: .order, keepsBack: .onScreen)
        case .cancel: Terms(title: "Cancelling the order", mustFinish: true, keepsBack: .all)
        case .cancelAll: Terms(title: "Cancelling the orders", mustFinish: true, keepsBack: .all)
        // What was printed loses its mark where the rest failed.
        case .print: Terms(title: "Printing", mustFinish: true, keepsBack: .onScreen)
        case .export: Terms(title: "Exporting the orders", mustFinish: true)
        case .sales: Terms(slot: "sales", screen: .orders)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> OrdersAction {
        let orders = outside.services.orders
        return switch self {
        case .list(let query, let landing):
            .list(
                landing,
                await .of { () throws(StoreError) in try await orders.orders(query, as: principal) })
        case .one(let id):
            .one(await .of { () throws(StoreError) in try await orders.order(id, as: principal) })
        case .cancel(let id):
            .cancelled(
                await .of { () throws(StoreError) in try await orders.cancel(id, as: principal) })
        case .cancelAll(let ids):
            .cancelledAll(
                await .of(ids) { (id: Int64) throws(StoreError) in
                    _ = try await orders.cancel(id, as: principal)
                })
        case .print(let ids, let style):
            .printed(
                await .of(ids) { (id: Int64) throws(StoreError) in
                    let order = try await orders.order(id, as: principal)
                    try await outside.ports.printReceipt(outside.page(order, style))
                })
        case .export(let ids):
            .exported(
                count: ids.count,
                await .of { () throws(StoreError) in
                    var found: [Order] = []
                    for id in ids { found.append(try await orders.order(id, as: principal)) }
                    return try await outside.ports.exportOrders(found)
                })
        case .sales(let days):
            .sales(
                await .of { () throws(StoreError) in
                    try await orders.dailySales(days: days, as: principal)
                })
        }
    }
}

public enum OrdersAction: Hashable, Codable, Sendable {
    case list(OrdersState.Landing, Answer<OrderPage>)
    case one(Answer<Order>)
    case cancelled(Answer<Order>)
    case cancelledAll(OrderOutcomes)
    case printed(OrderOutcomes)
    /// The path of the file.
    case exported(count: Int, Answer<String>)
    case sales(Answer<[DaySales]>)

    var failure: StoreError? {
        switch self {
        case .list(_, let answer): answer.failure
        case .one(let answer), .cancelled(let answer): answer.failure
        case .cancelledAll(let outcomes), .printed(let outcomes): outcomes.failed.last?.error
        case .exported(_, let answer): answer.failure
        // The list that is asked for beside it says so.
        case .sales: nil
        }
    }
}

extension AppState {
    mutating func receive(_ action: OrdersAction) -> [Effect] {
        switch action {
        case .cancelled(.success(let order)):
            desk.say(.success, "Order \(order.id) cancelled; its stock is back")
            return tell(.orderChanged(order)) + tell(.stockChanged)
        case .cancelled(.failure(let error)):
            desk.say(error)
            return tell(.orderChanged(nil))
        case .cancelledAll(let outcomes):
            desk.say(outcomes.kind, outcomes.words(done: "cancelled"))
            unmark(outcomes.settled)
            return tell(.orderChanged(nil)) + tell(.stockChanged)
        case .printed(let outcomes):
            desk.say(outcomes.kind, outcomes.words(done: "sent to the printer"))
            // The same key goes on with the rest.
            if !outcomes.isWhole { unmark(outcomes.done) }
        case .exported(let count, .success(let path)):
            desk.say("\(count.counted("order")) saved as", file: path)
        case .exported(_, .failure(let error)): desk.say(error)
        // Those of the screens that asked.
        case .list, .one, .sales: break
        }
        return []
    }

    private mutating func unmark(_ ids: [Int64]) {
        _ = change(OrdersState.self) { orders, _ in orders.marks.remove(Set(ids)) }
    }
}
