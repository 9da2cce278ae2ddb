import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<OrderState> {
    mutating func draw(in body: Rect) {
        guard let order = state.order else {
            if let error = state.error {
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
        var facts = [zone.minuteText(order.createdAt)]
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
        let skip = scrolled(state.scroll ?? 0, lines: order.items.count, visible: rect.height, bar: bar)
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
}
