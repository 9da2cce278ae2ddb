import StoreDomain
import StorefrontCore
import TerminalKit

/// Where the table of orders stands.
func ordersTableRect(in body: Rect) -> Rect { BodyGrid(body).main.splitBottom(1).rest }

extension Painter<OrdersState> {
    mutating func draw(in body: Rect) {
        let orders = state
        let grid = BodyGrid(body)
        let filter = grid.text(in: grid.top)
        let whose = desk.principal.allows(.seeAllOrders) ? "Everybody's orders" : "Your orders"
        let end = write(
            "\(whose) \(glyphs.separator) \(orders.status?.word ?? "all")", filter.x, filter.y,
            orders.status == nil ? .textMuted : .textAccent, width: filter.width)
        target(Rect(x: filter.x, y: filter.y, width: end, height: 1), .command(.filterStatus))
        let table = ordersTableRect(in: body)
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
        ordersTable(page, in: table, grid)
        if let side = grid.side { ordersPane(in: sidePane(side)) }
        let last = (page.number - 1) * page.perPage + page.orders.count
        let first = (page.number - 1) * page.perPage + 1
        let foot = grid.text(in: grid.main.splitBottom(1).bottom)
        write(
            "\(first.grouped)–\(last.grouped) of \(page.total.grouped) \(glyphs.separator) page \(page.number.grouped) of \(page.pages.grouped)",
            foot.x, foot.y, .textMuted, width: foot.width)
    }

    /// How sales went, for those who may see it, and what is in the selected order.
    private mutating func ordersPane(in rect: Rect) {
        var rest = rect
        if !state.sales.isEmpty, rect.height >= SalesChart.minimumRows {
            rest = rect.splitTop(salesChart(state.sales, in: rect) + 1).rest
        }
        guard let order = state.selected, rest.height >= 6 else { return }
        if rest.y > rect.y {
            frame.surface.horizontalLine(at: rest.origin, length: rest.width, style: style(.border))
            rest = rest.splitTop(1).rest
        }
        pair(
            "Order \(order.id)", order.status.word, rest.x, rest.y, width: rest.width, .heading,
            figureRole: order.status.role)
        summary(
            summary(of: bill(of: order)), sums: figures(of: order).sums, in: rest.splitTop(1).rest)
    }

    private mutating func ordersTable(_ page: OrderPage, in rect: Rect, _ grid: BodyGrid) {
        let showsNames = desk.principal.allows(.seeAllOrders)
        // A wide window also tells staff what was bought; their customers see nothing else here.
        let items = TableColumn(
            "Items", minWidth: 16, idealWidth: BodyGrid.widestName, priority: 5,
            room: showsNames ? .rest : .leaving(0), grows: !showsNames, maxWidth: BodyGrid.widestName)
        var columns: [(OrderColumn, TableColumn)] = [
            (.number, TableColumn("No.", minWidth: 6, alignment: .right, priority: 9)),
            (.placed, TableColumn("Placed", minWidth: 16, priority: 6, room: .leaving(14))),
            (.status, TableColumn("Status", minWidth: OrderStatus.widestWord, priority: 8)),
        ]
        if showsNames {
            columns.append(
                (
                    .customer,
                    TableColumn(
                        "Customer", minWidth: 10, idealWidth: 24, priority: 4, grows: true, maxWidth: 24)
                ))
        }
        columns += [
            (.items, items),
            (.pieces, TableColumn("Pcs", minWidth: 4, alignment: .right, priority: 3, room: .leaving(14))),
            (.total, TableColumn("Total", minWidth: 10, alignment: .right, priority: 7)),
        ]
        let (selection, marks) = (state.selection, state.marks)
        let viewport = ListViewport(
            count: page.orders.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, zone) = (context, zone)
        frame.surface.drawTable(
            columns.map(\.1), in: rect, viewport: viewport, context: context.render,
            layout: TableLayout(
                columns.map(\.1), width: Surface.tableWidth(in: rect), measure: grid.measure - 4),
            isFocused: isInFront,
            position: ListPosition(first: (page.number - 1) * page.perPage, count: page.total),
            isMarked: { marks.contains(page.orders[$0].id) }
        ) { row, column in
            let order = page.orders[row]
            switch columns[column].0 {
            case .number: return [TextRun(String(order.id), context.style(.textStrong))]
            case .placed: return [TextRun(zone.minuteText(order.createdAt), context.style(.textMuted))]
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
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }
}

private enum OrderColumn { case number, placed, status, customer, items, pieces, total }

extension Order {
    /// The first thing that was bought, and how many others.
    var itemsText: String {
        guard let first = items.first else { return "" }
        return items.count == 1 ? first.productName : "\(first.productName) and \(items.count - 1) more"
    }
}
