import StoreDomain

public enum CheckoutRequest: Hashable, Codable, Sendable {
    /// Looks for a checkout that an earlier run has left.
    case find
    case begin(OrderDraft)
    case methods
    /// Places and pays, each step stored before it is tried; nil leaves the order to be paid later.
    case complete(PendingCheckout, PaymentRequest?)
    case abandon(PendingCheckout)
    /// The buyer says that this order is the checkout's: pays it, or leaves it to be paid later.
    case take(Order, PendingCheckout)
    /// The buyer says that it is another one: places and pays the checkout's own.
    case placeAnew(PendingCheckout)
    /// Tells that the payment of an order is about to be taken, so that it does not expire.
    case keepOpen(Int64)
    /// Pays an order that was placed before.
    case pay(Int64, PaymentRequest)

    var terms: Terms {
        switch self {
        case .find: Terms(lane: .cart, keepsBack: .all)
        case .begin:
            Terms(lane: .cart, title: "Starting the checkout", screen: .checkout, keepsBack: .all)
        case .methods: Terms(screen: .checkout, keepsBack: .onScreen)
        case .complete, .take, .placeAnew:
            Terms(lane: .cart, title: "Placing the order", mustFinish: true)
        case .keepOpen: Terms(slot: "keepOpen")
        case .abandon: Terms(lane: .cart, title: "Cancelling the order", mustFinish: true)
        case .pay: Terms(title: "Taking the payment", mustFinish: true)
        }
    }

    func answered(by outside: Outside, as principal: Principal) async -> CheckoutAction {
        let (flow, owner) = (outside.flow, principal.owner)
        switch self {
        case .find:
            return .found(
                await .of { () throws(StoreError) in
                    Found(pending: try await outside.services.cart.checkout(of: owner))
                })
        case .begin(let draft):
            return .began(
                await .of { () throws(StoreError) in try await flow.begin(draft, for: owner) })
        case .methods:
            return .methods(
                await .of { () throws(StoreError) in
                    try await outside.services.payments.methods(as: principal)
                })
        case .complete(let pending, let payment):
            return .ended(await Self.completed(pending, payment, flow, principal))
        case .take(let order, let pending):
            do throws(StoreError) {
                let taken = try await flow.take(order, for: pending, owner: owner)
                return .ended(await Self.completed(taken, taken.payment, flow, principal))
            } catch {
                return .ended(.failed(error, pending: pending, order: nil))
            }
        case .placeAnew(let pending):
            do throws(StoreError) {
                let anew = try await flow.placeAnew(pending, owner: owner)
                return .ended(await Self.completed(anew, anew.payment, flow, principal))
            } catch {
                return .ended(.failed(error, pending: pending, order: nil))
            }
        case .keepOpen(let id):
            return .keptOpen(
                await .of { () throws(StoreError) in
                    try await outside.services.payments.keepOpen(id, as: principal)
                    return Done()
                })
        case .abandon(let pending):
            return .abandoned(
                await .of { () throws(StoreError) in
                    try await flow.abandon(pending, owner: owner, principal: principal)
                    return Done()
                })
        case .pay(let id, let request):
            return .paid(
                await .of { () throws(StoreError) in
                    try await flow.pay(id, request, principal: principal)
                })
        }
    }

    private static func completed(
        _ pending: PendingCheckout, _ payment: PaymentRequest?, _ flow: CheckoutFlow, _ principal: Principal
    ) async -> CheckoutOutcome {
        do {
            let (order, cart) = try await flow.complete(
                pending, payment: payment, owner: principal.owner, principal: principal)
            return .done(order, cart)
        } catch {
            return .failed(error.error, pending: error.pending, order: error.order)
        }
    }

    /// What was left, if anything.
    public struct Found: Hashable, Codable, Sendable {
        public let pending: PendingCheckout?

        public init(pending: PendingCheckout?) { self.pending = pending }
    }
}

public enum CheckoutAction: Hashable, Codable, Sendable {
    case found(Answer<CheckoutRequest.Found>)
    case began(Answer<PendingCheckout>)
    case methods(Answer<[PaymentMethod]>)
    case ended(CheckoutOutcome)
    case abandoned(Answer<Done>)
    case paid(Answer<Order>)
    case keptOpen(Answer<Done>)

    var failure: StoreError? {
        switch self {
        case .found(let answer): answer.failure
        case .began(let answer): answer.failure
        case .methods(let answer): answer.failure
        case .ended(.done): nil
        case .ended(.failed(let error, _, _)): error
        case .abandoned(let answer): answer.failure
        case .paid(let answer): answer.failure
        case .keptOpen(let answer): answer.failure
        }
    }
}

/// How an attempt to place and pay ended.
public enum CheckoutOutcome: Hashable, Codable, Sendable {
    /// The order stands, paid or to be paid later.
    case done(Order, Cart)
    /// Refused or failed; what is stored is as in `pending`, and the order as far as it is known.
    case failed(StoreError, pending: PendingCheckout, order: Order?)
}
