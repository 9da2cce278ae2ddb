import StoreDomain

/// From cart to paid: payment, done, and the review before them where something has changed or a person asks for
/// it. Enter as often as you like: one order, one payment, since every try carries keys that were stored before
/// it.
///
/// The price with which the payment begins is the agreement. From there on it alone says what is to be paid; a
/// store that comes to another price places nothing, and the buyer is asked.
public struct CheckoutState: Feature {
    public static let kind = ScreenKind.checkout

    public enum Stage: Int, Hashable, Codable, Sendable, CaseIterable { case review, payment, done }

    public internal(set) var step = Stage.review
    /// What was agreed to, with how each figure came about; nil before, and where an earlier run agreed.
    public internal(set) var agreed: PriceBreakdown?
    /// What is stored of it; nil until the store has said so.
    public internal(set) var pending: PendingCheckout?
    public internal(set) var methods: [PaymentMethod]?
    public internal(set) var tender = TextInput(limit: 16, content: .amount)
    public internal(set) var approval = TextInput(limit: 32, content: .approvalCode)
    public internal(set) var problem: String?
    /// The order as far as it is known: placed, perhaps paid.
    public internal(set) var order: Order?
    /// Placing and paying is under way: no second Enter counts.
    public internal(set) var isBusy = false
    /// It is not known whether the last try had its effect; Enter asks again with the same keys.
    public internal(set) var isOutcomeUnknown = false
    /// Paying an order that was placed before, not the cart.
    public internal(set) var paysOldOrder = false
    /// Prices and stock are looked at before the payment begins without a review; nil when they are not.
    var check: CheckoutCheck?
    /// What looked like a slip and was meant: it is not asked about twice.
    var meant: PaymentRequest?
    var list = List()
    var firstLine = 0

    init() {}

    /// Takes the payment of an order that was placed before.
    init(paying order: Order) {
        step = .payment
        self.order = order
        paysOldOrder = true
    }

    /// Finishes what an earlier run has begun.
    init(resuming pending: PendingCheckout) {
        step = .payment
        self.pending = pending
        isOutcomeUnknown = true
        isBusy = true
    }

    public var methodIndex: Int { list.selection }

    /// What Enter would pay with; nil when the order is to be paid at the counter.
    public var method: PaymentMethod? {
        guard let methods, methods.indices.contains(methodIndex) else { return nil }
        return methods[methodIndex]
    }

    /// This person may not take payments: the order waits for the counter.
    public var paysLater: Bool { methods?.isEmpty == true }

    /// What is to be paid: of the order where there is one, else what was agreed. Never the cart's latest price.
    public var toPay: Money? { order?.total ?? pending?.draft.agreement?.total ?? agreed?.total }

    /// Its order may stand already, so that leaving asks first.
    var holdsOrder: Bool {
        step == .payment && !paysOldOrder && (order != nil || pending?.isConfirmed == true)
    }

    static func availability(_ desk: Desk) -> Availability {
        if desk.context.isReadOnly { return Desk.readOnly }
        return desk.basket.differences.isEmpty ? .enabled : .disabled("Accept the changes first")
    }

    // MARK: - As a screen

    public var field: TextInput? {
        guard step == .payment, !isBusy else { return nil }
        switch method?.kind {
        case .cash: return tender
        case .externalCard: return approval
        case .simulatedCard, .online, .giftCard, .storeCredit, nil: return nil
        }
    }

    /// The next sale can begin.
    public var isAfterSale: Bool { step == .done }
    public var takesCodes: Bool { isAfterSale }
    public var showsPrice: Bool { true }
    public var hasPanes: Bool { step == .payment && (methods?.count ?? 0) > 1 }
    public func hasError(_ desk: Desk) -> Bool {
        let failed = !desk.requests.isWaiting(forSlot: BasketRequest.quoteSlot)
        return step == .review && !desk.basket.isQuoted(desk.currency) && failed && !desk.basket.cart.isEmpty
            || methods == nil && problem != nil
    }
    public var canReload: Bool { step == .review || methods == nil && problem != nil }
    public var busyReason: String? {
        if isOnTheWay { return "One moment: prices and stock are looked at" }
        return isBusy ? "One moment: the order is being placed" : nil
    }
    public var guardsLeaving: Bool { holdsOrder }

