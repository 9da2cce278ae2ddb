import StoreDomain
import StorefrontCore

extension Teller<ReceiptState> {
    var place: PlainPlace { PlainPlace(sheet, prompt: .command(state.title)) }

    private var sheet: PlainSheet {
        let order = state.order
        let demo = desk.context.isDemo ? " Demo, not a real sale." : ""
        let end = order.status == .paid ? "Thank you!" : "This order is \(order.status.word)."
        return PlainSheet(
            title: "Receipt of order \(order.id), \(desk.policy.shopName.asSentence)\(demo)",
            lines: (lines(of: order) + [end]).map { PlainLine($0) },
            hint: "Type save to keep it in a file, print for paper, new for a new sale.")
    }
}
