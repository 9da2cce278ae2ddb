import StoreDomain
import StorefrontCore

extension Teller<CustomersState> {
    var place: PlainPlace { PlainPlace(sheet) }

    private var sheet: PlainSheet {
        if let record = state.record { return sheet(record) }
        guard let customers = state.customers else {
            guard let error = state.error else { return PlainSheet(title: "Customers. Loading.") }
            return PlainSheet(
                title: "Customers. They could not be loaded.",
                lines: [PlainLine("\(error.message.asSentence) Type reload to try again.", isProblem: true)])
        }
        let what = state.sought.map { ", found by \u{201C}\($0.text)\u{201D}" } ?? ""
        guard !customers.isEmpty else { return PlainSheet(title: "Customers\(what). There are none.") }
        let more = state.next == nil ? "" : " Type more for those behind them."
        return PlainSheet(
            title: "Customers\(what): \(customers.count.grouped)\(state.next == nil ? "" : " so far").",
            lines: customers.enumerated().map { place, user in
                PlainLine(
                    "\(user.name), \(user.email), customer \(user.id), since \(timeText(user.createdAt))",
                    number: place + 1)
            },
            hint:
                "Type a number for what is known of that customer; find and a name or e-mail for others.\(more)"
        )
    }

    private func sheet(_ record: CustomerRecord) -> PlainSheet {
        let words = CustomerWording(record: record, zone: zone, separator: ", ")
        return PlainSheet(
            title: "\(words.person).",
            lines: words.facts.map { PlainLine($0.asSentence) }
                + record.orders.enumerated().map { place, order in
                    PlainLine(orderText(order), number: place + 1)
                },
            hint: "Type a number for that order; merge, export or erase for the customer; back for the list.")
    }

    private func orderText(_ order: Order) -> String {
        [
            "Order \(order.id)", order.number?.text, timeText(order.createdAt), order.status.word,
            order.total.displayText,
        ].compactMap(\.self).joined(separator: ", ")
    }
}