    public var lossOnQuit: String? {
        guard step != .done else { return nil }
        return isBusy
            ? "The order is being placed." : "A checkout is under way. The cart and what was begun are kept."
    }

    public var scroll: Int? {
        get { step == .review ? firstLine : nil }
        set { firstLine = newValue ?? 0 }
    }

    public func hints(_ desk: Desk) -> [Hint] {
        if isOnTheWay { return [Hint(.back)] }
        switch step {
        case .review:
            return [
                Hint(.acceptChanges), Hint(.submit, "go on to payment"), Hint(.explain), Hint(.back),
            ]
        case .payment:
            let verb = isOutcomeUnknown ? "ask again" : paysLater ? "place the order" : "pay"
            let others = (methods?.count ?? 0) > 1 ? [Hint(.down, "other way to pay")] : []
            let back = holdsOrder || paysOldOrder ? Hint(.back) : Hint(.back, "review")
            return [Hint(.submit, verb)] + others + [Hint(.cancelOrder, "cancel the order"), back]
        case .done:
            return [
                Hint(.submit, "next sale"), Hint(.search, "search for it"), Hint(.showReceipt),
                Hint(.openOrders),
            ]
        }
    }

    // MARK: - Keys

    static func begin(_ desk: inout Desk) -> [Step] {
        guard desk.user != nil else {
            desk.say(.info, "Sign in or register to check out; your cart comes along")
            return [.push(.signIn(SignInState(desk, then: .checkout)))]
        }
        // What was set by hand only a till sells.
        guard !desk.basket.cart.isSetByHand else {
            guard desk.sellsAtTill else {
                desk.say(.warning, "This basket has prices that were set by hand: a till takes its payment")
                return []
            }
            return [.to(.till(TillState()))]
        }
        return [.push(.checkout(CheckoutState()))]
    }

    public mutating func enter(_ desk: inout Desk) -> [Step] {
        let methods = Step.ask(.checkout(.methods))
        if paysOldOrder { return [methods] }
        if let pending { return [methods, .ask(.checkout(.complete(pending, pending.payment)))] }
        guard desk.basket.differences.isEmpty, !desk.basket.cart.isEmpty else {
            return desk.basket.compare() + quoteIfNeeded(&desk) + [methods]
        }
        check = CheckoutCheck(seen: desk.basket.isQuoted(desk.currency) ? desk.basket.quote : nil)
        return desk.basket.compare() + desk.quoteBasket() + [methods]
    }

    private func quoteIfNeeded(_ desk: inout Desk) -> [Step] {
        desk.basket.isQuoted(desk.currency) ? [] : desk.quoteBasket()
    }

    public func takesWalk(_ walk: Walk, _ desk: Desk) -> Bool {
        switch step {
        case .review: true
        case .payment: hasPanes && (walk == .up || walk == .down)
        case .done: false
        }
    }

    public mutating func walk(_ walk: Walk, count: Int?, _ desk: inout Desk) -> [Step] {
        switch walk {
        case .up: choose(method: methodIndex - 1)
        case .down: choose(method: methodIndex + 1)
        case .halfPageUp, .halfPageDown, .pageUp, .pageDown, .first, .last: break
        }
        return []
    }

    public mutating func moveFocus(forward: Bool, _ desk: inout Desk) -> [Step] {
        choose(method: methodIndex + (forward ? 1 : -1))
        return []
    }

    private mutating func choose(method index: Int) {
        guard let methods, step == .payment, !isBusy else { return }
        list.select(index, of: methods.count)
        problem = nil
    }

    /// Selects a way to pay; clicking twice pays nothing.
    public mutating func click(row: Int, _ desk: inout Desk) -> Bool {
        choose(method: row)
        return false
    }

