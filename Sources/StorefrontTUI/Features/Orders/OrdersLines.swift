import StoreDomain
import StorefrontCore

extension Teller<OrdersState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        let orders = state
        let whose = desk.principal.allows(.seeAllOrders) ? "everybody's" : "yours"
        let place = "Orders, \(whose), \(orders.status?.word ?? "all")."
        guard let page = orders.page else {
            guard let error = orders.error else { return PlainSheet(title: "\(place) Loading.") }
            return PlainSheet(
                title: "\(place) They could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        guard !page.orders.isEmpty else {
            let what = orders.status.map { "No \($0.word) orders." } ?? "No orders yet."
            return PlainSheet(title: "\(place) \(what) Type shop for the shop, filter for others.")
        }
        let first = (page.number - 1) * page.perPage + 1
        return PlainSheet(
            title: "\(place) \(first.grouped) to \((first + page.orders.count - 1).grouped) of "
                + "\(page.total.grouped), page \(page.number.grouped) of \(page.pages.grouped).",
            lines: page.orders.enumerated().map {
                PlainLine(
                    row($0.element), number: $0.offset + 1, isMarked: orders.marks.contains($0.element.id))
            } + sales,
            hint: "Type its number for an order, receipt and its number for the receipt, find and an order's "
                + "number, filter pending, next for the next page.")
    }

    private func row(_ order: Order) -> String {
        let whose =
            desk.principal.allows(.seeAllOrders) ? order.userName : order.items.first?.productName
        return [
            "Order \(order.id)", timeText(order.createdAt), order.status.word, whose ?? "",
            order.pieces.counted("piece"), order.total.displayText,
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private var sales: [PlainLine] {
        let sales = state.sales
        guard let today = sales.last else { return [] }
        let total = Money.sum(sales.map(\.total), currency: desk.currency)
        let count = sales.reduce(0) { $0 + $1.orders }
        return [
            PlainLine(
                "Sales of the last \(sales.count.counted("day")): \(total.displayText) in \(count.counted("order")), "
                    + "today \(today.total.displayText).")
        ]
    }
}
