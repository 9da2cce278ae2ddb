import StoreDomain
import StorefrontCore

extension Teller<CartState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        guard !desk.basket.cart.lines.isEmpty else {
            if let error = desk.basket.error {
                return PlainSheet(
                    title: "Cart. It could not be read.",
                    lines: [
                        PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)
                    ])
            }
            let undo = desk.basket.cart.canUndo ? " Type undo to take the last change back." : ""
            return PlainSheet(
                title: "Cart. Your cart is empty. Type shop for the products; add there puts one in.\(undo)")
        }
        return PlainSheet(
            title: "Cart.", lines: changes + rows + figures,
            hint:
                "Type quantity 1 5 to make the first line five pieces, remove 1 to take it out, discount and a "
                + "code, explain for every figure, checkout to pay.")
    }

    /// The lines of the cart, and which a person has marked.
    private var rows: [PlainLine] {
        zip(cartRows, desk.basket.cart.lines).map { row, line in
            var row = row
            row.isMarked = state.marks.contains(line.id)
            return row
        }
    }
}
