import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ReceiptState> {
    mutating func draw(in body: Rect) {
        let order = state.order
        paper(
            receiptText(order, width: body.width - 4), scrolledTo: state.scroll, strong: "TOTAL ", in: body)
    }
}

extension Painter {
    /// A receipt on its paper, in the middle of the body.
    ///
    /// - Parameter strong: how the line with what was paid begins.
    mutating func paper(_ lines: [String], scrolledTo scroll: Int?, strong: String, in body: Rect) {
        let paper = body.centered(
            Size(width: min(desk.context.receiptWidth.rawValue, body.width - 4) + 4, height: lines.count + 2))
        frame.surface.fill(paper, style: style(.dialog))
        frame.surface.box(paper, style: style(.dialogBorder))
        let inside = paper.inset(dx: 2, dy: 1)
        let bar = Rect(x: paper.maxX - 1, y: inside.y, width: 1, height: inside.height)
        let skip = scrolled(scroll ?? 0, lines: lines.count, visible: inside.height, bar: bar)
        write(lines.dropFirst(skip), in: inside, .dialog, strong: strong)
        frame.surface.cursor = inside.origin
    }

    /// The receipt beside what is on the screen.
    mutating func receiptPane(_ order: Order, in rect: Rect) {
        write(receiptText(order, width: rect.width)[...], in: rect, .text, strong: "TOTAL ")
    }

    fileprivate func receiptText(_ order: Order, width: Int) -> [String] {
        ReceiptText.lines(
            order, ReceiptStyle(desk), time: zone.minuteText(order.paidAt ?? order.createdAt), room: width)
    }

    private mutating func write(
        _ lines: ArraySlice<String>, in rect: Rect, _ role: ThemeRole, strong: String
    ) {
        for (offset, line) in lines.prefix(rect.height).enumerated() {
            let isTotal = line.hasPrefix(strong)
            write(line, rect.x, rect.y + offset, isTotal ? .total : role, width: rect.width)
        }
    }
}
