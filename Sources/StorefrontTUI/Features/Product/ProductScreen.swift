import StoreDomain
import StorefrontCore
import TerminalKit

extension Painter<ProductState> {
    mutating func draw(in body: Rect) {
        let product = state.product
        let grid = BodyGrid(body)
        guard let side = grid.side else {
            productFacts(product, cost: state.cost, in: grid.column(76), page: facts)
            return
        }
        let column = grid.column(76)
        let text = column.splitTop(productTitle(product, in: column) + 1 - column.y).rest
        description(product, in: text, page: facts)
        let inside = sidePane(side)
        let (upper, lower) = inside.splitBottom(cartPreviewRows(in: inside))
        var y = stock(product, in: upper, upper.y)
        y = stepper(product, upper, y, canAdd: canAdd)
        codes(product, cost: state.cost, in: upper, y)
        cartPreview(in: lower)
    }

    private var canAdd: Bool { isEnabled(.addOne, on: state) }

    private var facts: FactsPage { FactsPage(scroll: state.scroll ?? 0, canAdd: canAdd) }
}
