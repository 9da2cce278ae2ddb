import StoreDomain

/// What the checkout makes of answers to what only its screen asks.
extension CheckoutState {
    public mutating func receive(_ reply: Reply, _ desk: inout Desk) -> [Step] {
        guard case .checkout(let action) = reply else { return [] }
        switch action {
        case .began(.success(let pending)):
            isBusy = false
            // Confirmed before: its order may stand, so it comes first.
            if pending.isConfirmed { return [Self.offer(pending)] }
            self.pending = pending
            step = .payment
        case .began(.failure(let error)):
            isBusy = false
            desk.say(error)
        case .methods(.success(let methods)):
            // What is on the shop's ledger is taken at the till, where codes are scanned and customers named.
            self.methods = methods.filter { !$0.kind.isStoredValue }
            list.select(methodIndex, of: self.methods?.count ?? 0)
        case .methods(.failure(let error)): problem = error.screenText
        // Heard by the program, also when this screen is left.
        case .found, .ended, .abandoned, .paid, .keptOpen: break
        }
        return []
    }

    static func offer(_ pending: PendingCheckout) -> Step {
        .open(
            .confirm(
                Confirm(
                    .resumeCheckout(pending), title: "A checkout was interrupted",
                    text: "Finishing it asks the store what became of it: there will be exactly one order.",
                    yes: "Finish it", no: "Later")))
    }

    /// The change of the sale that is done, as a sentence; nil where there is none.
    var changeGiven: String? {
        guard step == .done, let order, let change = order.payments.compactMap(\.change).last, !change.isZero
        else { return nil }
        return "Order \(order.id) is paid; the change is \(change.displayText)"
    }

    mutating func done(_ order: Order) {
        isBusy = false
        isOutcomeUnknown = false
        problem = nil
        self.order = order
        pending = nil
        step = .done
    }

    mutating func failed(
        _ error: StoreError, _ pending: PendingCheckout, _ order: Order?, _ desk: inout Desk
    ) -> [Step] {
        isBusy = false
        self.pending = pending
        if let order { self.order = order }
        problem = error.screenText
        isOutcomeUnknown = false
        switch error {
        case .unreachable, .outcomeUnknown, .keyBusy, .storage: isOutcomeUnknown = true
        case .priceChanged(let price):
            problem = nil
            return [.ask(.program(.policy)), ask(about: price)]
        case .perhapsPlaced(let order):
            problem = nil
            isOutcomeUnknown = true
            return [Self.ask(about: order, pending)]
        case .insufficientStock, .notFound, .emptyOrder, .keyReused:
            // Nothing was placed under this key: back to the review, where the changes are shown.
            if self.order == nil { return review(after: error, &desk) }
        case .wrongStatus(_, .cancelled):
            // It waited too long, or another person cancelled it: the cart is there for a new one.
            return review(after: error, &desk)
        case .invalid, .emailTaken, .wrongCredentials, .signInMustWait, .signInRequired, .notAllowed,
            .wrongStatus, .taken, .paymentRefused, .paymentStranded, .notReturnable, .shiftOpen, .noShift,
            .shiftCounting, .countIsOff, .device, .unsupported, .otherShift, .approvalNeeded, .wrongPIN,
            .pinLocked, .pinTaken, .changedMeanwhile:
            break
        }
        return []
    }

    /// The server knows no keys, so only the buyer can say whose order it is.
    private static func ask(about order: Order, _ pending: PendingCheckout) -> Step {
        .open(
            .confirm(
                Confirm(
                    .isThisOrder(order, pending), title: "Is order \(order.id) this one?",
                    text:
                        "The answer to your order was lost. Order \(order.id) has the same lines and the same "
                        + "total, \(order.total.displayText), and was placed at that time.",
                    yes: "Yes, that is it", no: "No", choosesYes: true)))
    }

    static func askToPlaceAnew(_ pending: PendingCheckout) -> Step {
        .open(
            .confirm(
                Confirm(
                    .placeAnew(pending), title: "Place the order once more?",
                    text: "The order that stands is left alone, and another one is placed.",
                    yes: "Place it", no: "Wait", choosesYes: false)))
    }

