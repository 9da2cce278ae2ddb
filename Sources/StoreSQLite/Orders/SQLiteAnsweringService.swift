import Foundation
import GRDB
import StoreDomain

/// Orders and payments in a store file, with the answers that a server gave to them.
public struct SQLiteAnsweringService: AnsweringService {
    private let database: StoreDatabase
    private let clock: any StoreClock
    private let policy: ShopPolicy
    private let offer: PaymentOffer
    private var records: OrderRecord { OrderRecord(currency: policy.currency) }

    public init(
        database: StoreDatabase, clock: any StoreClock, policy: ShopPolicy, offer: PaymentOffer = .server
    ) {
        self.database = database
        self.clock = clock
        self.policy = policy
        self.offer = offer
    }

    public func place(
        _ draft: OrderDraft, key: IdempotencyKey, as principal: Principal,
        answer: @escaping @Sendable (Order, DiscountProblem?) -> [UInt8]
    ) async throws(StoreError) -> KeptAnswer {
        try await database.write { db in
            guard case .user(let session) = try principal.current(in: db) else {
                throw StoreError.signInRequired
            }
            let request = IdempotentRequest(
                .order, key: key, userID: session.user.id, content: draft.fingerprintText)
            return try kept(request, in: db) {
                let now = clock.now()
                let placement = OrderPlacement(db: db, policy: policy, now: now)
                let id = try placement.place(draft, key: key, for: session.user)
                guard let order = try records.order(id, in: db) else {
                    throw StoreError.notFound(.order(id))
                }
                return answer(order, try problem(draft, order, at: now, in: db))
            }
        }
    }

    public func pay(
        _ orderID: Int64, _ payment: PaymentRequest, key: IdempotencyKey, as principal: Principal,
        answer: @escaping @Sendable (Order) -> [UInt8]
    ) async throws(StoreError) -> KeptAnswer {
        try await database.write { db in
            guard case .user(let session) = try principal.current(in: db) else {
                throw StoreError.signInRequired
            }
            let request = IdempotentRequest(
                .payment, key: key, userID: session.user.id,
                content: payment.fingerprintText(orderID: orderID))
            return try kept(request, in: db) {
                let taking = PaymentTaking(db: db, policy: policy, now: clock.now(), offer: offer)
                return answer(try taking.pay(orderID, payment, key: key, as: .user(session)))
            }
        }
    }

    /// The answer of an earlier try; else that of `perform`, which is kept.
    private func kept(_ request: IdempotentRequest, in db: Database, perform: () throws -> [UInt8]) throws
        -> KeptAnswer
    {
        // A try without a server, at the till, has left the key but no answer.
        let isReplay = try request.earlierOrder(in: db) != nil
        if isReplay, let answer = try request.answer(in: db) {
            return KeptAnswer(bytes: Array(answer), isReplay: true)
        }
        let bytes = try perform()
        try request.keep(answer: Data(bytes), in: db)
        return KeptAnswer(bytes: bytes, isReplay: isReplay)
    }

    /// Why the order has no discount although a code was asked for.
    private func problem(_ draft: OrderDraft, _ order: Order, at now: Timestamp, in db: Database) throws
        -> DiscountProblem?
    {
        guard draft.discountCode != nil, order.discountCode == nil else { return nil }
        return PriceBreakdown(
            subtotal: order.subtotal,
            discount: try DiscountRecord.request(draft.discountCode, in: db, currency: policy.currency),
            policy: policy, at: now
        ).discountProblem
    }
}
