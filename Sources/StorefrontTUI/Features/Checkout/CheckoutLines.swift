import StoreDomain
import StorefrontCore

extension Teller<CheckoutState> {
    var place: PlainPlace {
        PlainPlace(
            sheet, prompt: prompt, choice: choice, choices: (state.methods ?? []).map(\.name))
    }

    private var sheet: PlainSheet {
        let checkout = state
        let step = "Checkout, step \(checkout.step.rawValue + 1) of 3, \(checkout.step.title.withSmallStart)."
        switch checkout.step {
        case .review:
            return PlainSheet(
                title: step, lines: changes + cartRows + figures,
                hint: "Type confirm to go on to the payment, back to change the cart.")
        case .payment:
            return PlainSheet(title: step, lines: payment(checkout) + problem(checkout))
        case .done: return PlainSheet(title: step, lines: done(checkout))
        }
    }

    private var toPay: String { state.toPay?.displayText ?? "" }

    private func payment(_ checkout: CheckoutState) -> [PlainLine] {
        var lines = [
            PlainLine(checkout.order.map { "Order \($0.id), to pay \(toPay)." } ?? "To pay \(toPay).")
        ]
        guard let methods = checkout.methods else { return lines }
        if methods.isEmpty {
            let time =
                desk.policy.pendingMinutes > 0 ? " for \(desk.policy.pendingMinutes.counted("minute"))" : ""
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
                ? "Type receipt for the receipt, new for the next sale."
                : "Pay at the counter and name order \(order.id). Type orders to see your orders.")
        return lines.map { PlainLine($0) }
    }

    /// nil where a command is expected.
    private var prompt: PlainPrompt? {
        guard state.step == .payment, state.methods != nil else { return nil }
        guard let method = state.method else { return .yesNo("Place the order?") }
        return switch method.kind {
        case .cash: .field("Cash given", value: state.tender.text, isSecret: false)
        case .externalCard: .field("Approval code", value: state.approval.text, isSecret: false)
        case .simulatedCard, .online, .giftCard, .storeCredit: .yesNo("Pay \(toPay) by \(method.name)?")
        }
    }

    /// Asked before how much or which code.
    private var choice: PlainPrompt? {
        guard state.step == .payment, let methods = state.methods, methods.count > 1 else { return nil }
        return .choice("Way to pay", current: state.method?.name)
    }
}
