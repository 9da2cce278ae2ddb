import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<CartState> {
    mutating func draw(in body: Rect) {
        let cart = desk.basket.cart
        guard !cart.lines.isEmpty else {
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
        let (notices, rest) = body.splitTop(changesBannerRows(in: body))
        changesBanner(in: BodyGrid(body).rows(of: notices))
        let grid = BodyGrid(rest)
        guard let side = grid.side else {
            let (upper, lower) = rest.splitBottom(figureRows + 1)
            cartTable(in: upper, grid)
            frame.surface.horizontalLine(
                at: lower.origin, length: grid.main.width, style: style(.border))
            cartFigures(in: grid.figures(in: lower.splitTop(1).rest))
            return
        }
        write(cart.pieces.counted("piece"), grid.top.x + 2, grid.top.y, .textMuted)
        cartTable(in: grid.main, grid)
        cartFigures(in: sidePane(side))
    }

    private mutating func cartTable(in rect: Rect, _ grid: BodyGrid) {
        let bill = cartBill
        let selection = state.selection(desk.basket)
        let viewport = ListViewport(
            count: bill.lines.count, height: Surface.tableRows(in: rect), selection: selection)
        let (lines, marks) = (desk.basket.cart.lines, state.marks)
        self.bill(bill, in: rect, grid, viewport: viewport, isMarked: { marks.contains(lines[$0].id) })
        for (offset, row) in viewport.visible.enumerated() {
            target(
                Rect(x: grid.main.x, y: rect.y + 1 + offset, width: grid.main.width, height: 1), .row(row))
        }
        if isInFront {
            frame.surface.cursor = Point(x: grid.main.x + 2, y: rect.y + 1 + selection - viewport.offset)
        }
    }
}
