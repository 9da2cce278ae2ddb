import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter {
    static func ordersTable(in body: Rect) -> Rect {
        body.splitTop(1).rest.splitBottom(1).rest
    }

    mutating func orders(in body: Rect) {
        let orders = state.orders
        let (filter, _) = body.splitTop(1)
        let whose = state.principal.allows(.seeAllOrders) ? "Everybody's orders" : "Your orders"
        let end = write(
            "\(whose) \(glyphs.separator) \(orders.status?.word ?? "all")", 2, filter.y,
            orders.status == nil ? .textMuted : .textAccent)
        target(Rect(x: 2, y: filter.y, width: end, height: 1), .command(.filterStatus))
        let table = Painter.ordersTable(in: body)
        guard let page = orders.page else {
            if let error = orders.error {
                notice(
                    "The orders could not be loaded", [error.message, "\(keyName(.retry)) tries again"],
                    in: table, .error)
            } else {
                notice("Loading orders\(glyphs.ellipsis)", [], in: table, .textMuted)
            }
            return
        }
        guard !page.orders.isEmpty else {
            let what = orders.status.map { "No \($0.word) orders" } ?? "No orders yet"
            notice(
                what, ["\(keyName(.openShop)) opens the shop, \(keyName(.filterStatus)) shows others."],
                in: table)
            return
        }
        if let pane = SalesPane.area(in: body, sales: orders.sales) {
            salesPane(orders.sales, in: pane)
            ordersTable(page, in: table.splitRight(pane.width).rest)
        } else {
            ordersTable(page, in: table)
        }
        let last = (page.number - 1) * page.perPage + page.orders.count
        let first = (page.number - 1) * page.perPage + 1
        write(
            "\(first.grouped)–\(last.grouped) of \(page.total.grouped) \(glyphs.separator) page \(page.number.grouped) of \(page.pages.grouped)",
            body.x + 2, body.maxY - 1, .textMuted, width: body.width - 3)
    }

    private mutating func ordersTable(_ page: OrderPage, in rect: Rect) {
        let showsNames = state.principal.allows(.seeAllOrders)
        let columns = [
            TableColumn("No.", minWidth: 6, alignment: .right, priority: 9),
            TableColumn("Placed", minWidth: 16, priority: 6),
            TableColumn("Status", minWidth: 15, priority: 8),
            TableColumn(
                showsNames ? "Customer" : "First item", minWidth: 12, idealWidth: 24, priority: 3, grows: true
            ),
            TableColumn("Pcs", minWidth: 4, alignment: .right, priority: 2),
            TableColumn("Total", minWidth: 11, alignment: .right, priority: 7),
        ]
        let selection = state.orders.selection
        let viewport = ListViewport(
            count: page.orders.count, height: Surface.tableRows(in: rect), selection: selection)
        let context = context
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: state.overlays.isEmpty
        ) { row, column in
            let order = page.orders[row]
            switch column {
            case 0: return [TextRun(String(order.id), context.style(.textStrong))]
            case 1: return [TextRun(context.timeText(order.createdAt), context.style(.textMuted))]
            case 2: return [TextRun(order.status.word, context.style(order.status.role))]
            case 3:
                return [
                    TextRun(
                        (showsNames ? order.userName : order.items.first?.productName) ?? "",
                        context.style(.text))
                ]
            case 4: return [TextRun(String(order.pieces), context.style(.textMuted))]
            default: return [TextRun(order.total.displayText, context.style(.price))]
            }
        }
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
        if state.overlays.isEmpty {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }

    // MARK: - One order

    mutating func order(in body: Rect) {
        guard let order = state.order.order else {
            if let error = state.order.error {
                notice(error.screenText, ["\(keyName(.back)) goes back to the orders."], in: body, .error)
            } else {
                notice("Loading the order\(glyphs.ellipsis)", [], in: body, .textMuted)
            }
            return
        }
        let width = min(84, body.width - 4)
        let page = Rect(
            x: body.x + max(2, (body.width - width) / 2), y: body.y + 1, width: width, height: body.height - 1
        )
        write("Order \(order.id)", page.x, page.y, .textStrong)
        write(order.status.word, page.x, page.y, order.status.role, width: page.width, align: .right)
        var facts = context.timeText(order.createdAt)
        if let name = order.userName { facts += " \(glyphs.separator) \(name)" }
        if let payment = order.payment { facts += " \(glyphs.separator) paid by \(payment.method.name)" }
        write(facts, page.x, page.y + 1, .textMuted, width: page.width)
        let (items, sums) = Rect(x: page.x, y: page.y + 3, width: page.width, height: page.height - 3)
            .splitBottom(
                order.discount.isZero ? 4 : 5)
        let bar = Rect(
            x: min(page.maxX + 1, frame.surface.size.width - 1), y: items.y, width: 1, height: items.height)
        let skip = scrolled(
            state.order.scroll, lines: order.items.count, visible: items.height, bar: bar)
        for (offset, item) in order.items.dropFirst(skip).prefix(items.height).enumerated() {
            pair(
                "\(item.quantity) \(glyphs.times) \(item.productName)",
                "\(item.unitPrice.displayText)  \(TextWidth.pad(item.total.displayText, to: 12, align: .right))",
                items.x, items.y + offset, width: items.width, figureRole: .price)
        }
        orderSums(order, in: sums)
        frame.surface.cursor = Point(x: page.x, y: page.y)
    }

    private mutating func orderSums(_ order: Order, in rect: Rect) {
        frame.surface.horizontalLine(at: rect.origin, length: rect.width, style: style(.border))
        let width = min(36, rect.width)
        let x = rect.maxX - width
        var y = rect.y + 1
        pair("Subtotal", order.subtotal.displayText, x, y, width: width)
        if !order.discount.isZero {
            y += 1
            let label = order.discountCode.map { "Discount \($0)" } ?? "Discount"
            pair(
                label, (.zero(currency) - order.discount).displayText, x, y, width: width,
                figureRole: .discount)
        }
        pair("Tax", order.tax.displayText, x, y + 1, width: width)
        pair("Total", order.total.displayText, x, y + 2, width: width, .total)
    }

    // MARK: - Receipt

    mutating func receipt(in body: Rect) {
        guard let order = state.receipt else { return }
        let lines = ReceiptText.lines(
            order, shopName: state.context.policy.shopName,
            time: context.timeText(order.payment?.paidAt ?? order.createdAt),
            isDemo: state.context.isDemo, width: min(ReceiptText.width, body.width - 4))
        let paper = body.centered(
            Size(width: min(ReceiptText.width, body.width - 4) + 4, height: lines.count + 2))
        frame.surface.fill(paper, style: style(.dialog))
        frame.surface.box(paper, style: style(.dialogBorder))
        let inside = paper.inset(dx: 2, dy: 1)
        let bar = Rect(x: paper.maxX - 1, y: inside.y, width: 1, height: inside.height)
        let skip = scrolled(
            state.receiptScroll, lines: lines.count, visible: inside.height, bar: bar)
        for (offset, line) in lines.dropFirst(skip).prefix(inside.height).enumerated() {
            let isTotal = line.hasPrefix("TOTAL")
            write(line, inside.x, inside.y + offset, isTotal ? .total : .dialog, width: inside.width)
        }
        frame.surface.cursor = Point(x: inside.x, y: inside.y)
    }
}
