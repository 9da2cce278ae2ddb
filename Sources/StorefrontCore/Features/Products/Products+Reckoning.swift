import StoreDomain

extension ProductsState: Reckoned {
    /// How the selected price of a batch comes about; of the list, where its figures are explained.
    public func reckoning(_ desk: Desk) -> Reckoning? {
        switch stage {
        case .pricing(.preview(let draft, let plan, let list)):
            guard let row = list.row(of: plan.lines.count) else { return nil }
            let line = plan.lines[row]
            return Reckoning(
                title: line.name,
                rows: [
                    Reckoning.Row(
                        "Old price", line.old,
                        how: plan.period.from == nil ? "as it is now" : "as it is then, as far as is planned"),
                    Reckoning.Row("New price", line.new, how: draft.rule.words, isTotal: true),
                    Reckoning.Row(
                        "Change", line.new - line.old,
                        how: "\(line.new.displayText) \u{2212} \(line.old.displayText)"),
                ])
        case .list:
            guard let selected else { return nil }
            return Reckoning(
                title: selected.name,
                rows: [
                    Reckoning.Row(
                        "Price", selected.price,
                        how: "as it was set; its history shows every change and who made it"
                    ),
                    Reckoning.Row(
                        "Stock", selected.stock.count?.grouped ?? "not counted",
                        how: selected.stock.isTracked
                            ? "on the books; the page of stock shows the movements that came to it"
                            : "it sells without counting"),
                ])
        case .editing, .conflict, .history, .pricing: return nil
        }
    }
}
