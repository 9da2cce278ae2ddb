import StoreDomain

public enum OrdersRequest: Hashable, Codable, Sendable {
    case list(OrderQuery, OrdersState.Landing)
    case one(Int64)
    case cancel(Int64)
    /// What was sold on each of the last days.
    case sales(days: Int)

    var terms: Terms {
        switch self {
        case .list: Terms(slot: "orders", title: "Loading orders", screen: .orders, keepsBack: .onScreen)
        case .one: Terms(slot: "order", title: "Loading the order", screen: .order, keepsBack: .onScreen)
        case .cancel: Terms(title: "Cancelling the order", mustFinish: true, keepsBack: .all)
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
    case sales(Answer<[DaySales]>)

    var failure: StoreError? {
        switch self {
        case .list(_, let answer): answer.failure
        case .one(let answer), .cancelled(let answer): answer.failure
        // The list that is asked for beside it says so.
        case .sales: nil
        }
    }
}

extension AppState {
    mutating func receive(_ action: OrdersAction) -> [Effect] {
        // The other answers are those of the screens that asked.
        guard case .cancelled(let answer) = action else { return [] }
        switch answer {
        case .success(let order):
            desk.say(.success, "Order \(order.id) cancelled; its stock is back")
            return tell(.orderChanged(order)) + tell(.stockChanged)
        case .failure(let error):
            desk.say(error)
            return tell(.orderChanged(nil))
        }
    }
}
