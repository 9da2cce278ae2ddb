import StoreDomain
import StorefrontCore

extension PlainView {
    var orders: PlainSheet {
        let orders = state.orders
        let whose = state.principal.allows(.seeAllOrders) ? "everybody's" : "yours"
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
            lines: page.orders.enumerated().map { PlainLine(row($0.element), number: $0.offset + 1) } + sales,
            hint: "Type its number for an order, receipt and its number for the receipt, find and an order's "
                + "number, filter pending, next for the next page.")
    }

    private func row(_ order: Order) -> String {
        let whose =
            state.principal.allows(.seeAllOrders) ? order.userName : order.items.first?.productName
        return [
            "Order \(order.id)", timeText(order.createdAt), order.status.word, whose ?? "",
            counted(order.pieces, "piece"), order.total.displayText,
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private var sales: [PlainLine] {
        let sales = state.orders.sales
        guard let today = sales.last else { return [] }
        let total = Money.sum(sales.map(\.total), currency: currency)
        let count = sales.reduce(0) { $0 + $1.orders }
        return [
            PlainLine(
                "Sales of the last \(sales.count) days: \(total.displayText) in \(counted(count, "order")), "
                    + "today \(today.total.displayText).")
        ]
    }

    // MARK: - One order

    var order: PlainSheet {
        guard let order = state.order.order else {
            let what = state.order.error.map { "\($0.screenText.asSentence) Type back for the orders." }
            return PlainSheet(title: "Order. \(what ?? "Loading.")")
        }
        return PlainSheet(
            title: "Order \(order.id), \(order.status.word).", lines: lines(of: order).map { PlainLine($0) },
            hint: "Type receipt for the receipt, back for the orders.")
    }

    var receipt: PlainSheet {
        guard let order = state.receipt else { return PlainSheet(title: "Receipt.") }
        let demo = state.context.isDemo ? " Demo, not a real sale." : ""
        let end = order.status == .paid ? "Thank you!" : "This order is \(order.status.word)."
        return PlainSheet(
            title: "Receipt of order \(order.id), \(policy.shopName.asSentence)\(demo)",
            lines: (lines(of: order) + [end]).map { PlainLine($0) },
            hint: "Type save to keep it in a file, print for paper, new for a new sale.")
    }

    private func lines(of order: Order) -> [String] {
        var lines = ["Placed \(timeText(order.createdAt))\(order.userName.map { " by \($0)" } ?? "")."]
        lines += order.items.map {
            "\($0.productName), \($0.quantity) at \($0.unitPrice.displayText), \($0.total.displayText)."
        }
        lines.append("Subtotal \(order.subtotal.displayText).")
        if !order.discount.isZero {
            let code = order.discountCode.map { " \($0)" } ?? ""
            lines.append("Discount\(code) \((.zero(currency) - order.discount).displayText).")
        }
        lines += ["Tax \(order.tax.displayText).", "Total \(order.total.displayText)."]
        return lines + paymentLines(order)
    }
}
