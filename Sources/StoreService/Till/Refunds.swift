import StoreDomain

/// Goods that come back, and the money for them.
public struct Refunds: RefundService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func refund(_ draft: RefundDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await core.write(as: principal, needing: .refund, doing: .refund(draft, till: till)) { work in
            let user = try work.user()
            try work.check(till)
            return try work.once(key, content: draft.fingerprintText, orderID: draft.orderID, user) { order in
                try Refunding.refund(draft, of: order, work.refundFacts(order, till: till, user))
            }
        }
    }

    public func void(_ draft: VoidDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await core.write(as: principal, needing: .voidSales, doing: .void(draft, till: till)) { work in
            let user = try work.user()
            try work.check(till)
            return try work.once(key, content: draft.fingerprintText, orderID: draft.orderID, user) { order in
                try Refunding.void(
                    draft, of: order, work.refundFacts(order, till: till, user, isVoid: true))
            }
        }
    }

    public func refunds(of orderID: Int64, as principal: Principal) async throws(StoreError) -> [Refund] {
        try await core.read(as: principal) { work in
            _ = try work.visibleOrder(orderID)
            return try work.tx.refunds(of: orderID)
        }
    }
}

extension Work {
    /// The refund that stands under a key, or the one that `changes` makes of the order now.
    fileprivate func once(
        _ key: IdempotencyKey, content: String, orderID: Int64, _ user: User,
        _ changes: (Order) throws -> Changes
    ) throws -> Refund {
        if let kept = try tx.kept(.refund, key, userID: user.id, content: content) {
            guard kept.isSameContent else { throw StoreError.keyReused }
            return try refund(kept.refundID, of: kept.orderID)
        }
        let order = try order(orderID)
        var changes = try changes(order)
        changes.key = NewKey(
            .refund, key: key, userID: user.id, content: content, order: .standing(order.id))
        return try refund(apply(changes, of: order).refundID, of: order.id)
    }

    fileprivate func refund(_ id: Int64?, of orderID: Int64) throws -> Refund {
        guard let refund = try tx.refunds(of: orderID).first(where: { $0.id == id }) else {
            fatalError("a refund that was just stored is not there")
        }
        return refund
    }

    /// - Parameter isVoid: also when the order was paid counts.
    fileprivate func refundFacts(
        _ order: Order, till: String, _ user: User, isVoid: Bool = false
    ) throws -> Refunding.Facts {
        let series = NumberSeries(.refund, till: till)
        let policy = try tx.policy().policy
        let offers = try tx.offers(order.items.map(\.productID), includingArchived: true)
        return Refunding.Facts(
            basis: Refunding.Basis(
                earlier: try tx.refunds(of: order.id), methods: try tx.paymentMethods(),
                rounding: policy.cashRounding, principal: principal),
            operatorID: user.id, till: till, shiftID: try sellingShift(of: till)?.id,
            paidInShiftID: isVoid ? try tx.shiftOfPayment(orderID: order.id) : nil,
            numbers: (series, try tx.lastPositions([series])[series] ?? 0),
            tracked: Set(offers.values.filter { $0.stock.isTracked }.map(\.productID)),
            cards: try cardFacts(of: order, till: till), now: now)
    }

    /// What giving an order back at a till looks at of gift cards.
    func cardFacts(of order: Order, till: String) throws -> Refunding.CardFacts {
        Refunding.CardFacts(
            cards: try cards(of: order), expireAt: GiftCards.expiry(try tx.policy().policy, at: now),
            shiftID: try sellingShift(of: till)?.id, now: now)
    }
}
