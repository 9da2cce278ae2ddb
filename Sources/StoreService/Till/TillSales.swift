import StoreDomain

/// Selling at a till.
public struct TillSales: TillService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func price(_ draft: SaleDraft, as principal: Principal) async throws(StoreError) -> PricedSale {
        try await core.read(as: principal, needing: .sell) { work in
            try Selling.price(
                draft, work.facts(draft.lines.map(\.productID), discountCode: draft.discountCode),
                as: work.principal)
        }
    }

    public func sell(_ draft: SaleDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Order
    {
        try await core.write(as: principal, needing: .sell) { work in
            let user = try work.user()
            let content = draft.fingerprintText
            if let kept = try work.tx.kept(.sale, key, userID: user.id, content: content) {
                guard kept.isSameContent else { throw StoreError.keyReused }
                return try work.order(kept.orderID).told(draft.giftCards)
            }
            let customer = try draft.customerID.map { id in
                guard let customer = try work.tx.account(id) else {
                    throw StoreError.notFound(.account("\(id)"))
                }
                return customer
            }
            // What unpaid orders hold no longer is on sale again.
            try work.cancelDue()
            let facts = Selling.SaleFacts(
                facts: try work.facts(draft.lines.map(\.productID), discountCode: draft.discountCode),
                payment: try work.paymentFacts(
                    .till(draft.till), user, draft.tenders, customerID: draft.customerID))
            for code in draft.giftCards.compactMap(\.code) {
                guard try work.tx.giftCard(code: code) == nil else {
                    throw StoreError.taken(field: "gift_cards", value: "\u{2026}\(code.lastFour)")
                }
            }
            var changes = try Selling.sell(draft, facts)
            changes.key = NewKey(.sale, key: key, userID: user.id, content: content, order: .new)
            return try work.insert(changes, userName: customer?.name).told(draft.giftCards)
        }
    }

    public func customer(email: String, as principal: Principal) async throws(StoreError) -> SaleCustomer {
        try await core.read(as: principal, needing: .sell) { work in SaleCustomer(try work.account(email)) }
    }
}
