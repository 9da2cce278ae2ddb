import StoreDomain

public enum BasketsRequest: Hashable, Codable, Sendable {
    /// The person's own, then those of guests.
    case list

    var terms: Terms {
        Terms(slot: "baskets", title: "Loading the baskets", screen: .baskets, keepsBack: .onScreen)
    }

    func answered(by outside: Outside, as principal: Principal) async -> BasketsAction {
        let services = outside.services
        return .list(
            await .of { () throws(StoreError) in
                var left = try await services.cart.leftBehind(by: principal.owner)
                if principal.owner != .guest { left += try await services.cart.leftBehind(by: .guest) }
                let currency = try await services.policy.current().policy.currency
                var listed: [ListedBasket] = []
                for basket in left {
                    let lines = basket.cart.pricedLines(currency: currency)
                    let quote =
                        lines.isEmpty
                        ? nil
                        : try await services.payments.quote(
                            lines, discountCode: basket.cart.discountCode, as: principal)
                    listed.append(ListedBasket(basket, total: quote?.total))
                }
                return listed
            })
    }
}

public enum BasketsAction: Hashable, Codable, Sendable {
    case list(Answer<[ListedBasket]>)

    var failure: StoreError? {
        switch self {
        case .list(let answer): answer.failure
        }
    }
}
