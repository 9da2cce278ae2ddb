import StoreDomain

extension CustomersState: Reckoned {
    public func reckoning(_ desk: Desk) -> Reckoning? {
        guard let record else { return nil }
        let (figures, credit) = (record.figures, record.credit)
        var rows = [
            Reckoning.Row(
                "Orders", figures.orders.grouped,
                how: "\(figures.paid.grouped) of them paid; others wait or were cancelled"),
            Reckoning.Row(
                "Spent", figures.spent,
                how: "the totals of what was paid, less what was refunded; gift cards are no part of it",
                isTotal: true),
        ]
        if let credit {
            rows.append(
                Reckoning.Row(
                    "Store credit", credit.balance,
                    how: "the sum of the movements of card \(credit.id), which the page of gift cards shows"))
        }
        return Reckoning(title: record.user.name, rows: rows)
    }
}