    public mutating func edit(_ edit: TextEdit, _ desk: inout Desk) -> [Step] {
        guard !isBusy else { return [] }
        switch method?.kind {
        case .cash: tender.apply(edit)
        case .externalCard: approval.apply(edit)
        case .simulatedCard, .online, .giftCard, .storeCredit, nil: break
        }
        problem = nil
        return []
    }

    public mutating func reload(_ desk: inout Desk) -> [Step] {
        quoteIfNeeded(&desk) + (step == .review ? desk.basket.compare() : []) + [.ask(.checkout(.methods))]
    }

    // MARK: - Leaving

    /// Leaves without losing anything: asks first where an order may stand.
    public mutating func back(_ desk: inout Desk) -> [Step] {
        if isBusy {
            desk.say(.info, "One moment: the order is being placed")
            return []
        }
        switch step {
        case .done: return paysOldOrder ? [.pop] : [.newSale(searches: false)]
        case .review: return [.pop]
        case .payment:
            if holdsOrder {
                return [
                    .open(
                        .confirm(
                            Confirm(
                                .leaveCheckout, title: "Leave the checkout?",
                                text:
                                    "The order is not paid yet. It is kept and can be finished later from the cart.",
                                yes: "Leave", no: "Stay", choosesYes: false)))
                ]
            }
            if paysOldOrder { return [.pop] }
            goToReview()
            return []
        }
    }

    public mutating func answer(_ question: Question, yes: Bool, _ desk: inout Desk)
        -> [Step]
    {
        switch question {
        case .leaveCheckout: return yes ? [.pop] : []
        case .cancelOrder(let id):
            guard yes else { return [] }
            guard let pending else { return [.ask(.orders(.cancel(id)))] }
            isBusy = true
            return [.ask(.checkout(.abandon(pending)))]
        case .payNewPrice(let price): return yes ? agree(to: price, &desk) : declineNewPrice(&desk)
        case .isThisOrder(let order, let pending):
            guard yes else { return [Self.askToPlaceAnew(pending)] }
            isBusy = true
            return [.ask(.checkout(.take(order, pending)))]
        case .placeAnew(let pending):
            guard yes else { return [] }
            isBusy = true
            return [.ask(.checkout(.placeAnew(pending)))]
        case .takeCash:
            if !yes { tender.selectAll() }
            return yes ? settle(desk, isSure: true) : []
        case .takeApprovalCode:
            if !yes { approval.selectAll() }
            return yes ? settle(desk, isSure: true) : []
        case .quit, .signOut, .leaveForm, .cancelOrders, .resumeCheckout, .keepCount, .closeShift,
            .removeKey, .forgetVisitor, .setCountry, .signOutEverywhere, .bookCounts, .takePricesBack,
            .customers:
            return []
        }
    }

    public mutating func hear(_ news: News, _ desk: inout Desk) -> [Step] {
        switch news {
        case .reachable: return methods == nil ? [.ask(.checkout(.methods))] : []
        case .renewed: return goOnSignedIn()
        case .orderChanged(let order):
            if let order, order.id == self.order?.id, order.status == .cancelled {
                return [.leave(Self.kind)]
            }
            return []
        // What is being agreed or paid changes by the store's answers alone, which are told.
        case .stockChanged, .resized, .changedElsewhere: return []
        }
    }

    /// Tries once more what the end of the session stopped.
    private mutating func goOnSignedIn() -> [Step] {
        guard !isBusy else { return [] }
        problem = nil
        let methods = methods == nil ? [Step.ask(.checkout(.methods))] : []
        guard step == .payment, let pending, pending.isConfirmed else { return methods }
        isBusy = true
        return methods + [.ask(.checkout(.complete(pending, pending.payment)))]
    }

    mutating func goToReview() {
        step = .review
        agreed = nil
        pending = nil
        problem = nil
        isOutcomeUnknown = false
        check = nil
    }
}
