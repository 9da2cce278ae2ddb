import StoreDomain

/// Orders and payments with the answers that a server gave to them.
public struct Answering: AnsweringService {
    private let core: StoreCore
    private let offer: PaymentOffer

    public init(core: StoreCore, offer: PaymentOffer) {
        self.core = core
        self.offer = offer
    }

    public func place(
        _ draft: OrderDraft, key: IdempotencyKey, as principal: Principal,
        answer: @escaping @Sendable (Order, DiscountProblem?) -> [UInt8]
    ) async throws(StoreError) -> KeptAnswer {
        try await core.write(as: principal, needing: .placeOrders) { work in
            let user = try work.user()
            let kept = try work.tx.kept(.order, key, userID: user.id, content: draft.fingerprintText)
            if let kept, let bytes = try kept.repeated() { return KeptAnswer(bytes: bytes, isReplay: true) }
            let order = try work.place(draft, key: key)
            let bytes = answer(order, try work.problem(draft, order))
            try work.tx.keep(answer: bytes, for: .order, key, userID: user.id)
            return KeptAnswer(bytes: bytes, isReplay: kept != nil)
        }
    }

    public func pay(
        _ orderID: Int64, _ tenders: [PaymentRequest], key: IdempotencyKey, as principal: Principal,
        answer: @escaping @Sendable (Order) -> [UInt8]
    ) async throws(StoreError) -> KeptAnswer {
        let paid = try await core.write(as: principal, needing: .placeOrders) { work in
            let user = try work.user()
            let content = tenders.map { $0.fingerprintText(orderID: orderID) }.joined(separator: "+")
            let kept = try work.tx.kept(.payment, key, userID: user.id, content: content)
            if let kept, let bytes = try kept.repeated() {
                return Answer.given(KeptAnswer(bytes: bytes, isReplay: true))
            }
            switch try work.pay(orderID, tenders, key: key, at: offer) {
            case .stranded(let refusal): return .refused(refusal)
            case .paid(let order):
                let bytes = answer(order)
                try work.tx.keep(answer: bytes, for: .payment, key, userID: user.id)
                return .given(KeptAnswer(bytes: bytes, isReplay: kept != nil))
            }
        }
        switch paid {
        case .given(let answer): return answer
        case .refused(let refusal): throw refusal
        }
    }

    private enum Answer: Sendable {
        case given(KeptAnswer)
        case refused(StoreError)
    }
}

extension KeptKey {
    /// The answer of an earlier try; nil where it was made at a till, which answers nothing.
    ///
    /// - Throws: `keyReused` for other content.
    fileprivate func repeated() throws(StoreError) -> [UInt8]? {
        guard isSameContent else { throw .keyReused }
        return answer
    }
}

extension Work {
    /// Why the order has no discount although a code was asked for.
    fileprivate func problem(_ draft: OrderDraft, _ order: Order) throws -> DiscountProblem? {
        guard draft.discountCode != nil, order.discountCode == nil else { return nil }
        switch try discountRequest(draft.discountCode) {
        case .none: return nil
        case .unknown: return .unknown
        case .unchecked: return .unchecked
        case .known(let discount): return discount.problem(subtotal: order.subtotal, at: now)
        }
    }
}
