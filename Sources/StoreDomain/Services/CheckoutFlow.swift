/// Turns a cart into one order and one payment, whatever happens in between: every step is stored before it
/// is tried, under keys that make trying again harmless.
public struct CheckoutFlow: Sendable {
    private let services: StoreServices
    private let ids: any IDSource

    public init(services: StoreServices, ids: any IDSource) {
        self.services = services
        self.ids = ids
    }

    /// Makes and stores the key of a new order. An older checkout of the same owner that was never confirmed
    /// is replaced, as it cannot have had an effect; one that was is returned instead, to be finished or
    /// abandoned first: its order may stand already.
    public func begin(_ draft: OrderDraft, for owner: CartOwner) async throws(StoreError) -> PendingCheckout {
        if let earlier = try await services.cart.checkout(of: owner), earlier.isConfirmed { return earlier }
        let pending = PendingCheckout(orderKey: ids.idempotencyKey(), draft: draft)
        try await services.cart.save(pending, for: owner)
        return pending
    }

    /// How far an attempt came when it failed.
    public struct Failure: Error, Sendable {
        public let error: StoreError
        public let pending: PendingCheckout
        public let order: Order?
    }

    /// Places the order and pays it with `payment`, or leaves it to be paid later when that is nil. Asked
    /// again with what an earlier attempt left, it ends in the same order and payment. Fails with
    /// `perhapsPlaced` when the buyer must say first whether an order is this checkout's: `take` or `placeAnew`
    /// goes on from there.
    public func complete(
        _ start: PendingCheckout, payment: PaymentRequest?, owner: CartOwner, principal: Principal
    ) async throws(Failure) -> (Order, Cart) {
        var pending = start
        var order: Order?
        do throws(StoreError) {
            let storedKey = pending.paymentKey.flatMap(IdempotencyKey.init)
            let paymentKey =
                pending.payment == payment ? storedKey ?? ids.idempotencyKey() : ids.idempotencyKey()
            pending.payment = payment
            pending.paymentKey = payment == nil ? nil : paymentKey.text
            pending.paysLater = payment == nil
            try await services.cart.save(pending, for: owner)

            var placed = try await placedOrder(of: pending, principal: principal)
            order = placed
            pending.orderID = placed.id
            try await services.cart.save(pending, for: owner)

            if let payment, let paid = try await pay(placed, payment, key: paymentKey, as: principal) {
                placed = paid
                order = placed
            }
            let wasCancelled = placed.status == .cancelled
            let cart = try await services.cart.finishCheckout(of: owner, keepingCart: wasCancelled)
            guard !wasCancelled else { throw .wrongStatus(orderID: placed.id, status: .cancelled) }
            return (placed, cart)
        } catch {
            // No order exists under this key, so the next checkout starts over.
            if order == nil, error.refusesOrder {
                _ = try? await services.cart.finishCheckout(of: owner, keepingCart: true)
            }
            throw Failure(error: error, pending: pending, order: order)
        }
    }

    /// The order once it is paid; nil for one that takes no payment. One that expired meanwhile may stand again.
    private func pay(
        _ placed: Order, _ payment: PaymentRequest, key: IdempotencyKey, as principal: Principal
    ) async throws(StoreError) -> Order? {
        switch placed.status {
        case .pending: return try await services.payments.pay(placed.id, [payment], key: key, as: principal)
        case .cancelled:
            do throws(StoreError) {
                return try await services.payments.pay(placed.id, [payment], key: key, as: principal)
            } catch {
                if case .wrongStatus = error { return nil }
                throw error
            }
        case .paid, .partiallyRefunded, .refunded: return nil
        }
    }

