import StoreDomain

/// Goods that come back without a receipt.
public struct LooseReturns: LooseReturnService {
    private let core: StoreCore

    public init(core: StoreCore) { self.core = core }

    public func figures(_ lines: [LooseReturnDraft.Line], as principal: Principal) async throws(StoreError)
        -> LooseReturnFigures
    {
        try LooseReturnDraft.check(lines)
        return try await core.read(as: principal) { work in
            // Whoever may only ask for it sees what it would come to.
            try work.principal.assumingApproval.require(.refundWithoutReceipt)
            let ids = lines.map(\.productID)
            return try LooseReturning.figures(
                lines, offers: work.tx.offers(ids, includingArchived: true),
                lowest: work.lowestPrices(of: ids), policy: work.tx.policy().policy, at: work.now)
        }
    }

    public func take(_ draft: LooseReturnDraft, key: IdempotencyKey, as principal: Principal)
        async throws(StoreError) -> LooseReturn
    {
        try await core.write(as: principal, doing: .looseReturn(draft)) { work in
            let user = try work.user()
            let content = draft.fingerprintText
            if let kept = try work.tx.keptReturn(key, userID: user.id, content: content) {
                guard kept.isSameContent else { throw StoreError.keyReused }
                return try work.looseReturn(kept.id, told: draft)
            }
            try work.principal.require(.refundWithoutReceipt)
            if let code = draft.code, try work.tx.giftCard(code: code) != nil {
                throw StoreError.taken(field: "code", value: "\u{2026}\(code.lastFour)")
            }
            let changes = try LooseReturning.take(draft, key: key, work.facts(draft, user))
            guard let id = try work.apply(changes).refundID else {
                fatalError("a return that was just stored has no id")
            }
            return try work.looseReturn(id, told: draft)
        }
    }

    public func find(_ number: DocumentNumber, as principal: Principal) async throws(StoreError)
        -> LooseReturn
    {
        try await core.read(as: principal, needing: .seeAllOrders) { work in
            guard let found = try work.tx.looseReturn(number) else {
                throw StoreError.notFound(.looseReturn(number.text))
            }
            return found
        }
    }
}

extension Work {
    fileprivate func lowestPrices(of ids: [Int64]) throws -> [Int64: Money] {
        try tx.lowestPrices(of: ids, since: now.advanced(bySeconds: -86_400 * LooseReturning.days))
    }

    /// With the code of the card that was made for it, which whoever asks made.
    fileprivate func looseReturn(_ id: Int64, told draft: LooseReturnDraft) throws -> LooseReturn {
        guard let found = try tx.looseReturn(id) else {
            fatalError("a return that was just stored is not there")
        }
        return found.with(card: found.card, code: found.card?.lastFour == nil ? nil : draft.code)
    }

    fileprivate func facts(_ draft: LooseReturnDraft, _ user: User) throws -> LooseReturning.Facts {
        let customer = try draft.customerID.map { id in
            guard let customer = try tx.account(id), !customer.isErased else {
                throw StoreError.notFound(.customer(id))
            }
            return customer
        }
        let ids = draft.lines.map(\.productID)
        let series = NumberSeries(.refund, till: draft.till)
        return LooseReturning.Facts(
            policy: try tx.policy().policy, offers: try tx.offers(ids, includingArchived: true),
            lowest: try lowestPrices(of: ids), methods: try tx.paymentMethods(), principal: principal,
            operatorID: user.id, credit: try customer.flatMap { try tx.credit(of: $0.id) },
            customer: customer?.name, shiftID: try sellingShift(of: draft.till)?.id,
            numbers: (series, try tx.lastPositions([series])[series] ?? 0), now: now)
    }
}
