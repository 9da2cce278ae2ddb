import StoreDomain
import TerminalKit

/// The grid that the screens share: a line on top that says what is shown, below it what is worked on, and
/// in a wide window a pane at the right for what goes with it. Text begins two columns from the left, and the
/// pane in the same column on every screen.
struct BodyGrid {
    /// Columns from which there is a pane at the right.
    static let wide = 120

    let top: Rect
    let main: Rect
    /// Nil in a window that is not wide.
    let side: Rect?

    init(_ body: Rect) {
        let (upper, below) = body.splitTop(body.height >= 24 ? 2 : 1)
        top = upper.splitTop(1).top
        guard body.width >= Self.wide else {
            main = below
            side = nil
            return
        }
        let (left, right) = below.splitRight(min(64, max(36, body.width * 3 / 10 - 4)))
        main = left
        side = right
    }

    /// Where text stands in `main`, `width` columns at most: longer lines are hard to read.
    func column(_ width: Int) -> Rect {
        Rect(x: main.x + 2, y: main.y, width: max(1, min(width, main.width - 4)), height: main.height)
    }
}

extension Painter {
    /// The line before a pane at the right; returns the room within.
    mutating func sidePane(_ rect: Rect) -> Rect {
        frame.surface.verticalLine(at: rect.origin, length: rect.height, style: style(.border))
        return Rect(x: rect.x + 2, y: rect.y, width: max(0, rect.width - 3), height: rect.height)
    }

    /// What was bought, a line each, and what it comes to: as much as there is room for.
    ///
    /// - Parameter showsLatest: when not all fit, the last ones are shown, else the first ones.
    mutating func summary(
        _ lines: [SummaryLine], sums: [SummaryLine], in rect: Rect, showsLatest: Bool = false
    ) {
        let room = rect.height - sums.count
        guard room > 0 else { return }
        let count = lines.count > room ? max(0, room - 1) : lines.count
        var y = rect.y
        let hidden = lines.count - count
        if hidden > 0, showsLatest {
            write("\(hidden) more above", rect.x, y, .textMuted, width: rect.width)
            y += 1
        }
        for line in showsLatest ? lines.suffix(count) : lines.prefix(count) {
            pair(
                line.label, line.amount.displayText, rect.x, y, width: rect.width,
                line.isMarked ? .warning : .text, figureRole: .price,
                cut: line.isMarked ? .end : .middle)
            y += 1
        }
        if hidden > 0, !showsLatest {
            write("\(hidden) more", rect.x, y, .textMuted, width: rect.width)
            y += 1
        }
        for (index, sum) in sums.enumerated() {
            let isTotal = index == sums.count - 1
            pair(
                sum.label, sum.amount.displayText, rect.x, y + index, width: rect.width,
                isTotal ? .total : .textMuted)
        }
    }
}

/// One line of a summary.
struct SummaryLine {
    let label: String
    let amount: Money
    /// Something is to be looked at before going on.
    var isMarked = false
}

extension Painter {
    /// The cart's lines at the prices they were added for.
    var cartSummary: [SummaryLine] {
        desk.basket.cart.lines.map { line in
            SummaryLine(
                label: "\(line.quantity) \(glyphs.times) \(line.name)",
                amount: line.unitPrice(currency) * line.quantity)
        }
    }

    /// What makes the total of the cart another than the sum of its lines, and the total.
    var cartSums: [SummaryLine] { desk.basket.quote.map { sums(of: $0) } ?? [] }

    func summary(of price: PriceBreakdown) -> [SummaryLine] {
        price.lines.map {
            SummaryLine(label: "\($0.quantity) \(glyphs.times) \($0.name)", amount: $0.total)
        }
    }

    func sums(of price: PriceBreakdown) -> [SummaryLine] {
        price.steps.compactMap { step in
            switch step {
            case .line, .subtotal, .refusedDiscount: nil
            case .lineDiscount, .discount, .manualDiscount, .tax, .includedTax, .exempt, .told, .total:
                step.amount.map { SummaryLine(label: step.title, amount: $0) }
            }
        }
    }

    func sums(of order: Order) -> [SummaryLine] {
        var sums = [
            SummaryLine(label: "Tax", amount: order.tax), SummaryLine(label: "Total", amount: order.total),
        ]
        if !order.discount.isZero {
            let label = order.discountCode.map { "Discount \($0)" } ?? "Discount"
            sums.insert(SummaryLine(label: label, amount: .zero(currency) - order.discount), at: 0)
        }
        return sums
    }

    func summary(of order: Order) -> [SummaryLine] {
        order.items.map {
            SummaryLine(label: "\($0.quantity) \(glyphs.times) \($0.productName)", amount: $0.total)
        }
    }
}