    /// The order of a checkout: the one that it is known to have made, else the one that stands under its key
    /// from now on.
    private func placedOrder(of pending: PendingCheckout, principal: Principal) async throws(StoreError)
        -> Order
    {
        if let id = pending.orderID { return try await services.orders.order(id, as: principal) }
        guard let key = IdempotencyKey(pending.orderKey) else {
            throw .invalid([FieldProblem("key", "of the stored checkout is not usable")])
        }
        return try await services.orders.place(pending.draft, key: key, as: principal)
    }

    /// The buyer says that the order of `perhapsPlaced` is this checkout's: it is paid or cancelled with it.
    public func take(_ order: Order, for pending: PendingCheckout, owner: CartOwner)
        async throws(StoreError) -> PendingCheckout
    {
        var taken = pending
        taken.orderID = order.id
        try await services.cart.save(taken, for: owner)
        return taken
    }

    /// The buyer says that the order of `perhapsPlaced` is another one: the checkout goes on under a new key,
    /// so that its order is placed.
    public func placeAnew(_ pending: PendingCheckout, owner: CartOwner) async throws(StoreError)
        -> PendingCheckout
    {
        let anew = PendingCheckout(
            orderKey: ids.idempotencyKey(), draft: pending.draft,
            paymentKey: pending.paymentKey.flatMap(IdempotencyKey.init), payment: pending.payment,
            paysLater: pending.paysLater)
        try await services.cart.save(anew, for: owner)
        return anew
    }

    /// Pays an order that was placed before. The key is made of what is paid and how, so that it needs no
    /// storing: a retry after a lost answer or a restart has the same one, and another way to pay has
    /// another.
    public func pay(_ orderID: Int64, _ request: PaymentRequest, principal: Principal)
        async throws(StoreError) -> Order
    {
        let content = request.fingerprintText(orderID: orderID)
        guard let key = IdempotencyKey(content) else {
            throw .paymentRefused(.approvalCodeUnusable)
        }
        return try await services.payments.pay(orderID, [request], key: key, as: principal)
    }

    /// Cancels what an attempt has placed, if it has, and forgets the checkout; the cart stays.
    ///
    /// - Throws: `wrongStatus` when the order is paid already: then the checkout is finished after all, and
    ///   what was bought leaves the cart. `perhapsPlaced` when the buyer must say first whose order it is.
    public func abandon(_ pending: PendingCheckout, owner: CartOwner, principal: Principal)
        async throws(StoreError)
    {
        if pending.isConfirmed, let order = try await standingOrder(of: pending, principal: principal) {
            switch order.status {
            case .pending: _ = try await services.orders.cancel(order.id, as: principal)
            case .cancelled: break
            case .paid, .partiallyRefunded, .refunded:
                _ = try await services.cart.finishCheckout(of: owner, keepingCart: false)
                throw .wrongStatus(orderID: order.id, status: order.status)
            }
        }
        _ = try await services.cart.finishCheckout(of: owner, keepingCart: true)
    }

    /// The order under a checkout's key; nil when there is none. Asks, and never places one.
    private func standingOrder(of pending: PendingCheckout, principal: Principal) async throws(StoreError)
        -> Order?
    {
        if let id = pending.orderID { return try await services.orders.order(id, as: principal) }
        guard let key = IdempotencyKey(pending.orderKey) else { return nil }
        return try await services.orders.order(placedUnder: key, as: principal)
    }
}

extension StoreError {
    /// Says for certain that no order stands under the key it was asked with.
    fileprivate var refusesOrder: Bool {
        switch self {
        case .insufficientStock, .notFound, .emptyOrder, .invalid, .keyReused, .priceChanged: true
        case .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired, .notAllowed, .wrongStatus,
            .keyBusy, .taken, .paymentRefused, .paymentStranded, .notReturnable, .shiftOpen, .noShift,
            .shiftCounting, .countIsOff, .storage, .device, .unreachable, .outcomeUnknown, .perhapsPlaced,
            .unsupported, .otherShift, .approvalNeeded, .wrongPIN, .pinLocked, .pinTaken, .changedMeanwhile:
            false
        }
    }
}
