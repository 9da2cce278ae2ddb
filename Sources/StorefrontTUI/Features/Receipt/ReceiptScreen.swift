import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ReceiptState> {
    mutating func draw(in body: Rect) {
        let order = state.order
        let lines = receiptText(order, width: body.width - 4)
        let paper = body.centered(
            Size(width: min(ReceiptText.width, body.width - 4) + 4, height: lines.count + 2))
        frame.surface.fill(paper, style: style(.dialog))
        frame.surface.box(paper, style: style(.dialogBorder))
        let inside = paper.inset(dx: 2, dy: 1)
        let bar = Rect(x: paper.maxX - 1, y: inside.y, width: 1, height: inside.height)
        let skip = scrolled(state.scroll ?? 0, lines: lines.count, visible: inside.height, bar: bar)
        write(lines.dropFirst(skip), in: inside, .dialog)
        frame.surface.cursor = inside.origin
    }
}

extension Painter {
    /// The receipt beside what is on the screen.
    mutating func receiptPane(_ order: Order, in rect: Rect) {
        write(receiptText(order, width: rect.width)[...], in: rect, .text)
    }

    fileprivate func receiptText(_ order: Order, width: Int) -> [String] {
        ReceiptText.lines(
            order, ReceiptStyle(desk), time: zone.minuteText(order.paidAt ?? order.createdAt),
            width: min(ReceiptText.width, width))
    }

    fileprivate mutating func write(_ lines: ArraySlice<String>, in rect: Rect, _ role: ThemeRole) {
        for (offset, line) in lines.prefix(rect.height).enumerated() {
            let isTotal = line.hasPrefix("TOTAL ")
            write(line, rect.x, rect.y + offset, isTotal ? .total : role, width: rect.width)
        }
    }
}
