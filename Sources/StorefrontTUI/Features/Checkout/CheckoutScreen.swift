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
        let main = grid.main.splitTop(air).rest
        switch checkout.step {
        case .review where checkout.isOnTheWay:
            let column = grid.column(76).splitTop(air).rest
            write("Looking at prices and stock\(glyphs.ellipsis)", column.x, column.y, .textMuted)
        case .review: review(in: main, grid, side: side)
        case .payment:
            let goods = goods(checkout)
            let (upper, lower) = main.splitTop(goodsRows(goods, in: main))
            if let goods { firstLines(of: goods.bill, in: upper, grid) }
            payment(checkout, in: grid.text(in: lower))
            if let side { toPay(checkout, goods, in: side) }
        case .done:
            guard let order = checkout.order else { break }
            let column = grid.column(76).splitTop(air).rest
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

    private mutating func review(in rect: Rect, _ grid: BodyGrid, side: Rect?) {
        let (notices, rest) = rect.splitTop(changesBannerRows(in: rect))
        changesBanner(in: notices)
        guard let side else {
            // A low window shows what is bought and the total.
            guard rest.height >= figureRows + 4 else {
                let (items, total) = rest.splitBottom(1)
                bill(cartBill, scrolledTo: state.scroll, in: items, grid)
                figures(cartFigures.suffix(1), in: grid.text(in: total), hasRule: false)
                return
            }
            let lines = desk.basket.cart.lines.count
            let (items, below) = rest.splitTop(min(lines + 1, rest.height - figureRows - 1))
            bill(cartBill, scrolledTo: state.scroll, in: items, grid)
            let rule = grid.text(in: below)
            frame.surface.horizontalLine(at: rule.origin, length: rule.width, style: style(.border))
            cartFigures(in: grid.figures(in: below.splitTop(1).rest))
            return
        }
        bill(cartBill, scrolledTo: state.scroll, in: rest, grid)
        cartFigures(in: side)
    }

    // MARK: - Payment

    /// What is being paid for: the order, else what was agreed to, perhaps by an earlier run.
    private func goods(_ checkout: CheckoutState) -> (bill: Bill, figures: [Figure])? {
        if let order = checkout.order { return (bill(of: order), figures(of: order)) }
        if let price = checkout.agreed ?? checkout.pending?.draft.told(desk) {
            return (bill(of: price), figures(of: price))
        }
        return nil
    }

    /// Rows for the goods above the payment, titles and a blank row included; 0 where paying needs them.
    private func goodsRows(_ goods: (bill: Bill, figures: [Figure])?, in rect: Rect) -> Int {
        guard let count = goods?.bill.lines.count, count > 0 else { return 0 }
        // What is paid, the methods, a field with what comes of it, a problem, and air between.
        let room = rect.height - 9 - max(1, state.methods?.count ?? 3)
        return room >= 3 ? min(count + 2, room) : 0
    }

    /// As many of the goods as fit, and how many more there are.
    private mutating func firstLines(of goods: Bill, in rect: Rect, _ grid: BodyGrid) {
        let room = rect.height - 2
        guard room > 0 else { return }
        let count = goods.lines.count > room ? room - 1 : goods.lines.count
        bill(
            goods, in: rect.splitTop(count + 1).top, grid,
            viewport: ListViewport(count: count, height: count, offset: 0))
        let hidden = goods.lines.count - count
        if hidden > 0 {
            write("\(hidden.grouped) more", grid.main.x + 2, rect.y + 1 + count, .textMuted)
        }
    }

    /// What it comes to, beside the goods.
    private mutating func toPay(
        _ checkout: CheckoutState, _ goods: (bill: Bill, figures: [Figure])?, in rect: Rect
    ) {
        write(
            checkout.order.map { "Order \($0.id)" } ?? "Cart", rect.x, rect.y, .heading, width: rect.width)
        if let goods { figures(goods.figures, in: rect.splitTop(1).rest) }
    }

    private mutating func payment(_ checkout: CheckoutState, in rect: Rect) {
        let total = checkout.toPay
        // A low window has no rows to spare.
        let gap = rect.height < 10 ? 0 : 1
        var y = rect.y
        let block = min(44, rect.width)
        pair(
            checkout.order.map { "Order \($0.id), to pay" } ?? "To pay", total?.displayText ?? "",
            rect.maxX - block, y, width: block, .total)
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
                        ? " for \(desk.context.policy.pendingMinutes.counted("minute"))." : "."),
                in: Rect(x: rect.x, y: y, width: rect.width, height: 3))
        }
        for (index, method) in methods.enumerated() {
            let isChosen = index == checkout.methodIndex
            let row = Rect(x: rect.x, y: y, width: min(76, rect.width), height: 1)
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
        case .giftCard, .storeCredit, nil: return y
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
        case .giftCard, .storeCredit: "at the till"
        }
    }
}

extension OrderDraft {
    /// What an earlier run agreed to, with the names that the cart still knows; nil where nothing was.
    fileprivate func told(_ desk: Desk) -> PriceBreakdown? {
        guard let agreement else { return nil }
        let priced = zip(lines, agreement.unitPrices).map { line, price in
            let known = desk.basket.cart.lines.first { $0.productID == line.productID }
            return PricedLine(
                productID: line.productID, name: known?.name ?? "Product \(line.productID)",
                unitPrice: price, quantity: line.quantity)
        }
        return PriceBreakdown(
            lines: priced, subtotal: agreement.subtotal, discount: agreement.discount, tax: agreement.tax,
            total: agreement.total, discountCode: agreement.discountCode, refused: nil, policy: desk.policy,
            at: Timestamp(milliseconds: .max))
    }
}
