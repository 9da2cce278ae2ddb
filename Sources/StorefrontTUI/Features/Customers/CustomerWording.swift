import StoreDomain

/// What is known of a customer, in words that the screen and the lines share.
struct CustomerWording {
    let record: CustomerRecord
    let zone: ShopZone
    let separator: String

    /// Who it is.
    var person: String {
        let user = record.user
        return [
            user.name, user.email, "customer \(user.id)", "since \(zone.minuteText(user.createdAt))",
        ].joined(separator: separator)
    }

    /// What the orders come to, then what the customer holds, then what came back.
    var facts: [String] {
        let figures = record.figures
        var facts = [
            [
                figures.orders.counted("order"), "\(figures.paid.grouped) paid",
                "spent \(figures.spent.displayText)",
                figures.lastAt.map { "the latest \(zone.minuteText($0))" } ?? "none so far",
            ].joined(separator: separator)
        ]
        let credit = record.credit.map { "Store credit \($0.balance.displayText)" } ?? "No store credit"
        let cards = record.cards.map { "\($0.title) \($0.balance.displayText)" }
        facts.append(([credit] + cards).joined(separator: separator))
        if !record.returns.isEmpty {
            let returns = record.returns.map { "\($0.number.text) \($0.amount.displayText)" }
            facts.append("Brought back without a receipt: \(returns.joined(separator: separator))")
        }
        return facts
    }
}
