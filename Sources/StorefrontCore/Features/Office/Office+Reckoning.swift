import StoreDomain

extension OfficeState: Reckoned {
    /// How often the selected code was used, and may be.
    public func reckoning(_ desk: Desk) -> Reckoning? {
        guard case .discounts(let discounts) = content, let row = selected(desk) else { return nil }
        let discount = discounts[row.place]
        var rows = [
            Reckoning.Row(
                "Used", discount.timesUsed.grouped,
                how: "orders that were placed with the code, cancelled ones aside", isTotal: true)
        ]
        if let limit = discount.usageLimit {
            rows.append(
                Reckoning.Row(
                    "Left", max(0, limit - discount.timesUsed).grouped,
                    how: "\(limit.grouped) may use it \u{2212} \(discount.timesUsed.grouped)"))
        }
        if let minimum = discount.minimumSubtotal {
            rows.append(Reckoning.Row("Minimum", minimum, how: "the subtotal from which it counts"))
        }
        return Reckoning(title: discount.code, rows: rows)
    }
}
