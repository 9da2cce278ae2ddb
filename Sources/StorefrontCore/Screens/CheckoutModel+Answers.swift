import StoreDomain

/// What a checkout makes of the answers that come back.
extension CheckoutModel {
    static func receive(_ action: AppAction, _ state: inout AppState) -> [Effect] {
        switch action {
        case .checkoutFound(let owner, .success(let pending)):
            guard owner == state.owner else { return [] }
            let goesOn = state.cart.goesOnToCheckout && state.screen == .cart && state.overlays.isEmpty
            state.cart.goesOnToCheckout = false
            if let pending, pending.isConfirmed { return found(pending, &state) }
            return goesOn && !state.cart.cart.isEmpty ? begin(&state) : []
        case .checkoutFound(_, .failure(let error)):
            state.cart.goesOnToCheckout = false
            state.say(error)
        case .checkoutBegan(.success(let pending)):
            guard state.checkout != nil else { return [] }
            state.checkout?.isBusy = false
            state.checkout?.pending = pending
            state.checkout?.step = .payment
            if pending.isConfirmed { askToResume(&state) }
        case .checkoutBegan(.failure(let error)):
            state.checkout?.isBusy = false
            state.say(error)
        case .methodsLoaded(.success(let methods)):
            state.checkout?.methods = methods
            let chosen = state.checkout?.methodIndex ?? 0
            state.checkout?.methodIndex = max(0, min(methods.count - 1, chosen))
        case .methodsLoaded(.failure(let error)):
            state.checkout?.problem = error.screenText
        case .checkoutEnded(.done(let order, let cart)):
            return done(order, cart, &state)
        case .checkoutEnded(.failed(let error, let pending, let order)):
            return failed(error, pending, order, &state)
        case .checkoutAbandoned(.success):
            state.checkout = nil
            if state.screen == .checkout { state.pop() }
            state.say(.info, "Order cancelled; the stock is back and the cart is as it was")
            return ShopModel.refresh(&state) + CartModel.compare(state)
        case .checkoutAbandoned(.failure(let error)):
            state.checkout?.isBusy = false
            state.say(error)
            guard case .wrongStatus = error else { return [] }
            // It is paid already, so that the checkout is finished after all.
            state.checkout = nil
            if state.screen == .checkout { state.pop() }
            return [.loadCart(state.owner)] + ShopModel.refresh(&state)
        case .orderPaid(.success(let order)):
            guard state.checkout != nil else { return [] }
            state.checkout?.isBusy = false
            state.checkout?.order = order
            state.checkout?.step = .done
            state.status = nil
            return OrdersModel.reload(&state)
        case .orderPaid(.failure(let error)):
            state.checkout?.isBusy = false
            state.checkout?.problem = error.screenText
            if case .wrongStatus = error { return OrdersModel.reload(&state) }
        default: break
        }
        return []
    }

    /// An order was asked for by an earlier run, or by one that was left. Before it was, the cart says it
    /// all.
    private static func found(_ pending: PendingCheckout, _ state: inout AppState) -> [Effect] {
        guard state.checkout == nil, state.screen != .checkout else { return [] }
        var checkout = CheckoutState()
        checkout.step = .payment
        checkout.pending = pending
        state.checkout = checkout
        askToResume(&state)
        return []
    }

    private static func askToResume(_ state: inout AppState) {
        state.checkout?.isOutcomeUnknown = true
        state.overlays.append(
            .confirm(
                Confirmation(
                    .resumeCheckout, title: "A checkout was interrupted",
                    text: "Finishing it asks the store what became of it: there will be exactly one order.",
                    yes: "Finish it", no: "Later")))
    }

    static func resume(_ state: inout AppState) -> [Effect] {
        guard let pending = state.checkout?.pending else { return [] }
        state.checkout?.isBusy = true
        state.push(.checkout)
        return [
            .loadMethods(state.principal),
            .completeCheckout(pending, pending.payment, state.owner, state.principal),
        ]
    }

    /// Tries once more what the end of the session stopped.
    static func goOnSignedIn(_ state: inout AppState) -> [Effect] {
        guard let checkout = state.checkout, state.screen == .checkout, !checkout.isBusy else { return [] }
        var effects: [Effect] = checkout.methods == nil ? [.loadMethods(state.principal)] : []
        state.checkout?.problem = nil
        if checkout.step == .payment, let pending = checkout.pending,
            pending.payment != nil || pending.paysLater
        {
            state.checkout?.isBusy = true
            effects.append(.completeCheckout(pending, pending.payment, state.owner, state.principal))
        }
        return effects
    }

    private static func done(_ order: Order, _ cart: Cart, _ state: inout AppState) -> [Effect] {
        state.cart.cart = cart
        let effects = CartModel.quote(&state)
        guard state.checkout != nil else { return effects }
        state.checkout?.isBusy = false
        state.checkout?.isOutcomeUnknown = false
        state.checkout?.problem = nil
        state.checkout?.order = order
        state.checkout?.pending = nil
        state.checkout?.step = .done
        state.status = nil
        state.push(.checkout)
        return effects + [.loadCategories]
    }

    private static func failed(
        _ error: StoreError, _ pending: PendingCheckout, _ order: Order?, _ state: inout AppState
    ) -> [Effect] {
        guard state.checkout != nil else { return [] }
        state.checkout?.isBusy = false
        state.checkout?.pending = pending
        if let order { state.checkout?.order = order }
        state.checkout?.problem = error.screenText
        switch error {
        case .unreachable, .outcomeUnknown, .keyBusy, .storage:
            state.checkout?.isOutcomeUnknown = true
        case .insufficientStock, .notFound, .emptyOrder, .keyReused:
            // Nothing was placed under this key: back to the review, where the changes are shown.
            state.checkout?.isOutcomeUnknown = false
            guard state.checkout?.order == nil else { break }
            return review(after: error, &state)
        case .wrongStatus(_, .cancelled):
            // It waited too long, or somebody else cancelled it: the cart is there for a new one.
            return review(after: error, &state)
        default:
            state.checkout?.isOutcomeUnknown = false
        }
        return []
    }

    /// Back to the review of what is in the cart, with a new key for the next try.
    private static func review(after error: StoreError, _ state: inout AppState) -> [Effect] {
        let methods = state.checkout?.methods
        state.checkout = CheckoutState()
        state.checkout?.methods = methods
        state.say(error)
        return CartModel.compare(state)
    }
}
