import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<CartState> {
    mutating func draw(in body: Rect) {
        let cart = desk.basket.cart
        guard !cart.isEmpty else {
            if let error = desk.basket.error {
                notice(
                    "The cart could not be read", [error.message, "\(keyName(.retry)) tries again"], in: body,
                    .error)
            } else {
                notice(
                    "Your cart is empty",
                    ["\(keyName(.openShop)) opens the shop; \(keyName(.addOne)) there puts a product in."]
                        + (cart.canUndo ? ["\(keyName(.undo)) takes the last change back."] : []), in: body)
            }
            return
        }
        let changes = desk.basket.differences.count
        let banner = changes == 0 ? 0 : body.height < 16 ? 1 : min(changes, body.height / 4) + 1
        let (notices, rest) = body.splitTop(banner)
        if banner > 0 { changesBanner(in: notices) }
        let grid = BodyGrid(rest)
        if let side = grid.side {
            let pieces = cart.pieces == 1 ? "1 piece" : "\(cart.pieces.grouped) pieces"
            write(pieces, grid.top.x + 2, grid.top.y, .textMuted)
            cartTable(in: grid.main)
            figures(in: sidePane(side))
        } else {
            let (upper, lower) = rest.splitBottom(figureRows + 1)
            cartTable(in: upper)
            let width = min(44, lower.width - 4)
            frame.surface.horizontalLine(at: lower.origin, length: lower.width, style: style(.border))
            figures(
                in: Rect(x: lower.maxX - width - 3, y: lower.y + 1, width: width, height: lower.height - 1))
        }
    }

    private mutating func changesBanner(in rect: Rect) {
        let count = desk.basket.differences.count
        let text =
            count == 1
            ? "One thing has changed since you added it."
            : "\(count) things have changed since you added them."
        write(
            "\(text) \(anyKeyName(.acceptChanges)) accepts.", rect.x + 2, rect.y, .warning,
            width: rect.width - 4
        )
        for (offset, change) in desk.basket.differences.prefix(rect.height - 1).enumerated() {
            write(
                "\(glyphs.warning) \(change.name): \(change.words(currency: currency))", rect.x + 2,
                rect.y + 1 + offset, .warning, width: rect.width - 4)
        }
        target(rect, .command(.acceptChanges))
    }

    private mutating func cartTable(in rect: Rect) {
        let (lines, basket, selection) = (
            desk.basket.cart.lines, desk.basket, state.selection(desk.basket)
        )
        let columns = [
            TableColumn("Qty", minWidth: 5, alignment: .right, priority: 9),
            TableColumn("Product", minWidth: 16, idealWidth: 40, priority: 8, grows: true),
            TableColumn("SKU", minWidth: 10, idealWidth: 14, priority: 1),
            TableColumn("Each", minWidth: 10, alignment: .right, priority: 5),
            TableColumn("Amount", minWidth: 11, alignment: .right, priority: 7),
        ]
        let viewport = ListViewport(
            count: lines.count, height: Surface.tableRows(in: rect), selection: selection)
        let (context, currency) = (context, currency)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: isInFront
        ) { row, column in
            let line = lines[row]
            let change = basket.difference(of: line.id)
            switch column {
            case 0: return [TextRun(String(line.quantity), context.style(.textStrong))]
            case 1:
                let name = TextRun(
                    line.name, context.style(row == selection ? .textStrong : .text), cut: .middle)
                return change == nil
                    ? [name] : [TextRun("\(context.glyphs.warning) ", context.style(.warning)), name]
            case 2: return [TextRun(line.sku ?? "", context.style(.textMuted))]
            case 3: return [TextRun(line.unitPrice(currency).displayText, context.style(.textMuted))]
            default:
                let amount = line.unitPrice(currency) * line.quantity
                return [TextRun(amount.displayText, context.style(.price))]
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
