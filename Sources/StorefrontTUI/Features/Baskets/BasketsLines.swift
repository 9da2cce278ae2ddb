import StoreDomain
import StorefrontCore

extension Teller<BasketsState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        guard let baskets = state.baskets else {
            guard let error = state.error else {
                return PlainSheet(title: "Baskets left behind. Loading.")
            }
            return PlainSheet(
                title: "Baskets left behind. They could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        guard !baskets.isEmpty else { return PlainSheet(title: "Baskets left behind. There are none.") }
        return PlainSheet(
            title: "Baskets left behind: \(baskets.count.grouped).",
            lines: baskets.enumerated().map { PlainLine(row($0.element), number: $0.offset + 1) },
            hint: "Type its number to take a basket up; the cart of now comes here in its place.")
    }

    private func row(_ item: ListedBasket) -> String {
        [
            item.basket.timeText(in: zone), item.contents, item.basket.whose(desk.user),
            item.basket.cart.pieces.counted("piece"), item.total?.displayText ?? "",
            item.basket.hasCheckout ? "a checkout was interrupted" : "",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}