    /// Shows the old and the new figures.
    private func ask(about price: PriceBreakdown) -> Step {
        let old = pending?.draft.agreement
        var changes: [String] = []
        func compare(_ label: String, _ before: Money?, _ now: Money) {
            guard let before, before != now else { return }
            changes.append("\(label) \(now.displayText) instead of \(before.displayText)")
        }
        compare("subtotal", old?.subtotal, price.subtotal)
        compare("discount", old?.discount, price.discount)
        compare("tax", old?.tax, price.tax)
        let details = changes.isEmpty ? "" : " (\(changes.joined(separator: ", ")))"
        let before = old.map { ", not \($0.total.displayText)" } ?? ""
        return .open(
            .confirm(
                Confirm(
                    .payNewPrice(price), title: "The price has changed",
                    text:
                        "The total is \(price.total.displayText) now\(before)\(details). Nothing was placed.",
                    yes: "Pay the new price", no: "Back to the review", choosesYes: false)))
    }

    /// Back to the review of what is in the cart, with a new key for the next try.
    private mutating func review(after error: StoreError, _ desk: inout Desk) -> [Step] {
        let methods = methods
        self = CheckoutState()
        self.methods = methods
        desk.say(error)
        return desk.quoteBasket() + desk.basket.compare()
    }
}

extension AppState {
    /// The pending order whose payment screen is in front.
    public var orderBeingPaid: Int64? {
        guard case .checkout(let checkout)? = way.last, checkout.step == .payment,
            let order = checkout.order, order.status == .pending
        else { return nil }
        return order.id
    }

    mutating func receive(_ action: CheckoutAction) -> [Effect] {
        switch action {
        case .found(.success(let found)): return receive(found)
        case .found(.failure(let error)):
            desk.basket.goesOnToCheckout = false
            desk.say(error)
        case .ended(.done(let order, let cart)): return done(order, cart)
        case .ended(.failed(let error, let pending, let order)):
            let steps = change(CheckoutState.self) { $0.failed(error, pending, order, &$1) }
            return apply(steps ?? [])
        case .abandoned(.success):
            let left = leaveCheckout()
            desk.say(.info, "Order cancelled; the stock is back and the cart is as it was")
            return left + tell(.stockChanged) + apply(desk.basket.compare())
        case .abandoned(.failure(let error)):
            _ = change(CheckoutState.self) { checkout, _ in checkout.isBusy = false }
            desk.say(error)
            guard case .wrongStatus = error else { return [] }
            // It is paid already, so that the checkout is finished after all.
            return leaveCheckout() + apply(desk.basket.load()) + tell(.stockChanged)
        case .paid(.success(let order)):
            _ = change(CheckoutState.self) { checkout, _ in checkout.done(order) }
            desk.status = nil
            return tell(.orderChanged(order))
        case .paid(.failure(let error)):
            _ = change(CheckoutState.self) { checkout, _ in
                checkout.isBusy = false
                checkout.problem = error.screenText
            }
            if case .wrongStatus = error { return tell(.orderChanged(nil)) }
        // When the order cannot be kept, paying it says why, and what becomes of the money.
        case .keptOpen: break
        // Heard by the screen that asked.
        case .began, .methods: break
        }
        return []
    }

    /// An order was asked for by an earlier run, or by one that was left. Before it was, the cart says it all.
    private mutating func receive(_ found: CheckoutRequest.Found) -> [Effect] {
        let goesOn = desk.basket.goesOnToCheckout && kind == .cart && overlays.isEmpty
        desk.basket.goesOnToCheckout = false
        let isOpen = way.contains { $0.kind == .checkout }
        if let pending = found.pending, pending.isConfirmed {
            return isOpen ? [] : apply([CheckoutState.offer(pending)])
        }
        guard goesOn, !desk.basket.cart.isEmpty else { return [] }
        return apply(CheckoutState.begin(&desk))
    }

    mutating func resumeCheckout(_ pending: PendingCheckout, yes: Bool) -> [Effect] {
        guard yes else {
            let left = leaveCheckout()
            desk.say(.info, "It is kept, and offered again at the next checkout or start")
            return left
        }
        return apply([.push(.checkout(CheckoutState(resuming: pending)))])
    }

    private mutating func leaveCheckout() -> [Effect] { kind == .checkout ? apply([.pop]) : [] }

    private mutating func done(_ order: Order, _ cart: Cart) -> [Effect] {
        desk.basket.cart = cart
        // The next customer begins with all products.
        _ = change(ShopState.self) { shop, _ in shop.startOver() }
        let effects = apply(desk.quoteBasket())
        let isOpen = change(CheckoutState.self) { checkout, _ in checkout.done(order) } != nil
        if isOpen { desk.status = nil }
        return effects + tell(.orderChanged(order))
    }
}
