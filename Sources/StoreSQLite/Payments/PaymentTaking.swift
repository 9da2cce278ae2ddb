import GRDB
import StoreDomain

/// Paying one order in full, within one transaction.
struct PaymentTaking {
    let db: Database
    let policy: ShopPolicy
    let now: Timestamp
    var offer = PaymentOffer.till
    private var records: OrderRecord { OrderRecord(currency: policy.currency) }

    func pay(
        _ orderID: Int64, _ payment: PaymentRequest, key: IdempotencyKey, as principal: Principal
    ) throws -> Order {
        guard case .user(let session) = try principal.current(in: db) else {
            throw StoreError.signInRequired
        }
        let request = IdempotentRequest(
            .payment, key: key, userID: session.user.id,
            content: payment.fingerprintText(orderID: orderID))
        if let earlier = try request.earlierOrder(in: db) { return try stored(earlier) }

        try OrderCancellation(db: db, now: now).cancelExpired(after: policy.pendingMinutes)
        let status = try records.status(of: orderID, visibleTo: .user(session), in: db)
        guard status.canBecome(.paid) else {
            throw StoreError.wrongStatus(orderID: orderID, status: status)
        }
        let method = try method(payment.methodID, for: session.user)
        try insert(
            payment.settle(total: stored(orderID).total, by: method, at: now), of: orderID,
            takenBy: session.user)
        try request.remember(orderID: orderID, at: now, in: db)
        return try stored(orderID)
    }

    private func method(_ id: String?, for user: User) throws -> PaymentMethod {
        let accepted = try PaymentMethodRecord.accepted(offer, in: db)
        guard let id else {
            // Who names no method pays with the demo shop's card, online, or has to choose.
            guard
                let method = accepted.first(where: { $0.kind == .simulatedCard })
                    ?? accepted.first(where: { $0.kind == .online })
            else { throw StoreError.paymentRefused(offer.wordsWithoutChoice) }
            return method
        }
        guard let method = accepted.first(where: { $0.id == id }) else {
            throw StoreError.paymentRefused("This shop does not take that way to pay")
        }
        guard user.role >= method.minimumRole else { throw StoreError.notAllowed(.takePayment) }
        return method
    }

    private func insert(_ payment: Payment, of orderID: Int64, takenBy user: User) throws {
        try db.run(
            """
            INSERT INTO payment (order_id, method_id, amount_minor, tendered_minor, change_minor,
                approval_code, taken_by, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                orderID, payment.method.id, payment.amount.minorUnits, payment.tendered?.minorUnits,
                payment.change?.minorUnits, payment.approvalCode, user.id, now.milliseconds,
            ])
        try db.run(
            "UPDATE orders SET status = 'paid', updated_at = ? WHERE id = ?", [now.milliseconds, orderID])
    }

    private func stored(_ id: Int64) throws -> Order {
        guard let order = try records.order(id, in: db) else { throw StoreError.notFound(.order(id)) }
        return order
    }
}

extension PaymentOffer {
    /// Said to who names no method where none can be chosen for them.
    fileprivate var wordsWithoutChoice: String {
        switch self {
        case .till, .server: "Choose how to pay"
        case .serverWithoutPayments: "This shop takes no payments here; pay at the counter"
        }
    }
}
