import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter {
    static func ordersTable(in body: Rect) -> Rect { BodyGrid(body).main.splitBottom(1).rest }

    mutating func orders(in body: Rect) {
        let orders = state.orders
        let grid = BodyGrid(body)
        let filter = grid.top
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
        ordersTable(page, in: table)
        if let side = grid.side { ordersPane(in: sidePane(side)) }
        let last = (page.number - 1) * page.perPage + page.orders.count
        let first = (page.number - 1) * page.perPage + 1
        write(
            "\(first.grouped)–\(last.grouped) of \(page.total.grouped) \(glyphs.separator) page \(page.number.grouped) of \(page.pages.grouped)",
            body.x + 2, body.maxY - 1, .textMuted, width: body.width - 3)
    }

    /// How sales went, for those who may see it, and what is in the selected order.
    private mutating func ordersPane(in rect: Rect) {
        var rest = rect
        if !state.orders.sales.isEmpty, rect.height >= SalesChart.minimumRows {
            rest = rect.splitTop(salesChart(state.orders.sales, in: rect) + 1).rest
        }
        guard let order = state.orders.selected, rest.height >= 6 else { return }
        if rest.y > rect.y {
            frame.surface.horizontalLine(at: rest.origin, length: rest.width, style: style(.border))
            rest = rest.splitTop(1).rest
        }
        pair(
            "Order \(order.id)", order.status.word, rest.x, rest.y, width: rest.width, .heading,
            figureRole: order.status.role)
        summary(summary(of: order), sums: sums(of: order), in: rest.splitTop(1).rest)
    }

    private mutating func ordersTable(_ page: OrderPage, in rect: Rect) {
        let showsNames = state.principal.allows(.seeAllOrders)
        // A wide window also tells staff what was bought; their customers see nothing else here.
        let hasItems = !showsNames || rect.width >= 96
        var columns: [(OrderColumn, TableColumn)] = [
            (.number, TableColumn("No.", minWidth: 6, alignment: .right, priority: 9)),
            (.placed, TableColumn("Placed", minWidth: 16, priority: 6)),
            (.status, TableColumn("Status", minWidth: 15, priority: 8)),
        ]
        if showsNames {
            let grows = !hasItems
            columns.append(
                (.customer, TableColumn("Customer", minWidth: 12, idealWidth: 24, priority: 4, grows: grows)))
        }
        if hasItems {
            columns.append(
                (.items, TableColumn("Items", minWidth: 12, idealWidth: 24, priority: 3, grows: true)))
        }
        columns += [
            (.pieces, TableColumn("Pcs", minWidth: 4, alignment: .right, priority: 2)),
            (.total, TableColumn("Total", minWidth: 11, alignment: .right, priority: 7)),
        ]
        let selection = state.orders.selection
        let viewport = ListViewport(
            count: page.orders.count, height: Surface.tableRows(in: rect), selection: selection)
        let context = context
        frame.surface.drawTable(
            columns.map(\.1), in: rect, viewport: viewport, context: context.render,
            isFocused: state.overlays.isEmpty,
            position: ListPosition(first: (page.number - 1) * page.perPage, count: page.total)
        ) { row, column in
            let order = page.orders[row]
            switch columns[column].0 {
            case .number: return [TextRun(String(order.id), context.style(.textStrong))]
            case .placed: return [TextRun(context.timeText(order.createdAt), context.style(.textMuted))]
            case .status: return [TextRun(order.status.word, context.style(order.status.role))]
            case .customer: return [TextRun(order.userName ?? "", context.style(.text))]
            case .items: return [TextRun(order.itemsText, context.style(.text))]
            case .pieces: return [TextRun(String(order.pieces), context.style(.textMuted))]
            case .total: return [TextRun(order.total.displayText, context.style(.price))]
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
        let grid = BodyGrid(body)
        guard let side = grid.side else {
            let page = Rect(x: body.x, y: body.y + 1, width: body.width, height: body.height - 1)
                .inset(dx: 2, dy: 0)
            orderTitle(order, in: page)
            let sums = order.discount.isZero ? 4 : 5
            // A low window shows what was bought and the total.
            guard page.height >= sums + 6 else {
                let (items, total) = page.splitTop(2).rest.splitBottom(1)
                orderItems(order, in: items)
                pair("Total", order.total.displayText, total.x, total.y, width: total.width, .total)
                return
            }
            let rest = page.splitTop(3).rest
            let rows = min(order.items.count, max(0, rest.height - sums))
            let (items, below) = rest.splitTop(rows)
            orderItems(order, in: items)
            frame.surface.horizontalLine(at: below.origin, length: below.width, style: style(.border))
            let width = min(36, below.width)
            orderSums(
                order, in: Rect(x: below.maxX - width, y: below.y + 1, width: width, height: below.height - 1)
            )
            return
        }
        let column = grid.column(92)
        orderTitle(order, in: column)
        orderItems(order, in: column.splitTop(3).rest)
        orderSums(order, in: sidePane(side))
    }

    private mutating func orderTitle(_ order: Order, in rect: Rect) {
        pair(
            "Order \(order.id)", order.status.word, rect.x, rect.y, width: rect.width, .textStrong,
            figureRole: order.status.role)
        var facts = [context.timeText(order.createdAt)]
        if let name = order.userName { facts.append(name) }
        if !order.payments.isEmpty {
            facts.append("paid by \(order.payments.map(\.method.name).joined(separator: ", "))")
        }
        write(
            facts.joined(separator: " \(glyphs.separator) "), rect.x, rect.y + 1, .textMuted,
            width: rect.width)
        frame.surface.cursor = rect.origin
    }

    private mutating func orderItems(_ order: Order, in rect: Rect) {
        let bar = Rect(
            x: min(rect.maxX + 1, frame.surface.size.width - 1), y: rect.y, width: 1, height: rect.height)
        let skip = scrolled(state.order.scroll, lines: order.items.count, visible: rect.height, bar: bar)
        for (offset, item) in order.items.dropFirst(skip).prefix(rect.height).enumerated() {
            pair(
                "\(item.quantity) \(glyphs.times) \(item.productName)",
                "\(item.unitPrice.displayText)  \(TextWidth.pad(item.total.displayText, to: 12, align: .right))",
                rect.x, rect.y + offset, width: rect.width, figureRole: .price)
        }
    }

    private mutating func orderSums(_ order: Order, in rect: Rect) {
        pair("Subtotal", order.subtotal.displayText, rect.x, rect.y, width: rect.width)
        let sums = sums(of: order)
        for (index, sum) in sums.enumerated() {
            let isTotal = index == sums.count - 1
            let isDiscount = index == 0 && !order.discount.isZero
            pair(
                sum.label, sum.amount.displayText, rect.x, rect.y + 1 + index, width: rect.width,
                isTotal ? .total : .text, figureRole: isDiscount ? .discount : nil)
        }
    }

    // MARK: - Receipt

    mutating func receipt(in body: Rect) {
        guard let order = state.receipt else { return }
        let lines = receiptText(order, width: body.width - 4)
        let paper = body.centered(
            Size(width: min(ReceiptText.width, body.width - 4) + 4, height: lines.count + 2))
        frame.surface.fill(paper, style: style(.dialog))
        frame.surface.box(paper, style: style(.dialogBorder))
        let inside = paper.inset(dx: 2, dy: 1)
        let bar = Rect(x: paper.maxX - 1, y: inside.y, width: 1, height: inside.height)
        let skip = scrolled(state.receiptScroll, lines: lines.count, visible: inside.height, bar: bar)
        write(lines.dropFirst(skip), in: inside, .dialog)
        frame.surface.cursor = inside.origin
    }

    /// The receipt beside what is on the screen.
    mutating func receiptPane(_ order: Order, in rect: Rect) {
        write(receiptText(order, width: rect.width)[...], in: rect, .text)
    }

    private func receiptText(_ order: Order, width: Int) -> [String] {
        ReceiptText.lines(
            order, shopName: state.context.policy.shopName,
            time: context.timeText(order.paidAt ?? order.createdAt),
            isDemo: state.context.isDemo, width: min(ReceiptText.width, width))
    }

    private mutating func write(_ lines: ArraySlice<String>, in rect: Rect, _ role: ThemeRole) {
        for (offset, line) in lines.prefix(rect.height).enumerated() {
            let isTotal = line.hasPrefix("TOTAL ")
            write(line, rect.x, rect.y + offset, isTotal ? .total : role, width: rect.width)
        }
    }
}

private enum OrderColumn { case number, placed, status, customer, items, pieces, total }

extension Order {
    /// The first thing that was bought, and how many others.
    fileprivate var itemsText: String {
        guard let first = items.first else { return "" }
        return items.count == 1 ? first.productName : "\(first.productName) and \(items.count - 1) more"
    }
}
