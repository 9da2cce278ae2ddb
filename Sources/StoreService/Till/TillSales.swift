import StoreDomain

/// Selling at a till.
public struct TillSales: TillService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale {
        try await core.read(as: principal, needing: .sell) { work in
            try Selling.price(
                draft, work.facts(draft.lines.map(\.productID), discountCode: draft.discountCode),
                as: work.principal.assumingApproval)
        }
    }

    public func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await core.write(as: principal, doing: .sale(draft)) { work in
            let user = try work.user()
            let content = draft.fingerprintText
            if let kept = try work.tx.kept(.sale, key, userID: user.id, content: content) {
                guard kept.isSameContent else { throw StoreError.keyReused }
                return try work.order(kept.orderID)
            }
            // What was sold before the right was taken away is sold.
            try work.principal.require(.sell)
            let customer = try draft.customerID.map { id in
                guard let customer = try work.tx.account(id) else {
                    throw StoreError.notFound(.account("\(id)"))
                }
                return customer
            }
            let exchange = try draft.back.map { back in
                try work.exchangeFacts(back, taken: draft.lines.map(\.productID))
            }
            // What unpaid orders hold no longer is on sale again.
            try work.cancelDue()
            let facts = Selling.SaleFacts(
                facts: try work.facts(draft.lines.map(\.productID), discountCode: draft.discountCode),
                payment: try work.paymentFacts(.till(draft.till), user), exchange: exchange)
            var changes = try Selling.sell(draft, facts)
            changes.key = NewKey(.sale, key: key, userID: user.id, content: content, order: .new)
            let sold = try work.insert(changes, userName: customer?.name)
            // What came back with it is read as it is stored.
            return exchange == nil ? sold : try work.order(sold.id)
        }
    }

    public func customer(email: String, as principal: Principal) async throws(StoreError) -> SaleCustomer {
        try await core.read(as: principal, needing: .sell) { work in SaleCustomer(try work.account(email)) }
    }
}

extension Work {
    /// What an exchange looks at beside the sale. The products of both sides are loaded together, so that whoever
    /// waits for them waits once.
    fileprivate func exchangeFacts(_ back: RefundDraft, taken: [Int64]) throws -> Selling.ExchangeFacts {
        try principal.require(.refund)
        let order = try order(back.orderID)
        let offers = try tx.offers(taken + order.items.map(\.productID), includingArchived: true)
        return Selling.ExchangeFacts(
            order: order,
            basis: Refunding.Basis(
                earlier: try tx.refunds(of: order.id), methods: try tx.paymentMethods(),
                rounding: try tx.policy().policy.cashRounding, principal: principal),
            tracked: Set(offers.values.filter { $0.stock.isTracked }.map(\.productID)))
    }
}
