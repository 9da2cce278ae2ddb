import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ReturnsState> {
    mutating func draw(in body: Rect) {
        switch state.stage {
        case .finding: finding(in: body)
        case .choosing(let returning), .giving(let returning): choosing(returning, in: body)
        case .done(let returned): receipt(returned, in: body)
        }
    }

    // MARK: - Which sale

    private mutating func finding(in body: Rect) {
        let grid = BodyGrid(body)
        let top = grid.text(in: grid.top)
        let table = grid.main.splitBottom(1).rest
        guard let page = state.found.page else {
            if let error = state.error {
                notice(
                    "The sales could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: table, .error)
            } else {
                notice("Looking for sales\(glyphs.ellipsis)", [], in: table, .textMuted)
            }
            return
        }
        let what = state.found.sought.map { "Sales found by \u{201C}\($0)\u{201D}" } ?? "The latest sales"
        let how = "\(keyName(.findSale)) finds others; or scan a receipt or a product"
        write(
            "\(what) \(glyphs.separator) \(how)", top.x, top.y, .textMuted, width: top.width)
        guard !page.orders.isEmpty else {
            notice(
                state.found.sought == nil ? "No sales yet" : "No sale is found by this",
                [
                    "\(keyName(.findSale)) takes a receipt\u{2019}s number, an order\u{2019}s, a product\u{2019}s "
                        + "code or a customer."
                ], in: table)
            return
        }
        sales(page, in: table, grid)
        let first = (page.number - 1) * page.perPage + 1
        let last = first + page.orders.count - 1
        let foot = grid.text(in: grid.main.splitBottom(1).bottom)
        write(
            "\(first.grouped)–\(last.grouped) of \(page.total.grouped) \(glyphs.separator) page "
                + "\(page.number.grouped) of \(page.pages.grouped)", foot.x, foot.y, .textMuted,
            width: foot.width)
        guard let side = grid.side, let order = state.found.selected else { return }
        let pane = sidePane(side)
        pair(
            "Order \(order.id)", order.status.word, pane.x, pane.y, width: pane.width, .heading,
            figureRole: order.status.role)
        summary(summary(of: bill(of: order)), sums: figures(of: order).sums, in: pane.splitTop(1).rest)
    }

    private mutating func sales(_ page: OrderPage, in rect: Rect, _ grid: BodyGrid) {
        let columns = [
            TableColumn("Receipt", minWidth: 10, priority: 9),
            TableColumn("Order", minWidth: 6, alignment: .right, priority: 5, room: .leaving(20)),
            TableColumn("Placed", minWidth: 16, priority: 6, room: .leaving(24)),
            TableColumn("Status", minWidth: OrderStatus.widestWord, priority: 3, room: .leaving(36)),
            TableColumn(
                "Items", minWidth: 12, idealWidth: BodyGrid.widestName, priority: 8, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Total", minWidth: 10, alignment: .right, priority: 4),
            TableColumn("Left", minWidth: 10, alignment: .right, priority: 7),
        ]
        let selection = state.found.selection
        let viewport = ListViewport(
            count: page.orders.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, zone) = (context, zone)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render,
            layout: TableLayout(columns, width: Surface.tableWidth(in: rect), measure: grid.measure - 4),
            isFocused: isInFront,
            position: ListPosition(first: (page.number - 1) * page.perPage, count: page.total)
        ) { row, column in
            let order = page.orders[row]
            switch column {
            case 0: return [TextRun(order.number?.text ?? "", context.style(.textStrong))]
            case 1: return [TextRun(String(order.id), context.style(.textMuted))]
            case 2: return [TextRun(zone.minuteText(order.createdAt), context.style(.textMuted))]
            case 3: return [TextRun(order.status.word, context.style(order.status.role))]
            case 4: return [TextRun(order.itemsText, context.style(.text), cut: .middle)]
            case 5: return [TextRun(order.due.displayText, context.style(.textMuted))]
            default:
                let left = order.leftToReturn
                let text = order.status.isReturnable ? left.displayText : ""
                return [TextRun(text, context.style(left == order.due ? .price : .warning))]
            }
        }
        rows(viewport, in: rect)
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }

    private mutating func rows(_ viewport: ListViewport, in rect: Rect) {
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
    }

    // MARK: - What comes back of it

    private mutating func choosing(_ returning: Returning, in body: Rect) {
        let grid = BodyGrid(body)
        let order = returning.order
        let top = grid.text(in: grid.top)
        let facts =
            [
                order.number.map { "Receipt \($0.text)" }, "order \(order.id)",
                zone.minuteText(order.paidAt ?? order.createdAt), order.userName, order.total.displayText,
            ].compactMap { $0 }.joined(separator: " \(glyphs.separator) ")
        let end = write(facts, top.x, top.y, .textStrong, width: top.width)
        write(
            "  \(order.status.word)", top.x + end, top.y, order.status.role, width: max(0, top.width - end))
        let sums = sums(of: returning)
        if let side = grid.side {
            lines(returning, in: grid.main, grid)
            money(sums, in: sidePane(side))
        } else {
            let height = min(sums.count + 1, max(2, body.height / 2))
            let (upper, lower) = grid.rows(of: grid.main).splitBottom(height)
            lines(returning, in: upper, grid)
            frame.surface.horizontalLine(at: lower.origin, length: lower.width, style: style(.border))
            money(sums, in: grid.figures(in: lower.splitTop(1).rest, width: 60))
        }
    }

    private mutating func lines(_ returning: Returning, in rect: Rect, _ grid: BodyGrid) {
        let items = returning.order.items
        let columns = [
            TableColumn("Back", minWidth: 4, alignment: .right, priority: 9),
            TableColumn("Left", minWidth: 4, alignment: .right, priority: 7),
            TableColumn("Sold", minWidth: 4, alignment: .right, priority: 3),
            TableColumn("Returned", minWidth: 8, alignment: .right, priority: 2),
            TableColumn(
                "Product", minWidth: 12, idealWidth: BodyGrid.idealName, priority: 8, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Goes", minWidth: 5, priority: 6),
            TableColumn("Amount", minWidth: 10, alignment: .right, priority: 4),
        ]
        let viewport = ListViewport(
            count: items.count, height: Surface.tableRows(in: rect), selection: returning.selection)
        let context = context
        let amounts = amounts(of: returning)
        let area = grid.rows(of: rect)
        frame.surface.drawTable(
            columns, in: area, viewport: viewport, context: context.render,
            layout: TableLayout(columns, width: Surface.tableWidth(in: area), measure: grid.measure - 4),
            isFocused: isInFront
        ) { row, column in
            let item = items[row]
            let back = returning.quantity(of: item)
            switch column {
            case 0: return [TextRun(back == 0 ? "" : String(back), context.style(.textStrong))]
            case 1:
                let role: ThemeRole = item.returnable == 0 ? .disabled : .text
                return [TextRun(String(item.returnable), context.style(role))]
            case 2: return [TextRun(String(item.quantity), context.style(.textMuted))]
            case 3:
                return [TextRun(item.returned == 0 ? "" : String(item.returned), context.style(.textMuted))]
            case 4:
                let role: ThemeRole = back > 0 ? .textStrong : .text
                return [TextRun(item.productName, context.style(role), cut: .middle)]
            case 5:
                guard back > 0 else { return [] }
                return returning.isLoss(item)
                    ? [TextRun("loss", context.style(.warning))] : [TextRun("shelf", context.style(.text))]
            default: return [TextRun(amounts[item.id]?.displayText ?? "", context.style(.price))]
            }
        }
        rows(viewport, in: area)
        if isInFront {
            frame.surface.cursor = Point(
                x: area.x + 2, y: area.y + 1 + returning.selection - viewport.offset)
        }
    }

    /// What the chosen lines give back, by item.
    private func amounts(of returning: Returning) -> [Int64: Money] {
        guard returning.hasAny, case .success(let figures) = returning.figures(desk) else { return [:] }
        return Dictionary(uniqueKeysWithValues: figures.lines.map { ($0.itemID, $0.amount) })
    }

    private enum Sum {
        case figure(String, Money, isTotal: Bool)
        case words(String, ThemeRole)
    }

    /// What goes back and how, before it does.
    private func sums(of returning: Returning) -> [Sum] {
        guard returning.hasAny else {
            return [
                .words(
                    returning.isSpent
                        ? "Everything of this sale came back already."
                        : "\(keyName(.returnAll)) takes all back; a number and \(keyName(.open)), that many "
                            + "of a line.",
                    .textMuted)
            ]
        }
        switch returning.figures(desk) {
        case .failure(let error): return [.words(error.screenText, .error)]
        case .success(let figures):
            var sums: [Sum] = []
            if !figures.rounding.isZero {
                sums.append(.figure("Sum", figures.amount, isTotal: false))
                sums.append(.figure("Rounding", figures.rounding, isTotal: false))
            }
            if !figures.giftCards.isZero {
                sums.append(.figure("Gift cards", figures.giftCards, isTotal: false))
            }
            for tender in figures.tenders {
                sums.append(.figure("Back by \(tender.method.name)", tender.amount, isTotal: false))
            }
            let title =
                switch returning.way {
                case .refund: "Given back"
                case .exchange: "For other goods"
                case .void: "Void: given back"
                }
            sums.append(.figure(title, figures.given, isTotal: true))
            if let reason = returning.reason { sums.append(.words("Reason: \(reason)", .textMuted)) }
            return sums
        }
    }

    private mutating func money(_ sums: [Sum], in rect: Rect) {
        var y = rect.y
        for sum in sums where y < rect.maxY {
            switch sum {
            case .figure(let title, let amount, let isTotal):
                pair(
                    title, amount.displayText, rect.x, y, width: rect.width, isTotal ? .total : .text,
                    figureRole: isTotal ? .total : .price)
                y += 1
            case .words(let words, let role):
                let lines = TextWidth.wrap(words, width: max(1, rect.width))
                for line in lines where y < rect.maxY {
                    write(line, rect.x, y, role, width: rect.width)
                    y += 1
                }
            }
        }
    }

    // MARK: - What was booked

    private mutating func receipt(_ returned: ReturnsState.Returned, in body: Rect) {
        let lines = RefundText.lines(
            returned, ReceiptStyle(desk), time: zone.minuteText(returned.refund.at), room: body.width - 4)
        paper(lines, scrolledTo: state.scroll, strong: "GIVEN BACK ", in: body)
    }
}
