import StoreDomain
import StorefrontCore

extension PlainView {
    // MARK: - Cart

    var cart: PlainSheet {
        guard !state.cart.cart.isEmpty else {
            if let error = state.cart.error {
                return PlainSheet(
                    title: "Cart. It could not be read.",
                    lines: [
                        PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)
                    ])
            }
            let undo = state.cart.cart.canUndo ? " Type undo to take the last change back." : ""
            return PlainSheet(
                title: "Cart. Your cart is empty. Type shop for the products; add there puts one in.\(undo)")
        }
        return PlainSheet(
            title: "Cart.", lines: changes + cartRows + figures,
            hint:
                "Type quantity 1 5 to make the first line five pieces, remove 1 to take it out, discount and a "
                + "code, explain for every figure, checkout to pay.")
    }

    private var changes: [PlainLine] {
        let count = state.cart.differences.count
        guard count > 0 else { return [] }
        let what =
            count == 1
            ? "One thing has changed since you added it" : "\(count) things have changed since you added them"
        return [PlainLine("\(what). Type accept to accept.")]
    }

    private var cartRows: [PlainLine] {
        state.cart.cart.lines.enumerated().map { offset, line in
            let price = line.unitPrice(currency)
            let amount = PricedLine(name: line.name, unitPrice: price, quantity: line.quantity).total
            let change = state.cart.difference(of: line.productID).map {
                ", changed: \($0.words(currency: currency))"
            }
            return PlainLine(
                "\(line.name), \(line.quantity) at \(price.displayText), \(amount.displayText)\(change ?? "")",
                number: offset + 1)
        }
    }

    private var figures: [PlainLine] {
        guard let quote = state.cart.quote else { return [PlainLine("The total is not known yet.")] }
        return quote.steps.compactMap { step in
            switch step {
            case .line: nil
            case .refusedDiscount(_, let problem): PlainLine("\(step.title): \(problem.words).")
            case .subtotal, .lineDiscount, .discount, .manualDiscount, .tax, .includedTax, .exempt, .told,
                .total:
                PlainLine("\(step.title) \(step.amount?.displayText ?? "").")
            }
        }
    }

    // MARK: - Checkout

    var checkout: PlainSheet {
        guard let checkout = state.checkout else { return PlainSheet(title: "Checkout.") }
        let step = "Checkout, step \(checkout.step.rawValue + 1) of 3, \(checkout.step.title.withSmallStart)."
        switch checkout.step {
        case .review:
            return PlainSheet(
                title: step, lines: changes + cartRows + figures,
                hint: "Type confirm to go on to the payment, back for the cart.")
        case .payment:
            return PlainSheet(title: step, lines: payment(checkout) + problem(checkout))
        case .done: return PlainSheet(title: step, lines: done(checkout))
        }
    }

    private var toPay: String {
        (state.checkout?.order?.total ?? state.cart.quote?.total)?.displayText ?? ""
    }

    private func payment(_ checkout: CheckoutState) -> [PlainLine] {
        var lines = [
            PlainLine(checkout.order.map { "Order \($0.id), to pay \(toPay)." } ?? "To pay \(toPay).")
        ]
        guard let methods = checkout.methods else { return lines }
        if methods.isEmpty {
            let time = policy.pendingMinutes > 0 ? " for \(policy.pendingMinutes) minutes" : ""
            lines.append(PlainLine("You pay at the counter: the order is placed and kept for you\(time)."))
        }
        lines += methods.enumerated().map {
            PlainLine("\($0.element.name), \($0.element.kind.explanation)", number: $0.offset + 1)
        }
        return lines
    }

    private func problem(_ checkout: CheckoutState) -> [PlainLine] {
        guard let problem = checkout.problem else { return [] }
        let help =
            checkout.isOutcomeUnknown
            ? " Trying again is harmless: however often, there is one order and one payment."
            : checkout.methods == nil ? " Type reload to try again." : ""
        return [PlainLine("Error: \(problem.asSentence)\(help)", isProblem: true)]
    }

    private func done(_ checkout: CheckoutState) -> [PlainLine] {
        guard let order = checkout.order else { return [] }
        let isPaid = order.status == .paid
        var lines = [
            "Order \(order.id) is \(isPaid ? "paid" : "placed").", "Total \(order.total.displayText).",
        ]
        lines += paymentLines(order)
        lines.append(
            isPaid
                ? "Type receipt for the receipt, shop for a new sale."
                : "Pay at the counter and name order \(order.id). Type orders to see your orders.")
        return lines.map { PlainLine($0) }
    }

    /// nil where a command is expected.
    var checkoutPrompt: PlainPrompt? {
        guard let checkout = state.checkout, checkout.step == .payment, let methods = checkout.methods else {
            return nil
        }
        guard let method = checkout.method else { return .yesNo("Place the order?") }
        if methods.count > 1, !hasChosenWay { return .choice("Way to pay", current: method.name) }
        switch method.kind {
        case .cash: return .field("Cash given", value: checkout.tender.text, isSecret: false)
        case .externalCard: return .field("Approval code", value: checkout.approval.text, isSecret: false)
        case .simulatedCard, .online: return .yesNo("Pay \(toPay) by \(method.name)?")
        }
    }

    // MARK: - What was paid

    func paymentLines(_ order: Order) -> [String] {
        guard !order.payments.isEmpty else { return order.status == .pending ? ["Not paid yet."] : [] }
        return order.payments.flatMap { payment in
            [
                "Paid by \(payment.method.name), \(timeText(payment.paidAt)).",
                payment.tendered.map { "Cash given \($0.displayText)." },
                payment.change.map { "Change \($0.displayText)." },
                payment.approvalCode.map { "Approval code \($0)." },
            ].compactMap { $0 }
        }
    }
}
