import StoreDomain
import StorefrontCore

extension Teller<TillState> {
    /// A line typed here is what a line of the till is on the screen; a colon before it makes it a command.
    var place: PlainPlace {
        PlainPlace(
            sheet,
            prompt: .field(prompt, value: "", isSecret: false))
    }

    private var prompt: String {
        switch state.mode {
        case .approval, .approvalBack: "Approval code"
        case .cardCode: "Gift card\u{2019}s code"
        case .figures, .words: state.takesExactCash(desk) ? "Sale, Enter takes exact cash" : "Sale"
        }
    }

    private var sheet: PlainSheet {
        var lines = rows + goodsBack
        if let order = state.sold(desk) {
            lines.append(PlainLine("Sold: \(order.number?.text ?? "order \(order.id)"), \(order.paidWords)."))
            lines += order.giftCards.map { card in
                PlainLine(
                    "Gift card of \(card.amount.displayText), its code \(card.code?.printed ?? "ends in \(card.lastFour)")."
                )
            }
        }
        lines += payment
        if let problem = state.problem { lines.append(PlainLine(problem.asSentence, isProblem: true)) }
        let training = desk.basket.cart.terms.isTraining ? "TRAINING, nothing is sold. " : ""
        let parked = state.parkedSales > 0 ? " \(state.parkedSales) parked." : ""
        let macro = desk.macro.map { " \($0.words.withCapitalStart)." } ?? ""
        let title = "\(training)Till \(desk.context.till).\(parked)\(macro)"
        return PlainSheet(
            title: lines.isEmpty ? "\(title) Nothing is sold yet." : title, lines: lines,
            hint: "Type a code, 3* and a code, 20 cash, card, 10%, -10%, 12.50=, park and a name, resume, "
                + "find and words, note, customer and a name, anyway, training, gift 50 to sell a gift card, giftcard to "
                + "pay with one, credit, balance, macro and a name to play one, record to make one; a colon begins a command, such as :undo or :shop."
        )
    }

    private var rows: [PlainLine] {
        desk.basket.cart.lines.enumerated().map { row, line in
            let each = line.unitPrice(desk.currency)
            let hand = line.handWords(desk.currency).map { ", \($0)" } ?? ""
            return PlainLine(
                "\(line.quantity) times \(line.name), \(each.displayText) each\(hand)", number: row + 1)
        }
    }

    /// Goods of an earlier sale that come back with this one.
    private var goodsBack: [PlainLine] {
        guard let back = desk.basket.cart.terms.back else { return [] }
        let of = back.number.map { "receipt \($0.text)" } ?? "order \(back.orderID)"
        return back.lines.map { line in
            PlainLine("\(line.quantity) times \(line.name) back, of \(of), \(line.amount.displayText).")
        }
    }

    private var payment: [PlainLine] {
        guard let due = state.due(desk) else { return [] }
        let terms = desk.basket.cart.terms
        let cards = terms.giftCards.map { minor in
            PlainLine("Gift card of \(Money(minorUnits: minor, currency: desk.currency).displayText).")
        }
        let parts =
            cards
            + terms.tenders.map { tender in
                let amount = Money(minorUnits: tender.amountMinor ?? 0, currency: desk.currency)
                return PlainLine("\(state.name(of: tender)) \(amount.displayText).")
            }
        if let exchange = state.exchange(desk) {
            return parts + [
                PlainLine(
                    exchange.handedOut.isZero
                        ? "Nothing is to be paid: cash ends the exchange."
                        : "Give back: \(exchange.handedOut.displayText). Type cash to end the exchange.")
            ]
        }
        if desk.basket.cart.terms.back != nil, desk.basket.cart.isEmpty {
            return parts + [PlainLine("Scan what is taken in exchange; :undo takes the goods back out.")]
        }
        guard !due.isNegative else {
            let back = Money.zero(desk.currency) - due
            return parts + [
                PlainLine(
                    "Give back: \(back.displayText). :takeback takes the last part of the payment back.")
            ]
        }
        let cash = CashDue(due, desk.policy).amount
        let inCash = cash == due ? "" : ", \(cash.displayText) in cash"
        return parts
            + [PlainLine("\(terms.tenders.isEmpty ? "To pay" : "Left to pay"): \(due.displayText)\(inCash).")]
    }
}
