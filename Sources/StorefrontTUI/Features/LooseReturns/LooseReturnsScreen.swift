import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<LooseReturnsState> {
    mutating func draw(in body: Rect) {
        switch state.stage {
        case .choosing(let goods), .giving(let goods): draw(goods, in: body)
        case .done(let taken):
            let lines = LooseReturnText.lines(
                taken, ReceiptStyle(desk), time: zone.minuteText(taken.at), room: body.width - 4)
            paper(lines, scrolledTo: state.scroll, strong: "GIVEN FOR IT ", in: body)
        }
    }

    private mutating func draw(_ goods: LooseGoods, in body: Rect) {
        let (top, rest) = body.splitTop(1)
        write(
            "The lowest price of thirty days counts \(glyphs.separator) scan the goods, or "
                + "\(keyName(.looseProduct)) and a code", top.x + 2, top.y, .textMuted, width: top.width - 4)
        guard !goods.lines.isEmpty else {
            return notice(
                "Nothing comes back yet", ["Scan it, or type \(keyName(.looseProduct)) and its code."],
                in: rest)
        }
        let (upper, lower) = rest.splitBottom(min(6, max(3, rest.height / 2)))
        table(goods, in: upper)
        frame.surface.horizontalLine(at: lower.origin, length: lower.width, style: style(.border))
        facts(
            goods,
            in: Rect(
                x: lower.x + 2, y: lower.y + 1, width: min(60, lower.width - 4), height: lower.height - 1))
    }

    private mutating func table(_ goods: LooseGoods, in rect: Rect) {
        let columns = [
            TableColumn("Back", minWidth: 5, alignment: .right, priority: 9),
            TableColumn(
                "Product", minWidth: 12, idealWidth: 40, priority: 8, grows: true,
                maxWidth: BodyGrid.widestName),
            TableColumn("Goes", minWidth: 5, priority: 6),
            TableColumn("Each", minWidth: 10, alignment: .right, priority: 5),
            TableColumn("Amount", minWidth: 10, alignment: .right, priority: 7),
        ]
        let viewport = ListViewport(
            count: goods.lines.count, height: Surface.tableRows(in: rect), selection: goods.selection)
        let context = context
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront
        ) { row, column in
            let line = goods.lines[row]
            let figure = goods.figures?.lines.first { $0.productID == line.id }
            switch column {
            case 0: return [TextRun(String(line.quantity), context.style(.textStrong))]
            case 1: return [TextRun(line.name, context.style(.text), cut: .middle)]
            case 2:
                return line.isLoss
                    ? [TextRun("loss", context.style(.warning))] : [TextRun("shelf", context.style(.text))]
            case 3: return [TextRun(figure?.unitPrice.displayText ?? "", context.style(.textMuted))]
            default: return [TextRun(figure?.amount.displayText ?? "", context.style(.price))]
            }
        }
        for (offset, row) in viewport.visible.enumerated() {
            target(Rect(x: rect.x, y: rect.y + 1 + offset, width: rect.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + goods.selection - viewport.offset)
        }
    }

    private mutating func facts(_ goods: LooseGoods, in rect: Rect) {
        var y = rect.y
        let worth = goods.figures?.amount.displayText ?? glyphs.ellipsis
        pair("Given for it", worth, rect.x, y, width: rect.width, .total)
        y += 1
        write(state.destination(goods), rect.x, y, .text, width: rect.width)
        y += 1
        for fact in [goods.name.map { "Name: \($0)" }, goods.reason.map { "Reason: \($0)" }].compactMap(
            \.self)
        where y < rect.maxY {
            write(fact, rect.x, y, .textMuted, width: rect.width)
            y += 1
        }
    }
}

extension LooseReturnsState {
    /// Where the money goes, as words.
    func destination(_ goods: LooseGoods) -> String {
        if let method = method(goods.methodID) { return "By \(method.name)" }
        return goods.customer.map { "Store credit of \($0.name)" } ?? "On a gift card"
    }
}
