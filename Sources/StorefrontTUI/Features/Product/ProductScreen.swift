import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ProductState> {
    mutating func draw(in body: Rect) {
        let product = state.product
        let grid = BodyGrid(body)
        guard let side = grid.side else {
            let page = Rect(x: body.x, y: body.y + 1, width: body.width, height: body.height - 1)
            productFacts(product, in: page.inset(dx: 2, dy: 0), page: facts)
            return
        }
        let column = grid.column(76)
        let text = column.splitTop(productTitle(product, in: column) + 1 - column.y).rest
        description(product, in: text, page: facts)
        let inside = sidePane(side)
        let (upper, lower) = inside.splitBottom(cartPreviewRows(in: inside))
        var y = stock(product, in: upper, upper.y)
        y = stepper(product, upper, y, canAdd: canAdd)
        codes(product, in: upper, y)
        cartPreview(in: lower)
    }

    private var canAdd: Bool { isEnabled(.addOne, on: state) }

    private var facts: FactsPage { FactsPage(scroll: state.scroll ?? 0, canAdd: canAdd) }
}
