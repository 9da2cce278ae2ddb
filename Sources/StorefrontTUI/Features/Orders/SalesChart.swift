import StoreDomain
import StorefrontCore
import TerminalKit

/// What was sold on the last days, beside the orders.
enum SalesChart {
    /// Heading, a chart of some height, and the figures below it.
    static let minimumRows = 15
}

extension Painter {
    /// Returns how many rows it took.
    mutating func salesChart(_ sales: [DaySales], in inside: Rect) -> Int {
        write("Sales, last \(sales.count.counted("day"))", inside.x, inside.y, .heading, width: inside.width)
        let total = Money.sum(sales.map(\.total), currency: currency)
        pair(
            total.displayText, sales.reduce(0) { $0 + $1.orders }.counted("order"), inside.x, inside.y + 1,
            width: inside.width, .total, figureRole: .textMuted)
        let chart = Rect(
            x: inside.x, y: inside.y + 3,
            width: min(sales.count, inside.width),
            height: min(10, inside.height - 9))
        frame.surface.drawColumns(
            sales.map { Int(clamping: $0.total.minorUnits) }, in: chart, style: style(.chartBar))
        frame.surface.horizontalLine(
            at: Point(x: chart.x, y: chart.maxY), length: chart.width, style: style(.chartAxis))
        var y = chart.maxY + 1
        if let first = sales.first, let today = sales.last {
            pair(
                zone.dateText(first.start), "today", chart.x, y, width: chart.width, .textMuted,
                figureRole: .textMuted)
            y += 2
            pair("Today", today.total.displayText, inside.x, y, width: inside.width, figureRole: .price)
        }
        if let best = sales.max(by: { $0.total < $1.total }), !best.total.isZero {
            pair(
                "Best, \(zone.dateText(best.start))", best.total.displayText, inside.x, y + 1,
                width: inside.width, figureRole: .price)
        }
        return y + 2 - inside.y
    }
}
