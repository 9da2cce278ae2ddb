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
        let bill = bill(of: order)
        guard let side = grid.side else {
            let page = grid.rows(of: body.splitTop(1).rest)
            orderTitle(order, in: grid.text(in: page))
            let figures = figures(of: order)
            // A low window shows what was bought and the total.
            guard page.height >= figures.count + 7 else {
                let (items, total) = page.splitTop(2).rest.splitBottom(1)
                self.bill(bill, scrolledTo: state.scroll, in: items, grid)
                self.figures(figures.suffix(1), in: grid.text(in: total), hasRule: false)
                return
            }
            let rest = page.splitTop(3).rest
            let rows = min(bill.lines.count + 1, rest.height - figures.count - 2)
            let (items, below) = rest.splitTop(rows)
            self.bill(bill, scrolledTo: state.scroll, in: items, grid)
            let rule = grid.text(in: below)
            frame.surface.horizontalLine(at: rule.origin, length: rule.width, style: style(.border))
            self.figures(figures, in: grid.figures(in: below.splitTop(1).rest))
            return
        }
        orderTitle(order, in: grid.text(in: grid.main))
        self.bill(bill, scrolledTo: state.scroll, in: grid.main.splitTop(3).rest, grid)
        figures(figures(of: order), in: sidePane(side))
    }

    private mutating func orderTitle(_ order: Order, in rect: Rect) {
        let end = write("Order \(order.id)", rect.x, rect.y, .textStrong, width: rect.width)
        write(
            order.status.word, rect.x + end + 2, rect.y, order.status.role,
            width: max(0, rect.width - end - 2))
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
}
