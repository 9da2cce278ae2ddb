import StoreDomain
import StorefrontCore

extension Teller<OrderState> {
    var place: PlainPlace { PlainPlace(sheet, prompt: .command(state.title)) }

    private var sheet: PlainSheet {
        guard let order = state.order else {
            let what = state.error.map { "\($0.screenText.asSentence) Type back for the orders." }
            return PlainSheet(title: "Order. \(what ?? "Loading.")")
        }
        return PlainSheet(
            title: "Order \(order.id), \(order.status.word).", lines: lines(of: order).map { PlainLine($0) },
            hint: "Type receipt for the receipt, back for the orders.")
    }
}
