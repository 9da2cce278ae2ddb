import StoreDomain

/// The checkout's behaviour: review, payment, done. Enter as often as you like: one order, one payment, since
/// every try carries keys that were stored before it.
enum CheckoutModel {
    // MARK: - Beginning

    static func begin(_ state: inout AppState) -> [Effect] {
        guard state.user != nil else {
            state.signIn = SignInState()
            state.signIn.thenCheckout = true
            state.say(.info, "Sign in or register to check out; your cart comes along")
            state.push(.signIn)
            return []
        }
        state.checkout = CheckoutState()
        state.push(.checkout)
        return CartModel.compare(state) + [.loadMethods(state.principal)]
    }

    /// Taking the payment of an order that was placed before.
    static func pay(_ order: Order, _ state: inout AppState) -> [Effect] {
        var checkout = CheckoutState()
        checkout.step = .payment
        checkout.order = order
        checkout.paysOldOrder = true
        state.checkout = checkout
        state.push(.checkout)
        return [.loadMethods(state.principal)]
    }

    // MARK: - Commands

    static func carryOut(_ command: Command, _ state: inout AppState) -> [Effect] {
        guard let checkout = state.checkout, !checkout.isBusy else { return [] }
        switch command {
        case .submit, .open: return goOn(&state)
        case _ where checkout.step == .review && Self.scrolling.contains(command):
            state.scroll(by: command)
        case .up, .previousField: return choose(method: checkout.methodIndex - 1, &state)
        case .down, .nextField: return choose(method: checkout.methodIndex + 1, &state)
        case .explain: state.overlays.append(.explain(scroll: 0))
        case .acceptChanges:
            return CartModel.accept(&state)
        case .retry: return [.loadMethods(state.principal)]
        case .cancelOrder:
            guard let order = checkout.order else { return [] }
            state.overlays.append(.confirm(OrdersModel.cancelQuestion(order)))
        default: break
        }
        return []
    }

    private static let scrolling: Set<Command> = [.up, .down, .pageUp, .pageDown, .first, .last]

    static func edit(_ edit: TextEdit, _ state: inout AppState) -> [Effect] {
        guard state.checkout?.isBusy == false else { return [] }
        switch state.checkout?.method?.kind {
        case .cash: state.checkout?.tender.apply(edit)
        case .externalCard: state.checkout?.approval.apply(edit)
        case .simulatedCard, .online, nil: break
        }
        state.checkout?.problem = nil
        return []
    }

    static func choose(method index: Int, _ state: inout AppState) -> [Effect] {
        guard let checkout = state.checkout, let methods = checkout.methods, checkout.step == .payment,
            !checkout.isBusy
        else { return [] }
        state.checkout?.methodIndex = max(0, min(methods.count - 1, index))
        state.checkout?.problem = nil
        return []
    }

    private static func goOn(_ state: inout AppState) -> [Effect] {
        guard let checkout = state.checkout else { return [] }
        switch checkout.step {
        case .review:
            guard state.cart.differences.isEmpty else {
                state.say(.warning, "Accept the changes first")
                return []
            }
            do {
                let draft = try state.cart.cart.orderDraft()
                state.checkout?.isBusy = true
                return [.beginCheckout(draft, state.owner, state.principal)]
            } catch {
                state.say(error)
                return []
            }
        case .payment: return settle(&state)
        case .done:
            guard let order = checkout.order else { return [] }
            ReceiptModel.open(order, &state)
            return []
        }
    }

    private static func settle(_ state: inout AppState) -> [Effect] {
        guard let checkout = state.checkout, checkout.methods != nil else { return [] }
        let request: PaymentRequest?
        do {
            request = try paymentRequest(checkout, state)
        } catch {
            state.checkout?.problem = error.screenText
            return []
        }
        state.checkout?.problem = nil
        if checkout.paysOldOrder, let order = checkout.order {
            guard let request else { return [] }
            state.checkout?.isBusy = true
            return [.payOrder(order.id, request, state.principal)]
        }
        guard let pending = checkout.pending else { return [] }
        state.checkout?.isBusy = true
        return [.completeCheckout(pending, request, state.owner, state.principal)]
    }

    /// What Enter pays with; nil to pay at the counter. What is missing is found here already, by the same
    /// rule that the store applies.
    private static func paymentRequest(_ checkout: CheckoutState, _ state: AppState) throws(StoreError)
        -> PaymentRequest?
    {
        guard let method = checkout.method else { return nil }
        let currency = state.context.policy.currency
        var tendered: Int64?
        if method.kind == .cash {
            let text = checkout.tender.text.trimmedText
            if !text.isEmpty, Money(parsing: text, currency: currency) == nil {
                throw .paymentRefused(.notAnAmount(text))
            }
            tendered = Money(parsing: text, currency: currency)?.minorUnits
        }
        let request = PaymentRequest(
            methodID: method.id, tenderedMinor: tendered,
            approvalCode: method.kind == .externalCard ? checkout.approval.text.trimmedText : nil)
        if let total = checkout.order?.total ?? state.cart.quote?.total {
            _ = try Settlement(
                of: total, by: [request], methods: [method], rounding: state.context.policy.cashRounding,
                principal: state.principal, at: Timestamp(milliseconds: 0))
        }
        return request
    }

    /// Leaves without losing anything: what may have had an effect is asked about first.
    static func leave(_ state: inout AppState) -> [Effect] {
        guard let checkout = state.checkout else {
            state.pop()
            return []
        }
        if checkout.isBusy {
            state.say(.info, "One moment: the order is being placed")
            return []
        }
        if checkout.step == .done, checkout.paysOldOrder {
            state.checkout = nil
            state.pop()
            return []
        }
        if checkout.step == .done {
            state.checkout = nil
            state.go(to: .shop)
            return ShopModel.refresh(&state)
        }
        if checkout.holdsOrder {
            state.overlays.append(
                .confirm(
                    Confirmation(
                        .leaveCheckout, title: "Leave the checkout?",
                        text:
                            "The order is not paid yet. It is kept and can be finished later from the cart.",
                        yes: "Leave", no: "Stay", choosesYes: false)))
            return []
        }
        if checkout.step == .payment, !checkout.paysOldOrder {
            state.checkout?.step = .review
            state.checkout?.problem = nil
            return []
        }
        state.checkout = nil
        state.pop()
        return []
    }
}
