import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter {
    mutating func cart(in body: Rect) {
        let cart = state.cart.cart
        guard !cart.isEmpty else {
            if let error = state.cart.error {
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
        let changes = state.cart.differences.count
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
        let count = state.cart.differences.count
        let text =
            count == 1
            ? "One thing has changed since you added it."
            : "\(count) things have changed since you added them."
        write(
            "\(text) \(keyName(.acceptChanges)) accepts.", rect.x + 2, rect.y, .warning, width: rect.width - 4
        )
        for (offset, change) in state.cart.differences.prefix(rect.height - 1).enumerated() {
            write(
                "\(glyphs.warning) \(change.name): \(change.words(currency: currency))", rect.x + 2,
                rect.y + 1 + offset, .warning, width: rect.width - 4)
        }
        target(rect, .command(.acceptChanges))
    }

    private mutating func cartTable(in rect: Rect) {
        let cart = state.cart
        let columns = [
            TableColumn("Qty", minWidth: 5, alignment: .right, priority: 9),
            TableColumn("Product", minWidth: 16, idealWidth: 40, priority: 8, grows: true),
            TableColumn("SKU", minWidth: 10, idealWidth: 14, priority: 1),
            TableColumn("Each", minWidth: 10, alignment: .right, priority: 5),
            TableColumn("Amount", minWidth: 11, alignment: .right, priority: 7),
        ]
        let viewport = ListViewport(
            count: cart.cart.lines.count, height: Surface.tableRows(in: rect), selection: cart.selection)
        let (context, currency) = (context, currency)
        frame.surface.drawTable(
            columns, in: rect, viewport: viewport, context: context.render, isFocused: state.overlays.isEmpty
        ) { row, column in
            let line = cart.cart.lines[row]
            let change = cart.difference(of: line.productID)
            switch column {
            case 0: return [TextRun(String(line.quantity), context.style(.textStrong))]
            case 1:
                let name = TextRun(line.name, context.style(row == cart.selection ? .textStrong : .text))
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
        if state.overlays.isEmpty {
            frame.surface.cursor = Point(x: rect.x + 2, y: rect.y + 1 + cart.selection - viewport.offset)
        }
    }

    /// Rows that `figures` needs.
    var figureRows: Int { figureList(state.cart.quote).count + 1 }

    private func figureList(_ quote: PriceBreakdown?) -> [PricingStep] {
        quote.map { $0.steps.filter { if case .line = $0 { false } else { true } } } ?? []
    }

    /// Subtotal, discount, tax and total, as pricing says them.
    mutating func figures(in rect: Rect) {
        guard let quote = state.cart.quote else {
            write("Adding up\(glyphs.ellipsis)", rect.x, rect.y, .textMuted)
            return
        }
        figures(figureList(quote), in: rect)
    }

    private mutating func figures(_ steps: [PricingStep], in rect: Rect) {
        var y = rect.y
        for step in steps {
            switch step {
            case .line: continue
            case .subtotal(let amount, _): pair(step.title, amount.displayText, rect.x, y, width: rect.width)
            case .lineDiscount, .discount, .manualDiscount, .exempt:
                pair(
                    step.title, step.amount?.displayText ?? "", rect.x, y, width: rect.width,
                    figureRole: .discount)
            case .refusedDiscount(_, let problem):
                write("\(step.title): \(problem.words)", rect.x, y, .warning, width: rect.width)
            case .tax(_, _, _, let amount), .includedTax(_, _, let amount), .told(_, let amount):
                pair(step.title, amount.displayText, rect.x, y, width: rect.width)
            case .total(_, _, _, let amount):
                frame.surface.horizontalLine(
                    at: Point(x: rect.x, y: y), length: rect.width, style: style(.border))
                y += 1
                pair(step.title, amount.displayText, rect.x, y, width: rect.width, .total)
            }
            y += 1
        }
    }
}
