import StoreDomain
import StorefrontCore

extension Teller<ReturnsState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        switch state.stage {
        case .finding: finding
        case .choosing(let returning), .giving(let returning): choosing(returning)
        case .done(let returned): done(returned)
        }
    }

    private var finding: PlainSheet {
        guard let page = state.found.page else {
            guard let error = state.error else { return PlainSheet(title: "Returns. Looking for sales.") }
            return PlainSheet(
                title: "Returns. The sales could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let what = state.found.sought.map { "sales found by \u{201C}\($0)\u{201D}" } ?? "the latest sales"
        guard !page.orders.isEmpty else {
            return PlainSheet(
                title: "Returns, \(what). There are none. Type find and a receipt\u{2019}s number, a "
                    + "product\u{2019}s code or a customer.")
        }
        return PlainSheet(
            title: "Returns, \(what), \(page.orders.count.grouped) of \(page.total.grouped).",
            lines: page.orders.enumerated().map { PlainLine(row($0.element), number: $0.offset + 1) },
            hint: "Type its number for a sale; find and a receipt\u{2019}s number, a product\u{2019}s "
                + "code or a customer for others.")
    }

    private func row(_ order: Order) -> String {
        [
            order.number.map { "Receipt \($0.text)" } ?? "", "order \(order.id)", timeText(order.createdAt),
            order.status.word, order.userName ?? "", order.itemsText, order.due.displayText,
            order.leftToReturn == order.due ? "" : "\(order.leftToReturn.displayText) left",
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func choosing(_ returning: Returning) -> PlainSheet {
        let order = returning.order
        let number = order.number.map { ", receipt \($0.text)" } ?? ""
        return PlainSheet(
            title: "Return of order \(order.id)\(number), \(order.status.word), \(order.total.displayText).",
            lines: order.items.enumerated().map {
                PlainLine(row($0.element, returning), number: $0.offset + 1)
            } + figures(returning),
            hint:
                "Type all for everything, quantity 1 2 for two of the first line, loss 1 for goods that cannot "
                + "be sold again, money for another way, explain for every figure, give to give the money back, "
                + "exchange to take other goods for it."
        )
    }

    private func row(_ item: OrderItem, _ returning: Returning) -> String {
        let back = returning.quantity(of: item)
        let place = returning.isLoss(item) ? "as a loss" : "on the shelf"
        let goes = back == 0 ? "" : "\(back) back \(place)"
        return [
            item.productName, "\(item.quantity) sold", item.returned == 0 ? "" : "\(item.returned) returned",
            "\(item.returnable) left", goes,
        ].filter { !$0.isEmpty }.joined(separator: ", ")
    }

    private func figures(_ returning: Returning) -> [PlainLine] {
        guard returning.hasAny else {
            return [
                PlainLine(
                    returning.isSpent
                        ? "Everything of this sale came back already." : "Nothing comes back yet.")
            ]
        }
        switch returning.figures(desk) {
        case .failure(let error): return [PlainLine(error.screenText.asSentence, isProblem: true)]
        case .success(let figures):
            let cards =
                figures.giftCards.isZero
                ? [] : [PlainLine("Gift cards \(figures.giftCards.displayText).")]
            let tenders =
                cards
                + figures.tenders.map {
                    PlainLine("Back by \($0.method.name) \($0.amount.displayText).")
                }
            return tenders + [PlainLine("Given back \(figures.given.displayText).")]
        }
    }

    private func done(_ returned: ReturnsState.Returned) -> PlainSheet {
        let refund = returned.refund
        let lines = refund.lines.map { line in
            let name = returned.order.items.first { $0.id == line.itemID }?.productName ?? ""
            let goes = line.restocks ? "" : ", not for sale again"
            return PlainLine("\(name), \(line.quantity) back\(goes), \(line.amount.displayText).")
        }
        let tenders = refund.tenders.map { tender in
            let code = tender.approvalCode.map { ", approval code \($0)" } ?? ""
            return PlainLine("Back by \(tender.method.name) \(tender.amount.displayText)\(code).")
        }
        return PlainSheet(
            title: "\(refund.title), of order \(returned.order.id), \(timeText(refund.at)).",
            lines: lines + tenders
                + [
                    PlainLine("Given back \(refund.given.displayText)."),
                    PlainLine("Reason: \(refund.reason).".asSentence),
                ],
            hint: "Type print for paper, save to keep it in a file, find for the next sale, back to leave.")
    }
}
