import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<TillState> {
    /// Columns of the pane with what is to be paid.
    private static var narrowPane: Int { 30 }
    private static var widePane: Int { 44 }

    mutating func draw(in body: Rect) {
        let pane = body.width >= 110 ? Self.widePane : Self.narrowPane
        // Amounts stay near their names, however wide the window is.
        let width = min(body.width, 118 + pane)
        let all = Rect(x: body.x + (body.width - width) / 2, y: body.y, width: width, height: body.height)
        let (upper, lower) = all.splitBottom(body.height >= 16 ? 3 : 1)
        let (left, right) = upper.splitRight(pane)
        goods(in: left)
        let inside = sidePane(right)
        if let order = state.sold(desk) {
            soldPane(order, in: inside)
        } else {
            duePane(in: inside)
        }
        inputLine(in: lower)
    }

    // MARK: - Goods

    private mutating func goods(in rect: Rect) {
        let grid = BodyGrid(rect)
        write(place, grid.top.x + 2, grid.top.y, .textMuted, width: grid.top.width - 3)
        let (notices, rest) = grid.main.splitTop(changesBannerRows(in: grid.main))
        changesBanner(in: notices)
        let cart = desk.basket.cart
        guard !cart.lines.isEmpty || cart.terms.back != nil else { return empty(in: rest) }
        let bill = tillBill
        let selection = state.selectedRow(desk) ?? 0
        let viewport = ListViewport(
            count: bill.lines.count, height: Surface.tableRows(in: rest), selection: selection)
        self.bill(bill, in: rest, grid, viewport: viewport)
        for (offset, row) in viewport.visible.enumerated() {
            target(
                Rect(x: grid.main.x, y: rest.y + 1 + offset, width: grid.main.width, height: 1), .row(row))
        }
    }

    /// "Till 1 · shift 42 · for Émile"
    private var place: String {
        var parts = ["Till \(desk.context.till)"]
        if let shift = state.shift {
            parts.append("shift \(shift.id)")
        } else if state.knowsShift {
            parts.append("no shift is open")
        }
        if state.parkedSales > 0 { parts.append("\(state.parkedSales) parked") }
        let terms = desk.basket.cart.terms
        if let customer = terms.customer { parts.append("for \(customer.name)") }
        if terms.exemption != nil { parts.append("no tax") }
        if let note = terms.note { parts.append("note: \(note)") }
        if let macro = desk.macro { parts.append(macro.words) }
        return parts.joined(separator: " \(glyphs.separator) ")
    }

    private mutating func empty(in rect: Rect) {
        if let error = desk.basket.error {
            notice("The basket could not be read", [error.message], in: rect, .error)
        } else if !desk.basket.cart.isEmpty {
            notice("No goods", ["Only gift cards are sold so far; a scan adds goods."], in: rect)
        } else if state.sold(desk) != nil {
            notice("Next, please", ["A scan begins the next sale."], in: rect)
        } else {
            notice(
                "Ready to sell",
                [
                    "Scan a product, or type its code and Enter.",
                    "\(anyKeyName(.tillFind)) finds by words, \(anyKeyName(.tillPark)) shows what is parked.",
                ], in: rect)
        }
    }

    private var tillBill: Bill {
        let currency = currency
        let back = (desk.basket.cart.terms.back?.lines ?? []).map { line in
            Bill.Line(
                quantity: -line.quantity, name: line.name, each: line.amount.each(of: line.quantity),
                amount: .zero(currency) - line.amount,
                note: line.restocks ? "back" : "back, as a loss")
        }
        // What is sold comes first: a row of it has the number of its line.
        return Bill(
            desk.basket.cart.lines.map { line in
                let gross = line.unitPrice(currency) * line.quantity
                return Bill.Line(
                    quantity: line.quantity, name: line.name, sku: line.sku, each: line.unitPrice(currency),
                    amount: gross - (line.discount?.amount(off: gross) ?? .zero(currency)),
                    note: line.handWords(currency),
                    isMarked: desk.basket.difference(of: line.id) != nil)
            } + back)
    }

    // MARK: - What is to be paid

    private mutating func duePane(in rect: Rect) {
        guard let due = state.due(desk) else {
            guard !desk.basket.cart.lines.isEmpty else { return }
            write("Adding up\(glyphs.ellipsis)", rect.x, rect.y, .textMuted)
            return
        }
        let figures = desk.basket.cart.lines.isEmpty ? [] : cartFigures.filter { $0.kind != .total }
        let shown = figures.suffix(max(0, rect.height - 4))
        self.figures(shown, in: rect)
        var y = rect.y + shown.count
        let terms = desk.basket.cart.terms
        if let back = terms.back, !desk.basket.cart.isEmpty {
            pair(
                "Goods back", (.zero(currency) - back.given(currency)).displayText, rect.x, y,
                width: rect.width)
            y += 1
        }
        for minor in terms.giftCards {
            pair(
                "Gift card", Money(minorUnits: minor, currency: currency).displayText, rect.x, y,
                width: rect.width)
            y += 1
        }
        for tender in terms.tenders {
            pair(
                state.name(of: tender),
                Money(minorUnits: tender.amountMinor ?? 0, currency: currency)
                    .displayText, rect.x, y, width: rect.width)
            y += 1
        }
        let cash = CashDue(due, desk.policy)
        frame.surface.horizontalLine(at: Point(x: rect.x, y: y), length: rect.width, style: style(.border))
        y += 1
        if let exchange = state.exchange(desk) {
            pair(
                exchange.handedOut.isZero ? "EVEN" : "GIVE BACK", exchange.handedOut.displayText, rect.x, y,
                width: rect.width, .total)
            for tender in exchange.tenders where !tender.isMoved && rect.maxY - y > 1 {
                y += 1
                pair(
                    "by \(tender.method.name)", tender.amount.displayText, rect.x, y, width: rect.width,
                    .textMuted)
            }
            guard rect.maxY - y > BigDigits.height + 1 else { return }
            return figure(exchange.handedOut, at: y + 2, in: rect, .textStrong)
        }
        guard !due.isNegative else {
            let back = Money.zero(currency) - due
            pair("GIVE BACK", back.displayText, rect.x, y, width: rect.width, .warning)
            return
        }
        pair(terms.tenders.isEmpty ? "TO PAY" : "LEFT", due.displayText, rect.x, y, width: rect.width, .total)
        if cash.amount != due {
            pair("in cash", cash.amount.displayText, rect.x, y + 1, width: rect.width, .textMuted)
            y += 1
        }
        guard rect.maxY - y > BigDigits.height + 1 else { return }
        figure(due, at: y + 2, in: rect, .textStrong)
    }

    private mutating func soldPane(_ order: Order, in rect: Rect) {
        var y = rect.y
        write(
            "\(glyphs.check) \(order.number?.text ?? "Order \(order.id)")", rect.x, y, .success,
            width: rect.width)
        y += 2
        pair("Total", order.due.displayText, rect.x, y, width: rect.width)
        y += 1
        if !order.rounding.isZero {
            pair("Rounding", order.rounding.displayText, rect.x, y, width: rect.width, .textMuted)
            y += 1
        }
        if let back = order.goodsBack {
            pair("Goods back", (.zero(currency) - back.given).displayText, rect.x, y, width: rect.width)
            y += 1
            for tender in back.handedOut {
                pair(
                    "Back by \(tender.method.name)", tender.amount.displayText, rect.x, y,
                    width: rect.width, .total)
                y += 1
            }
        }
        for payment in order.tendered {
            pair(
                payment.method.name, (payment.tendered ?? payment.amount).displayText, rect.x, y,
                width: rect.width)
            y += 1
        }
        for card in order.payments.compactMap(\.card) {
            pair(
                "  left on it", card.left.displayText, rect.x, y, width: rect.width, .textMuted)
            y += 1
        }
        for card in order.giftCards {
            pair("Gift card", card.amount.displayText, rect.x, y, width: rect.width)
            write(
                card.code?.printed ?? "\(glyphs.ellipsis)\(card.lastFour)", rect.x + 2, y + 1, .textStrong,
                width: rect.width - 2)
            y += 2
        }
        guard let change = order.payments.last?.change else { return }
        y += 1
        pair("CHANGE", change.displayText, rect.x, y, width: rect.width, .total)
        guard rect.maxY - y > BigDigits.height + 1 else { return }
        figure(change, at: y + 2, in: rect, .success)
    }

    /// An amount to be read from afar, at the right.
    private mutating func figure(_ amount: Money, at y: Int, in rect: Rect, _ role: ThemeRole) {
        let text = amount.decimalText
        let width = BigDigits.width(of: text)
        guard width <= rect.width else { return }
        frame.surface.drawBigDigits(
            text, at: Point(x: rect.maxX - width, y: y), style: style(role), context: context.render,
            clip: rect)
    }

    // MARK: - The line

    private mutating func inputLine(in rect: Rect) {
        let y = rect.height > 1 ? rect.y + 1 : rect.y
        if rect.height > 1 {
            frame.surface.horizontalLine(at: rect.origin, length: rect.width, style: style(.border))
        }
        guard !state.isBusy else {
            write("Selling\(glyphs.ellipsis) exactly once", rect.x + 2, y, .info, width: rect.width - 4)
            return
        }
        let isWords: Bool =
            switch state.mode {
            case .figures, .approval, .approvalBack: false
            case .words, .cardCode: true
            }
        write(glyphs.breadcrumb, rect.x + 1, y, .textAccent)
        let width = isWords ? min(40, rect.width / 2) : 20
        field(
            state.line, in: Rect(x: rect.x + 3, y: y, width: width, height: 1), isFocused: isInFront,
            isWrong: state.problem != nil)
        let rest = Rect(x: rect.x + 3 + width + 2, y: y, width: rect.width - width - 7, height: 1)
        if let problem = state.problem {
            paragraph(
                "\(glyphs.cross) \(problem)",
                in: Rect(x: rest.x, y: y, width: rest.width, height: max(1, rect.maxY - y)), .error)
        } else {
            write(state.preview(desk) ?? "", rest.x, y, .textMuted, width: rest.width)
        }
        // What was set by hand for the selected line, where the table has no room for it.
        guard rect.maxY - y > 1, state.problem == nil, let line = state.selected(desk),
            let words = line.handWords(currency)
        else { return }
        let reason = line.override.map { ": \($0.reason)" } ?? ""
        write(
            "\(line.name) \(glyphs.separator) \(words)\(reason)", rect.x + 3, y + 1, .textMuted,
            width: rect.width - 6, cut: .end)
    }
}

extension CartLine {
    /// "was $14.90, 10 % off"; nil for a line that costs what is listed.
    func handWords(_ currency: Currency) -> String? {
        var parts: [String] = []
        if sellsBelowZero { parts.append("more than on the books") }
        if override != nil { parts.append("was \(listPrice(currency).displayText)") }
        switch discount {
        case .percent(let rate)?: parts.append("\(rate.percentText) off")
        case .amount(let amount)?: parts.append("\(amount.displayText) off")
        case nil: break
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}
