import StoreDomain

/// Goods that come back, and the money for them.
public struct Refunds: RefundService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func refund(_ draft: RefundDraft, till: String, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> Refund
    {
        try await core.write(as: principal, needing: .refund) { work in
            let user = try work.user()
            try work.check(till)
            if let kept = try work.tx.kept(.refund, key, userID: user.id, content: draft.fingerprintText) {
                guard kept.isSameContent else { throw StoreError.keyReused }
                return try work.refund(kept.refundID, of: kept.orderID)
            }
            let order = try work.order(draft.orderID)
            var changes = try Refunding.refund(draft, of: order, work.refundFacts(order, till: till, user))
            changes.key = NewKey(
                .refund, key: key, userID: user.id, content: draft.fingerprintText,
                order: .standing(order.id))
            return try work.refund(work.apply(changes).refundID, of: order.id)
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
    fileprivate func refund(_ id: Int64?, of orderID: Int64) throws -> Refund {
        guard let refund = try tx.refunds(of: orderID).first(where: { $0.id == id }) else {
            fatalError("a refund that was just stored is not there")
        }
        return refund
    }

    fileprivate func refundFacts(_ order: Order, till: String, _ user: User) throws -> Refunding.Facts {
        let series = NumberSeries(.refund, till: till)
        let offers = try tx.offers(order.items.map(\.productID), includingArchived: true)
        return Refunding.Facts(
            earlier: try tx.refunds(of: order.id), methods: try tx.paymentMethods(),
            rounding: try tx.policy().policy.cashRounding, principal: principal, operatorID: user.id,
            till: till, shiftID: try sellingShift(of: till)?.id,
            numbers: (series, try tx.lastPositions([series])[series] ?? 0),
            tracked: Set(offers.values.filter { $0.stock.isTracked }.map(\.productID)), now: now)
    }
}
