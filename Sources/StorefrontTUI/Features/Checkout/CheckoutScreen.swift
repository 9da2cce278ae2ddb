import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<CheckoutState> {
    mutating func draw(in body: Rect) {
        let checkout = state
        let grid = BodyGrid(body.splitTop(1).rest)
        stepsLine(checkout.isOnTheWay ? .payment : checkout.step, in: grid.top.inset(dx: 2, dy: 0))
        let side = grid.side.map { sidePane($0) }
        let air = grid.side == nil && body.height > 16 ? 1 : 0
        let column = grid.column(76).splitTop(air).rest
        switch checkout.step {
        case .review where checkout.isOnTheWay:
            write("Looking at prices and stock\(glyphs.ellipsis)", column.x, column.y, .textMuted)
        case .review: review(in: column, side: side)
        case .payment:
            payment(checkout, in: column)
            if let side { toPay(checkout, in: side) }
        case .done:
            guard let order = checkout.order else { break }
            if let side {
                done(order, in: column)
                receiptPane(order, in: side)
            } else if order.status == .paid, column.width >= Self.doneWidth + 2 + ReceiptWidth.roll58.rawValue
            {
                let (left, right) = column.splitLeft(Self.doneWidth)
                done(order, in: left)
                receiptPane(
                    order, in: Rect(x: right.x + 2, y: right.y, width: right.width - 2, height: right.height))
            } else {
                done(order, in: column)
            }
        }
    }

    /// The columns for what was paid where the receipt stands beside it.
    private static var doneWidth: Int { 31 }

    private mutating func stepsLine(_ current: CheckoutState.Stage, in rect: Rect) {
        var x = rect.x
        for step in CheckoutState.Stage.allCases {
            let (mark, role): (String, ThemeRole) =
                step.rawValue < current.rawValue
                ? (glyphs.stepDone, .success)
                : step == current ? (glyphs.stepCurrent, .textAccent) : (glyphs.stepAhead, .textMuted)
            x += write("\(mark) ", x, rect.y, role)
            x += write(step.title, x, rect.y, step == current ? .textStrong : .textMuted)
            if step != .done {
                frame.surface.horizontalLine(at: Point(x: x + 1, y: rect.y), length: 4, style: style(.border))
                x += 6
            }
        }
    }

    // MARK: - Review

    private mutating func review(in rect: Rect, side: Rect?) {
        let changes = desk.basket.differences
        var rest = rect
        if !changes.isEmpty {
            write(
                "\(glyphs.warning) Prices or stock have changed; \(keyName(.acceptChanges)) accepts.",
                rest.x, rest.y, .warning, width: rest.width)
            rest = rest.splitTop(1).rest
        }
        let lines = zip(desk.basket.cart.lines, cartSummary).map { line, summary in
            let change = changes.first { $0.productID == line.productID }
                .map { " \(glyphs.warning) \($0.words(currency: currency))" }
            return SummaryLine(
                label: summary.label + (change ?? ""), amount: summary.amount, isMarked: change != nil)
        }
        guard let side else {
            // A low window shows what is bought and the total.
            guard rest.height >= figureRows + 4 else {
                let (items, total) = rest.splitBottom(1)
                reviewLines(lines, in: items)
                if let sum = cartSums.last {
                    pair(sum.label, sum.amount.displayText, total.x, total.y, width: total.width, .total)
                }
                return
            }
            let (items, below) = rest.splitTop(min(lines.count, max(1, rest.height - figureRows - 1)))
            reviewLines(lines, in: items)
            frame.surface.horizontalLine(at: below.origin, length: below.width, style: style(.border))
            let width = min(40, below.width)
            figures(
                in: Rect(x: below.maxX - width, y: below.y + 1, width: width, height: below.height - 1))
            return
        }
        reviewLines(lines, in: rest)
        figures(in: side)
    }

    private mutating func reviewLines(_ lines: [SummaryLine], in rect: Rect) {
        let bar = Rect(x: rect.maxX + 1, y: rect.y, width: 1, height: rect.height)
        let skip = scrolled(state.scroll ?? 0, lines: lines.count, visible: rect.height, bar: bar)
        summary(Array(lines.dropFirst(skip).prefix(rect.height)), sums: [], in: rect)
    }

    // MARK: - Payment

    /// What is being paid for: the order, else what was agreed to.
    private mutating func toPay(_ checkout: CheckoutState, in rect: Rect) {
        write(checkout.order.map { "Order \($0.id)" } ?? "Cart", rect.x, rect.y, .heading)
        let room = rect.splitTop(1).rest
        if let order = checkout.order {
            summary(summary(of: order), sums: sums(of: order), in: room)
        } else if let price = checkout.agreed {
            summary(summary(of: price), sums: sums(of: price), in: room)
        } else if let draft = checkout.pending?.draft, let agreement = draft.agreement {
            summary(lines(of: draft, agreement), sums: sums(of: agreement), in: room)
        }
    }

    /// What an earlier run agreed to, with the names that the cart still knows.
    private func lines(of draft: OrderDraft, _ agreement: PriceAgreement) -> [SummaryLine] {
        zip(draft.lines, agreement.unitPrices).map { line, price in
            let known = desk.basket.cart.lines.first { $0.productID == line.productID }
            let name = known?.name ?? "Product \(line.productID)"
            return SummaryLine(
                label: "\(line.quantity) \(glyphs.times) \(name)", amount: price * line.quantity)
        }
    }

    private func sums(of agreement: PriceAgreement) -> [SummaryLine] {
        let sums = [
            SummaryLine(label: "Tax", amount: agreement.tax),
            SummaryLine(label: "Total", amount: agreement.total),
        ]
        guard !agreement.discount.isZero else { return sums }
        let label = agreement.discountCode.map { "Discount \($0)" } ?? "Discount"
        return [SummaryLine(label: label, amount: .zero(currency) - agreement.discount)] + sums
    }

    private mutating func payment(_ checkout: CheckoutState, in rect: Rect) {
        let total = checkout.toPay
        // A low window has no rows to spare.
        let gap = rect.height < 10 ? 0 : 1
        var y = rect.y
        pair(
            checkout.order.map { "Order \($0.id), to pay" } ?? "To pay", total?.displayText ?? "", rect.x, y,
            width: rect.width, .total)
        y += 1 + gap
        if checkout.isBusy {
            write(
                "One moment\(glyphs.ellipsis) the order is being placed and paid, exactly once.", rect.x, y,
                .info, width: rect.width)
            return
        }
        guard let methods = checkout.methods else {
            write("Looking up the ways to pay\(glyphs.ellipsis)", rect.x, y, .textMuted)
            problemLine(checkout, rect, y + 2)
            return
        }
        if methods.isEmpty {
            y = paragraph(
                "Pay at the counter: \(keyName(.submit)) places the order, and it is kept for you"
                    + (desk.context.policy.pendingMinutes > 0
                        ? " for \(desk.context.policy.pendingMinutes) minutes." : "."),
                in: Rect(x: rect.x, y: y, width: rect.width, height: 3))
        }
        for (index, method) in methods.enumerated() {
            let isChosen = index == checkout.methodIndex
            let row = Rect(x: rect.x, y: y, width: rect.width, height: 1)
            if isChosen { ground(row) }
            write(method.name, row.x + 2, y, isChosen ? .textStrong : .text, width: 20)
            if rect.width >= 60 {
                write(method.kind.explanation, row.x + 22, y, .textMuted, width: row.width - 23)
            }
            if isChosen { mark(row) }
            if isChosen, isInFront { frame.surface.cursor = Point(x: row.x + 2, y: y) }
            target(row, .row(index))
            y += 1
        }
        y += gap
        y = paymentFields(checkout, total, rect, y) + gap
        problemLine(checkout, rect, y)
    }

    private mutating func paymentFields(_ checkout: CheckoutState, _ total: Money?, _ rect: Rect, _ y: Int)
        -> Int
    {
        let isFocused = isInFront
        let place = Rect(x: rect.x + 20, y: y, width: min(24, rect.width - 20), height: 1)
        switch checkout.method?.kind {
        case .cash:
            let due = checkout.cashDue(desk)
            write("Cash given", rect.x + 2, y, .text)
            field(
                checkout.tender, in: place, isFocused: isFocused, placeholder: due?.amount.decimalText ?? "")
            roundAmounts(checkout, in: Rect(x: rect.x + 2, y: y + 2, width: rect.width - 2, height: 1), rect)
            switch due == nil ? nil : checkout.typedCash(currency) {
            case .success(let tendered):
                guard let change = due?.change(of: tendered) else { break }
                let enough = !change.isNegative
                write(enough ? "Change" : "Missing", rect.x + 2, y + 1, enough ? .text : .warning)
                let amount = enough ? change : .zero(currency) - change
                write(amount.displayText, place.x + 1, y + 1, enough ? .total : .warning)
            case .failure(let problem):
                write(problem.message, rect.x + 2, y + 1, .warning, width: rect.width - 2)
            case nil: break
            }
            return y + (checkout.roundAmounts(desk).isEmpty ? 2 : 3)
        case .externalCard:
            write("Approval code", rect.x + 2, y, .text)
            field(checkout.approval, in: place, isFocused: isFocused, placeholder: "from the card terminal")
            return y + 1
        case .simulatedCard:
            write(
                "\(keyName(.submit)) pays. No real card, no real money: this is a demo store.", rect.x + 2, y,
                .text, width: rect.width - 2)
            return y + 1
        case .online:
            write(
                "\(keyName(.submit)) pays. The shop settles it with you.", rect.x + 2, y, .text,
                width: rect.width - 2)
            return y + 1
        case nil: return y
        }
    }

    private mutating func problemLine(_ checkout: CheckoutState, _ rect: Rect, _ y: Int) {
        guard let problem = checkout.problem else { return }
        let next = paragraph(
            "\(glyphs.cross) \(problem)",
            in: Rect(x: rect.x + 2, y: y, width: rect.width - 2, height: max(0, min(3, rect.maxY - y))),
            .error)
        if checkout.isOutcomeUnknown, next < rect.maxY {
            write(
                "\(keyName(.submit)) asks again: however often, there is one order and one payment.",
                rect.x + 2, next,
                .textMuted, width: rect.width - 2)
        }
    }

    // MARK: - Done

    private mutating func done(_ order: Order, in rect: Rect) {
        var y = rect.y
        let isPaid = order.status == .paid
        write("\(glyphs.check) Order \(order.id) \(isPaid ? "is paid" : "is placed")", rect.x, y, .success)
        y += 2
        pair("Total", order.total.displayText, rect.x, y, width: min(40, rect.width), .total)
        y += 1
        for payment in order.payments {
            pair("Paid by", payment.method.name, rect.x, y, width: min(40, rect.width))
            y += 1
            if let tendered = payment.tendered, let change = payment.change {
                pair("Cash given", tendered.displayText, rect.x, y, width: min(40, rect.width))
                pair("Change", change.displayText, rect.x, y + 1, width: min(40, rect.width), .total)
                y += 2
            }
        }
        y += 1
        let next =
            isPaid
            ? "A scan, \(keyName(.search)) or \(keyName(.submit)) begins the next sale; "
                + "\(keyName(.showReceipt)) shows the whole receipt."
            : "Pay at the counter and name order \(order.id). \(keyName(.openOrders)) shows your orders."
        paragraph(
            next, in: Rect(x: rect.x, y: y, width: rect.width, height: max(0, min(4, rect.maxY - y))),
            .textMuted)
    }
}

extension CheckoutState.Stage {
    var title: String {
        switch self {
        case .review: "Review"
        case .payment: "Payment"
        case .done: "Done"
        }
    }
}

extension PaymentKind {
    var explanation: String {
        switch self {
        case .cash: "type what is given; the change is worked out"
        case .externalCard: "charge the card there, then type its approval code"
        case .simulatedCard: "for demo stores: always goes through"
        case .online: "the shop settles it with you"
        }
    }
}
